//! Runs tasks that nobody waits for, and promises. Each future is boxed here: otherwise every
//! future's type would add its own copy of the machinery to the module.

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

/// Turns work into a promise that JavaScript can await.
pub fn promise(work: impl Future<Output = ()> + 'static) -> Promise {
    promise_boxed(Box::pin(work))
}

fn promise_boxed(work: Work) -> Promise {
    future_to_promise(async {
        work.await;
        Ok(JsValue::UNDEFINED)
    })
}
