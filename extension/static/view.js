// Starts the view page's Rust side. It makes no decisions.

import init, { view } from './wasm/screens.js';

await init({ module_or_path: (globalThis.browser ?? globalThis.chrome).runtime.getURL('wasm/screens_bg.wasm') });
await view();
