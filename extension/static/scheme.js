// Gives a page the colours that its user has chosen, before anything of it is painted. The setting
// is in the extension's storage, which answers too late; the page's module keeps a copy here. No
// decisions.

try {
  document.documentElement.style.colorScheme = localStorage.getItem('scheme') ?? '';
} catch {
  // Without a copy, the module shows the colours once it runs.
}
