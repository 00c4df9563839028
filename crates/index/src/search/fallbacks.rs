//! Adds pages where few have all words of a query. In this order: pages for the other keyboard
//! layout or for corrected words, pages with other forms of the words, pages with most or some of
//! them, and at last pages with the typed text inside their words.

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::keyboard::in_other_layout;
use crate::record::SearchRequest;
use crate::search::FEW;
use crate::search::candidates::Scope;
use crate::search::ranked::{Ranked, Texts};
use crate::search::unspaced::{in_pairs, in_two};

impl Index {
    /// Adds pages to the few that have all words: those with corrected words, with other forms of
    /// the words, with most of them, and at last those with the typed text inside words.
    pub(crate) fn add_more(
        &self,
        ask: &SearchRequest<'_>,
        query: &mut Query,
        scope: &Scope,
        wanted: usize,
        ranked: &mut Ranked,
        texts: Texts<'_>,
    ) -> Result<(), IndexError> {
        if ranked.ids.is_empty()
            && let Some((other, found)) = self.typed_otherwise(ask, scope, wanted)?
        {
            (*query, *ranked) = (other, found);
            return Ok(());
        }
        let unknown = match ranked.ids.is_empty() {
            true => self.unknown(query)?,
            // One page has all its words.
            false => Vec::new(),
        };
        let meant = match self.meant(query, &unknown)? {
            Some(meant) => Some(meant),
            None => self.weak(query)?,
        };
        if let Some(meant) = meant {
            let mut other = meant.query.clone();
            let mut found = Ranked::default();
            self.add_similar(&mut other, scope, wanted, &mut found)?;
            if let Some(top) = found.ids.first() {
                ranked.corrected = Some(self.said(ask.query, &meant, *top)?);
                std::mem::swap(query, &mut other);
                ranked.add(found.ids);
            }
        } else {
            self.add_similar(query, scope, wanted, ranked)?;
        }
        // If some page has a word, it was already searched for as a word.
        if ranked.ids.is_empty() && unknown.contains(&true) {
            *ranked = self.by_substring(query, scope, texts)?;
        }
        Ok(())
    }

    /// Finds the pages for what the same keys give in the other keyboard layout, if pages have all
    /// of its words.
    fn typed_otherwise(
        &self,
        ask: &SearchRequest<'_>,
        scope: &Scope,
        wanted: usize,
    ) -> Result<Option<(Query, Ranked)>, IndexError> {
        let Some(other) = in_other_layout(ask.query) else { return Ok(None) };
        let query = Query::parse(&other, ask.now_ms);
        if query.clauses.is_empty() || self.unknown(&query)?.contains(&true) {
            return Ok(None);
        }
        let mut found = self.all(&query, scope, wanted)?;
        found.corrected = Some(other);
        Ok((!found.ids.is_empty()).then_some((query, found)))
    }

    /// Adds pages with all words of a query, then those with other forms of them, then those with
    /// most. `query` becomes the widest that was searched for.
    fn add_similar(
        &self,
        query: &mut Query,
        scope: &Scope,
        wanted: usize,
        ranked: &mut Ranked,
    ) -> Result<(), IndexError> {
        if let Some(bare) = query.without_function_words() {
            // It finds all pages that the whole query finds, and ranks them by what they are about.
            let mut found = self.all(&bare, scope, wanted)?;
            self.titles_first(query, &mut found)?;
            *ranked = Ranked { corrected: ranked.corrected.take(), ..found };
            *query = bare;
        } else if ranked.ids.is_empty() {
            *ranked = self.all(query, scope, wanted)?;
        }
        if ranked.ids.len() < FEW {
            let mut is_name = false;
            for (parts, expression) in self.in_parts(query)? {
                let found = self.best(&expression, scope, wanted)?;
                if !found.is_empty() {
                    ranked.add(found);
                    (*query, is_name) = (parts, true);
                }
            }
            if is_name {
                return Ok(());
            }
        }
        if ranked.ids.len() < FEW
            && let Some(wide) = self.widened(query)?
        {
            *query = wide;
            if let Some(expression) = query.with_whole_last_word().as_ref().unwrap_or(query).expression() {
                ranked.add(self.best(&expression, scope, wanted)?);
            }
        }
        if ranked.ids.len() < FEW
            && let Some(expression) = in_two(query)
        {
            ranked.add(self.best(&expression, scope, wanted)?);
        }
        if ranked.ids.len() < FEW {
            self.fill(query, scope, wanted, ranked)?;
        }
        if ranked.ids.len() < FEW
            && let Some(pairs) = in_pairs(query)
        {
            self.fill(&pairs, scope, wanted, ranked)?;
            *query = pairs;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    #[test]
    fn a_query_typed_with_the_other_keyboard_layout_is_read_so() {
        let index = index(&[page("Привет", "привет мир", 1), page("Hello", "hello world", 2)]);
        for (typed, title, meant) in [("ghbdtn vbh", "Привет", "привет мир"), ("руддщ цщкдв", "Hello", "hello world")]
        {
            let found = index.find(typed, 10, 0);
            assert_eq!((found.hits[0].title.as_str(), found.corrected.as_deref()), (title, Some(meant)));
        }
        assert_eq!(index.find("ghbdtn jnkbxyj", 10, 0).corrected, None, "no page has the second word");
    }

    #[test]
    fn a_rare_slip_is_corrected_and_pages_with_it_stay_first() {
        let mut pages: Vec<Entry> = (0..60).map(|n| page(&format!("P{n}"), "receive the letter", n)).collect();
        pages.push(page("Slip", "I recieve it", 100));
        pages.push(page("Name", "the class recvEive and tokio", 101));
        let index = index(&pages);
        let found = index.find("recieve", 20, 0);
        assert_eq!(found.corrected.as_deref(), Some("receive"));
        assert_eq!((found.hits[0].title.as_str(), found.hits.len()), ("Slip", 20));
        for query in ["\"recieve\"", "Recieve2", "reciEve", "tokio"] {
            assert_eq!(index.find(query, 10, 0).corrected, None, "{query}");
        }
    }

    #[test]
    fn questions_are_ranked_by_what_they_are_about() {
        let index = index(&[
            page("Moss on granite", "moss grows", 1),
            page("How do I do what I do in the rain", "granite, and moss on the roof of the house", 2),
            page("Other", "how do i do it", 3),
        ]);
        let first = |query: &str| index.find(query, 10, 0).hits[0].title.clone();
        assert_eq!(first("how do i get the moss on granite"), "Moss on granite");
        assert_eq!(first("how do I do what I do"), "How do I do what I do in the rain");
    }
}
