/* Keys of a desk: data-key="a" clicks a button or link, or focuses a field. Never while typing,
   never with a modifier, so a reader's own keys keep their meaning. Can be switched off with
   data-keys="off" on <html>. */
(function () {
  "use strict";
  /* Letters say something in a field; in a box that is only ticked they do not. */
  function typing(element) {
    return element.isContentEditable || (
      /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)
      && !/^(checkbox|radio|button|submit)$/.test(element.type)
    );
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) {
      return;
    }
    if (document.documentElement.getAttribute("data-keys") === "off") {
      return;
    }
    if (event.key === "Escape" && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
      event.target.blur();
      return;
    }
    if (typing(event.target)) {
      return;
    }
    if (!/^[a-z0-9/?]$/i.test(event.key)) {
      return;
    }
    var wanted = event.key.toLowerCase();
    var found = Array.prototype.find.call(document.querySelectorAll("[data-key]"), function (element) {
      return element.getAttribute("data-key") === wanted && element.offsetParent !== null && !element.disabled;
    });
    if (!found) {
      return;
    }
    event.preventDefault();
    if (typing(found)) {
      found.focus();
    } else {
      found.focus();
      found.click();
    }
  });
})();
