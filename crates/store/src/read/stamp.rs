//! Describes the state of a page's file, so that a difference reveals a change. A plain value.

use crate::error::StoreError;
use crate::folder::{Facts, Folder};

/// The state of a page's `index.md`. A difference reveals a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// When it was last changed, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// Its length in bytes.
    pub bytes: u64,
}

/// The state of each page's `index.md`, by hash; `None` for a page without one.
pub type Stamps = Vec<(String, Option<Stamp>)>;

impl Stamp {
    /// Takes it from the facts about a file.
    pub(crate) fn of(facts: &Facts) -> Stamp {
        Stamp { modified_ns: facts.modified_ns, bytes: facts.bytes }
    }

    /// Returns the present state of the file `name`; `None` if it is missing.
    pub(crate) fn of_file(folder: &Folder, name: &str) -> Result<Option<Stamp>, StoreError> {
        Ok(folder.facts(name)?.as_ref().map(Stamp::of))
    }
}
