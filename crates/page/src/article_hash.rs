//! Hashes an article's Markdown without meaningless differences, to compare two captures of a page.
//! When in doubt, two captures count as different.

mod times;

use std::collections::VecDeque;

use cachette_address::Address;
use cachette_dom::word_list::WordList;
use memchr::memmem::Finder;

use crate::digest::Hasher;

/// Parameters of links and images that change from load to load and select nothing. `address` has
/// its own lists of trackers and secrets.
static VOLATILE: WordList = WordList::of(include_str!("article_hash/volatile.txt"));
/// Replaces a relative time in the hash; no text contains it.
const SOME_TIME_AGO: &str = "\u{1}";

/// How many words a relative time may have.
const LONGEST_TIME: usize = 8;
/// How many bytes are hashed at a time.
const PIECE: usize = 1 << 16;

/// Hashes an article (lowercase hex SHA-256). The hash stays the same if only white space, relative
/// times ("3 hours ago") or volatile parameters of links changed. It takes no memory except for the
/// longest word.
pub fn article_hash(markdown: &str) -> String {
    let mut words = markdown.split_whitespace();
    let mut ahead: VecDeque<&str> = words.by_ref().take(LONGEST_TIME).collect();
    let address = Finder::new("http");
    let mut hasher = Hasher::new();
    let mut out = String::new();
    while let Some(word) = ahead.front().copied() {
        let passed = times::relative_time(ahead.make_contiguous());
        if passed > 0 {
            out.push_str(SOME_TIME_AGO);
        } else {
            push_word(word, &address, &mut out);
        }
        for _ in 0..passed.max(1) {
            ahead.pop_front();
            ahead.extend(words.next());
        }
        out.push(' ');
        if out.len() >= PIECE {
            hasher.update(out.as_bytes());
            out.clear();
        }
    }
    hasher.update(out.as_bytes());
    hasher.finish()
}

/// Writes a word with its addresses normalised; `address` finds their beginnings.
fn push_word(word: &str, address: &Finder, out: &mut String) {
    let mut rest = word;
    while let Some(at) = address.find(rest.as_bytes()).filter(|at| rest.get(*at..).is_some_and(is_web_address)) {
        let (before, found) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let end = found.find([')', '>', '<', '"', ']', '|']).unwrap_or(found.len());
        let (address, after) = found.split_at_checked(end).unwrap_or((found, ""));
        out.push_str(before);
        push_address(address, out);
        rest = after;
    }
    times::push_without_east_asian_times(rest, SOME_TIME_AGO, out);
}

fn is_web_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn push_address(address: &str, out: &mut String) {
    let (main, fragment) = address.split_once('#').map_or((address, None), |(main, fragment)| (main, Some(fragment)));
    let cleaned = Address::from_href(main).map_or_else(|_| main.to_owned(), |address| address.url().to_owned());
    let (path, query) = cleaned.split_once('?').unwrap_or((cleaned.as_str(), ""));
    out.push_str(path);
    let kept = query.split('&').filter(|piece| {
        let name = piece.split('=').next().unwrap_or("").to_ascii_lowercase();
        !piece.is_empty() && !VOLATILE.has(&name)
    });
    for (index, piece) in kept.enumerate() {
        out.push(if index == 0 { '?' } else { '&' });
        out.push_str(piece);
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
}

#[cfg(test)]
mod tests {
    use super::article_hash;
    use proptest::prelude::*;

    fn same(a: &str, b: &str) -> bool {
        article_hash(a) == article_hash(b)
    }

    #[test]
    fn white_space_is_idle() {
        assert!(same("a  b\n\nc\n", " a b\tc"));
        assert!(!same("a b", "ab"));
    }

    #[test]
    fn the_hash_of_a_text_is_of_all_of_it_in_one_spelling() {
        // The hash of a long article from the time before articles were hashed in pieces.
        let words = "posted 3 hours ago by il y a 2 jours and so on ".repeat(20_000);
        let spelt = "posted \u{1} by \u{1} and so on ".repeat(20_000);
        assert_eq!(article_hash(&words), crate::digest::sha256_hex(spelt.as_bytes()));
        assert_eq!(article_hash(""), crate::digest::sha256_hex(b""));
    }

    #[test]
    fn relative_times_are_idle() {
        for (a, b) in [
            ("posted 3 hours ago by me", "posted 2 days ago by me"),
            ("**an hour ago**", "**2 weeks ago**"),
            ("5m ago · x", "17h ago · x"),
            ("vor 3 Stunden", "vor einem Tag"),
            ("il y a 2 jours, x", "il y a 3 semaines, x"),
            ("hace 1 hora", "hace 5 meses"),
            ("há 2 dias", "há 3 anos"),
            ("3 giorni fa", "1 mese fa"),
            ("2 uur geleden", "3 dagen geleden"),
            ("5 минут назад", "2 часа назад"),
            ("投稿：3時間前に", "投稿：12日前に"),
            ("5分钟前", "3小时前"),
            ("3시간 전", "5일 전"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn volatile_parameters_of_links_are_idle() {
        assert!(same("[a](https://e.org/x?id=1&_=17)", "[a](https://e.org/x?id=1&_=18)"));
        assert!(same(
            "![](https://e.org/x.png?X-Amz-Signature=a&Expires=1)",
            "![](https://e.org/x.png?X-Amz-Signature=b&Expires=2)"
        ));
        assert!(same("[a](https://e.org/x?utm_source=a)", "[a](https://e.org/x)"));
    }

    #[test]
    fn in_doubt_it_is_different() {
        for (a, b) in [
            ("costs 19.99 €", "costs 18.99 €"),
            ("vor 3 Euro", "vor 4 Euro"),
            ("3 hours", "4 hours"),
            ("10 of 12 years ago today, or 3", "10 of 12 years ago today, or 4"),
            ("[a](https://e.org/x?id=1)", "[a](https://e.org/x?id=2)"),
            ("[a](https://e.org/x#1)", "[a](https://e.org/x#2)"),
            ("2026-11-22", "2026-11-23"),
            ("3年", "4年"),
            ("A", "a"),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_hash(text in any::<String>()) {
            prop_assert_eq!(article_hash(&text).len(), 64);
        }

        #[test]
        fn different_words_differ(a in "[a-z]{1,9}( [a-z]{1,9}){0,3}", b in "[a-z]{1,9}( [a-z]{1,9}){0,3}") {
            prop_assert_eq!(same(&a, &b), a == b);
        }
    }
}
