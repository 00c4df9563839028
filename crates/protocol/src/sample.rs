//! Holds the page that all examples use, and another one like it.

pub(crate) const SAVE: &str = "s-01JDAEXAMPLE";
pub(crate) const URL: &str = "https://example.org/a";
/// The SHA-256 of [`URL`].
pub(crate) const HASH: &str = "b5b10dd0429e69ac7cfaf0a20b6901c1265c50b55d1751bcb684ed96ef7b300a";
pub(crate) const LIKE_URL: &str = "https://example.org/b";
/// The SHA-256 of [`LIKE_URL`].
pub(crate) const LIKE_HASH: &str = "8cae5ebf23bb1733a4a4ca5814b10d2f2a9f6545f84da051ccdee832b44cd73d";
pub(crate) const TITLE: &str = "La difficile promesse de l’auto-hébergement";
pub(crate) const TIME: &str = "2026-11-22T18:24:05.123Z";
pub(crate) const LATER: &str = "2026-12-01T07:30:00.000Z";
pub(crate) const HOME: &str = "/home/ada/.local/share/cachette";

/// The path of a page's `index.md`.
pub(crate) fn path(hash: &str) -> String {
    format!("{HOME}/pages/{hash}/index.md")
}
