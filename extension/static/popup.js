// Starts the popup page's Rust side. No decisions.

const api = globalThis.browser ?? globalThis.chrome;
const module = fetch(api.runtime.getURL('wasm/cachette_bg.wasm'));
const { default: init, popup } = await import('./wasm/cachette.js');
await init({ module_or_path: module });
await popup();
