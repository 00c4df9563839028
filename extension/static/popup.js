// Starts the popup page's Rust side. It makes no decisions.

const api = globalThis.browser ?? globalThis.chrome;
const module = fetch(api.runtime.getURL('wasm/popup_bg.wasm'));
const { default: init, run } = await import('./wasm/popup.js');
await init({ module_or_path: module });
await run();
