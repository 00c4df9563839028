//! What a transaction promises, and to whom: whether its changes outlast a power cut, and whether somebody
//! waits for them. Only the two choices; `connection.rs` and `seal.rs` act on them.

/// When the changes of a transaction must outlast a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Once it is committed: the commit waits for the disk.
    Synced,
    /// Some time later. A power cut may undo the transaction, as a whole: the log tells a half-written
    /// change from a whole one, and the next synced change makes those before it durable too.
    Relaxed,
}

/// Whether somebody waits for a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Priority {
    /// Somebody waits: whatever can be put off, such as a checkpoint, is put off.
    Interactive,
    /// Nobody waits.
    Background,
}
