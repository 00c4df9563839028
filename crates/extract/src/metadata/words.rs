//! The words that stand around names, and instead of them, in bylines of many languages. All in
//! lower case.

use crate::word_list::WordList;

/// Words after which a name comes.
pub(super) static BY: WordList = WordList::of(include_str!("words/by.txt"));

/// Words that name who comes, where a colon follows.
pub(super) static LABELS: WordList = WordList::of(include_str!("words/labels.txt"));

/// Words that come before "by".
pub(super) static LEADING: WordList = WordList::of(include_str!("words/leading.txt"));

/// Words between two names.
pub(super) static CONNECTORS: WordList = WordList::of(include_str!("words/connectors.txt"));

/// What stands where a name is expected.
pub(super) static NO_NAMES: WordList = WordList::of(include_str!("words/no_names.txt"));

/// Words that no name has.
pub(super) static NO_NAME_WORDS: WordList = WordList::of(include_str!("words/no_name_words.txt"));
