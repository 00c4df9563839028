//! What a connection remembers between statements, in memory alone: counts of the search at hand, and the words
//! that it has written. Asks the database nothing.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What a search has found out, for as long as it reads one state of the index.
#[derive(Default)]
pub(crate) struct SearchMemo {
    /// On about how many pages a word occurs.
    pub(crate) frequencies: RefCell<HashMap<String, f64>>,
    /// Whether any page matches an expression.
    pub(crate) matches: RefCell<HashMap<String, bool>>,
}

impl SearchMemo {
    /// Forgets everything: another search begins.
    pub(crate) fn clear(&self) {
        self.frequencies.borrow_mut().clear();
        self.matches.borrow_mut().clear();
    }
}

/// What a writing connection remembers of the words, so that it need not look up each word of each page: hashes, and
/// whether the word is in the table.
#[derive(Default)]
pub(crate) struct KnownWords {
    /// By the hash of the word.
    pub(crate) words: HashMap<u64, bool, BuildHasherDefault<IdentityHasher>>,
    /// Whether every word of the index is in `words`: then a word that is not there is on no page.
    pub(crate) complete: bool,
    /// How many pages had their words here when this was last true: other processes write too.
    pub(crate) pages: i64,
}

/// Takes a number that is a hash for its hash.
#[derive(Default)]
pub(crate) struct IdentityHasher(u64);

impl Hasher for IdentityHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0 << 8 ^ u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
