/* A page prints whole: folds open while it prints and close again afterwards. */
(function () {
  "use strict";
  var opened = [];

  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("main details:not([open])"));
    opened.forEach(function (fold) {
      fold.open = true;
    });
  });

  window.addEventListener("afterprint", function () {
    opened.forEach(function (fold) {
      fold.open = false;
    });
  });
})();
