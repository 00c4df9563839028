//! Makes the pages for the search benchmark from the corpus. Further pages mix its paragraphs:
//! their words are real and their texts differ.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
    sync::Mutex,
};

use cachette_index::{Entry, Stamp};
use serde_json::Value;

use super::Result;

/// A query of a kind.
#[derive(Clone)]
pub struct Question {
    /// The kind: rare word, phrase, …
    pub kind: String,
    /// The typed text.
    pub text: String,
    /// The site that the query is limited to.
    pub site: Option<String>,
    /// The earliest time of capture that the query is limited to.
    pub after_ms: Option<i64>,
}

struct Page {
    url: String,
    site: String,
    title: String,
    lang: String,
    captured_at_ms: i64,
}

/// The pages, their texts in a file.
pub struct Corpus {
    pages: Vec<Page>,
    texts: Mutex<File>,
    places: Vec<(u64, u32)>,
    /// How many of them are the corpus's own.
    pub originals: usize,
    /// The bytes of all texts together.
    pub bytes: u64,
    /// The queries.
    pub questions: Vec<Question>,
}

impl Corpus {
    /// Reads the corpus and makes `count` pages of it, or as many short pieces.
    pub fn made(data: &Path, place: &Path, count: usize, short: bool) -> Result<Corpus> {
        let lines = BufReader::new(flate2::read::GzDecoder::new(File::open(data.join("corpus-20k.jsonl.gz"))?));
        let mut originals = Vec::new();
        let mut bodies = Vec::new();
        for line in lines.lines() {
            let value: Value = serde_json::from_str(&line?)?;
            let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            bodies.push(text("body"));
            originals.push(Page {
                url: text("url"),
                site: text("site"),
                title: text("title"),
                lang: text("lang"),
                captured_at_ms: value.get("ts").and_then(Value::as_i64).unwrap_or_default() * 1000,
            });
        }
        let path = place.join("texts");
        let mut file = BufWriter::new(File::create(&path)?);
        let (mut places, mut bytes) = (Vec::with_capacity(count), 0u64);
        let mut add = |text: &str| -> Result<()> {
            file.write_all(text.as_bytes())?;
            places.push((bytes, u32::try_from(text.len())?));
            bytes += text.len() as u64;
            Ok(())
        };
        let mut pages = Vec::with_capacity(count);
        let total = originals.len().max(1);
        let mut cut = 0;
        while pages.len() < count {
            let at = pages.len();
            let (source, round) = (at % total, at / total);
            let (Some(page), Some(body)) = (originals.get(source), bodies.get(source)) else { break };
            let mut title = page.title.clone();
            if short {
                // The pieces follow each other through the texts, and then start again.
                let Some(body) = bodies.get(cut % total) else { break };
                let start = body.floor_char_boundary((cut / total * 500) % body.len().max(1));
                let end = body.floor_char_boundary((start + 500).min(body.len()));
                cut += 1;
                add(body.get(start..end).unwrap_or_default())?;
                title = format!("{title} {round}");
            } else if round == 0 {
                add(body)?;
            } else {
                let other = bodies.get((source * 7 + round * 4_999) % total).map(String::as_str).unwrap_or_default();
                add(&mixed(body, other, round))?;
                title = format!("{title} {round}");
            }
            pages.push(Page {
                url: if round == 0 { page.url.clone() } else { format!("{}&copy={round}", page.url) },
                site: page.site.clone(),
                title,
                lang: page.lang.clone(),
                captured_at_ms: page.captured_at_ms + i64::try_from(round)? * 3_600_000,
            });
        }
        file.flush()?;
        let questions = questions(data)?;
        Ok(Corpus { pages, texts: Mutex::new(File::open(path)?), places, originals: total, bytes, questions })
    }

    /// Returns the number of pages.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Returns a page's text, read from the disk.
    pub fn text(&self, at: usize) -> Option<String> {
        let (start, length) = *self.places.get(at)?;
        let mut file = self.texts.lock().ok()?;
        file.seek(SeekFrom::Start(start)).ok()?;
        let mut text = vec![0; length as usize];
        file.read_exact(&mut text).ok()?;
        String::from_utf8(text).ok()
    }

    /// Returns a page in the index's form, with the number `hash`.
    pub fn entry(&self, at: usize, hash: usize) -> Result<Entry> {
        let page = self.pages.get(at).ok_or("no such page")?;
        let article = self.text(at).unwrap_or_default();
        let headings = article.lines().filter_map(|line| line.strip_prefix('#')).collect::<Vec<_>>().join("\n");
        Ok(Entry {
            hash_url: format!("{hash:064}"),
            url: page.url.clone(),
            site: page.site.clone(),
            title: page.title.clone(),
            lang: page.lang.clone(),
            headings,
            article,
            captured_at_ms: page.captured_at_ms,
            versions: 1,
            stamp: Stamp { modified_ns: 1_763_835_845_123_456_789, bytes: 5_000 },
            ..Entry::default()
        })
    }
}

/// Mixes some paragraphs of one text with some of another.
fn mixed(body: &str, other: &str, round: usize) -> String {
    let kept = body.split("\n\n").enumerate().filter(|(at, _)| at % (round + 3) != round).map(|(_, text)| text);
    let added = other.split("\n\n").skip(round).step_by(3).take(4);
    kept.chain(added).collect::<Vec<_>>().join("\n\n")
}

fn questions(data: &Path) -> Result<Vec<Question>> {
    let value: Value = serde_json::from_reader(File::open(data.join("queries.json"))?)?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let one = |value: &Value| {
        Some(Question {
            kind: text(value, "kind")?,
            text: text(value, "q")?,
            site: text(value, "site"),
            after_ms: value.get("after").and_then(Value::as_i64).map(|seconds| seconds * 1000),
        })
    };
    let mut all: Vec<Question> = value.as_array().into_iter().flatten().filter_map(one).collect();
    for question in &mut all {
        if question.kind.starts_with("prefix") {
            let letters = question.text.split(' ').next_back().map_or(0, |word| word.chars().count());
            let after = if question.text.contains(' ') { "word + " } else { "" };
            question.kind =
                format!("{after}prefix of {}", if letters > 4 { "5 and more".into() } else { letters.to_string() });
        }
    }
    Ok(all)
}

/// Returns the day of a time, as people write it.
pub fn day(ms: i64) -> String {
    let shifted = ms.div_euclid(86_400_000) + 719_468;
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (date, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = year + shifted.div_euclid(146_097) * 400 + i64::from(month <= 2);
    format!("{year}-{month:02}-{date:02}")
}
