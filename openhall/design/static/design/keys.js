/* Keys of a desk: data-key="a" clicks a button or link, or focuses a field. Never while typing,
   never with a modifier, so a reader's own keys keep their meaning. Can be switched off with
   data-keys="off" on <html>. */
(function () {
  "use strict";
  function typing(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) {
      return;
    }
    if (document.documentElement.getAttribute("data-keys") === "off") {
      return;
    }
    if (typing(event.target)) {
      if (event.key === "Escape") {
        event.target.blur();
      }
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
