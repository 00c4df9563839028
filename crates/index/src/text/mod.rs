//! Handles text without SQL: cuts it into words, finds typos, highlights, shows and compresses it.

pub(crate) mod compression;
pub(crate) mod cuts;
pub(crate) mod fold;
pub(crate) mod forms;
pub(crate) mod highlights;
pub(crate) mod script;
pub(crate) mod snippet;
pub(crate) mod tokenizer;
pub(crate) mod typo;
