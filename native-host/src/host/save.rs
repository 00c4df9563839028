//! Collects the pieces of saves in memory, with limits; each step may be repeated. It files
//! nothing: it hands out a complete save, and remembers the answer.

use std::collections::{HashMap, VecDeque};

use cachette_address::Address;
use cachette_cache::Resource;
use cachette_protocol::{
    CHUNK_BYTES, ChunkTaken, Code, Failure, Params, Part, PartSum, SaveBegin, SaveChunk, SaveCommit, SaveId,
    SaveSource, SaveStarted, Saved,
};
use jiff::Timestamp;

use super::{captured_at::bad_time, resources};
use crate::{failure::failure, moment};

/// The limits of one connection. The browser's own limits are lower; these protect against a faulty
/// extension.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The longest page, in bytes.
    pub save_bytes: usize,
    /// All pages together, in bytes. Beyond this, the save that has been idle longest is dropped.
    pub total_bytes: usize,
    /// How many saves at once. Beyond this, too, the one that has been idle longest is dropped.
    pub saves: usize,
    /// How many answers are remembered, for commits that are repeated.
    pub answers: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { save_bytes: 256 << 20, total_bytes: 512 << 20, saves: 16, answers: 64 }
    }
}

/// A save whose pieces are arriving.
#[derive(Debug)]
pub struct Assembly {
    /// The request that began it.
    pub begin: SaveBegin,
    /// Its `captured_at` as a point in time.
    pub captured_at: Timestamp,
    /// The part of the document that has arrived.
    pub html: String,
    chunks: u32,
    /// The pictures and style sheets that have arrived.
    more: String,
    more_chunks: u32,
    touched: u64,
}

impl Assembly {
    /// Returns the source of the save, as the front matter spells it.
    pub fn source(&self) -> &'static str {
        match self.begin.source {
            SaveSource::Page => "page",
            SaveSource::Link => "link",
        }
    }

    /// Returns the pictures and style sheets that were captured with the document.
    pub fn resources(&self) -> Vec<Resource> {
        resources::read(&self.more)
    }

    fn have(&self) -> Vec<PartSum> {
        let sums = [(Part::Html, self.chunks), (Part::Resources, self.more_chunks)];
        sums.into_iter().filter(|(_, chunks)| *chunks > 0).map(|(part, chunks)| PartSum { part, chunks }).collect()
    }

    fn bytes(&self) -> usize {
        self.html.len() + self.more.len()
    }
}

/// The save that a commit names.
pub enum Committed<'a> {
    /// All of it has arrived. The caller files it, then calls [`Saves::answered`].
    Complete(&'a Assembly),
    /// It was filed before in this connection, with this answer.
    Before(Box<Saved>),
}

struct Answered {
    url: String,
    captured_at: String,
    parts: Vec<PartSum>,
    saved: Saved,
}

/// The saves of one connection.
pub struct Saves {
    limits: Limits,
    open: HashMap<SaveId, Assembly>,
    answered: VecDeque<Answered>,
    clock: u64,
}

impl Saves {
    /// Starts without any save.
    pub fn new(limits: Limits) -> Saves {
        Saves { limits, open: HashMap::new(), answered: VecDeque::new(), clock: 0 }
    }

    /// Begins a save, or finds the one that has already begun. The same id with another page or
    /// moment begins a new save.
    ///
    /// # Errors
    /// `private_window`, `unsupported_address`, `bad_request`.
    pub fn begin(&mut self, begin: SaveBegin) -> Result<SaveStarted, Failure> {
        if begin.private {
            return Err(Failure::new(Code::PrivateWindow, "Pages in private windows are never saved."));
        }
        check_id(&begin.save)?;
        let Some(captured_at) = moment::parse(&begin.captured_at) else {
            return Err(bad_time());
        };
        Address::parse(&begin.url).map_err(|error| failure(&error.into()))?;
        let same = |url: &str, at: &str| url == begin.url && at == begin.captured_at;
        if let Some(before) = self.answered.iter().find(|before| before.saved.save == begin.save) {
            if same(&before.url, &before.captured_at) {
                return Ok(SaveStarted { have: before.parts.clone() });
            }
            self.answered.retain(|before| before.saved.save != begin.save);
        }
        self.clock += 1;
        if let Some(assembly) = self.open.get_mut(&begin.save)
            && same(&assembly.begin.url, &assembly.begin.captured_at)
        {
            assembly.touched = self.clock;
            assembly.begin = begin;
            return Ok(SaveStarted { have: assembly.have() });
        }
        let id = begin.save.clone();
        let assembly = Assembly {
            begin,
            captured_at,
            html: String::new(),
            chunks: 0,
            more: String::new(),
            more_chunks: 0,
            touched: self.clock,
        };
        self.open.insert(id.clone(), assembly);
        while self.open.len() > self.limits.saves.max(1) {
            self.drop_oldest_but(&id);
        }
        Ok(SaveStarted { have: Vec::new() })
    }

