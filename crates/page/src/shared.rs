//! Finds the shared files that a text names. One pass suffices for any number of files. `assets`
//! decides what the files contain and which ones a page has.

use std::borrow::Cow;
use std::collections::HashMap;

use cachette_dom::steps;

/// The prefix of shared files' paths in a page's files. These are two folders below the home.
pub(crate) const FROM_PAGE: &str = "../../assets/";
/// The length of a path up to its kind. It has the prefix, two digits, a slash, and the hash.
const STEM: usize = FROM_PAGE.len() + 2 + 1 + 64;

/// Whether an address is a shared file's path, as a page's files write it.
pub(crate) fn is_shared(address: &str) -> bool {
    let name = || {
        let (shard, name) = address.strip_prefix(FROM_PAGE)?.split_once('/')?;
        let (hash, kind) = name.split_once('.')?;
        let hex = hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let known = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase());
        (hex && known && shard.len() == 2 && hash.starts_with(shard)).then_some(())
    };
    name().is_some()
}

/// Paths of shared files, each with a value.
pub(crate) struct Paths<'p, T>(HashMap<&'p str, (&'p str, T)>);

impl<'p, T: Copy> Paths<'p, T> {
    /// Collects paths with their values. If a path occurs with several kinds or values, the first
    /// counts.
    pub(crate) fn new(paths: impl Iterator<Item = (&'p str, T)>) -> Self {
        let mut stems = HashMap::new();
        for (path, known) in paths {
            if let Some(stem) = path.get(..STEM) {
                stems.entry(stem).or_insert((path, known));
            }
        }
        Self(stems)
    }

    /// Iterates over the places where a text names the paths: position, path, value. The number of
    /// steps is the text's length plus one for each place.
    pub(crate) fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'p str, T)> + 't {
        steps::take_text(text.len());
        text.match_indices(FROM_PAGE).filter_map(|(at, _)| {
            steps::take(1);
            let (path, known) = self.0.get(text.get(at..at + STEM)?)?;
            text.get(at..)?.starts_with(path).then_some((at, *path, *known))
        })
    }
}

/// Replaces the paths of shared files in a text by other addresses. Each of `addresses` is a path,
/// as `../../assets/<2 hex>/<name>`, with its replacement. The time is proportional to the text and
/// to `addresses`.
pub fn elsewhere<'t, 'a>(text: &'t str, addresses: impl Iterator<Item = (&'a str, &'a str)>) -> Cow<'t, str> {
    let paths = Paths::new(addresses);
    let (mut out, mut done) = (String::new(), 0);
    for (at, path, address) in paths.places(text) {
        out.push_str(text.get(done..at).unwrap_or(""));
        out.push_str(address);
        done = at + path.len();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or(""));
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(number: usize) -> String {
        format!("{FROM_PAGE}00/{number:064x}.png")
    }

    #[test]
    fn only_a_path_to_a_file_that_the_cache_could_have_written_is_shared() {
        let hash = "ab".repeat(32);
        for (address, expected) in [
            (format!("../../assets/ab/{hash}.png"), true),
            (format!("../../assets/ab/{hash}.css"), true),
            (format!("../../assets/aa/{hash}.png"), false),
            (format!("../../assets/ab/{}.png", hash.to_uppercase()), false),
            (format!("../../assets/ab/{hash}"), false),
            (format!("../../assets/ab/{hash}."), false),
            (format!("../../assets/ab/{hash}.PNG"), false),
            (format!("../../assets/ab/{hash}.png?x"), false),
            (format!("../../assets/ab/{hash}.png/../../x"), false),
            (format!("../../assets/ab/../{hash}.png"), false),
            (format!("../assets/ab/{hash}.png"), false),
            (format!("https://example.org/../../assets/ab/{hash}.png"), false),
            (format!("../../assets/ab/{}.png", "ab".repeat(31)), false),
            (format!("../../assets//{hash}.png"), false),
            ("../../assets/".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(is_shared(&address), expected, "{address}");
        }
    }

    #[test]
    fn paths_give_way_to_addresses_wherever_they_occur() {
        let (one, two) = (path(1), path(2));
        let text = format!("![é]({one}) ../{two} {FROM_PAGE} {one}x {} ![]({FROM_PAGE}é", two.trim_end_matches('g'));
        let addresses = [(one.as_str(), "A"), (two.as_str(), "B"), ("", "C"), ("../../assets/", "D")];
        let expected = text.replace(&one, "A").replace(&two, "B");
        assert_eq!(elsewhere(&text, addresses.into_iter()), expected);
        assert!(matches!(elsewhere("none", addresses.into_iter()), Cow::Borrowed("none")));
    }

    #[test]
    fn a_text_is_searched_once_however_many_paths_there_are() {
        let paths: Vec<String> = (0..10_000).map(path).collect();
        let text: String = paths.iter().map(|path| format!("![]({path})\n")).collect();
        let before = steps::taken();
        let written = elsewhere(&text, paths.iter().map(|path| (path.as_str(), "x")));
        assert_eq!(written, "![](x)\n".repeat(10_000));
        let taken = usize::try_from(steps::taken() - before).unwrap();
        assert!(taken <= 1 + text.len() / 64 + paths.len(), "{taken} steps");
    }
}
