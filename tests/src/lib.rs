//! Drives the real binary over real frames, and real browsers over their own protocols. Each has
//! its own home, profile and cache. This harness serves `tests/` and `cargo xtask`; it holds no
//! tests and no decisions of the product.
#![forbid(unsafe_code)]

pub mod cdp;
pub mod chromium;
pub mod display;
mod error;
pub mod filed;
pub mod firefox;
pub mod gallery;
pub mod home;
pub mod host_client;
pub mod hostile;
pub mod launch;
pub mod marionette;
pub mod picture;
pub mod pipes;
pub mod process;
pub mod site;
pub mod site_pages;
#[cfg(unix)]
pub mod torture;
pub mod wait;

pub use error::{DriverError, Result};
