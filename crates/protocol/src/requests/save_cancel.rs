//! Cancels a save.

use serde::{Deserialize, Serialize};

use crate::{Call, SaveId, sample};

/// Drops a save that has begun and is not committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCancel {
    /// Which save; an unknown one is not an error.
    pub save: SaveId,
}

impl Call for SaveCancel {
    const ASK: &'static str = "save_cancel";
    type Reply = SaveCancelled;

    fn example() -> (SaveCancel, SaveCancelled) {
        (SaveCancel { save: sample::SAVE.into() }, SaveCancelled {})
    }
}

/// The answer to [`SaveCancel`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCancelled {}
