//! Drives the real binary over real frames, and hunts for lost pages. `cachette-browser` drives the
//! browsers and is passed on here, so that a test names one harness. It holds no tests and no
//! decisions of the product.
#![forbid(unsafe_code)]

pub mod filed;
pub mod gallery;
pub mod host_client;
pub mod hostile;
pub mod pipes;
#[cfg(unix)]
pub mod torture;

pub use cachette_browser::{
    DriverError, Result, chromium, display, firefox, home, marionette, process, site, site_pages, wait,
};
