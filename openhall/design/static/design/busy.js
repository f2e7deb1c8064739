/* A form with data-busy says that it is being sent, and is sent once: <form data-busy>. The words
   stand in data-busy-says of the page's own status line; without this file the form works alike. */
(function () {
  "use strict";
  document.querySelectorAll("form[data-busy]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.getAttribute("aria-busy") === "true") {
        event.preventDefault();
        return;
      }
      form.setAttribute("aria-busy", "true");
      var line = document.getElementById("busy");
      if (line) {
        line.hidden = false;
      }
    });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-busy]").forEach(function (form) {
      form.removeAttribute("aria-busy");
    });
  });
})();
