//! Saved pages that are like one of them.

use serde::{Deserialize, Serialize};

use crate::Hit;

/// Asks for the pages that are most like one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Which page.
    pub hash_url: String,
    /// How many hits at most; clamped to [`crate::HITS_MAX`].
    pub limit: u32,
}

/// The answer to [`Related`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// The most alike first, never the page itself; their `ranges` are empty. Empty where no page is like it.
    pub hits: Vec<Hit>,
}
