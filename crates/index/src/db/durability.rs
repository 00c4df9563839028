//! Defines the two choices of a writer: whether its changes must outlast a power cut, and whether
//! somebody waits for them. `connection.rs` and `seal.rs` act on them.

/// When the changes of a transaction survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// As soon as it is committed: the commit waits for the disk.
    Synced,
    /// Some time later. A power cut may undo the transaction as a whole: the log distinguishes a
    /// half-written change from a whole one, and the next synced change makes those before it
    /// durable too.
    Relaxed,
}

/// Whether somebody waits for a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Priority {
    /// Somebody waits, so checkpoints and other work that can wait are deferred.
    Interactive,
    /// Nobody waits.
    Background,
}
