//! Finds the forms of a word that the cache has: its family. They come from the vocabulary, so the
//! index itself has each word only as it was written.

use frostem::Algorithm;
use rusqlite::params;

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::expression::{EVERY, quoted};
use crate::text::forms::{Forms, LANGUAGES, irregular, spellings, with_other_article};

/// How many words of the vocabulary are compared, and how many forms are searched for.
const COMPARED: u32 = 1_200;
const FORMS: usize = 10;

/// How many pages are asked for their language, and the part of them that must be in it.
const SAMPLED: u32 = 24;
const PART: usize = 5;

/// How many bytes longer another form may be.
const LONGER: usize = 8;

/// How many pages of a form are counted to find the commonest.
const COUNTED: u32 = 100;

impl Index {
    /// Returns the other forms of a folded word that some page has, the commonest first.
    pub(crate) fn family(&self, word: &str) -> Result<Vec<String>, IndexError> {
        let languages = self.languages(word)?;
        let mut seeds = vec![word.to_owned()];
        for other in spellings(word) {
            if self.matches(&quoted(&other))? {
                seeds.push(other);
            }
        }
        let mut found: Vec<String> = seeds.iter().skip(1).cloned().collect();
        for seed in &seeds {
            found.extend(irregular(seed).iter().map(|form| (*form).to_owned()));
            found.extend(with_other_article(seed));
            let Some(forms) = Forms::of(seed, &languages) else { continue };
            for known in self.beginning_with(&forms.beginning)? {
                if known.len() <= seed.len() + LONGER && forms.include(&known) {
                    found.push(known);
                }
            }
            // The vocabulary lacks short words.
            for stem in forms.stems().filter(|stem| stem.chars().count() < 4) {
                found.extend(["", "s", "es"].map(|end| format!("{stem}{end}")));
            }
        }
        let mut counted: Vec<(i64, String)> = Vec::new();
        for form in found {
            if form == word || counted.iter().any(|(_, known)| *known == form) {
                continue;
            }
            let pages = self.count_up_to(&quoted(&form), COUNTED)?;
            if pages > 0 {
                counted.push((pages, form));
            }
        }
        counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        counted.truncate(FORMS);
        Ok(counted.into_iter().map(|(_, form)| form).collect())
    }

    /// Whether one folded word is another form of the other.
    pub(crate) fn is_form(&self, word: &str, other: &str) -> Result<bool, IndexError> {
        let languages = self.languages(word)?;
        let spelled = || spellings(word).iter().any(|spelling| spelling == other);
        Ok(irregular(word).contains(&other)
            || spelled()
            || Forms::of(word, &languages).is_some_and(|forms| forms.include(other)))
    }

    /// Returns some words of the vocabulary that begin with these letters.
    fn beginning_with(&self, letters: &str) -> Result<Vec<String>, IndexError> {
        let sql = "SELECT text FROM word WHERE text >= ?1 AND text < ?1 || char(1114111) LIMIT ?2";
        let mut some = self.connection.prepare_cached(sql)?;
        Ok(some.query_map(params![letters, COMPARED], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Returns the rules of the languages of the pages that have a word. If no page names its
    /// language, or no page has the word, it is taken for the cache's commonest language, and for
    /// English.
    fn languages(&self, word: &str) -> Result<Vec<Algorithm>, IndexError> {
        let mut named = self.languages_of(&quoted(word))?;
        if named.is_empty() {
            named = self.languages_of(&format!("labels:\"{EVERY}\""))?;
            named.push(Algorithm::English);
        }
        let fits = |algorithm: &Algorithm| word.chars().next().is_some_and(|c| script_of(*algorithm).contains(&c));
        let mut languages: Vec<Algorithm> = Vec::new();
        for algorithm in named.into_iter().filter(fits) {
            if !languages.contains(&algorithm) {
                languages.push(algorithm);
            }
        }
        Ok(languages)
    }

    /// Returns the rules of the languages of the newest pages that match an expression, as far as
    /// a part of them is in that language. Pages that name none count as English.
    fn languages_of(&self, expression: &str) -> Result<Vec<Algorithm>, IndexError> {
        let sql = "SELECT lang FROM page WHERE id IN
                   (SELECT rowid FROM fts WHERE fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2)";
        let mut newest = self.connection.prepare_cached(sql)?;
        let tags: Vec<String> =
            newest.query_map(params![expression, SAMPLED], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let algorithm = |tag: &String| {
            let tag = tag.get(..2).unwrap_or("en");
            LANGUAGES.iter().find(|(known, _)| tag.eq_ignore_ascii_case(known)).map(|(_, algorithm)| *algorithm)
        };
        let found: Vec<Algorithm> = tags.iter().filter_map(algorithm).collect();
        let often = |one: &Algorithm| found.iter().filter(|other| *other == one).count() >= tags.len().div_ceil(PART);
        Ok(found.iter().filter(|one| often(one)).copied().collect())
    }
}

/// Returns the range of letters that a language is written in.
fn script_of(algorithm: Algorithm) -> std::ops::RangeInclusive<char> {
    match algorithm {
        Algorithm::Arabic => '\u{600}'..='\u{6FF}',
        Algorithm::Greek => '\u{370}'..='\u{3FF}',
        Algorithm::Hindi => '\u{900}'..='\u{97F}',
        Algorithm::Russian | Algorithm::Ukrainian => '\u{400}'..='\u{4FF}',
        _ => 'a'..='\u{24F}',
    }
}

#[cfg(test)]
mod tests {
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    fn told(lang: &str, title: &str, article: &str, second: i64) -> Entry {
        Entry { lang: lang.into(), ..page(title, article, second) }
    }

    #[test]
    fn other_forms_of_a_word_are_those_that_pages_have() {
        let index = index(&[
            told("en", "One", "containers and their colour; we wrote maps", 1),
            told("en", "Two", "a container", 2),
            told("fr", "Three", "les chevaux contenaient", 3),
            told("", "Four", "a map", 4),
        ]);
        assert_eq!(index.family("container").unwrap(), ["containers"]);
        assert_eq!(index.family("color").unwrap(), ["colour"]);
        assert_eq!(index.family("writing").unwrap(), ["wrote"]);
        assert_eq!(index.family("map").unwrap(), ["maps"]);
        assert_eq!(index.family("cheval").unwrap(), ["chevaux"]);
        assert_eq!(index.family("absent").unwrap(), [""; 0]);
        assert!(index.is_form("containers", "container").unwrap() && !index.is_form("moss", "lichen").unwrap());
    }

    #[test]
    fn pages_with_other_forms_follow_those_with_the_word() {
        let index = index(&[
            told("en", "Forms", "the children wrote about colours", 9),
            told("en", "Typed", "a child writes about color", 1),
            told("en", "Neither", "a lichen", 3),
        ]);
        for query in ["child color", "child colors", "children writing colour"] {
            let hits = index.find(query, 10, 0).hits;
            assert_eq!(hits.len(), 2, "{query}");
        }
        assert_eq!(index.find("child color", 10, 0).hits[0].title, "Typed");
        assert_eq!(index.find("\"child\"", 10, 0).hits.len(), 1, "quoted words have no other forms");
    }
}
