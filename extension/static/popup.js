// Starts the popup page's Rust side. No decisions.

const api = globalThis.browser ?? globalThis.chrome;
// A background that the browser has stopped takes as long to come up as this page: both at once.
api.runtime.connect({ name: 'wake' });

const module = fetch(api.runtime.getURL('wasm/cachette_bg.wasm'));
const { default: init, popup } = await import('./wasm/cachette.js');
await init({ module_or_path: module });
await popup();
