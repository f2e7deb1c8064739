/* Elder mode: a cookie on this device. Runs in the head so that nothing jumps.
   Without this file the link sets the same cookie through /elder/. */
(function () {
  "use strict";
  var root = document.documentElement;

  function show(on) {
    root.classList.toggle("elder", on);
  }

  show(document.cookie.split("; ").indexOf("elder=1") !== -1);

  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[data-elder]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    var on = link.getAttribute("data-elder") === "1";
    var secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = "elder=" + (on ? 1 : 0) + "; path=/; max-age=31536000; samesite=lax" + secure;
    show(on);
    var other = document.querySelector('a[data-elder="' + (on ? 0 : 1) + '"]');
    if (other) {
      other.focus();
    }
  });
})();
