//! Builds each engine's index of the corpus, and asks the engines. Answers are page numbers, best
//! first; snippets are made. More than 300 lines: the engines are built and asked in the same way,
//! side by side.

use std::{path::Path, time::Duration};

use cachette_index::{Entry, Index, Prepared, SearchRequest, tokens};
use rusqlite::{Connection, params};
use tantivy::{
    IndexWriter, TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery},
    schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value},
    snippet::SnippetGenerator,
    tokenizer::{Token, TokenStream, Tokenizer},
};

use super::{
    Result,
    corpus::{Corpus, Question},
};
use crate::clock::timed;

/// Sunday 22 November 2026.
const NOW: i64 = 1_795_371_840_000;

/// An engine that answers questions.
pub trait Engine {
    /// Returns the best pages' numbers, and makes snippets for them.
    fn ask(&self, question: &Question, hits: usize) -> Result<Vec<usize>>;
}

/// The project's index.
pub struct Ours<'a> {
    pub index: Index,
    corpus: &'a Corpus,
    pub built_in: Duration,
    pub bytes: u64,
}

impl<'a> Ours<'a> {
    pub fn built(place: &Path, corpus: &'a Corpus) -> Result<Ours<'a>> {
        let path = place.join("index.db");
        let mut index = Index::open(&path)?;
        let (built, built_in) = timed(|| -> Result<()> {
            for first in (0..corpus.len()).step_by(512) {
                let last = (first + 512).min(corpus.len());
                let pages = (first..last).map(|at| Ok(Prepared::from(corpus.entry(at, at)?)));
                index.put_many(&pages.collect::<Result<Vec<_>>>()?)?;
            }
            index.settle()?;
            Ok(())
        });
        built?;
        drop(index);
        // The connection is new, because searching must not profit from anything remembered while
        // building.
        let index = Index::open(&path)?;
        Ok(Ours { index, corpus, built_in, bytes: folder_bytes(place)? })
    }

    /// Searches for any text.
    pub fn search(&self, query: &str, hits: usize) -> Result<cachette_index::SearchResults> {
        let ask = SearchRequest { query, limit: u32::try_from(hits)?, offset: 0, now_ms: NOW };
        Ok(self.index.search(&ask, &mut |hit| self.corpus.text(hit.hash_url.parse().ok()?))?)
    }
}

impl Engine for Ours<'_> {
    fn ask(&self, question: &Question, hits: usize) -> Result<Vec<usize>> {
        let found = self.search(&question.typed(), hits)?;
        Ok(found.hits.iter().filter_map(|hit| hit.hash_url.parse().ok()).collect())
    }
}

/// Plain FTS5: unicode61, bm25 over all hits, all words or else some; no snippets.
pub struct Plain {
    connection: Connection,
}

impl Plain {
    pub fn built(corpus: &Corpus) -> Result<Plain> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(
            "CREATE VIRTUAL TABLE t USING fts5(title, url, body, content='', tokenize='unicode61'); BEGIN",
        )?;
        let mut insert = connection.prepare("INSERT INTO t(rowid, title, url, body) VALUES(?1, ?2, ?3, ?4)")?;
        for at in 0..corpus.len() {
            let entry = corpus.entry(at, at)?;
            insert.execute(params![i64::try_from(at)?, entry.title, entry.url, entry.article])?;
        }
        drop(insert);
        connection.execute_batch("COMMIT")?;
        Ok(Plain { connection })
    }
}

impl Engine for Plain {
    fn ask(&self, question: &Question, hits: usize) -> Result<Vec<usize>> {
        let words: Vec<String> =
            question.text.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', ""))).collect();
        let mut best = self
            .connection
            .prepare_cached("SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY bm25(t, 10, 4, 1) LIMIT ?2")?;
        let mut found: Vec<usize> = Vec::new();
        for joint in [" AND ", " OR "] {
            if found.len() < 10 {
                let rows =
                    best.query_map(params![words.join(joint), i64::try_from(hits)?], |row| row.get::<_, i64>(0))?;
                for row in rows {
                    let at = usize::try_from(row?)?;
                    if !found.contains(&at) {
                        found.push(at);
                    }
                }
            }
        }
        Ok(found)
    }
}

/// tantivy, with the project's tokenizer.
pub struct Tantivy {
    index: tantivy::Index,
    searcher: tantivy::Searcher,
    writer: IndexWriter,
    fields: Fields,
    pub built_in: Duration,
    pub bytes: u64,
}

#[derive(Clone, Copy)]
struct Fields {
    number: Field,
    title: Field,
    url: Field,
    body: Field,
    site: Field,
    time: Field,
}

