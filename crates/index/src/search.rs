//! Finding pages by words, best first.
//!
//! The newest [`CANDIDATES`] pages that have all the words are ranked. Where they are few, words that no page has are
//! corrected, and pages with most, then with some of the words follow. Where there is nothing at all, what was typed is
//! looked for inside of words.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, TransactionBehavior, params};

use crate::candidates::Scope;
use crate::connection::Index;
use crate::error::IndexError;
use crate::expression::{Level, expression, quoted};
use crate::packing::unpack;
use crate::query::{Query, Sort, Term};
use crate::reading::stamp;
use crate::record::{Ask, Found, Hit};
use crate::snippet;

/// How many of the newest hits are ranked. Up to so many hits the answer is that of a full ranking; of more, it is the
/// best of the newest, in 2 to 5 ms at 100,000 pages instead of 13 to 110.
pub const CANDIDATES: u32 = 2000;

/// How many titles and addresses are looked at for the beginning of a word beside others.
const NAMED: u32 = 10_000;

/// With fewer hits than this for all the words, pages with some of them are of use.
const FEW: usize = 10;

/// How many pages whose title is, or begins with, what was typed come before all others.
const TITLES: u32 = 20;

/// Up to how many pages a last word of one, two and three letters is looked for in all texts. In larger caches so many
/// words begin with it that it is looked for as a whole word, and as a beginning in titles and addresses.
const BEGINNINGS: [(usize, i64); 3] = [(1, 2_000), (2, 5_000), (3, 5_000)];

/// With fewer letters a beginning in a large cache is looked for in titles and addresses alone.
const SOME_LETTERS: usize = 3;

/// How many words are looked for in place of all that begin as a common one does.
const CONTINUATIONS: u32 = 8;

/// How many of these tell whether it is a common one.
const LIKELY: usize = 3;

/// Reads the text of a page's article, for its snippet; `None` where there is none to be had.
pub type Texts<'a> = &'a mut dyn FnMut(&Hit) -> Option<String>;

/// Pages in the order in which they are shown.
#[derive(Default)]
pub(crate) struct Ranked {
    pub(crate) ids: Vec<i64>,
    /// How many there are in all; more than `ids` where not all were ranked.
    total: u64,
    /// Those of `ids` that were found by what stands inside of their words.
    pub(crate) inside: HashSet<i64>,
    corrected: Option<String>,
}

impl Index {
    /// Finds pages, best first; [`crate::LANGUAGE`] says by what. Pages whose title is or begins with what was typed come
    /// first, hits in titles, addresses, tags, authors, headings and articles before those in the rest of the page's
    /// text. With fewer than ten hits for all the words, pages with most of them follow.
    ///
    /// An empty query lists the newest pages with the beginning of their text. `texts` is asked for the articles of the
    /// pages that are answered, and of a few more where nothing but a substring helps.
    ///
    /// # Errors
    /// Damage, [`IndexError::Interrupted`], or what the disk says; never because of the query's text.
    pub fn search(&self, ask: &Ask<'_>, texts: Texts<'_>) -> Result<Found, IndexError> {
        let mut query = Query::parse(ask.query, ask.now_ms);
        // One state of the index for all the statements, whatever other processes write meanwhile.
        self.frequencies.borrow_mut().clear();
        self.transaction(TransactionBehavior::Deferred, |_| {
            let (found, passed) = match query.is_empty() {
                true => (self.newest(ask.limit, ask.offset)?, 0),
                false => (self.ranked(ask, &mut query, texts)?, ask.offset as usize),
            };
            let (needles, inside) = (query.needles(false), query.needles(true));
            let mut hits = Vec::new();
            for id in found.ids.iter().skip(passed).take(ask.limit as usize) {
                if let Some(mut hit) = self.hit(*id)? {
                    let article = texts(&hit).unwrap_or_default();
                    let needles = if found.inside.contains(id) { &inside } else { &needles };
                    let mut failed = None;
                    let snippet = snippet::best(
                        &article,
                        || {
                            self.rest(*id).unwrap_or_else(|error| {
                                failed = Some(error);
                                String::new()
                            })
                        },
                        needles,
                    );
                    if let Some(error) = failed {
                        return Err(error);
                    }
                    (hit.snippet, hit.ranges) = (snippet.text, snippet.ranges);
                    hits.push(hit);
                }
            }
            Ok(Found { hits, total: found.total, corrected: found.corrected })
        })
    }

