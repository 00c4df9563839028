// Runs before anything of a page is painted or loaded, as one file, because each costs the first
// paint some milliseconds. No other decisions.

// The popup announces itself to the background. A stopped background starts meanwhile, and the save
// begins.
if (location.pathname === '/popup.html') {
  (globalThis.browser ?? globalThis.chrome).runtime.connect({ name: 'opening' });
}

// The page gets the colours that its user has chosen. The setting is in the extension's storage,
// which answers too late; the page's module keeps a copy here.
try {
  document.documentElement.style.colorScheme = localStorage.getItem('scheme') ?? '';
} catch {
  // Without a copy, the module shows the colours once it runs.
}
