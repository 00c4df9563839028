// Runs before anything of a page is painted or loaded. It is one file, because each costs the first
// paint some milliseconds. It makes no other decisions.

const { i18n, runtime } = globalThis.browser ?? globalThis.chrome;

// The popup announces itself to the background. A stopped background starts meanwhile, and the save
// begins.
if (location.pathname === '/popup.html') runtime.connect({ name: 'opening' });

// The page gets the colours that its user has chosen. The setting is in the extension's storage,
// which answers too late; the page's module keeps a copy here.
try {
  document.documentElement.style.colorScheme = localStorage.getItem('scheme') ?? '';
} catch {
  // Without a copy, the module shows the colours once it runs.
}

// The elements get their texts as the parser makes them, in the language of the browser.
// `data-text` sets an element's text, `data-label` its accessible name, `data-hint` its
// placeholder.
document.documentElement.lang = i18n.getMessage('language');
document.documentElement.dir = i18n.getMessage('@@bidi_dir');
const fill = (element) => {
  const { text, label, hint } = element.dataset ?? {};
  if (text) element.textContent = i18n.getMessage(text);
  if (label) element.setAttribute('aria-label', i18n.getMessage(label));
  if (hint) element.setAttribute('placeholder', i18n.getMessage(hint));
};
const fillNew = (records) => records.forEach(({ addedNodes }) => addedNodes.forEach(fill));
const parser = new MutationObserver(fillNew);
parser.observe(document, { childList: true, subtree: true });
document.addEventListener('DOMContentLoaded', () => {
  fillNew(parser.takeRecords());
  parser.disconnect();
});
