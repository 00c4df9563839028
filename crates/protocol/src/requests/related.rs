//! Finds saved pages that are like a given one.

use serde::{Deserialize, Serialize};

use crate::{Call, Hit, sample};

/// Asks for the pages that are most like a given one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Which page.
    pub hash_url: String,
    /// How many hits at most; clamped to [`crate::HITS_MAX`].
    pub limit: u32,
}

impl Call for Related {
    const ASK: &'static str = "related";
    type Reply = Alike;

    fn example() -> (Related, Alike) {
        let hit = Hit {
            hash_url: sample::LIKE_HASH.into(),
            url: sample::LIKE_URL.into(),
            title: "Self-hosting, ten years on".into(),
            snippet: "What became of the promise: a server at home, …".into(),
            ranges: Vec::new(),
            captured_at: sample::TIME.into(),
            path: sample::path(sample::LIKE_HASH),
        };
        (Related { hash_url: sample::HASH.into(), limit: 5 }, Alike { hits: vec![hit] })
    }
}

/// The answer to [`Related`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// The most similar pages first, without the page itself; their `ranges` are empty. Empty if no
    /// page is like it.
    pub hits: Vec<Hit>,
}
