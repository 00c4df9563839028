//! Registers the host with browsers. It has the table of browsers, the host manifests, and the code
//! that writes, removes and heals them. The commands themselves (`command/install.rs`,
//! `uninstall.rs`, `doctor.rs`) and the host are elsewhere.

pub mod browser;
pub mod checkup;
pub mod execution;
pub mod healing;
pub mod identity;
pub mod manifest;
pub mod place;
pub mod plan;
pub mod program;
pub mod registry;
pub mod selection;
pub mod table;

pub use healing::heal;
