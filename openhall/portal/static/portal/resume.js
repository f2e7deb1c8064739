/* The QR of a resume slip carries the code behind "#": put it into the field, then forget it. */
(function () {
  "use strict";
  var field = document.getElementById("id_code");
  var code = location.hash.slice(1);
  if (field && /^[0-9A-Z]{12}$/.test(code)) {
    field.value = code.replace(/(.{4})(?=.)/g, "$1-");
    history.replaceState(null, "", location.pathname);
    field.form.querySelector("[type=submit]").focus();
  }
})();
