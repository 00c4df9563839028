//! Finds the typed text inside words. This is the last resort of a search, for words that no page
//! has. Bounded: only some of the cache's words, titles, addresses and articles are scanned.

use std::collections::HashSet;

use rusqlite::params_from_iter;

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::{Expression, joined};
use crate::search::candidates::Scope;
use crate::search::ranked::{CANDIDATES, Ranked, Texts};

/// How many titles and addresses, how many articles, and how many bytes of articles are scanned,
/// newest first. Each takes 1 to 2 ms.
pub(crate) const LOOKED_THROUGH: (u32, u32, usize) = (1000, 100, 512 * 1024);

/// The most substrings that are searched for at once, and the most words that may contain one.
const PARTS: (usize, u32) = (8, 20);

impl Index {
    /// Finds the pages with the typed texts inside their words. It looks at the words of the
    /// vocabulary, otherwise at titles and addresses, otherwise at the newest articles.
    pub(crate) fn by_substring(&self, query: &Query, scope: &Scope, texts: Texts<'_>) -> Result<Ranked, IndexError> {
        let mut ranked = Ranked::default();
        let parts: Vec<&str> = query.substrings().into_iter().take(PARTS.0).collect();
        if parts.is_empty() {
            return Ok(ranked);
        }
        let mut clauses = Vec::new();
        for part in &parts {
            let folded = crate::text::tokenizer::words(part).join("");
            if folded.chars().count() < 3 {
                break;
            }
            let words = self.words_containing(&folded, PARTS.1)?;
            if words.is_empty() {
                break;
            }
            clauses.push(Expression::any(&words, PARTS.1 as usize * clauses.len()).wrapped());
        }
        if clauses.len() == parts.len() {
            ranked.add(self.best(&query.narrowed(joined(clauses, " AND ")), scope, CANDIDATES as usize)?);
        }
        let allowed: Option<HashSet<i64>> = match query.is_narrowed() {
            true => {
                let bare = Query { clauses: Vec::new(), ..query.clone() };
                let expression = bare.expression().unwrap_or_default();
                Some(self.by_time(&expression, scope, CANDIDATES)?.into_iter().collect())
            }
            false => None,
        };
        let is_allowed = |id: &i64| allowed.as_ref().is_none_or(|allowed| allowed.contains(id));
        ranked.add(self.names_containing(&parts)?.into_iter().filter(is_allowed).collect());
        if ranked.ids.is_empty() {
            ranked.add(self.texts_containing(&parts, &is_allowed, texts)?);
        }
        ranked.by_substring = ranked.ids.iter().copied().collect();
        Ok(ranked)
    }

    /// Returns the newest pages whose title or address contains all substrings, ignoring the case
    /// of ASCII letters.
    fn names_containing(&self, parts: &[&str]) -> Result<Vec<i64>, IndexError> {
        let patterns: Vec<String> = parts.iter().map(|part| pattern(part)).collect();
        let held: Vec<String> = (1..=patterns.len())
            .map(|n| format!(r"(title LIKE ?{n} ESCAPE '\' OR url LIKE ?{n} ESCAPE '\')"))
            .collect();
        let sql = format!(
            "SELECT id FROM (SELECT id, title, url FROM page ORDER BY id DESC LIMIT {}) WHERE {}",
            LOOKED_THROUGH.0,
            held.join(" AND ")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map(params_from_iter(&patterns), |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Returns the newest pages whose text contains all substrings.
    fn texts_containing(
        &self,
        parts: &[&str],
        is_allowed: &dyn Fn(&i64) -> bool,
        texts: Texts<'_>,
    ) -> Result<Vec<i64>, IndexError> {
        // This compares as LIKE does: folding all of the texts would take longer than reading them.
        let wanted: Vec<String> = parts.iter().map(|part| part.to_ascii_lowercase()).collect();
        let newest = format!("SELECT id FROM page ORDER BY id DESC LIMIT {}", LOOKED_THROUGH.1);
        let mut newest = self.connection.prepare_cached(&newest)?;
        let ids: Vec<i64> = newest.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut found = Vec::new();
        let mut read = 0;
        for id in ids.into_iter().filter(|id| is_allowed(id)) {
            let Some(hit) = self.hit(id)? else { continue };
            let mut text = format!("{}\n{}", texts(&hit).unwrap_or_default(), self.other_text(id)?);
            text.make_ascii_lowercase();
            if wanted.iter().all(|part| memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some()) {
                found.push(id);
            }
            read += text.len();
            if read > LOOKED_THROUGH.2 {
                break;
            }
        }
        Ok(found)
    }
}

/// Returns a LIKE pattern that finds a text anywhere.
fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    fn titles(index: &Index, query: &str) -> Vec<String> {
        let mut titles: Vec<String> = index.find(query, 100, 0).hits.into_iter().map(|hit| hit.title).collect();
        titles.sort();
        titles
    }

    #[test]
    fn a_pattern_finds_only_the_text_itself() {
        for (text, expected) in [("a", "%a%"), ("50%", "%50\\%%"), ("a_b", "%a\\_b%"), ("\\", "%\\\\%"), ("", "%%")] {
            assert_eq!(pattern(text), expected, "{text}");
        }
    }

    #[test]
    fn a_part_of_a_word_is_found_in_every_text_of_a_page() {
        let index = index(&[
            page("Unbelievable", "x", 1),
            Entry { url: "https://example.org/hydrangea".into(), ..page("Two", "y", 2) },
            page("Three", "the PostgreSQL manual", 3),
            Entry { full_text: "the menu\ntext\nimprintable".into(), ..page("Four", "text", 4) },
        ]);
        assert_eq!(titles(&index, "eliev"), ["Unbelievable"]);
        assert_eq!(titles(&index, "drange"), ["Two"]);
        assert_eq!(titles(&index, "gresq"), ["Three"]);
        assert_eq!(titles(&index, "printab"), ["Four"]);
        assert_eq!(titles(&index, "gresq printab"), [""; 0], "all parts must be there");
        assert_eq!(titles(&index, "zz"), [""; 0]);
    }

    #[test]
    fn signs_are_found_as_they_are() {
        let index = index(&[page("A => B", "x", 1), page("Two", "100% ~> sure, => so", 2), page("Three", "ab", 3)]);
        assert_eq!(titles(&index, "=>"), ["A => B"], "in a title, so no text is read");
        assert_eq!(titles(&index, "~>"), ["Two"]);
        assert_eq!(titles(&index, "_"), [""; 0], "it stands for no other letter");
    }

    #[test]
    fn filters_hold_for_parts_of_words_too() {
        let index = index(&[
            page("One", "PostgreSQL", 1),
            Entry { site: "other.example".into(), ..page("Two", "PostgreSQL", 2) },
        ]);
        assert_eq!(titles(&index, "gresq"), ["One", "Two"]);
        assert_eq!(titles(&index, "site:other.example gresq"), ["Two"]);
        assert_eq!(titles(&index, "-site:other.example gresq"), ["One"]);
        assert_eq!(titles(&index, "after:2020 gresq"), [""; 0]);
    }

    #[test]
    fn only_the_newest_articles_are_read_for_signs() {
        let many = i64::from(LOOKED_THROUGH.1) + 20;
        let pages: Vec<Entry> = (1..=many).map(|n| page(&format!("P{n}"), "a => b", 60 * n)).collect();
        let index = index(&pages);
        assert_eq!(index.find("=>", 1_000, 0).hits.len(), LOOKED_THROUGH.1 as usize);
    }
}
