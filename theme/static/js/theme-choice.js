// Blocking and tiny: the remembered theme and the size and width of the text apply before the first pixel is drawn.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("garden:theme");
    if (theme) root.dataset.theme = theme;
    ["text-size", "text-width"].forEach(function (name) {
      var step = localStorage.getItem("garden:" + name);
      if (step) root.style.setProperty("--" + name, step);
    });
  } catch (error) {
    // Storage is not available: everything follows the system.
  }
})();
