/* Reads the main part of the page aloud in its own language, a block at a time; again to stop. */
(function () {
  "use strict";
  var voice = window.speechSynthesis;
  var button = document.querySelector(".read-aloud");
  if (!voice || !button || !window.SpeechSynthesisUtterance) {
    return;
  }
  var blocks = "h1, h2, h3, p, li, dt, dd, caption, th, td, label, summary";
  var reading = false;
  button.setAttribute("data-ready", "");

  function state(on) {
    reading = on;
    button.setAttribute("aria-pressed", String(on));
  }

  function texts() {
    return Array.prototype.filter
      .call(document.querySelectorAll("#main " + blocks.split(", ").join(", #main ")), function (part) {
        return part.offsetParent !== null && !part.querySelector(blocks);
      })
      .map(function (part) {
        return part.innerText.trim();
      })
      .filter(Boolean);
  }

  button.addEventListener("click", function () {
    voice.cancel();
    if (reading) {
      state(false);
      return;
    }
    var parts = texts();
    state(parts.length > 0);
    parts.forEach(function (text, place) {
      var speech = new SpeechSynthesisUtterance(text);
      speech.lang = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
      speech.rate = 0.9;
      if (place === parts.length - 1) {
        speech.onend = function () {
          state(false);
        };
      }
      voice.speak(speech);
    });
  });
  window.addEventListener("pagehide", function () {
    voice.cancel();
  });
})();
