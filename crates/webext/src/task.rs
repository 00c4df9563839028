//! Work that goes on by itself. Futures are boxed here, once: each type of its own would carry the
//! machinery with it into the module.

use std::pin::Pin;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{future_to_promise, spawn_local};

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Starts work that nobody waits for.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(work));
}

fn spawn_boxed(work: Work) {
    spawn_local(work);
}

/// Work that JavaScript waits for.
pub fn promise(work: impl Future<Output = ()> + 'static) -> Promise {
    promise_boxed(Box::pin(work))
}

fn promise_boxed(work: Work) -> Promise {
    future_to_promise(async {
        work.await;
        Ok(JsValue::UNDEFINED)
    })
}
