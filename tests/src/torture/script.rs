//! Draws a script from a seed: a short list of acts on a home. It does not say how the acts are
//! carried out. More than 300 lines: a script is here with all its forms, requests and command
//! lines.

use cachette_address::Address;
use cachette_protocol::{CHUNK_BYTES, Part, PartSum, Remove, SaveBegin, SaveChunk, SaveCommit, encode_request};
use data_encoding::BASE64;
use fastrand::Rng;
use serde_json::json;

use crate::{
    DriverError, Result,
    pipes::{frame, page_save},
};

/// 2026-01-01T00:00:00Z in seconds.
const DAWN: i64 = 1_767_225_600;

/// One act on a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Saves a page with an article of this number, at this second after the dawn.
    Save { page: u32, article: u32, second: i64, paragraphs: u32 },
    /// Moves a page to the trash.
    Remove { page: u32 },
}

/// How the acts of a run reach the home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Through one host, one after the other.
    Host(Vec<Act>),
    /// Through `import jsonl`; all are saves.
    Import(Vec<Act>),
    /// Through `rebuild`.
    Rebuild,
    /// Through `collect`, which removes assets that nothing shows.
    Collect,
    /// Through `trash empty`, which leaves assets that nothing shows.
    Empty,
}

/// The acts before the faults, and the acts under faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The kind of run, for the figures.
    pub kind: &'static str,
    /// The seed that it came from.
    pub seed: u64,
    /// The acts without faults.
    pub before: Vec<Act>,
    /// The acts under faults.
    pub run: Run,
}

/// The kinds of runs, in the order in which seeds go through them.
pub const KINDS: [&str; 7] = ["save", "re-save", "remove", "collect", "rebuild", "import", "empty the trash"];

impl Script {
    /// Returns the script of a seed.
    pub fn of(seed: u64) -> Script {
        let mut rng = Rng::with_seed(seed);
        let mut author = Author { rng: &mut rng, second: 0, article: 0 };
        let place = usize::try_from(seed % KINDS.len() as u64).unwrap_or_default();
        let kind = KINDS.get(place).copied().unwrap_or("save");
        let (few, more) = (author.below(2), author.below(4));
        let (before, run) = match kind {
            "save" => (author.saves(0..few), Run::Host(author.saves(2..4 + more))),
            "re-save" => {
                let before = author.saves(0..2);
                let mut again = author.saves(0..2);
                // The first article of a page occurs once more. It is the same page seen again, or
                // the second A of A, B, A.
                again.extend(before.iter().copied().map(|act| author.again(act)));
                (before, Run::Host(again))
            }
            "remove" => {
                let mut before = author.saves(0..3);
                before.extend(author.saves(0..1));
                let mut acts = vec![Act::Remove { page: 0 }];
                acts.extend(author.saves(0..1));
                acts.extend([Act::Remove { page: 1 }, Act::Remove { page: 0 }]);
                (before, Run::Host(acts))
            }
            "collect" => {
                let mut before = author.saves(0..3);
                before.extend([Act::Remove { page: 0 }, Act::Remove { page: 2 }]);
                (before, Run::Collect)
            }
            "empty the trash" => {
                let mut before = author.saves(0..3);
                before.extend([Act::Remove { page: 0 }, Act::Remove { page: 2 }]);
                (before, Run::Empty)
            }
            "rebuild" => {
                let mut before = author.saves(0..2 + more);
                before.extend(author.saves(0..2));
                (before, Run::Rebuild)
            }
            _ => (author.saves(0..1), Run::Import(author.saves(0..3 + more))),
        };
        Script { kind, seed, before, run }
    }

    /// Returns a longer script for a single host: saves, further versions and removals in any
    /// order.
    pub fn long(seed: u64) -> Script {
        let mut rng = Rng::with_seed(seed);
        let mut author = Author { rng: &mut rng, second: 0, article: 0 };
        let mut acts = Vec::new();
        for _ in 0..12 {
            let page = author.below(5);
            if author.below(6) == 0 {
                acts.push(Act::Remove { page });
            } else {
                acts.extend(author.saves(page..page + 1));
            }
        }
        Script { kind: "long", seed, before: Vec::new(), run: Run::Host(acts) }
    }

    /// Returns the acts that run under faults.
    pub fn acts(&self) -> &[Act] {
        match &self.run {
            Run::Host(acts) | Run::Import(acts) => acts,
            Run::Rebuild | Run::Collect | Run::Empty => &[],
        }
    }
}

/// Draws acts with growing times and different articles.
struct Author<'a> {
    rng: &'a mut Rng,
    second: i64,
    article: u32,
}

impl Author<'_> {
    fn below(&mut self, limit: u32) -> u32 {
        self.rng.u32(0..limit)
    }

    fn saves(&mut self, pages: std::ops::Range<u32>) -> Vec<Act> {
        pages
            .map(|page| {
                self.article += 1;
                self.second += self.rng.i64(1..90_000);
                // Some articles are too long for a single write.
                let paragraphs = if self.rng.u8(0..8) == 0 { 400 } else { self.rng.u32(1..20) };
                Act::Save { page, article: self.article, second: self.second, paragraphs }
            })
            .collect()
    }

    fn again(&mut self, act: Act) -> Act {
        self.second += 100;
        match act {
            Act::Save { page, article, paragraphs, .. } => Act::Save { page, article, second: self.second, paragraphs },
            remove @ Act::Remove { .. } => remove,
        }
    }
}

/// Returns a page's address.
pub fn url(page: u32) -> String {
    format!("https://example.org/torture/{page}")
}

