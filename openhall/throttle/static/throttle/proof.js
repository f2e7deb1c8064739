// The widget's workers come from our own address (a strict policy allows no others), and its words
// from the page, in the page's language.
const WORDS = ["label", "verifying", "verified", "error"];

function ready(widget) {
  const said = {};
  for (const word of WORDS) said[word] = widget.dataset[word];
  said.expired = said.error;
  said.waitAlert = said.verifying;
  said.verificationRequired = said.label;
  const { i18n } = globalThis.$altcha; // the widget reads its words here, not in its settings
  i18n.set(widget.getAttribute("language"), { ...i18n.get("en"), ...said });
  widget.configure({
    humanInteractionSignature: false,
    hideFooter: true,
    hideLogo: true,
    workers: Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1)),
  });
}

// Who presses the button before the sum is done need not press it again: the form waits, and goes.
// A button that saves, or asks for a code, does not wait; nor does a form with a code typed in.
function held(widget) {
  const form = widget.closest("form");
  if (!form) return;
  form.noValidate = true; // the server judges; the browser would only refuse the widget's own tick
  let state = "unverified";
  let pressed = null;
  widget.addEventListener("statechange", (event) => {
    state = event.detail.state;
    if (pressed && state === "verified") {
      const button = pressed;
      pressed = null;
      form.requestSubmit(button.isConnected ? button : null);
    } else if (pressed && (state === "error" || state === "expired")) {
      pressed = null;
    }
  });
  form.addEventListener(
    "submit",
    (event) => {
      const button = event.submitter;
      const code = form.querySelector("[name$=proof-code]");
      const other = button && button.name;
      if (state === "verified" || state === "error" || other || (code && code.value)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = button || form.querySelector("button:not([name])");
      if (state !== "verifying") widget.verify();
    },
    { capture: true },
  );
}

customElements.whenDefined("altcha-widget").then(() => {
  for (const widget of document.querySelectorAll("altcha-widget")) {
    globalThis.$altcha.algorithms.set(
      "PBKDF2/SHA-256",
      () => new Worker(widget.dataset.pbkdf2),
    );
    ready(widget);
    held(widget);
  }
});
