//! Recognises targets that run something, read files or are documents themselves. It also writes a
//! fragment's targets unchanged.

use std::borrow::Cow;

/// Schemes that no Markdown from here ever links to, not even that of a fragment.
const DANGEROUS: [&str; 19] = [
    "javascript",
    "vbscript",
    "livescript",
    "mocha",
    "data",
    "file",
    "blob",
    "filesystem",
    "view-source",
    "about",
    "chrome",
    "edge",
    "opera",
    "brave",
    "resource",
    "jar",
    "mhtml",
    "devtools",
    "chrome-untrusted",
];
/// The greatest length in characters of an image that the markup itself may keep.
const MAX_DATA_IMAGE: usize = 4096;
/// Whether a fragment's link or image must lose its target.
pub(crate) fn is_dangerous(target: &str) -> bool {
    let target = bare(target);
    let names_a_machine = matches!(target.as_bytes(), [b'\\', b'\\' | b'/', ..] | [b'/', b'\\', ..]);
    // No scheme can follow these characters, and the web's own schemes are not dangerous.
    if !names_a_machine && (target.starts_with(['/', '#', '?', '.']) || is_on_the_web(&target)) {
        return false;
    }
    let scheme = target.split_once(':').map_or("", |(before, _)| before);
    let extension = scheme.len() <= 40 && scheme.to_ascii_lowercase().ends_with("-extension");
    names_a_machine
        || extension
        || DANGEROUS.iter().any(|dangerous| scheme.eq_ignore_ascii_case(dangerous)) && !is_small_image(&target)
}

/// Returns a target unchanged, except for control characters. Those are never written, and without
/// them the target could lead elsewhere (`javascrip\u{17}t:`). Browsers drop them around a target
/// and encode them within it.
pub(crate) fn verbatim(target: &str) -> String {
    // All control characters begin with such a byte, and almost no target has one.
    let may_be_odd = |byte: u8| (byte < b' ') | (byte == 0x7F) | (byte == 0xC2);
    if !target.bytes().fold(false, |any, byte| any | may_be_odd(byte)) {
        return target.to_owned();
    }
    let is_odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let target = target.trim_matches(|c: char| c < ' ' && is_odd(c));
    if !target.contains(is_odd) {
        return target.to_owned();
    }
    let mut encoded = String::with_capacity(target.len() + 8);
    for c in target.chars() {
        if is_odd(c) {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| encoded.push_str(&format!("%{byte:02X}")));
        } else {
            encoded.push(c);
        }
    }
    encoded
}

/// Whether a target is a document itself. An image may have such a target, a link may not.
pub(crate) fn is_inline(target: &str) -> bool {
    let target = bare(target);
    matches!(target.as_bytes(), [b'd' | b'D', ..]) && has_scheme(&target, "data")
}

fn is_on_the_web(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}

/// Returns a target as a URL parser sees it. It has no blanks around it, and no tabs and line ends
/// inside.
pub(crate) fn bare(target: &str) -> Cow<'_, str> {
    let target = target.trim_matches(|c: char| c <= ' ');
    if memchr::memchr3(b'\t', b'\n', b'\r', target.as_bytes()).is_some() {
        Cow::Owned(target.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect())
    } else {
        Cow::Borrowed(target)
    }
}

/// Whether a target begins with this scheme.
pub(crate) fn has_scheme(target: &str, scheme: &str) -> bool {
    target.split_once(':').is_some_and(|(before, _)| before.eq_ignore_ascii_case(scheme))
}

/// Whether a target is itself an image, small and of a kind that holds only pixels.
pub(crate) fn is_small_image(target: &str) -> bool {
    let kind = target.get(..5).filter(|start| start.eq_ignore_ascii_case("data:")).and_then(|_| target.get(5..));
    target.len() <= MAX_DATA_IMAGE
        && kind.is_some_and(|kind| {
            ["image/png;base64,", "image/jpeg;base64,", "image/gif;base64,", "image/webp;base64,", "image/avif;base64,"]
                .iter()
                .any(|prefix| kind.starts_with(prefix))
        })
        && target.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/;,+=".contains(&byte))
}

#[cfg(test)]
mod tests;
