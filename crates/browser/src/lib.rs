//! Starts real browsers with the extension and drives them over their own protocols. Each has a
//! home, a profile and a cache of its own, and a loopback site to visit. It serves the tests, the
//! benches and the demonstration; it holds no tests and no decisions of the product.
#![forbid(unsafe_code)]

pub mod cdp;
pub mod chromium;
pub mod display;
mod error;
pub mod firefox;
pub mod home;
pub mod marionette;
pub mod process;
pub mod site;
pub mod site_pages;
mod visit;
pub mod wait;

pub use error::{DriverError, Result};
