//! Finds other forms of a word: its inflected forms by Snowball's rules, irregular English ones,
//! and the spellings of either side of the Atlantic. Pure; `search/family.rs` asks which of them
//! exist.

use std::collections::HashMap;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

/// The languages whose forms are known, by the beginning of their tag.
pub(crate) const LANGUAGES: [(&str, Algorithm); 23] = [
    ("en", Algorithm::English),
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nb", Algorithm::Norwegian),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("tr", Algorithm::Turkish),
    ("uk", Algorithm::Ukrainian),
];

/// The lines of `irregular.txt` by each of their words.
static IRREGULAR: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut families: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in include_str!("irregular.txt").lines() {
        for word in line.split(' ') {
            families.entry(word).or_default().extend(line.split(' ').filter(|other| *other != word));
        }
    }
    families
});

/// British and American endings and groups of letters.
const SPELLINGS: [(&str, &str); 16] = [
    ("our", "or"),
    ("ise", "ize"),
    ("isa", "iza"),
    ("isi", "izi"),
    ("yse", "yze"),
    ("ysi", "yzi"),
    ("tre", "ter"),
    ("bre", "ber"),
    ("ogue", "og"),
    ("ence", "ense"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ller", "ler"),
    ("grey", "gray"),
    ("ae", "e"),
    ("oe", "e"),
];

/// Returns the English forms of a word that follow no rule.
pub(crate) fn irregular(word: &str) -> &'static [&'static str] {
    IRREGULAR.get(word).map_or(&[], Vec::as_slice)
}

/// What Arabic writes together with a noun: the article, and words before it.
const ARTICLES: [&str; 6] = ["ال", "وال", "بال", "لل", "فال", "كال"];

/// Returns an Arabic word without its article and what precedes it, and with others.
pub(crate) fn with_other_article(word: &str) -> Vec<String> {
    if !word.starts_with(|c| ('\u{600}'..='\u{6FF}').contains(&c)) {
        return Vec::new();
    }
    let bare = ARTICLES.iter().filter_map(|article| word.strip_prefix(article)).min_by_key(|bare| bare.len());
    let bare = bare.filter(|bare| bare.chars().count() >= LEAST).unwrap_or(word);
    let others = std::iter::once(bare.to_owned()).chain(ARTICLES.iter().map(|article| format!("{article}{bare}")));
    others.filter(|other| other != word).collect()
}

/// Returns the word as it would be spelled across the Atlantic. Most results are no words.
pub(crate) fn spellings(word: &str) -> Vec<String> {
    let mut spellings = Vec::new();
    if !word.is_ascii() || word.len() < 4 {
        return spellings;
    }
    for (from, to) in SPELLINGS.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
        for (at, _) in word.match_indices(from).filter(|(at, _)| *at > 0 || from.len() > 3) {
            let other = format!(
                "{}{to}{}",
                word.get(..at).unwrap_or_default(),
                word.get(at + from.len()..).unwrap_or_default()
            );
            if other != word && !spellings.contains(&other) {
                spellings.push(other);
            }
        }
    }
    spellings
}

/// The forms of one word in some languages.
pub(crate) struct Forms {
    stems: Vec<(Stemmer, String)>,
    /// The first letters that all forms share.
    pub(crate) beginning: String,
}

/// The fewest letters of a word with other forms, and of what its forms have in common.
const LEAST: usize = 3;

impl Forms {
    /// Finds the stems of a folded word.
    pub(crate) fn of(word: &str, languages: &[Algorithm]) -> Option<Forms> {
        let letters = word.chars().count();
        if letters < LEAST || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let stems: Vec<(Stemmer, String)> = languages
            .iter()
            .map(|algorithm| {
                let stemmer = Stemmer::new(*algorithm);
                let stem = stem(stemmer, word);
                (stemmer, stem)
            })
            .collect();
        let shared = |stem: &String| word.chars().zip(stem.chars()).take_while(|(a, b)| a == b).count();
        let shared = stems.iter().map(|(_, stem)| shared(stem)).min()?;
        // The last letter of a stem may change: `city` and `cities`.
        let length = shared.saturating_sub(1).max(LEAST);
        Some(Forms { stems, beginning: word.chars().take(length).collect() })
    }

    /// Whether another folded word has the same stem in one of the languages.
    pub(crate) fn include(&self, other: &str) -> bool {
        self.stems.iter().any(|(stemmer, known)| stem(*stemmer, other) == *known)
    }

    /// Returns the stems, which may be words themselves.
    pub(crate) fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems.iter().map(|(_, stem)| stem.as_str())
    }
}

/// Returns a word's stem. Folded words lack the accents that some rules look for, so the rules are
/// applied twice.
fn stem(stemmer: Stemmer, word: &str) -> String {
    let once = stemmer.stem(word);
    match word.chars().count() > 2 * LEAST && stemmer.algorithm() != Algorithm::English {
        true => stemmer.stem(&once).into_owned(),
        false => once.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_words_are_forms_of_each_other() {
        for (algorithm, word, other) in [
            (Algorithm::English, "containers", "container"),
            (Algorithm::English, "cities", "city"),
            (Algorithm::English, "running", "run"),
            (Algorithm::French, "chevaux", "cheval"),
            (Algorithm::French, "repetees", "repete"),
            (Algorithm::German, "hausern", "hauser"),
            (Algorithm::Spanish, "archivos", "archivo"),
            (Algorithm::Russian, "книгами", "книга"),
        ] {
            let forms = Forms::of(word, &[algorithm]).unwrap();
            assert!(forms.include(other), "{word} {other}");
            assert!(other.starts_with(&forms.beginning), "{word} {other} {}", forms.beginning);
            assert!(!forms.include("lichen"), "{word}");
        }
        for word in ["", "ab", "3d8", "漢字"] {
            assert!(Forms::of(word, &[]).is_none(), "{word}");
        }
    }

    #[test]
    fn spellings_of_either_side_lead_to_the_other() {
        for (one, other) in [
            ("colour", "color"),
            ("behaviours", "behaviors"),
            ("centre", "center"),
            ("organisation", "organization"),
            ("cancelled", "canceled"),
            ("catalogue", "catalog"),
            ("licence", "license"),
            ("analyse", "analyze"),
            ("grey", "gray"),
        ] {
            assert!(spellings(one).iter().any(|found| found == other), "{one} {other}");
            assert!(spellings(other).iter().any(|found| found == one), "{other} {one}");
        }
        assert!(spellings("moss").is_empty() && spellings("or").is_empty() && spellings("слово").is_empty());
    }

    #[test]
    fn irregular_forms_are_listed_once_and_lead_to_each_other() {
        assert!(irregular("wrote").contains(&"written") && irregular("mice").contains(&"mouse"));
        assert!(irregular("moss").is_empty());
        let lines: Vec<&str> = include_str!("irregular.txt").lines().collect();
        assert!(lines.is_sorted() && lines.iter().all(|line| line.split(' ').count() > 1));
    }

    #[test]
    fn an_arabic_noun_is_found_with_and_without_its_article() {
        assert!(with_other_article("كتاب").contains(&"الكتاب".to_owned()));
        assert!(with_other_article("والكتاب").contains(&"كتاب".to_owned()));
        assert!(with_other_article("moss").is_empty());
    }
}
