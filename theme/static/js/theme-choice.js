// Blocking and tiny: the remembered theme and text size are there before the first pixel.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("garden:theme");
    var size = localStorage.getItem("garden:text-size");
    if (theme) root.dataset.theme = theme;
    if (size) root.style.setProperty("--text-size", size);
  } catch (error) {
    // Storage is closed to us: all is as the system has it.
  }
})();
