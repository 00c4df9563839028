//! Lists the words around names, and in place of names, in bylines of many languages. All are in
//! lower case.

use crate::word_list::WordList;

/// Words before a name.
pub(super) static BY: WordList = WordList::of(include_str!("words/by.txt"));

/// Words that label a person, before a colon.
pub(super) static LABELS: WordList = WordList::of(include_str!("words/labels.txt"));

/// Words before "by".
pub(super) static LEADING: WordList = WordList::of(include_str!("words/leading.txt"));

/// Words between two names.
pub(super) static CONNECTORS: WordList = WordList::of(include_str!("words/connectors.txt"));

/// Texts found in place of a name.
pub(super) static NO_NAMES: WordList = WordList::of(include_str!("words/no_names.txt"));

/// Words that occur in no name.
pub(super) static NO_NAME_WORDS: WordList = WordList::of(include_str!("words/no_name_words.txt"));
