//! Keeps the words of the articles whose snippets were cut last. While a person types, most hits
//! stay the same, and to read and parse their files again would take most of a search's time.
//! Each text belongs to one state of its file. It is kept in memory only.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};

use cachette_index::Stamp;
use cachette_store::Pages;

use crate::entry::{self, text_of};

/// How many bytes of text are kept. That is some 500 articles of common length.
const BYTES: usize = 8 << 20;

/// The texts of a home's pages that were asked for last.
#[derive(Default)]
pub(crate) struct RecentTexts(RefCell<Kept>);

#[derive(Default)]
struct Kept {
    texts: HashMap<String, (String, Stamp)>,
    /// The hashes of `texts`, the longest kept first.
    order: VecDeque<String>,
    bytes: usize,
}

impl RecentTexts {
    /// Returns the words of a page's article and the state of its file, as [`text_of`] does. The
    /// file is read only if its state has changed.
    pub fn of(&self, pages: &Pages, hash_url: &str) -> Option<(String, Stamp)> {
        let now = pages.stamp(hash_url).map(entry::stamp);
        if let Some(kept) = self.0.borrow().texts.get(hash_url).filter(|(_, stamp)| Some(*stamp) == now) {
            return Some(kept.clone());
        }
        let read = text_of(pages, hash_url);
        let mut kept = self.0.borrow_mut();
        kept.drop_text(hash_url);
        if let Some((text, stamp)) = &read {
            kept.insert(hash_url, text, *stamp);
        }
        read
    }
}

impl Kept {
    fn insert(&mut self, hash_url: &str, text: &str, stamp: Stamp) {
        if text.len() > BYTES {
            return;
        }
        while self.bytes + text.len() > BYTES {
            let Some(oldest) = self.order.front().cloned() else { break };
            self.drop_text(&oldest);
        }
        self.bytes += text.len();
        self.order.push_back(hash_url.to_owned());
        self.texts.insert(hash_url.to_owned(), (text.to_owned(), stamp));
    }

    fn drop_text(&mut self, hash_url: &str) {
        if let Some((text, _)) = self.texts.remove(hash_url) {
            self.bytes -= text.len();
            self.order.retain(|hash| hash != hash_url);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use cachette_store::Store;
    use cachette_store::digest::sha256_hex;

    use super::*;

    /// A home with one page for each of `texts`, written by hand.
    fn home(texts: &[&str]) -> (tempfile::TempDir, Vec<String>) {
        let home = tempfile::tempdir().unwrap();
        let hashes = (0..texts.len()).map(|n| sha256_hex(n.to_string().as_bytes())).collect::<Vec<_>>();
        for (hash, text) in hashes.iter().zip(texts) {
            let page = home.path().join("pages").join(hash);
            fs::create_dir_all(&page).unwrap();
            fs::write(page.join("index.md"), format!("---\nurl: https://example.org/\n---\n{text}\n")).unwrap();
        }
        (home, hashes)
    }

    #[test]
    fn a_text_is_that_of_the_file_as_it_is_now() {
        let (home, hashes) = home(&["A *medlar*.", "A quince."]);
        let pages = Store::at(home.path()).open_pages().unwrap();
        let texts = RecentTexts::default();
        for _ in 0..2 {
            assert_eq!(texts.of(&pages, &hashes[0]).unwrap().0, "A medlar.\n");
        }
        fs::write(home.path().join("pages").join(&hashes[0]).join("index.md"), "Two medlars, *edited*.\n").unwrap();
        let (text, stamp) = texts.of(&pages, &hashes[0]).unwrap();
        assert_eq!((text.as_str(), stamp.bytes), ("Two medlars, edited.\n", 23));
        fs::remove_dir_all(home.path().join("pages").join(&hashes[0])).unwrap();
        assert!(texts.of(&pages, &hashes[0]).is_none());
        assert_eq!((texts.0.borrow().bytes, texts.0.borrow().order.len()), (0, 0), "a removed page is forgotten");
    }

    #[test]
    fn a_text_that_is_kept_is_not_read_again() {
        let (home, hashes) = home(&["A medlar."]);
        let pages = Store::at(home.path()).open_pages().unwrap();
        let texts = RecentTexts::default();
        let (_, stamp) = texts.of(&pages, &hashes[0]).unwrap();
        texts.0.borrow_mut().texts.insert(hashes[0].clone(), ("kept".to_owned(), stamp));
        assert_eq!(texts.of(&pages, &hashes[0]).unwrap().0, "kept");
    }

    #[test]
    fn the_texts_together_stay_below_the_limit() {
        let mut kept = Kept::default();
        let stamp = Stamp { modified_ns: 0, bytes: 0 };
        let long = "x".repeat(BYTES / 3);
        for hash in ["a", "b", "c", "d"] {
            kept.insert(hash, &long, stamp);
            assert!(kept.bytes <= BYTES && kept.texts.len() == kept.order.len());
        }
        assert_eq!(kept.order, ["b", "c", "d"], "the oldest one went");
        kept.insert("e", &"x".repeat(BYTES + 1), stamp);
        assert_eq!(kept.order, ["b", "c", "d"], "one that is too long is never kept");
        kept.insert("f", &"x".repeat(BYTES), stamp);
        assert_eq!(kept.order, ["f"]);
    }
}
