/* Progress of an upload: <form data-upload> with a <progress hidden>. Without this file the form
   is sent as any other. The answer of the server replaces the page, as it would without script. */
(function () {
  "use strict";
  document.querySelectorAll("form[data-upload]").forEach(function (form) {
    var bar = form.querySelector("progress");
    if (!bar || !window.FormData) {
      return;
    }
    form.addEventListener("submit", function (event) {
      var chosen = Array.prototype.some.call(form.querySelectorAll('input[type="file"]'), function (input) {
        return input.files.length > 0;
      });
      if (!chosen) {
        return;
      }
      event.preventDefault();
      var data = new FormData(form);
      if (event.submitter && event.submitter.name) {
        data.append(event.submitter.name, event.submitter.value);
      }
      var request = new XMLHttpRequest();
      bar.hidden = false;
      request.upload.addEventListener("progress", function (sent) {
        if (sent.lengthComputable) {
          bar.max = sent.total;
          bar.value = sent.loaded;
        }
      });
      request.addEventListener("load", function () {
        if (request.status < 400 && request.responseURL !== location.href) {
          location.assign(request.responseURL);
          return;
        }
        document.open();
        document.write(request.responseText);
        document.close();
      });
      request.addEventListener("error", function () {
        bar.hidden = true;
        form.submit();
      });
      request.open(form.method, form.action || location.href);
      request.send(data);
    });
  });
})();
