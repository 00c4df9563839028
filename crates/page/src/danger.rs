//! Which targets run, read files or are documents by themselves, whatever page they stand on, and
//! how one is kept as it stands.

use std::borrow::Cow;

/// Schemes that no Markdown of ours ever links to, not even in a fragment converted as it stands.
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
/// Images in the markup itself are kept up to this many characters.
const MAX_DATA_IMAGE: usize = 4096;
/// Whether a link or image of a fragment converted as it stands must lose its target.
pub(crate) fn is_dangerous(target: &str) -> bool {
    let target = bare(target);
    let names_a_machine = matches!(target.as_bytes(), [b'\\', b'\\' | b'/', ..] | [b'/', b'\\', ..]);
    // Nothing behind these is a scheme any more, and the web's own are none of the dangerous.
    if !names_a_machine && (target.starts_with(['/', '#', '?', '.']) || is_on_the_web(&target)) {
        return false;
    }
    let scheme = target.split_once(':').map_or("", |(before, _)| before);
    let extension = scheme.len() <= 40 && scheme.to_ascii_lowercase().ends_with("-extension");
    names_a_machine
        || extension
        || DANGEROUS.iter().any(|dangerous| scheme.eq_ignore_ascii_case(dangerous)) && !is_small_image(&target)
}

/// A target that is kept as it stands, but for control characters: none is ever written, and
/// without them it could lead elsewhere (`javascrip\u{17}t:`). Around a target browsers drop them,
/// inside they encode them.
pub(crate) fn as_it_stands(target: &str) -> String {
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

/// Whether a target is a document by itself; an image may be one, a link may not.
pub(crate) fn is_inline(target: &str) -> bool {
    let target = bare(target);
    matches!(target.as_bytes(), [b'd' | b'D', ..]) && has_scheme(&target, "data")
}

fn is_on_the_web(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}

/// As a URL parser sees it: without blanks around it and without tabs and line ends inside.
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

/// Whether a target is an image by itself, small and of a kind that holds nothing but pixels.
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
