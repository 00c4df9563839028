//! Defines the facts of the file system about a name. Plain values, read elsewhere.

/// The kind of object that a name refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A link, a device, a pipe, a socket.
    Other,
}

/// The facts about a name that are known without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The kind of object that it refers to.
    pub kind: EntryKind,
    /// The length of a file.
    pub bytes: u64,
    /// When it was last modified, in nanoseconds since 1970, clamped to an `i64`.
    pub modified_ns: i64,
}

/// Folders by name, each with the facts about one name in it; `None` if it cannot be examined.
pub type FactsInEach = Vec<(String, Option<Facts>)>;

/// The facts that identify a file as long as it exists, and that reveal a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// The kind of object that the name refers to.
    pub kind: EntryKind,
    /// The length of a file.
    pub bytes: u64,
    /// When it was last modified, in nanoseconds since 1970.
    pub modified_ns: i128,
    /// When its content or metadata last changed, likewise; 0 if the system keeps no such time.
    pub changed_ns: i128,
    /// How many names the file has; 1 if the system does not say.
    pub names: u64,
    /// The device and the file's number on it; zeros if the system does not say.
    pub identity: (u64, u64),
}

impl Status {
    /// Whether it is a plain file without a second name. Writing to such a file changes nothing
    /// elsewhere.
    pub fn is_own_file(&self) -> bool {
        self.kind == EntryKind::File && self.names <= 1
    }
}
