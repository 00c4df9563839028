//! Remembers facts for a connection. They are counts of the current search, and the words that the
//! connection has written. It asks the database nothing.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::identity_hasher::IdentityHasher;

/// Counts that a search has made, valid while it reads one state of the index.
#[derive(Default)]
pub(crate) struct SearchMemo {
    /// The approximate number of pages on which a word occurs.
    pub(crate) frequencies: RefCell<HashMap<String, f64>>,
    /// Whether any page matches an expression.
    pub(crate) matches: RefCell<HashMap<String, bool>>,
}

impl SearchMemo {
    /// Forgets everything when another search begins.
    pub(crate) fn clear(&self) {
        self.frequencies.borrow_mut().clear();
        self.matches.borrow_mut().clear();
    }
}

/// The words that a writing connection knows, so that it need not look up each word of each page.
/// Maps a word's hash to whether the word is in the table.
#[derive(Default)]
pub(crate) struct KnownWords {
    /// The key is the word's hash.
    pub(crate) words: HashMap<u64, bool, BuildHasherDefault<IdentityHasher>>,
    /// Whether `words` holds every word of the index. Then a word that it lacks is on no page.
    pub(crate) complete: bool,
    /// How many pages the index had when this was last true. Other processes write too.
    pub(crate) pages: i64,
}
