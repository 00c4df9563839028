//! Looks up parameter names in closed lists. The lists' text files say why each group is there.

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
