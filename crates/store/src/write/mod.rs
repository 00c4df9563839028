//! Changes pages under a claim. A version is drafted, compared, staged and committed, and the
//! remains of a crash are reconciled.

pub(crate) mod assets;
pub(crate) mod claim;
pub(crate) mod commit;
pub(crate) mod completion;
pub(crate) mod decision;
pub(crate) mod draft;
pub(crate) mod filing;
pub(crate) mod kept_companion;
pub(crate) mod moved;
pub(crate) mod reconcile;
pub(crate) mod references;
pub(crate) mod settings;
pub(crate) mod staged;
pub(crate) mod tags;
