//! Who may start the host: its name, and the extensions' identities. Not how a browser's call is recognised.

/// The host's name: what the extension connects to, and the manifests' file name before `.json`.
pub const HOST_NAME: &str = "org.cachette.host";

/// The extension's ids in the Chromium family, the first one computed from `manifest/chromium.key.pub`.
/// A list, because every store assigns an id of its own.
pub const CHROMIUM_IDS: &[&str] = &["hbmmlfbaijcnagcogcjeajeblanggndl"];

/// The add-on's id in the Firefox family.
pub const FIREFOX_ID: &str = "cachette@cachette.org";
