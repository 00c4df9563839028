//! Decides whether a short word behind a `-` is a command's flag. On pages about a command, the
//! flag often follows its name; other words rarely follow each other.

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::quoted;

/// On at least this share of the pages with a word, its flag follows it.
const SHARE: f64 = 0.1;

/// How many pages are counted.
const COUNTED: u32 = 200;

impl Index {
    /// Makes a clause of each doubtful word that is a flag, and excludes the others.
    pub(crate) fn settle_flags(&self, query: &mut Query) -> Result<(), IndexError> {
        query.settle(|before, term| {
            let name = quoted(before);
            let named = self.count_up_to(&name, COUNTED)?;
            let together = self.count_up_to(&quoted(&format!("{before} {}", term.text)), COUNTED)?;
            Ok::<_, IndexError>(together > 0 && together as f64 >= SHARE * named as f64)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::search::tests::{index, page};

    #[test]
    fn a_word_that_often_follows_the_one_before_it_is_its_flag() {
        let mut pages = vec![page("Flag", "`scd -ar` sorts scenes", 1), page("Scd", "scd is a program", 2)];
        pages.extend((0..30).map(|n| page(&format!("Rust{n}"), "rust is a language", 10 + n)));
        pages.push(page("Both", "in rust go and zig", 100));
        let index = index(&pages);
        let titles =
            |query: &str| -> Vec<String> { index.find(query, 100, 0).hits.into_iter().map(|hit| hit.title).collect() };
        assert_eq!(titles("scd -ar").first().map(String::as_str), Some("Flag"));
        let without = titles("rust -go");
        assert!(without.len() == 30 && !without.contains(&"Both".to_owned()), "{without:?}");
        assert!(index.matching("rust -go", 0).unwrap().len() == 30);
    }
}
