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

customElements.whenDefined("altcha-widget").then(() => {
  for (const widget of document.querySelectorAll("altcha-widget")) {
    globalThis.$altcha.algorithms.set(
      "PBKDF2/SHA-256",
      () => new Worker(widget.dataset.pbkdf2),
    );
    ready(widget);
  }
});
