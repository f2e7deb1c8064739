/* A question with data-asked-when is shown only after the answer it depends on. Without this file
   every question is shown, with a note saying when it is to be answered. */
(function () {
  "use strict";
  var dependent = document.querySelectorAll("[data-asked-when]");
  if (!dependent.length) {
    return;
  }

  function group(control) {
    return control.closest(".field");
  }

  function answers(name) {
    var found = [];
    document.getElementsByName(name).forEach(function (control) {
      var field = group(control);
      if (field && field.hidden) {
        return;
      }
      if (control.type === "checkbox" || control.type === "radio") {
        if (control.checked) {
          found.push(control.value === "on" ? "true" : control.value);
        }
      } else if (control.value) {
        found.push(control.value);
      }
    });
    return found;
  }

  function holds(control) {
    var given = answers(control.dataset.askedWhen);
    var wanted = JSON.parse(control.dataset.askedValues);
    if (!given.length) {
      return false;
    }
    if (control.dataset.askedTest === "at_least" || control.dataset.askedTest === "at_most") {
      var numbers = !isNaN(given[0]) && !isNaN(wanted[0]);
      var left = numbers ? Number(given[0]) : given[0];
      var right = numbers ? Number(wanted[0]) : wanted[0];
      return control.dataset.askedTest === "at_least" ? left >= right : left <= right;
    }
    var named = given.some(function (one) {
      return wanted.indexOf(one) >= 0;
    });
    return control.dataset.askedTest === "is" ? named : !named;
  }

  function show() {
    dependent.forEach(function (control) {
      var field = group(control);
      if (field) {
        field.hidden = !holds(control);
      }
    });
  }

  document.addEventListener("change", show);
  document.addEventListener("input", show);
  show();
})();