impl Tantivy {
    pub fn built(place: &Path, corpus: &Corpus) -> Result<Tantivy> {
        std::fs::create_dir_all(place)?;
        let mut schema = Schema::builder();
        let positions = |stored: bool| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer("ours")
                .set_index_option(IndexRecordOption::WithFreqsAndPositions);
            let options = TextOptions::default().set_indexing_options(indexing);
            if stored { options.set_stored() } else { options }
        };
        let fields = Fields {
            number: schema.add_u64_field("number", STORED),
            title: schema.add_text_field("title", positions(true)),
            url: schema.add_text_field("url", positions(true)),
            body: schema.add_text_field("body", positions(true)),
            site: schema.add_text_field("site", STRING),
            time: schema.add_i64_field("time", INDEXED | FAST),
        };
        let index = tantivy::Index::create_in_dir(place, schema.build())?;
        index.tokenizers().register("ours", Cutter);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 64_000_000)?;
        let begin = crate::clock::now();
        let wall = std::time::Instant::now();
        for at in 0..corpus.len() {
            writer.add_document(fields.document(&corpus.entry(at, at)?, at as u64))?;
        }
        writer.commit()?;
        // tantivy writes in threads of its own, so wall time is more accurate than this thread's.
        let built_in = wall.elapsed().max(crate::clock::now() - begin);
        let searcher = index.reader()?.searcher();
        Ok(Tantivy { index, searcher, writer, fields, built_in, bytes: folder_bytes(place)? })
    }

    /// Files a page and waits until it is durable.
    pub fn put(&mut self, entry: &Entry) -> Result<()> {
        self.writer.add_document(self.fields.document(entry, 0))?;
        self.writer.commit()?;
        Ok(())
    }

    fn query(&self, question: &Question, occur: Occur) -> Result<BooleanQuery> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let prefix = question.kind.contains("prefix");
        let words: Vec<&str> = match question.kind.as_str() {
            "phrase" => vec![question.text.as_str()],
            _ => question.text.split_whitespace().collect(),
        };
        for (at, word) in words.iter().enumerate() {
            let tokens = cut(word, false);
            let mut either: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            for (field, weight) in [(self.fields.title, 10.0), (self.fields.url, 4.0), (self.fields.body, 1.0)] {
                let one: Box<dyn Query> = match tokens.as_slice() {
                    [] => continue,
                    [token] if prefix && at + 1 == words.len() => {
                        Box::new(RegexQuery::from_pattern(&format!("{}.*", token.replace(['+', '#', '.'], "")), field)?)
                    }
                    [token] => {
                        Box::new(TermQuery::new(Term::from_field_text(field, token), IndexRecordOption::WithFreqs))
                    }
                    several => Box::new(PhraseQuery::new(
                        several.iter().map(|token| Term::from_field_text(field, token)).collect(),
                    )),
                };
                either.push((Occur::Should, Box::new(BoostQuery::new(one, weight))));
            }
            clauses.push((occur, Box::new(BooleanQuery::new(either))));
        }
        if let Some(site) = &question.site {
            let term = Term::from_field_text(self.fields.site, site);
            clauses.push((Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
        }
        if let Some(after) = question.after_ms {
            let from = std::ops::Bound::Included(Term::from_field_i64(self.fields.time, after));
            clauses.push((Occur::Must, Box::new(RangeQuery::new(from, std::ops::Bound::Unbounded))));
        }
        Ok(BooleanQuery::new(clauses))
    }
}

impl Engine for Tantivy {
    fn ask(&self, question: &Question, hits: usize) -> Result<Vec<usize>> {
        let mut numbers: Vec<usize> = Vec::new();
        for occur in [Occur::Must, Occur::Should] {
            if numbers.len() >= 10 || (occur == Occur::Should && !question.text.contains(' ')) {
                break;
            }
            let query = self.query(question, occur)?;
            let found = self.searcher.search(&query, &TopDocs::with_limit(hits).order_by_score())?;
            let snippets = SnippetGenerator::create(&self.searcher, &query, self.fields.body)?;
            for (_, address) in found {
                let page: TantivyDocument = self.searcher.doc(address)?;
                std::hint::black_box(snippets.snippet_from_doc(&page));
                let number = page.get_first(self.fields.number).and_then(|number| number.as_u64()).unwrap_or(u64::MAX);
                if let Ok(number) = usize::try_from(number)
                    && !numbers.contains(&number)
                {
                    numbers.push(number);
                }
            }
        }
        let _ = &self.index;
        Ok(numbers)
    }
}

impl Fields {
    fn document(self, entry: &Entry, number: u64) -> TantivyDocument {
        let mut page = TantivyDocument::default();
        page.add_u64(self.number, number);
        page.add_text(self.title, &entry.title);
        page.add_text(self.url, &entry.url);
        page.add_text(self.body, &entry.article);
        page.add_text(self.site, &entry.site);
        page.add_i64(self.time, entry.captured_at_ms);
        page
    }
}

/// Returns the tokens of a text, without the positions joined to them.
fn cut(text: &str, document: bool) -> Vec<String> {
    let mut found = Vec::new();
    tokens(text, document, &mut |folded, _, _, _| found.push(folded.to_owned()));
    found
}

/// The project's tokenizer behind tantivy's interface.
#[derive(Clone)]
struct Cutter;

/// Tokens made in advance, returned one by one.
struct Ahead {
    tokens: Vec<Token>,
    at: usize,
}

impl Tokenizer for Cutter {
    type TokenStream<'a> = Ahead;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Ahead {
        let mut found: Vec<Token> = Vec::new();
        let mut position = 0usize;
        tokens(text, true, &mut |folded, start, end, colocated| {
            if !colocated {
                position += 1;
            }
            found.push(Token {
                offset_from: start,
                offset_to: end,
                position,
                text: folded.to_owned(),
                position_length: 1,
            });
        });
        Ahead { tokens: found, at: 0 }
    }
}

impl TokenStream for Ahead {
    fn advance(&mut self) -> bool {
        self.at += 1;
        self.at <= self.tokens.len()
    }

    #[allow(clippy::indexing_slicing, reason = "the trait asks for a token only after `advance` has found one")]
    fn token(&self) -> &Token {
        &self.tokens[self.at - 1]
    }

    #[allow(clippy::indexing_slicing, reason = "as above")]
    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.at - 1]
    }
}

fn folder_bytes(place: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(place)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}
