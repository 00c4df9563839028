// Starts the settings page's Rust side. No decisions.

import init, { settings } from './wasm/cachette.js';

await init({ module_or_path: (globalThis.browser ?? globalThis.chrome).runtime.getURL('wasm/cachette_bg.wasm') });
await settings();
