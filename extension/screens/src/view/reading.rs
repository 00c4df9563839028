//! Reads a saved copy in parts: which one is asked for next, and what is shown of each. It asks
//! nobody itself.

use cachette_protocol::{Read, ReadPart, Readable};

/// A copy that is being read.
pub struct Reading {
    /// The next question; `None` once all is read.
    read: Option<Read>,
    readable: Readable,
}

impl Reading {
    /// Begins to read a version; the newest if none is named.
    pub fn of(hash_url: String, captured_at: Option<String>) -> Reading {
        Reading { read: Some(Read { hash_url, captured_at, offset: 0 }), readable: Readable::default() }
    }

    /// Returns the question for the next part; `None` if all is read.
    pub fn next(&self) -> Option<&Read> {
        self.read.as_ref()
    }

    /// Takes the answer, and returns the text that is to be shown now.
    pub fn take(&mut self, part: ReadPart) -> String {
        let mut text = self.readable.push(&part.markdown);
        // All parts must be of one version: one that is saved meanwhile must not be mixed in. An
        // offset that does not grow would never end.
        self.read = self.read.take().and_then(|read| {
            let offset = part.next.filter(|next| *next > read.offset)?;
            Some(Read { captured_at: Some(part.captured_at), offset, ..read })
        });
        if self.read.is_none() {
            text.push_str(&self.readable.finish());
        }
        text
    }
}

#[cfg(test)]
mod tests;
