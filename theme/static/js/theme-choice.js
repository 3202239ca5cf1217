// Blocking and tiny: the remembered theme is there before the first pixel.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("garden:theme");
    if (theme) root.dataset.theme = theme;
  } catch (error) {
    // Storage is closed to us: the system's scheme stands.
  }
})();
