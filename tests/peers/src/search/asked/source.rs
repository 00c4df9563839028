//! Reads the corpus's pages and the words on them, from which items are made. It draws pages and
//! words at random from a fixed seed.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

use crate::search::{Result, corpus::Corpus};

/// A page as items see it.
pub struct Sought {
    pub at: usize,
    pub title: String,
    pub url: String,
    pub lang: String,
    pub text: String,
}

impl Sought {
    /// Returns the distinct words of letters and digits on the page, in lower case.
    pub fn words(&self) -> BTreeSet<String> {
        words(&format!("{} {}", self.title, self.text)).collect()
    }
}

/// Returns the words of a text, in lower case and in order.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// All pages, and on how many of them each word is.
pub struct Source {
    pub pages: Vec<Sought>,
    /// The pages of each word.
    pub frequency: HashMap<String, u32>,
    titles: HashMap<String, u32>,
    state: Cell<u64>,
}

impl Source {
    /// Reads the corpus's own pages.
    pub fn read(corpus: &Corpus) -> Result<Source> {
        let mut pages = Vec::new();
        let mut frequency: HashMap<String, u32> = HashMap::new();
        let mut titles: HashMap<String, u32> = HashMap::new();
        for at in 0..corpus.originals {
            let entry = corpus.entry(at, at)?;
            let page = Sought { at, title: entry.title, url: entry.url, lang: entry.lang, text: entry.article };
            for word in page.words() {
                *frequency.entry(word).or_default() += 1;
            }
            *titles.entry(page.title.to_lowercase()).or_default() += 1;
            pages.push(page);
        }
        Ok(Source { pages, frequency, titles, state: Cell::new(0x9E37_79B9_7F4A_7C15) })
    }

    /// Returns a number below `limit`; the same sequence in every run.
    pub fn random(&self, limit: usize) -> usize {
        let mut state = self.state.get();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.state.set(state);
        (state >> 11) as usize % limit.max(1)
    }

    /// Draws one of some values.
    pub fn one_of<'v, T>(&self, values: &'v [T]) -> Option<&'v T> {
        values.get(self.random(values.len()))
    }

    /// Returns at most `count` values made from pages of a language (any, if empty) in random
    /// order. `make` may decline a page.
    pub fn draw<'s, T>(&'s self, lang: &str, count: usize, make: impl Fn(&'s Sought) -> Option<T>) -> Vec<T> {
        let pages: Vec<&Sought> = self.pages.iter().filter(|page| lang.is_empty() || page.lang == lang).collect();
        let mut made = Vec::new();
        let mut tried = BTreeSet::new();
        for _ in 0..pages.len().min(count * 400) {
            let at = self.random(pages.len());
            let Some(page) = pages.get(at).filter(|_| tried.insert(at)) else { continue };
            if page.text.len() > 30_000 {
                continue;
            }
            made.extend(make(page));
            if made.len() >= count {
                break;
            }
        }
        made
    }

    /// Whether one page alone has this title.
    pub fn is_unique(&self, title: &str) -> bool {
        self.titles.get(&title.to_lowercase()) == Some(&1)
    }

    /// Returns on how many pages a word is.
    pub fn on(&self, word: &str) -> u32 {
        self.frequency.get(word).copied().unwrap_or(0)
    }

    /// Draws a word of a page that is on few other pages, besides some words.
    pub fn telling(&self, page: &Sought, besides: &[&str]) -> Option<String> {
        let telling: Vec<String> = page
            .words()
            .into_iter()
            .filter(|word| {
                (3..=200).contains(&self.on(word))
                    && word.chars().count() >= 4
                    && word.chars().all(char::is_alphabetic)
                    && !besides.contains(&word.as_str())
            })
            .collect();
        self.one_of(&telling).cloned()
    }
}
