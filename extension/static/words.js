// Puts the words into a page, in the language of its browser, before anything of it is painted: an
// element with `data-text` gets that text, with `data-label` that accessible name, with `data-hint`
// that placeholder. No decisions.

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
