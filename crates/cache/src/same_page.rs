//! Compares a page with a version that an earlier converter made. Today's converter converts both
//! inert copies, and the articles are compared. In doubt the pages differ. Pure.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use cachette_page::{Linked, Omission, Options, article_hash, convert, elsewhere};
use cachette_store::{Article, SamePage};
use jiff::Timestamp;

use cachette_markdown::plain;

/// Today's conversion of an inert copy.
#[derive(Debug)]
pub(crate) struct Copied {
    /// The article; it shows the shared files that the copy shows.
    pub markdown: String,
    /// The parts of the page that the article leaves out.
    pub dropped: Vec<Omission>,
    /// All text of the copy.
    pub full_text: String,
    /// The inert copy of that copy.
    pub html: String,
}

impl Copied {
    /// Converts an inert copy of the page at `url`.
    pub fn of(html: &str, url: &str, captured_at: Timestamp) -> Copied {
        let captured_at = captured_at.to_string();
        let options = Options {
            url: Some(url),
            captured_at: Some(&captured_at),
            inert_html: true,
            copy: true,
            ..Options::default()
        };
        let page = convert(html, &options);
        Copied {
            markdown: page.markdown,
            dropped: page.dropped,
            full_text: page.full_text,
            html: page.inert_html.unwrap_or_default(),
        }
    }
}

/// A captured page, for comparison with versions by earlier converters.
#[derive(Debug)]
pub(crate) struct CopyComparison<'a> {
    url: &'a str,
    captured_at: Timestamp,
    markdown: &'a str,
    linked: &'a [Linked],
    html: Option<&'a str>,
    /// Made when first needed, because few saves meet a version by an earlier converter.
    own: OnceCell<Copied>,
    level: OnceCell<Copied>,
}

impl<'a> CopyComparison<'a> {
    /// Creates it from a page's article, the pictures in it that are shared files, and its inert
    /// copy.
    pub fn new(
        url: &'a str,
        captured_at: Timestamp,
        markdown: &'a str,
        linked: &'a [Linked],
        html: Option<&'a str>,
    ) -> CopyComparison<'a> {
        CopyComparison { url, captured_at, markdown, linked, html, own: OnceCell::new(), level: OnceCell::new() }
    }

    fn copied(&self, html: &str) -> Copied {
        Copied::of(html, self.url, self.captured_at)
    }

    /// Whether the copies of both pages have the same article.
    fn is_same_copy(&self, former: &Article, body: &str, then: &Copied, own: &Copied) -> bool {
        if self.is_same_article(former, body, &then.markdown, &own.markdown) {
            return true;
        }
        // The code that makes the copies may have changed as well, so today's copies of both are
        // compared too.
        let level = self.level.get_or_init(|| self.copied(&own.html));
        let then = self.copied(&then.html);
        self.is_same_article(former, body, &then.markdown, &level.markdown)
    }

    fn is_same_article(&self, former: &Article, body: &str, then: &str, own: &str) -> bool {
        if article_hash(then) == article_hash(own) {
            return true;
        }
        // Whether a picture could be fetched makes no difference.
        let own = elsewhere(own, self.linked.iter().map(|linked| (linked.path.as_str(), linked.address.as_str())));
        let Some(addresses) = addresses_of_pictures(then, &own) else { return false };
        let proven = || {
            let captured = elsewhere(body, addresses.iter().map(|(path, address)| (*path, *address)));
            former.front.get("article_hash").is_some_and(|hash| hash == article_hash(&captured))
        };
        let then = || elsewhere(then, addresses.iter().map(|(path, address)| (*path, *address)));
        !addresses.is_empty() && article_hash(&then()) == article_hash(&own) && proven()
    }

    /// Whether the articles agree in the lines that come from a page's declarations, which its copy
    /// lacks.
    fn declares_the_same(&self, former: &Article, body: &str, then: &Copied, own: &Copied) -> bool {
        let (before, now) = (lines_of(body), lines_of(self.markdown));
        let mut declared = declared(&now, own);
        if former.is_as_captured() != Some(true) {
            // A person has changed the article, so the declared lines cannot be recognised any
            // more.
            return declared.next().is_none();
        }
        // A former converter may have set words apart, or not, that are the same.
        let letters = |lines: &HashSet<String>| lines.iter().map(|line| line.replace(' ', "")).collect::<HashSet<_>>();
        let (letters_before, letters_now) = (letters(&before), letters(&now));
        let has = |letters: &HashSet<String>, line: &str| letters.contains(&line.replace(' ', ""));
        declared.all(|line| has(&letters_before, line))
            && self::declared(&before, then).all(|line| has(&letters_now, line))
    }
}

