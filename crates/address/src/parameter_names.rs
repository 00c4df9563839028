//! Looks up the names of parameters, as servers read them, in closed lists. Each list is a text
//! file that gives the reason for every group of names.

use std::sync::OnceLock;

/// Whether the decoded, lower-case name is known to contain a secret.
pub(crate) fn is_secret(name: &[u8]) -> bool {
    static NAMES: OnceLock<Vec<&str>> = OnceLock::new();
    holds(NAMES.get_or_init(|| read(include_str!("secrets.txt"))), name) || is_signature(name)
}

/// Whether the decoded, lower-case name of a secret is that of a signature.
pub(crate) fn is_signature(name: &[u8]) -> bool {
    static NAMES: OnceLock<Vec<&str>> = OnceLock::new();
    holds(NAMES.get_or_init(|| read(include_str!("signatures.txt"))), name)
}

/// Whether the decoded, lower-case name is known to serve only tracking.
pub(crate) fn is_tracker(name: &[u8]) -> bool {
    static NAMES: OnceLock<Vec<&str>> = OnceLock::new();
    holds(NAMES.get_or_init(|| read(include_str!("trackers.txt"))), name)
}

/// Returns the name as a server reads it. It is percent-decoded once, with `+` as a space and ASCII
/// in lower case. The result is bytes, because it may not be UTF-8.
pub(crate) fn decoded(raw: &str) -> Vec<u8> {
    let mut name = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let (byte, left) = match (first, after) {
            (b'%', [high, low, left @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, left),
                _ => (b'%', after),
            },
            (b'+', _) => (b' ', after),
            _ => (first, after),
        };
        name.push(byte.to_ascii_lowercase());
        rest = left;
    }
    name
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn holds(names: &[&str], name: &[u8]) -> bool {
    names.binary_search_by(|known| known.as_bytes().cmp(name)).is_ok()
}

/// Reads one name per line; text after a `#` is for people. The names are sorted here, because the
/// files group them.
fn read(list: &'static str) -> Vec<&'static str> {
    let lines = list.lines().map(|line| line.split_once('#').map_or(line, |(name, _)| name).trim());
    let mut names: Vec<&str> = lines.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_once_and_broken_percents_stay() {
        assert_eq!(decoded("To%6Ben"), b"token");
        assert_eq!(decoded("%2574oken"), b"%74oken");
        assert_eq!(decoded("a+b%"), b"a b%");
        assert_eq!(decoded("%zz%4"), b"%zz%4");
        assert_eq!(decoded("%ff%C3%A9"), [0xff, 0xc3, 0xa9]);
    }

    #[test]
    fn every_listed_name_is_found_and_listed_once_in_lower_case() {
        let (secrets, trackers) = (read(include_str!("secrets.txt")), read(include_str!("trackers.txt")));
        assert!(secrets.len() > 100 && trackers.len() > 250, "{} {}", secrets.len(), trackers.len());
        assert!(secrets.iter().all(|name| is_secret(name.as_bytes()) && !is_tracker(name.as_bytes())));
        assert!(trackers.iter().all(|name| is_tracker(name.as_bytes()) && !is_secret(name.as_bytes())));
        for names in [&secrets, &trackers] {
            assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase())));
            let doubled: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
            assert!(doubled.is_empty(), "{doubled:?}");
        }
    }

    #[test]
    fn names_that_select_what_a_page_shows_are_in_no_list() {
        for name in "id p q s t v page key code state ref source lang tag type sort view tab hash date user name title \
                     category search query email ticket policy sign campaign_id cid si from feature label"
            .split_whitespace()
        {
            assert!(!is_secret(name.as_bytes()) && !is_tracker(name.as_bytes()), "{name}");
        }
    }
}
