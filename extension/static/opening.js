// Announces the popup to the background before the popup's own module is loaded. A stopped
// background starts meanwhile, and the save begins. No decisions.

(globalThis.browser ?? globalThis.chrome).runtime.connect({ name: 'opening' });