impl SamePage for CopyComparison<'_> {
    fn is_same_page(&self, former: &Article, body: &str, html: Option<&[u8]>) -> bool {
        match (self.html, html) {
            (Some(own), Some(html)) => {
                let then = self.copied(&String::from_utf8_lossy(html));
                let own = self.own.get_or_init(|| self.copied(own));
                self.declares_the_same(former, body, &then, own) && self.is_same_copy(former, body, &then, own)
            }
            // All of the HTML was converted, and none is stored. The same words and links then mean
            // the same page.
            (None, None) => {
                former.is_as_captured() == Some(true)
                    && plain(body).text.split_whitespace().eq(plain(self.markdown).text.split_whitespace())
                    && targets(body).eq(targets(self.markdown))
            }
            _ => false,
        }
    }
}

/// Returns the addresses of the pictures in `then` that are shared files. They count as far as
/// `own` names the same targets in the same order.
fn addresses_of_pictures<'t>(then: &'t str, own: &'t str) -> Option<HashMap<&'t str, &'t str>> {
    let (before, now): (Vec<&str>, Vec<&str>) = (targets(then).collect(), targets(own).collect());
    if before.len() != now.len() {
        return None;
    }
    let mut addresses = HashMap::new();
    for (path, address) in before.into_iter().zip(now) {
        if path.starts_with(SHARED) && *addresses.entry(path).or_insert(address) != address {
            return None;
        }
    }
    Some(addresses)
}

/// The start of an article's links to shared files.
const SHARED: &str = "../../assets/";

/// Returns the targets in a Markdown text, in order: absolute addresses and shared files.
fn targets(markdown: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '[' | ']' | '|');
    markdown
        .split(ends)
        .filter(|word| word.starts_with(SHARED) || word.starts_with("https://") || word.starts_with("http://"))
}

/// Returns the lines with words that neither a copy's text nor its article has. Words written as
/// one are not such a word: a former converter may have joined them.
fn declared<'l>(lines: &'l HashSet<String>, copy: &Copied) -> impl Iterator<Item = &'l String> {
    let known: HashSet<String> = lines_of(&copy.markdown)
        .iter()
        .chain([&copy.full_text])
        .flat_map(|text| words_in(text).map(str::to_owned))
        .collect();
    lines.iter().filter(move |line| words_in(line).any(|word| !is_made_of(word, &known, PIECES)))
}

/// The most words that count as joined, and the longest such piece of text, in bytes.
const PIECES: u8 = 3;
const JOINED: usize = 60;

/// Whether a text consists of at most `most` known words.
fn is_made_of(text: &str, known: &HashSet<String>, most: u8) -> bool {
    if known.contains(text) {
        return true;
    }
    most > 1
        && text.len() <= JOINED
        && text.char_indices().skip(1).any(|(at, _)| {
            let (first, rest) = text.split_at(at);
            known.contains(first) && is_made_of(rest, known, most - 1)
        })
}

/// Returns the lines of a Markdown text, as words.
fn lines_of(markdown: &str) -> HashSet<String> {
    let words = |line: &str| words_in(line).collect::<Vec<_>>().join(" ");
    plain(markdown).text.lines().map(words).collect()
}

/// Returns the words of a plain text: letters and digits.
pub(crate) fn words_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
