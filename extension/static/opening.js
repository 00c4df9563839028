// Announces the popup to the background, before the popup's own module is read: a background
// that the browser has stopped comes up meanwhile, and the save begins. No decisions.

(globalThis.browser ?? globalThis.chrome).runtime.connect({ name: 'opening' });
