//! `search`: prints ranked hits for one query or a batch, for people or as JSON.
//!
//! More than 300 lines: the same hits are written for people, as JSON and in batches.

use std::{io::Write, path::Path};

use cachette_cache::{Hit, LANGUAGE, SearchResults};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{
    context::Context,
    error::{CliError, CommandResult, DONE},
    input::Source,
    json,
    refresh::FollowUp,
    terminal::{Terminal, bold, counted, line, linked, marked},
};
use crate::{moment, sentence::sentence};

/// Search the saved pages; the last word may be incomplete
#[derive(Debug, Args)]
#[command(after_help = help())]
pub struct SearchArgs {
    /// The words to search for
    #[arg(value_name = "QUERY", required_unless_present = "batch", conflicts_with = "batch")]
    query: Vec<String>,
    /// The maximum number of hits
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    /// Print JSON: an array of hits, or with --json=full an object with hits, total, corrected and
    /// no_dates
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "hits", hide_possible_values = true)]
    json: Option<Json>,
    /// Read one query per line from stdin and answer each with a line of JSON
    #[arg(long)]
    batch: bool,
}

fn help() -> String {
    format!(
        "Changes made outside Cachette are noticed after a search, once a minute, and found by the next one.\n
What a query can contain:\n{LANGUAGE}\n\nExamples:
  cachette search link rot
  cachette search 'wayback mach' --limit 5
  cachette search 'site:example.org after:7d sort:new'
  cachette search rust --json
  cachette search --batch < queries.txt > hits.jsonl
  cachette search link -rot
  cachette search -- --starts-with-two-dashes"
    )
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Json {
    /// An array of hits
    Hits,
    /// An object: hits, total, corrected, no_dates
    Full,
}

impl SearchArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`]. In a batch, a query that fails gets an error as its answer instead.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let mut cache = context.open()?;
        let (form, mut follow_up) = (self.json.unwrap_or(Json::Hits), FollowUp::default());
        if self.batch {
            Source::of(None).each_line(|line| {
                let query = String::from_utf8_lossy(line);
                match cache.search(&query, self.limit, 0) {
                    Ok(found) => write_json(context.out, &found, form)?,
                    Err(error) => json::write_line(context.out, &Failed { id: None, error: sentence(&error) })?,
                }
                context.out.flush()?;
                follow_up.start_if_due(&mut cache);
                Ok(())
            })?;
            context.warn_of_unread(&cache);
            return Ok(DONE);
        }
        let query = self.query.join(" ");
        match self.json {
            Some(form) => write_json(context.out, &cache.search(&query, self.limit, 0)?, form)?,
            None => {
                let (mut shown, mut written) = (Vec::new(), Ok(()));
                let mut write = |hit: &Hit| {
                    write_new(context.out, std::slice::from_ref(hit), self.limit, &mut shown, context.terminal)?;
                    // The first hit is shown at once, before the others are known.
                    if shown.len() == 1 { context.out.flush() } else { Ok(()) }
                };
                let found = cache.search_streaming(&query, self.limit, 0, &mut |hit| {
                    if written.is_ok() {
                        written = write(hit);
                    }
                })?;
                written?;
                write_people(context.out, context.err, &found, self.limit, shown, context.terminal)?;
            }
        }
        // The answer is complete here, and closing the index takes a while.
        context.out.flush()?;
        context.warn_of_unread(&cache);
        follow_up.start_if_due(&mut cache);
        Ok(DONE)
    }
}

/// Writes the answer without the hits that were already shown, which their hashes identify.
fn write_people(
    out: &mut dyn Write,
    err: &mut dyn Write,
    found: &SearchResults,
    limit: u32,
    mut shown: Vec<String>,
    terminal: Terminal,
) -> Result<(), CliError> {
    if let Some(corrected) = &found.corrected {
        let _ = writeln!(err, "Showing results for {}. Words in quotation marks are not corrected.", line(corrected));
    }
    for text in &found.no_dates {
        let _ = writeln!(err, "{} is no date, so it is searched for as text.", line(text));
    }
    write_new(out, &found.hits, limit, &mut shown, terminal)?;
    let about = if found.total >= COUNTED { "about " } else { "" };
    let all = format!("{about}{}", counted(found.total, "page"));
    let _ = match shown.len() as u64 {
        0 if found.total == 0 => writeln!(err, "No saved page matches."),
        0 => writeln!(err, "{all} found; with --limit 0 none is shown."),
        some if some < found.total => writeln!(err, "{some} of {all}; --limit N shows more."),
        _ => Ok(()),
    };
    Ok(())
}

/// Writes the hits that are not shown yet, up to a total of `limit`.
fn write_new(
    out: &mut dyn Write,
    hits: &[Hit],
    limit: u32,
    shown: &mut Vec<String>,
    terminal: Terminal,
) -> std::io::Result<()> {
    let left = (limit as usize).saturating_sub(shown.len());
    let new: Vec<&Hit> = hits.iter().filter(|hit| !shown.contains(&hit.page.hash_url)).take(left).collect();
    for hit in new {
        write_hit(out, hit, !shown.is_empty(), terminal)?;
        shown.push(hit.page.hash_url.clone());
    }
    Ok(())
}

/// From this number on, the count of hits is an estimate.
const COUNTED: u64 = 2_000;

/// Writes one hit for people. It has its title (on a terminal a link to the saved file), address,
/// snippet, date and place.
pub fn write_hit(out: &mut dyn Write, hit: &Hit, again: bool, terminal: Terminal) -> std::io::Result<()> {
    if again {
        writeln!(out)?;
    }
    writeln!(out, "{}", linked(&bold(&hit.page.title, terminal), &file_address(&hit.path), terminal))?;
    writeln!(out, "  {}", linked(&line(&hit.page.url), &hit.page.url, terminal))?;
    if !hit.page.snippet.is_empty() {
        writeln!(out, "  {}", marked(&hit.page.snippet, &hit.page.ranges, terminal))?;
    }
    writeln!(out, "  {:.10}  {}", moment::written(hit.captured_at()), line(&hit.path.to_string_lossy()))
}

/// Returns a file's `file:` address.
fn file_address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut address = format!("file://{slash}");
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b':' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// Writes hits as an array of JSON objects, one per line.
pub fn write_hits(out: &mut dyn Write, hits: &[Hit]) -> Result<(), CliError> {
    json::write_line(out, &hits.iter().map(HitLine::of).collect::<Vec<_>>())?;
    Ok(())
}

fn write_json(out: &mut dyn Write, found: &SearchResults, form: Json) -> Result<(), CliError> {
    let hits: Vec<_> = found.hits.iter().map(HitLine::of).collect();
    match form {
        Json::Hits => json::write_line(out, &hits)?,
        Json::Full => {
            let corrected = found.corrected.as_deref();
            json::write_line(out, &FoundLine { hits, total: found.total, corrected, no_dates: &found.no_dates })?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct HitLine<'a> {
    title: &'a str,
    url: &'a str,
    snippet: &'a str,
    ranges: &'a [(u32, u32)],
    captured_at: String,
    path: String,
}

impl HitLine<'_> {
    fn of(hit: &Hit) -> HitLine<'_> {
        HitLine {
            title: &hit.page.title,
            url: &hit.page.url,
            snippet: &hit.page.snippet,
            ranges: &hit.page.ranges,
            captured_at: moment::written(hit.captured_at()),
            path: hit.path.to_string_lossy().into_owned(),
        }
    }
}

#[derive(Serialize)]
struct FoundLine<'a> {
    hits: Vec<HitLine<'a>>,
    total: u64,
    corrected: Option<&'a str>,
    no_dates: &'a [String],
}

#[derive(Serialize)]
struct Failed {
    id: Option<String>,
    error: String,
}

#[cfg(test)]
mod tests {
    use cachette_cache::{PageMatch, Stamp};

    use super::*;

    fn hostile() -> SearchResults {
        let evil = "a\u{1b}[2J\u{202e}\u{7}\nb link";
        let page = PageMatch {
            hash_url: "0".repeat(64),
            url: format!("https://example.org/{evil}"),
            title: evil.into(),
            snippet: evil.into(),
            ranges: vec![(10, 14)],
            captured_at_ms: "2026-11-22T18:24:05.123Z".parse::<jiff::Timestamp>().unwrap().as_millisecond(),
            stamp: Stamp { modified_ns: 0, bytes: 0 },
        };
        let hit = Hit { page, path: "/home/a/pages/x/index.md".into() };
        SearchResults { hits: vec![hit], total: 3, corrected: Some(evil.into()), no_dates: Vec::new() }
    }

    #[test]
    fn hostile_hits_do_nothing_to_a_terminal_and_stay_on_their_lines() {
        assert_eq!(file_address(Path::new("/a b/é")), "file:///a%20b/%C3%A9");
        for terminal in [Terminal::default(), Terminal { interactive: true, styled: false }] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            write_people(&mut out, &mut err, &hostile(), 20, Vec::new(), terminal).unwrap();
            let text = String::from_utf8([out, err].concat()).unwrap();
            assert!(!text.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{text:?}");
            assert_eq!(text.lines().count(), 6);
            assert!(text.contains("2026-11-22  /home/a/pages/x/index.md"));
        }
    }

    #[test]
    fn what_was_shown_early_is_not_shown_again() {
        let mut found = hostile();
        let hash = found.hits[0].page.hash_url.clone();
        let mut other = found.hits[0].clone();
        (other.page.hash_url, other.page.title) = ("1".repeat(64), "The other".into());
        found.hits.insert(0, other);
        for (limit, lines, said) in [(20, 5, "2 of 3 pages"), (1, 0, "1 of 3 pages")] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            write_people(&mut out, &mut err, &found, limit, vec![hash.clone()], Terminal::default()).unwrap();
            let out = String::from_utf8(out).unwrap();
            assert_eq!((out.lines().count(), out.starts_with("\nThe other\n")), (lines, lines > 0), "{out}");
            assert!(String::from_utf8(err).unwrap().contains(said));
        }
    }

    #[test]
    fn the_json_holds_the_text_as_it_is() {
        let mut out = Vec::new();
        write_json(&mut out, &hostile(), Json::Full).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["hits"][0]["title"], "a\u{1b}[2J\u{202e}\u{7}\nb link");
        assert_eq!(value["hits"][0]["ranges"][0][1], 14);
        assert_eq!(value["total"], 3);
        let mut out = Vec::new();
        write_json(&mut out, &SearchResults::default(), Json::Hits).unwrap();
        assert_eq!(out, b"[]\n");
    }
}
