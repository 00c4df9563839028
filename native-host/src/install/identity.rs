//! Defines the host's name, and the ids of the extensions that may start it. `caller.rs` recognises
//! a browser's call.

/// The host's name, to which the extension connects. Manifest files have this name too, followed by
/// `.json`.
pub const HOST_NAME: &str = "org.cachette.host";

/// The extension's ids in the Chromium family. The first is computed from
/// `manifest/chromium.key.pub`; the list may grow, because every store assigns its own id.
pub const CHROMIUM_IDS: &[&str] = &["hbmmlfbaijcnagcogcjeajeblanggndl"];

/// The add-on's id in the Firefox family.
pub const FIREFOX_ID: &str = "cachette@cachette.org";

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes base64; white space and padding are ignored.
    fn decoded(base64: &str) -> Vec<u8> {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let values = base64.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte));
        let bits: Vec<u8> = values.flat_map(|value| (0..6).rev().map(move |bit| (value >> bit & 1) as u8)).collect();
        bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit)).collect()
    }

    #[test]
    fn the_first_chromium_id_is_that_of_the_public_key() {
        let key = decoded(include_str!("../../../manifest/chromium.key.pub"));
        let hash = cachette_page::digest::sha256_hex(&key);
        let letter = |digit: char| char::from(b'a' + digit.to_digit(16).unwrap() as u8);
        assert_eq!(hash.chars().take(32).map(letter).collect::<String>(), CHROMIUM_IDS[0]);
    }
}
