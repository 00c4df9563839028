//! Registers the host with browsers. It has the table of browsers, the host manifests, and the code
//! that writes, removes and heals them. Not the commands themselves (`command/install.rs`,
//! `uninstall.rs`, `doctor.rs`) and not the host.

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
