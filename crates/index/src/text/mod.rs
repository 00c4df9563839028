//! Text, without SQL: how it is cut into words, searched for typos, highlighted, shown and
//! compressed.

pub(crate) mod compression;
pub(crate) mod cuts;
pub(crate) mod fold;
pub(crate) mod highlights;
pub(crate) mod script;
pub(crate) mod snippet;
pub(crate) mod tokenizer;
pub(crate) mod typo;
