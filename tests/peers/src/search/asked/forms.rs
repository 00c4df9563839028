//! Changes words as people do: other endings, other spellings, other scripts. By rule, and only
//! from what the corpus itself holds.

use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};

use super::source::{Source, words};

/// Spellings of either side of the Atlantic.
pub const SPELLINGS: &[(&str, &str)] = &[
    ("color", "colour"),
    ("behavior", "behaviour"),
    ("center", "centre"),
    ("initialize", "initialise"),
    ("organization", "organisation"),
    ("customize", "customise"),
    ("analyze", "analyse"),
    ("license", "licence"),
    ("favorite", "favourite"),
    ("catalog", "catalogue"),
    ("dialog", "dialogue"),
    ("serialize", "serialise"),
    ("canceled", "cancelled"),
    ("optimize", "optimise"),
    ("recognize", "recognise"),
    ("authorization", "authorisation"),
    ("synchronize", "synchronise"),
    ("normalized", "normalised"),
    ("labeled", "labelled"),
    ("gray", "grey"),
    ("neighbor", "neighbour"),
    ("defense", "defence"),
    ("meter", "metre"),
    ("modeling", "modelling"),
    ("summarize", "summarise"),
    ("virtualization", "virtualisation"),
    ("minimize", "minimise"),
    ("honor", "honour"),
];

/// Traditional characters and the simplified ones.
pub const HAN: &[(char, char)] = &[
    ('們', '们'),
    ('這', '这'),
    ('個', '个'),
    ('來', '来'),
    ('時', '时'),
    ('會', '会'),
    ('對', '对'),
    ('開', '开'),
    ('發', '发'),
    ('問', '问'),
    ('題', '题'),
    ('數', '数'),
    ('據', '据'),
    ('結', '结'),
    ('構', '构'),
    ('線', '线'),
    ('網', '网'),
    ('絡', '络'),
    ('統', '统'),
    ('進', '进'),
    ('程', '程'),
    ('應', '应'),
    ('該', '该'),
    ('實', '实'),
    ('現', '现'),
    ('說', '说'),
    ('語', '语'),
    ('言', '言'),
    ('變', '变'),
    ('類', '类'),
    ('樣', '样'),
    ('與', '与'),
    ('為', '为'),
    ('處', '处'),
    ('頁', '页'),
    ('錯', '错'),
    ('誤', '误'),
    ('關', '关'),
    ('動', '动'),
    ('機', '机'),
    ('學', '学'),
    ('習', '习'),
    ('過', '过'),
    ('還', '还'),
    ('將', '将'),
    ('從', '从'),
    ('選', '选'),
    ('擇', '择'),
    ('讀', '读'),
    ('寫', '写'),
    ('點', '点'),
    ('測', '测'),
    ('試', '试'),
    ('編', '编'),
    ('譯', '译'),
    ('項', '项'),
];

/// Particles that follow Korean nouns.
pub const PARTICLES: &[&str] =
    &["에서", "으로", "까지", "부터", "에게", "을", "를", "이", "가", "은", "는", "에", "의", "도", "로"];

/// The keys of a Russian keyboard and those of an English one.
pub const KEYS: (&str, &str) = ("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`");

/// Exchanges characters by a table.
pub fn exchanged(text: &str, table: impl Fn(char) -> Option<char>) -> String {
    text.chars().map(|c| table(c).unwrap_or(c)).collect()
}

/// The words of a language's pages by their stem.
pub struct Families(HashMap<String, Vec<String>>, Stemmer);

impl Families {
    /// Collects the words that are on at least `least` pages.
    pub fn of(source: &Source, lang: &str, algorithm: Algorithm, least: u32) -> Families {
        let stemmer = Stemmer::new(algorithm);
        let mut known: HashMap<String, u32> = HashMap::new();
        for page in source.pages.iter().filter(|page| page.lang == lang) {
            for word in page.words() {
                if word.chars().count() >= 4 && word.chars().all(char::is_alphabetic) {
                    *known.entry(word).or_default() += 1;
                }
            }
        }
        let mut families: HashMap<String, Vec<String>> = HashMap::new();
        for (word, on) in known {
            if on >= least {
                families.entry(stemmer.stem(&word).to_string()).or_default().push(word);
            }
        }
        families.values_mut().for_each(|family| family.sort());
        Families(families, stemmer)
    }

    /// Returns the other words of a word's family.
    pub fn others(&self, word: &str) -> Vec<&str> {
        let family = self.0.get(&self.1.stem(word).to_string());
        family.into_iter().flatten().map(String::as_str).filter(|other| *other != word).collect()
    }
}

/// Returns the plural of an English word, or the singular of a plural.
pub fn other_number(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return Some(format!("{stem}y"));
    }
    if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return None;
    }
    if let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with("xe")) {
        return Some(stem.to_owned());
    }
    let consonant = |c: char| !"aeiou".contains(c);
    if let Some(stem) = word.strip_suffix('y').filter(|stem| stem.ends_with(consonant)) {
        return Some(format!("{stem}ies"));
    }
    ["x", "ch", "sh"].iter().any(|end| word.ends_with(end)).then(|| format!("{word}es")).or(Some(format!("{word}s")))
}

/// Returns the words of a text with letters alone that follow one another.
pub fn neighbours(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for line in text.lines() {
        let listed: Vec<&str> = line.split(' ').collect();
        for pair in listed.windows(2) {
            if let [one, other] = pair
                && one.chars().chain(other.chars()).all(|c| c.is_ascii_lowercase())
            {
                pairs.extend(words(one).zip(words(other)));
            }
        }
    }
    pairs
}
