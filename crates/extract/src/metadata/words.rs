//! Lists the words around names, dates and titles, in many languages. All words are in lower case.

use cachette_dom::word_list::WordList;

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

/// Words that do not occur in a name.
pub(super) static NO_NAME_WORDS: WordList = WordList::of(include_str!("words/no_name_words.txt"));

/// Words in the names of organisations, which may contain "for" and "in".
pub(super) static ORGANISATIONS: WordList = WordList::of(include_str!("words/organisations.txt"));

/// Parts of an address's path that lead to a page about an author.
pub(super) static AUTHOR_PAGES: WordList = WordList::of(include_str!("words/author_pages.txt"));

/// Titles that would fit any page.
pub(super) static GENERIC_TITLES: WordList = WordList::of(include_str!("words/generic_titles.txt"));

/// The beginnings of a label for the author in the data of a card.
pub(super) static AUTHOR_LABELS: WordList = WordList::of(include_str!("words/author_labels.txt"));

/// Words that begin a byline. They are fewer than those inside one, because sentences begin with
/// the others.
pub(super) static BEGINS: WordList = WordList::of(include_str!("words/begins.txt"));

/// Words before a date of publication.
pub(super) static PUBLISHED_WORDS: WordList = WordList::of(include_str!("words/published.txt"));

/// Words before a date of a change.
pub(super) static MODIFIED_WORDS: WordList = WordList::of(include_str!("words/modified.txt"));

/// Words that sites add to their name.
pub(super) static ADDED_TO_SITES: WordList = WordList::of(include_str!("words/added_to_sites.txt"));

/// Words in lower case within names.
pub(super) static PARTICLES: WordList = WordList::of(include_str!("words/particles.txt"));
