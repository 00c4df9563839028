//! Text, without SQL: how it becomes words, where words stand in it, how it is shown and kept.

pub(crate) mod compression;
pub(crate) mod fold;
pub(crate) mod highlights;
pub(crate) mod snippet;
pub(crate) mod tokenizer;
pub(crate) mod typo;
