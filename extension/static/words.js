// Puts the texts into a page before its first paint, in the language of the browser. `data-text`
// sets an element's text, `data-label` its accessible name, `data-hint` its placeholder. No
// decisions.

(() => {
  const { i18n } = globalThis.browser ?? globalThis.chrome;
  const root = document.documentElement;
  root.lang = i18n.getMessage('language');
  root.dir = i18n.getMessage('@@bidi_dir');
  for (const element of document.querySelectorAll('[data-text], [data-label], [data-hint]')) {
    const { text, label, hint } = element.dataset;
    if (text) element.textContent = i18n.getMessage(text);
    if (label) element.setAttribute('aria-label', i18n.getMessage(label));
    if (hint) element.setAttribute('placeholder', i18n.getMessage(hint));
  }
})();
