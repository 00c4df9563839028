//! Leaves out the words of a question that say nothing by themselves, such as "how do I". Pure.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::query::Query;
use crate::query::terms::{Field, Term};

/// The function words of several languages, folded: a language a line. Such a word is common in its
/// language, even if a cache has few pages in that language.
static FUNCTION_WORDS: LazyLock<Vec<HashSet<&str>>> = LazyLock::new(|| {
    include_str!("function_words.txt").lines().map(|line| line.split_whitespace().collect()).collect()
});

/// How many function words of one language show that a query is a sentence of it: `per` or `die`
/// alone may be a word of another one.
const SHOWN: usize = 2;

/// The fewest words that must be left.
const LEFT: usize = 2;

impl Query {
    /// Returns the query without its function words. It is `None` if it is no sentence, or if too
    /// little would be left.
    pub(crate) fn without_function_words(&self) -> Option<Query> {
        let count =
            |language: &&HashSet<&str>| self.clauses.iter().filter(|clause| are_all_in(clause, language)).count();
        let language = FUNCTION_WORDS.iter().rev().max_by_key(count).filter(|language| count(language) >= SHOWN)?;
        let mut bare = self.clone();
        bare.clauses.retain(|clause| !are_all_in(clause, language));
        (bare.clauses.len() >= LEFT).then_some(bare)
    }
}

fn are_all_in(clause: &[Term], language: &HashSet<&str>) -> bool {
    let is_one = |word: &String| language.contains(word.as_str());
    let is_plain = |term: &Term| !term.quoted && term.field == Field::Any && !term.words.is_empty();
    clause.iter().all(|term| is_plain(term) && term.words.iter().all(is_one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_left_out_where_others_remain() {
        let bare = |text: &str| -> Option<String> {
            let query = Query::parse(text, 0).without_function_words()?;
            let words = query.clauses.iter().flatten().map(|term| term.text.clone());
            Some(words.collect::<Vec<_>>().join(" "))
        };
        for (query, expected) in [
            ("how do I exit the editor", Some("exit editor")),
            ("Wie kann ich Moos entfernen", Some("Moos entfernen")),
            ("qu'est-ce que c'est que le lichen du granit", Some("lichen granit")),
            ("moss on the granite", Some("moss granite")),
            ("moss on granite", None),
            ("moss per die", None),
            ("the who", None),
            ("to be or not to be", None),
            ("the moss", None),
            ("moss granite", None),
            ("moss \"on the\" granite", None),
            ("title:the moss granite", None),
            ("", None),
        ] {
            assert_eq!(bare(query).as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn function_words_are_listed_as_the_index_knows_them() {
        for word in include_str!("function_words.txt").split_whitespace() {
            for part in word.split('-') {
                assert_eq!(crate::text::tokenizer::words(part), [part], "{word}");
            }
        }
    }
}