    fn newest(&self, limit: u32, offset: u32) -> Result<Ranked, IndexError> {
        let sql = "SELECT id FROM page ORDER BY captured_at_ms DESC, id DESC LIMIT ?1 OFFSET ?2";
        let mut newest = self.connection.prepare_cached(sql)?;
        let ids = newest.query_map(params![limit, offset], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let total = u64::try_from(self.fact("pages")?).unwrap_or(0);
        Ok(Ranked { ids, total, ..Ranked::default() })
    }

    /// The pages for a query that is not empty. Where it was corrected, `query` is what was found instead.
    fn ranked(&self, ask: &Ask<'_>, query: &mut Query, texts: Texts<'_>) -> Result<Ranked, IndexError> {
        let scope = Scope::of(query, self.fact("drift")?, ask.now_ms);
        let pages = self.fact("pages")?;
        query.end_names(|letters| BEGINNINGS.iter().any(|(length, most)| letters == *length && pages > *most));
        let wanted = (ask.offset as usize).saturating_add(ask.limit as usize).clamp(FEW, CANDIDATES as usize);
        let mut ranked = self.all(query, &scope, wanted)?;
        if ranked.ids.len() < FEW && !query.clauses.is_empty() {
            let unknown = match ranked.ids.is_empty() {
                true => self.unknown(query)?,
                // All its words are on one page.
                false => Vec::new(),
            };
            if let Some(meant) = self.meant(query, &unknown)? {
                let mut other = meant.query.clone();
                let mut found = self.all(&other, &scope, wanted)?;
                self.fill(&other, &scope, wanted, &mut found)?;
                if let Some(top) = found.ids.first() {
                    found.corrected = Some(self.said(ask.query, &meant, *top)?);
                    std::mem::swap(query, &mut other);
                    ranked = found;
                }
            } else {
                self.fill(query, &scope, wanted, &mut ranked)?;
            }
            // What stands on some page as a word was looked for where it may be.
            if ranked.ids.is_empty() && unknown.contains(&true) {
                ranked = self.inside(query, &scope, texts)?;
            }
        }
        match query.sort {
            Sort::Relevance => {}
            Sort::New => ranked.ids.sort_unstable_by(|a, b| b.cmp(a)),
            Sort::Old => ranked.ids.sort_unstable(),
        }
        Ok(ranked)
    }

    /// The pages that have all that was asked for: those with the last word as it stands, then, where they are fewer than
    /// `wanted`, those with words that begin so.
    fn all(&self, query: &Query, scope: &Scope, wanted: usize) -> Result<Ranked, IndexError> {
        let Some(expression) = query.expression(Level::All) else { return Ok(Ranked::default()) };
        if query.sort != Sort::Relevance || query.clauses.is_empty() {
            let ids = self.by_time(&expression, scope, CANDIDATES)?;
            return self.counted(ids, scope);
        }
        let pages = self.fact("pages")?;
        let letters = query.beginning().map_or(0, |letters| letters.chars().count());
        if BEGINNINGS.iter().any(|(length, most)| letters == *length && pages > *most) {
            let ranked = self.begun(query, scope, wanted)?;
            // So few letters begin so many words that they are looked for nowhere else.
            if ranked.ids.len() >= FEW || letters < SOME_LETTERS {
                return Ok(ranked);
            }
        }
        let mut ranked = Ranked::default();
        let mut wider = Some(expression);
        if let Some(whole) = query.as_it_stands()
            && let Some(expression) = whole.expression(Level::All)
        {
            ranked = self.counted(self.best(&expression, scope, wanted)?, scope)?;
            wider = match ranked.ids.len() < wanted {
                true => self.beginnings(query, ranked.ids.is_empty())?.and_then(|wider| wider.expression(Level::All)),
                false => None,
            };
        }
        if let Some(expression) = wider {
            let begun = self.counted(self.best(&expression, scope, wanted)?, scope)?;
            ranked.add(begun.ids);
            ranked.total = ranked.total.max(begun.total);
        }
        self.titles_first(query, &mut ranked)?;
        Ok(ranked)
    }

    /// The query with the words that begin as its last word does. FTS5 reads all of all such words before it answers: of a
    /// word that many pages have, that is most of what a search takes. There the commonest of them stand for all; beside
    /// other words that some page has together with it, `None`: pages that lack one of the words follow anyway.
    fn beginnings(&self, query: &Query, none: bool) -> Result<Option<Query>, IndexError> {
        let mut wider = query.clone();
        let Some(letters) = query.beginning() else { return Ok(Some(wider)) };
        let mut words = vec![letters.to_owned()];
        let mut common = self.has_many(&quoted(letters))?;
        if common && !none && query.clauses.len() > 1 {
            return Ok(None);
        }
        words.extend(self.words_from(letters, CONTINUATIONS)?);
        for word in words.iter().skip(1).take(LIKELY) {
            common = common || self.has_many(&quoted(word))?;
        }
        if common
            && let Some(last) = wider.clauses.last_mut()
            && let Some(term) = last.first().cloned()
        {
            let whole = |word: String| Term { text: word.clone(), words: vec![word], prefix: false, ..term.clone() };
            *last = words.into_iter().map(whole).collect();
        }
        Ok(Some(wider))
    }

    fn counted(&self, ids: Vec<i64>, scope: &Scope) -> Result<Ranked, IndexError> {
        let total = self.total(&ids, scope)?;
        Ok(Ranked { ids, total, ..Ranked::default() })
    }

    /// As [`Index::all`] where the last word has so few letters that in a large cache most pages have a word with this
    /// beginning: pages that have it as a word, then those whose title or address has a word that begins so, then
    /// those with the other words.
    fn begun(&self, query: &Query, scope: &Scope, wanted: usize) -> Result<Ranked, IndexError> {
        let Some(letters) = query.beginning() else { return Ok(Ranked::default()) };
        let beginning = format!("{}*", quoted(letters));
        let mut whole = query.clone();
        if let Some(last) = whole.clauses.last_mut().and_then(|clause| clause.last_mut()) {
            last.prefix = false;
        }
        let mut others = query.clone();
        others.clauses.pop();
        let exact = match whole.expression(Level::All) {
            Some(expression) => self.best(&expression, scope, wanted)?,
            None => Vec::new(),
        };
        let mut ranked = Ranked::default();
        if others.clauses.is_empty() && !query.is_narrowed() {
            let named = self.named(&beginning, (i64::MIN, i64::MAX), CANDIDATES)?;
            let count = self.total(&named, scope)?;
            let in_both: HashSet<i64> = named.iter().copied().collect();
            ranked.add(exact.iter().copied().filter(|id| in_both.contains(id)).collect());
            ranked.add(named);
            ranked.add(exact);
            ranked.total = ranked.total.max(count);
        } else if let Some(expression) = others.expression(Level::All) {
            let rest = match others.clauses.is_empty() {
                true => self.by_time(&expression, scope, CANDIDATES)?,
                false => self.best(&expression, scope, wanted)?,
            };
            let span = (rest.iter().copied().min().unwrap_or(0), rest.iter().copied().max().unwrap_or(0));
            let named: HashSet<i64> = self.named(&beginning, span, NAMED)?.into_iter().collect();
            let (some, none): (Vec<i64>, Vec<i64>) = rest.into_iter().partition(|id| named.contains(id));
            ranked.add(exact);
            ranked.add(some);
            if !others.clauses.is_empty() {
                ranked.add(none);
            }
        }
        self.titles_first(query, &mut ranked)?;
        Ok(ranked)
    }

    /// Puts pages before all others whose title is what was typed, then those whose title begins so.
    fn titles_first(&self, query: &Query, ranked: &mut Ranked) -> Result<(), IndexError> {
        let Some(key) = query.title_key() else { return Ok(()) };
        let last = query.clauses.last().and_then(|clause| clause.last());
        let mut titled = self.titled(&key, TITLES, last.is_none_or(|term| !term.prefix))?;
        if query.is_narrowed() {
            let allowed: HashSet<i64> = ranked.ids.iter().copied().collect();
            titled.retain(|id| allowed.contains(id));
        }
        if titled.is_empty() {
            return Ok(());
        }
        let total = ranked.total;
        let mut first = Ranked::default();
        first.add(titled);
        first.add(std::mem::take(&mut ranked.ids));
        ranked.total = total.max(first.ids.len() as u64);
        ranked.ids = first.ids;
        Ok(())
    }

    /// Adds pages that have most, then some of what was asked for.
    fn fill(&self, query: &Query, scope: &Scope, wanted: usize, ranked: &mut Ranked) -> Result<(), IndexError> {
        // Pages that lack a word need not have the beginning of another.
        let whole = query.as_it_stands();
        let query = whole.as_ref().filter(|_| query.clauses.len() > 1).unwrap_or(query);
        for level in [Level::Most, Level::Some] {
            if ranked.ids.len() < FEW
                && let Some(expression) = query.expression(level)
            {
                ranked.add(self.best(&expression, scope, wanted)?);
            }
        }
        Ok(())
    }

    /// A page without its snippet.
    pub(crate) fn hit(&self, id: i64) -> Result<Option<Hit>, IndexError> {
        let mut one = self.connection.prepare_cached(
            "SELECT hash_url, url, title, captured_at_ms, modified_ns, bytes FROM page WHERE id = ?1",
        )?;
        let hit = one.query_row([id], |row| {
            Ok(Hit {
                hash_url: row.get(0)?,
                url: row.get(1)?,
                title: row.get(2)?,
                captured_at_ms: row.get(3)?,
                stamp: stamp(row, 4)?,
                snippet: String::new(),
                ranges: Vec::new(),
            })
        });
        Ok(hit.optional()?)
    }

    /// What a page shows beside its article.
    pub(crate) fn rest(&self, id: i64) -> Result<String, IndexError> {
        let mut one = self.connection.prepare_cached("SELECT text FROM rest WHERE id = ?1")?;
        let packed: Option<Vec<u8>> = one.query_row([id], |row| row.get(0)).optional()?;
        Ok(packed.map_or_else(String::new, |packed| unpack(&packed)))
    }

    /// Of each clause, whether no page has any of its words, filters aside. A phrase in quotes is what it is: where no
    /// page has it, none has it inside of its words.
    fn unknown(&self, query: &Query) -> Result<Vec<bool>, IndexError> {
        let unknown = |clause: &Vec<Term>| {
            for term in clause {
                if !term.words.is_empty() && (term.quoted || self.matches(&expression(term, term.prefix))?) {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        query.clauses.iter().map(unknown).collect()
    }

    /// What was probably meant by a query with words that no page has; `None` where all its words are known, or what they
    /// mean is not.
    fn meant(&self, query: &Query, unknown: &[bool]) -> Result<Option<Meant>, IndexError> {
        let mut meant = Meant { query: query.clone(), words: Vec::new() };
        for (clause, _) in meant.query.clauses.iter_mut().zip(unknown).filter(|(_, unknown)| **unknown) {
            let [term] = clause.as_slice() else { continue };
            let [word] = term.words.as_slice() else { continue };
            if term.quoted || !crate::typo::is_correctable(word) {
                continue;
            }
            let corrections = self.corrections(word)?;
            if corrections.is_empty() {
                continue;
            }
            let term = term.clone();
            *clause = corrections
                .iter()
                .map(|word| Term { text: word.clone(), words: vec![word.clone()], prefix: false, ..term.clone() })
                .collect();
            meant.words.push((term.place, clause.clone()));
        }
        Ok(if meant.words.is_empty() { None } else { Some(meant) })
    }

    /// The query with its words corrected to those that the best page has.
    fn said(&self, typed: &str, meant: &Meant, top: i64) -> Result<String, IndexError> {
        let mut said = String::new();
        let mut from = 0;
        for ((start, end), words) in &meant.words {
            let mut chosen = words.first();
            for word in words {
                if self.page_matches(&expression(word, false), top)? {
                    chosen = Some(word);
                    break;
                }
            }
            said.push_str(typed.get(from..*start).unwrap_or_default());
            said.push_str(chosen.map_or("", |word| word.text.as_str()));
            from = *end;
        }
        said.push_str(typed.get(from..).unwrap_or_default());
        Ok(said.trim().to_owned())
    }
}

/// A query with corrections, and where in what was typed they belong.
struct Meant {
    query: Query,
    words: Vec<((usize, usize), Vec<Term>)>,
}

impl Ranked {
    /// Appends pages that are not there yet, each of them once.
    pub(crate) fn add(&mut self, ids: Vec<i64>) {
        if self.ids.is_empty() {
            self.ids = ids;
        } else {
            let known: HashSet<i64> = self.ids.iter().copied().collect();
            self.ids.extend(ids.into_iter().filter(|id| !known.contains(id)));
        }
        self.total = self.total.max(self.ids.len() as u64);
    }
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
