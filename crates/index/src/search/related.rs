//! Finds pages similar to a given one, by the words that most others lack.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, TransactionBehavior};

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::{Expression, quoted};
use crate::record::PageMatch;
use crate::search::candidates::Scope;
use crate::search::ranked::Texts;
use crate::text::snippet;
use crate::text::tokenizer::{Mode, tokenize};

/// How many of a page's most frequent words are weighted, and how many of the heaviest are searched
/// for.
const WORDS: (usize, usize) = (60, 12);

/// A word on more pages than this distinguishes nothing.
const COMMON: u32 = 5000;

/// How many words of the text one word of the title counts for.
const TITLE: u32 = 5;

impl Index {
    /// Returns the pages most similar to the page with this hash, best first, without itself. The
    /// result is empty if that page is not indexed. `texts` reads its article and those of the
    /// returned pages.
    ///
    /// # Errors
    /// Damage, [`IndexError::Interrupted`], or an error of the disk.
    pub fn related(&self, hash_url: &str, limit: u32, texts: Texts<'_>) -> Result<Vec<PageMatch>, IndexError> {
        self.transaction(TransactionBehavior::Deferred, |connection| {
            let mut one = connection.prepare_cached("SELECT id FROM page WHERE hash_url = ?1")?;
            let Some(id) = one.query_row([hash_url], |row| row.get::<_, i64>(0)).optional()? else {
                return Ok(Vec::new());
            };
            let Some(page) = self.hit(id)? else { return Ok(Vec::new()) };
            let salient_terms = self.salient_terms(&page.title, &texts(&page).unwrap_or_default())?;
            if salient_terms.is_empty() {
                return Ok(Vec::new());
            }
            self.memo.clear();
            let expression = Expression::any(&salient_terms, 0);
            let scope = Scope::of(&Query::default(), 0, page.captured_at_ms);
            let mut hits = Vec::new();
            for like in self
                .best(&expression, &scope, limit as usize + 1)?
                .into_iter()
                .filter(|like| *like != id)
                .take(limit as usize)
            {
                if let Some(mut hit) = self.hit(like)? {
                    let article = texts(&hit).unwrap_or_default();
                    hit.snippet = snippet::best(&article, String::new, &[]).text;
                    hits.push(hit);
                }
            }
            Ok(hits)
        })
    }

    /// Returns the words that are frequent in a text and rare elsewhere, but not absent there.
    fn salient_terms(&self, title: &str, text: &str) -> Result<Vec<String>, IndexError> {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for (text, weight) in [(title, TITLE), (text, 1)] {
            let _ = tokenize(text, Mode::Query, &mut |token| {
                let long = token.folded.chars().count() >= if token.folded.is_ascii() { 3 } else { 2 };
                if long && !token.folded.bytes().all(|byte| byte.is_ascii_digit()) {
                    match counts.get_mut(token.folded) {
                        Some(count) => *count += weight,
                        None => drop(counts.insert(token.folded.to_owned(), weight)),
                    }
                }
                Ok(())
            });
        }
        let mut frequent: Vec<(u32, String)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
        frequent.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        frequent.truncate(WORDS.0);
        let pages = self.fact("pages")?.max(1) as f64;
        let mut weighed = Vec::new();
        for (times, word) in frequent {
            let on = self.count_up_to(&quoted(&word), COMMON)?;
            // A word on this page alone finds nothing; a word on more than a third of all pages
            // means nothing.
            if on > 1 && on < i64::from(COMMON) && (on as f64) < (pages / 3.0).max(3.0) {
                weighed.push((f64::from(times).sqrt() * (pages / on as f64).ln_1p(), word));
            }
        }
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
        weighed.truncate(WORDS.1);
        Ok(weighed.into_iter().map(|(_, word)| word).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Entry;

    #[test]
    fn pages_that_share_telling_words_are_related() {
        let article = |hash: &str| match hash {
            "rot" => "the links of the web rot and archives remember",
            "archive" => "an archive of the web against link rot; archives remember",
            "bread" => "the dough of the bread, in the oven",
            "rolls" => "the rolls are of dough, from the oven",
            _ => "the weather of the day",
        };
        let hashes = ["rot", "archive", "bread", "rolls", "day", "rain", "snow", "sun", "wind"];
        let mut index = Index::open_in_memory().unwrap();
        let pages = hashes.iter().enumerate().map(|(at, hash)| Entry {
            hash_url: (*hash).into(),
            title: (*hash).into(),
            article: article(hash).into(),
            captured_at_ms: at as i64 * 60_000,
            versions: 1,
            ..Entry::default()
        });
        index.put_all(&pages.collect::<Vec<_>>()).unwrap();
        let related = |hash: &str| -> Vec<String> {
            let hits = index.related(hash, 3, &mut |hit| Some(article(&hit.hash_url).into())).unwrap();
            hits.into_iter().map(|hit| hit.hash_url).collect()
        };
        assert_eq!(related("rot"), ["archive"]);
        assert_eq!(related("bread"), ["rolls"]);
        assert_eq!(related("nothing"), [""; 0]);
    }

    #[test]
    fn words_say_something_if_they_are_here_and_on_few_other_pages() {
        let pages = (0..12).map(|n| Entry {
            hash_url: n.to_string(),
            title: if n < 2 { "Lichen".into() } else { "Page".into() },
            article: match n {
                0 => "the moss of 1984 on the granite 手册 ab".into(),
                1 => "the moss of 1984 is green 手册 ab".into(),
                _ => "the weather".into(),
            },
            captured_at_ms: n * 60_000,
            versions: 1,
            ..Entry::default()
        });
        let mut index = Index::open_in_memory().unwrap();
        index.put_all(&pages.collect::<Vec<_>>()).unwrap();
        let mut terms = index.salient_terms("Lichen", "the moss of 1984 on the granite 手册 ab").unwrap();
        assert_eq!(terms.first().map(String::as_str), Some("lichen"), "a title weighs more");
        terms.sort();
        assert_eq!(terms, ["lichen", "moss", "手册"], "no number, no short, common or lonely word");
        assert_eq!(index.salient_terms("", "").unwrap(), [""; 0]);
        assert_eq!(index.salient_terms("", "absent words alone").unwrap(), [""; 0]);
    }
}
