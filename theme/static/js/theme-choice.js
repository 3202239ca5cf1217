// Blocking and tiny: the remembered theme and the size and width of the text are there before the first pixel.
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
    // Storage is closed to us: all is as the system has it.
  }
})();
