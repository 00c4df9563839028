//! `convert`: prints an HTML page's article as Markdown, or converts one page per line. It files
//! nothing.

mod answer;
mod explained;

use std::{io::Write, path::PathBuf};

use cachette_page::{FileFormat, Options, convert, convert_fragment};
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::answer::Converted;
use self::explained::Explained;
use super::{
    clock::Stopwatch,
    context::Context,
    error::{CliError, CommandResult, DONE},
    input::{Source, address},
    json::{self, Text},
    terminal::{Terminal, document},
};
use crate::{guard::guarded, moment};

/// Print an HTML page's article as Markdown
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette convert --url https://example.org/a page.html
  curl -s https://example.org/ | cachette convert --url https://example.org/ --json
  cachette convert --explain page.html
  cachette convert --jsonl < pages.jsonl > articles.jsonl
  echo '<b>bold</b>' | cachette convert --fragment

With --jsonl, each input line is {\"id\",\"url\",\"html\"} and each output line is the object of \
--json; a line that cannot be read is answered by {\"id\":…,\"error\":\"…\"}. With --fragment \
--jsonl, each input and output line is a JSON string. With --explain, each line is a block of the \
page: {\"kept\",\"reason\",\"element\",\"words\",\"begins\",\"features\"}; with --explain --jsonl, \
the object of a page has its blocks in \"blocks\".")]
pub struct ConvertArgs {
    /// The page's address, which makes relative links and images absolute
    #[arg(long, value_name = "URL", conflicts_with_all = ["jsonl", "fragment"])]
    url: Option<String>,
    /// Convert the whole body, not only the article
    #[arg(long, conflicts_with = "fragment")]
    full: bool,
    /// Print one JSON object with metadata and warnings
    #[arg(long, conflicts_with_all = ["jsonl", "fragment"])]
    json: bool,
    /// Print one JSON object per block of the page: kept or not, why, and its features
    #[arg(long, conflicts_with_all = ["json", "full", "fragment"])]
    explain: bool,
    /// Read one JSON object per line and answer each with one
    #[arg(long)]
    jsonl: bool,
    /// Convert the input as it is, without extraction or cleaning
    #[arg(long)]
    fragment: bool,
    /// The HTML file [default: stdin, like -]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

impl ConvertArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`]. A bad line of a batch gets an error as its answer instead.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let source = Source::of(self.file.as_deref());
        match (self.fragment, self.jsonl) {
            (true, true) => source.each_json_line(|line| answer(context.out, &fragment_of(line)))?,
            (false, true) => {
                source.each_json_line(|line| answer(context.out, &page_of(line, self.full, self.explain)))?
            }
            (true, false) => {
                write_markdown(context.out, &convert_fragment(&source.html()?).markdown, context.terminal)?
            }
            (false, false) => {
                if let Some(url) = &self.url {
                    address(url)?;
                }
                let html = source.html()?;
                let now = moment::now().to_string();
                let (url, full) = (self.url.as_deref(), self.full);
                let explain = self.explain;
                let options = Options { url, full, explain, captured_at: Some(&now), ..Options::default() };
                let watch = Stopwatch::start();
                let mut page = convert(&html, &options);
                let cpu_ms = watch.milliseconds();
                if explain {
                    for block in explained::of(&mut page) {
                        json::write_line(context.out, &block)?;
                    }
                } else if self.json {
                    json::write_line(context.out, &Converted::of(None, page, self.full, cpu_ms))?;
                } else {
                    write_markdown(context.out, &page.markdown, context.terminal)?;
                }
            }
        }
        Ok(DONE)
    }
}

fn answer(out: &mut dyn Write, value: &impl Serialize) -> Result<(), CliError> {
    json::write_line(out, value)?;
    Ok(out.flush()?)
}

fn write_markdown(out: &mut dyn Write, markdown: &str, terminal: Terminal) -> Result<(), CliError> {
    out.write_all(document(markdown, terminal).as_bytes())?;
    if !markdown.is_empty() && !markdown.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Returns the Markdown of a line that holds HTML as a JSON string. It is empty for any other line.
fn fragment_of(line: &[u8]) -> String {
    let Text(html) = serde_json::from_slice(line).unwrap_or_default();
    guarded(|| convert_fragment(&html).markdown).unwrap_or_default()
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    url: Option<Text>,
    html: Text,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Converted(Box<Converted>),
    Explained {
        #[serde(flatten)]
        page: Box<Converted>,
        blocks: Vec<Explained>,
    },
    Failed {
        id: Value,
        error: String,
    },
}

fn page_of(line: &[u8], full: bool, explain: bool) -> Answer {
    let line: Line = match serde_json::from_slice(line) {
        Ok(line) => line,
        Err(error) => return Answer::Failed { id: id_of(line), error: error.to_string() },
    };
    if let Some(format) = FileFormat::of_text(&line.html.0) {
        return Answer::Failed { id: line.id, error: format!("the page is {format}, not HTML; {}", format.advice()) };
    }
    let now = moment::now().to_string();
    let url = line.url.as_ref().map(|Text(url)| url.as_str());
    let options = Options { url, full, explain, captured_at: Some(&now), ..Options::default() };
    let watch = Stopwatch::start();
    match guarded(|| convert(&line.html.0, &options)) {
        Ok(mut page) => {
            let cpu_ms = watch.milliseconds();
            let blocks = explain.then(|| explained::of(&mut page));
            let page = Box::new(Converted::of(Some(line.id), page, full, cpu_ms));
            match blocks {
                Some(blocks) => Answer::Explained { page, blocks },
                None => Answer::Converted(page),
            }
        }
        Err(panicked) => Answer::Failed { id: line.id, error: panicked.to_string() },
    }
}

/// Returns the id in a line that is a JSON object but not a page.
fn id_of(line: &[u8]) -> Value {
    #[derive(Deserialize)]
    struct Id {
        #[serde(default)]
        id: Value,
    }
    let object = line.trim_ascii_start().starts_with(b"{");
    let id = object.then(|| serde_json::from_slice::<Id>(line).ok()).flatten();
    id.map_or(Value::Null, |line| line.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(answer: &impl Serialize) -> Value {
        serde_json::to_value(answer).unwrap()
    }

    #[test]
    fn a_line_is_answered_by_an_object_with_all_keys() {
        let answer =
            json(&page_of(br#"{"id":7,"url":"https://example.org/","html":"<title>T</title><p>word"}"#, false, false));
        let mut keys: Vec<_> = answer.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        let expected = [
            "byline",
            "canonical",
            "cpu_ms",
            "date",
            "dir",
            "dropped",
            "excerpt",
            "id",
            "image",
            "kind",
            "lang",
            "license",
            "markdown",
            "modified",
            "published",
            "siteName",
            "sources",
            "text",
            "title",
            "warnings",
        ];
        assert_eq!(keys, expected);
        assert_eq!((&answer["id"], &answer["title"], &answer["byline"]), (&Value::from(7), &"T".into(), &Value::Null));
        assert!(json(&page_of(br#"{"html":"<p>word"}"#, true, false))["full_text"].as_str().unwrap().contains("word"));
    }

    #[test]
    fn a_bad_line_is_answered_with_its_id() {
        for (line, id) in [
            (&b"{\"id\":\"a\"}"[..], Value::from("a")),
            (b"{\"id\":3,\"html\":5}", 3.into()),
            (b"", Value::Null),
            (b"[1]", Value::Null),
            (b"\xff\xfe", Value::Null),
            (br#"{"id":1,"html":"\ud8"}"#, Value::Null),
        ] {
            let answer = json(&page_of(line, false, false));
            assert_eq!(answer["id"], id, "{line:?}");
            assert!(answer["error"].as_str().is_some_and(|error| !error.is_empty()));
            assert_eq!(fragment_of(line), "");
        }
        assert_eq!(fragment_of(br#""<b>x</b>""#).trim(), "**x**");
    }

    #[test]
    fn half_a_character_costs_no_more_than_itself() {
        assert!(fragment_of(br#""a \ud800 b""#).contains("a \u{fffd}"));
        assert!(json(&page_of(br#"{"html":"<p>a \udfff b"}"#, false, false))["error"].is_null());
    }

    #[test]
    fn a_page_that_is_too_large_for_a_tree_is_answered_with_its_text() {
        let line = format!(r#"{{"html":"<p>word</p><!--{}-->"}}"#, "x".repeat(32 << 20));
        let answer = json(&page_of(line.as_bytes(), true, false));
        assert_eq!((&answer["text"], &answer["full_text"]), (&"word".into(), &"word".into()));
        assert_eq!(answer["warnings"][0], cachette_page::Warning::PageTooLarge.to_string());
    }
}
