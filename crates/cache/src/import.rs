//! Pages in bulk: one JSON object a line.

/// What an import has done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// Versions that are on the disk now and were not before.
    pub filed: u64,
    /// Lines whose article was saved already.
    pub unchanged: u64,
    /// Lines that could not be filed: number from 1, and why in one sentence.
    pub failed: Vec<(u64, String)>,
}