    /// Takes a piece. A piece that has already arrived is ignored.
    ///
    /// # Errors
    /// `no_such_save`, `incomplete` after a gap, `too_large` (the save is dropped).
    pub fn chunk(&mut self, chunk: SaveChunk) -> Result<ChunkTaken, Failure> {
        let taken = ChunkTaken { seq: chunk.seq };
        if self.answered.iter().any(|before| before.saved.save == chunk.save) {
            return Ok(taken);
        }
        let limit = self.limits.save_bytes;
        self.clock += 1;
        let Some(assembly) = self.open.get_mut(&chunk.save) else { return Err(no_such_save()) };
        assembly.touched = self.clock;
        if chunk.data.len() > CHUNK_BYTES {
            let message = format!("A chunk holds {CHUNK_BYTES} bytes at most; this one has {}.", chunk.data.len());
            return Err(Failure::new(Code::TooLarge, message).with(limit_of(CHUNK_BYTES)));
        }
        let held = assembly.bytes();
        let (text, chunks) = match chunk.part {
            Part::Html => (&mut assembly.html, &mut assembly.chunks),
            Part::Resources => (&mut assembly.more, &mut assembly.more_chunks),
        };
        if chunk.seq < *chunks {
            return Ok(taken);
        }
        if chunk.seq > *chunks {
            let message = format!("Chunk {} came before chunk {}.", chunk.seq, chunks);
            return Err(Failure::new(Code::Incomplete, message));
        }
        if held + chunk.data.len() > limit {
            self.open.remove(&chunk.save);
            let message = format!("The page is longer than the {} MiB that can be kept.", limit >> 20);
            return Err(Failure::new(Code::TooLarge, message).with(limit_of(limit)));
        }
        text.push_str(&chunk.data);
        *chunks += 1;
        while self.open.len() > 1 && self.held() > self.limits.total_bytes {
            self.drop_oldest_but(&chunk.save);
        }
        Ok(taken)
    }

    /// Returns the save that a commit names. The save stays until [`Saves::answered`], so a failed
    /// commit can be repeated.
    ///
    /// # Errors
    /// `no_such_save`, `incomplete`.
    pub fn commit(&mut self, commit: &SaveCommit) -> Result<Committed<'_>, Failure> {
        if let Some(before) = self.answered.iter().find(|before| before.saved.save == commit.save) {
            return Ok(Committed::Before(Box::new(before.saved.clone())));
        }
        self.clock += 1;
        let Some(assembly) = self.open.get_mut(&commit.save) else { return Err(no_such_save()) };
        assembly.touched = self.clock;
        let mut named: HashMap<&Part, u32> = HashMap::new();
        for sum in &commit.parts {
            named.insert(&sum.part, sum.chunks);
        }
        let arrived = |part| named.get(&part).copied().unwrap_or(0);
        if assembly.chunks == 0
            || arrived(Part::Html) != assembly.chunks
            || arrived(Part::Resources) != assembly.more_chunks
        {
            let message = format!("{} chunks of the page have arrived; the commit names others.", assembly.chunks);
            return Err(Failure::new(Code::Incomplete, message));
        }
        Ok(Committed::Complete(assembly))
    }

    /// Drops the pieces of a save that is durable, and remembers its answer.
    pub fn answered(&mut self, saved: &Saved) {
        let Some(assembly) = self.open.remove(&saved.save) else { return };
        let parts = assembly.have();
        let SaveBegin { url, captured_at, .. } = assembly.begin;
        self.answered.push_back(Answered { url, captured_at, parts, saved: saved.clone() });
        while self.answered.len() > self.limits.answers {
            self.answered.pop_front();
        }
    }

    /// Drops a save that is not committed; does nothing for any other name.
    pub fn cancel(&mut self, id: &str) {
        self.open.remove(id);
    }

    fn held(&self) -> usize {
        self.open.values().map(Assembly::bytes).sum()
    }

    fn drop_oldest_but(&mut self, kept: &str) {
        let oldest = self.open.iter().filter(|(id, _)| *id != kept).min_by_key(|(_, assembly)| assembly.touched);
        if let Some(id) = oldest.map(|(id, _)| id.clone()) {
            self.open.remove(&id);
        }
    }
}

fn check_id(id: &str) -> Result<(), Failure> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if (8..=64).contains(&id.len()) && id.bytes().all(allowed) {
        return Ok(());
    }
    Err(bad("A save's id has 8 to 64 of the characters 0-9 A-Z a-z - _."))
}

fn limit_of(bytes: usize) -> Params {
    Params { limit_bytes: u64::try_from(bytes).ok(), ..Params::default() }
}

fn no_such_save() -> Failure {
    Failure::new(Code::NoSuchSave, "No save with this id has begun in this connection; begin again.")
}

fn bad(message: &str) -> Failure {
    Failure::new(Code::BadRequest, message)
}

#[cfg(test)]
#[path = "save_tests.rs"]
mod tests;
