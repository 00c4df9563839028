// Starts the view page's Rust side. No decisions.

import init, { view } from './wasm/cachette.js';

await init({ module_or_path: (globalThis.browser ?? globalThis.chrome).runtime.getURL('wasm/cachette_bg.wasm') });
await view();
