//! Sends a piece of a save.

use serde::{Deserialize, Serialize};

use crate::{Call, Part, SaveId, sample};

/// One piece of a part, at most [`crate::CHUNK_BYTES`], cut between characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveChunk {
    /// Which save.
    pub save: SaveId,
    /// Which part of the page.
    pub part: Part,
    /// The piece's number, from 0. A piece that has already arrived is ignored; a gap is an error.
    pub seq: u32,
    /// The text.
    pub data: String,
}

impl Call for SaveChunk {
    const ASK: &'static str = "save_chunk";
    type Reply = ChunkTaken;

    fn example() -> (SaveChunk, ChunkTaken) {
        let data = "<!DOCTYPE html><html>…</html>".into();
        (SaveChunk { save: sample::SAVE.into(), part: Part::Html, seq: 0, data }, ChunkTaken { seq: 0 })
    }
}

/// The answer to [`SaveChunk`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkTaken {
    /// The piece's number.
    pub seq: u32,
}
