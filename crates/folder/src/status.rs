//! What the file system says about a name. Plain values, read elsewhere.

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A link, a device, a pipe, a socket.
    Other,
}

/// What is known about a name without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What it stands for.
    pub kind: EntryKind,
    /// The length of a file.
    pub bytes: u64,
    /// Nanoseconds since 1970; what no `i64` holds is cut.
    pub modified_ns: i64,
}

/// By what a file is known again as long as it exists, and by what a change of it is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// What the name stands for.
    pub kind: EntryKind,
    /// The length of a file.
    pub bytes: u64,
    /// Nanoseconds since 1970.
    pub modified_ns: i128,
    /// When its content or anything told about it was last changed, likewise; 0 where the system keeps no such time.
    pub changed_ns: i128,
    /// How many names the file has; 1 where the system does not tell.
    pub names: u64,
    /// The device and the file's number on it; zeros where the system does not tell.
    pub identity: (u64, u64),
}

impl Status {
    /// Whether it is a plain file that no other name leads to: writing to it changes nothing elsewhere.
    pub fn is_own_file(&self) -> bool {
        self.kind == EntryKind::File && self.names <= 1
    }
}