/// Returns a page's hash.
///
/// # Errors
/// [`DriverError::Unexpected`]; never for an address of [`url`].
pub fn hash(page: u32) -> Result<String> {
    let address = Address::parse(&url(page)).map_err(|error| DriverError::Unexpected(error.to_string()))?;
    Ok(address.hash_url().to_owned())
}

/// Returns the word that only this article contains. It consists of letters, because every
/// tokenizer must see one word.
pub fn mark(article: u32) -> String {
    let letters = article.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect::<String>();
    format!("zqmark{letters}zq")
}

/// Returns the number of the article that contains this text.
pub fn article_of(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("zqmark")?;
    let (letters, _) = rest.split_once("zq")?;
    let digits: String =
        letters.bytes().map(|letter| char::from(letter.wrapping_sub(b'a').wrapping_add(b'0'))).collect();
    digits.parse().ok()
}

/// Returns the time of an act.
pub fn moment(second: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(DAWN + second).unwrap_or_default()
}

/// The words of a page's heading, which is its title and not part of the article.
const HEADING_WORDS: usize = 4;

/// Returns how many words an article leaves out of its page: a heading and a menu, or nothing.
pub fn left_out(article: u32) -> usize {
    match article % 5 {
        0 => 0,
        menu => HEADING_WORDS + menu as usize,
    }
}

/// Makes a page whose article is unmistakable.
pub fn html(page: u32, article: u32, paragraphs: u32) -> String {
    let mark = mark(article);
    let mut html = format!("<!DOCTYPE html><title>Page {page}</title>");
    match left_out(article).checked_sub(HEADING_WORDS) {
        None => html.push_str("<article>"),
        Some(words) => {
            html.push_str(&format!("<nav>{}</nav><article><h1>Page {page} with {mark}</h1>", "menu ".repeat(words)))
        }
    }
    for number in 0..paragraphs {
        html.push_str(&format!(
            "<p>Paragraph {number} of {mark}: a good many words that stand here so that the page has an article worth \
             keeping, with a \
             <a href=\"/other/{number}\">link</a> and a comma, or two.</p>"
        ));
    }
    if !article.is_multiple_of(3) {
        // Two articles share this picture: one may be removed while the other still shows it.
        let picture = [
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x40\x08\x02\0\0\0"[..],
            &[u8::try_from(article / 3 % 251).unwrap_or_default(); 3000],
        ];
        html.push_str(&format!(
            "<p><img alt=\"A picture\" width=64 height=64 src=\"data:image/png;base64,{}\"></p>",
            BASE64.encode(&picture.concat())
        ));
    }
    html.push_str("</article>");
    html
}

/// The frames written to a host for one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The act.
    pub act: Act,
    /// Its frames.
    pub bytes: Vec<u8>,
    /// The request whose answer acknowledges it.
    pub id: u64,
}

/// Returns the acts as frames for one host, in order.
///
/// # Errors
/// [`DriverError::Unexpected`] if a request cannot be written.
pub fn requests(acts: &[Act]) -> Result<Vec<Asked>> {
    let mut writer = Frames { bytes: Vec::new(), last_id: 0 };
    acts.iter()
        .map(|act| {
            writer.act(*act)?;
            Ok(Asked { act: *act, bytes: std::mem::take(&mut writer.bytes), id: writer.last_id })
        })
        .collect()
}

struct Frames {
    bytes: Vec<u8>,
    last_id: u64,
}

impl Frames {
    fn act(&mut self, act: Act) -> Result<()> {
        let (page, article, second, paragraphs) = match act {
            Act::Remove { page } => return self.push(&Remove { hash_url: hash(page)?, captured_at: None }),
            Act::Save { page, article, second, paragraphs } => (page, article, second, paragraphs),
        };
        let captured_at = format!("{:.3}", moment(second));
        let begin: SaveBegin = page_save(&format!("save-{article}-{second}"), &url(page), &captured_at);
        let save = begin.save.clone();
        self.push(&begin)?;
        let html = html(page, article, paragraphs);
        let (mut rest, mut chunks) = (html.as_str(), 0);
        while let Some((data, after)) =
            rest.split_at_checked(rest.floor_char_boundary(CHUNK_BYTES)).filter(|_| !rest.is_empty())
        {
            self.push(&SaveChunk { save: save.clone(), part: Part::Html, seq: chunks, data: data.to_owned() })?;
            (rest, chunks) = (after, chunks + 1);
        }
        self.push(&SaveCommit { save, parts: vec![PartSum { part: Part::Html, chunks }] })
    }

    fn push<C: cachette_protocol::Call>(&mut self, request: &C) -> Result<()> {
        self.last_id += 1;
        let json = encode_request(self.last_id, request).map_err(|error| DriverError::Unexpected(error.to_string()))?;
        self.bytes.extend(frame(&json)?);
        Ok(())
    }
}

/// Returns the acts as lines for `import jsonl`.
pub fn lines(acts: &[Act]) -> String {
    let mut lines = String::new();
    for act in acts {
        if let Act::Save { page, article, second, paragraphs } = *act {
            let captured_at = format!("{:.3}", moment(second));
            let line = json!({"url": url(page), "html": html(page, article, paragraphs), "captured_at": captured_at});
            lines.push_str(&format!("{line}\n"));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_known_again_by_its_mark() {
        for article in [0, 7, 10, 4_294_967_295] {
            assert_eq!(article_of(&html(1, article, 2)), Some(article));
        }
        assert_eq!(article_of("no mark"), None);
    }

    #[test]
    fn a_seed_gives_the_same_script_again_and_all_kinds_come_up() {
        let kinds: std::collections::BTreeSet<_> = (0..KINDS.len() as u64).map(|seed| Script::of(seed).kind).collect();
        assert_eq!(kinds.len(), KINDS.len());
        assert_eq!(Script::of(77), Script::of(77));
    }
}
