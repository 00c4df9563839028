//! Imports pages in bulk, one JSON object per line. Batches are converted on all cores and
//! committed together; only a durable batch counts. An interrupted import is simply repeated: filed
//! pages are recognised.

use std::collections::BTreeSet;
use std::io::{BufRead, Read};

use cachette_page::FileFormat;
use cachette_store::address::Address;
use cachette_store::digest::sha256_hex;
use cachette_store::{Filing, read_moment};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::cache::{Cache, full_text};
use crate::capture::Capture;
use crate::entry::entry_of;
use crate::error::CacheError;
use crate::job_progress::JobProgress;
use crate::parallel;

/// The lines to import.
pub struct Lines<'a> {
    /// The source of the lines.
    pub reader: &'a mut dyn BufRead,
    /// The time of capture for lines without one: the file's time. It must be the same next time,
    /// so that the lines are recognised.
    pub captured_at: Timestamp,
    /// A name for exactly these lines: other lines, or these after a change, have another. An
    /// interrupted import with the same name resumes; without a name it starts again.
    pub name: Option<String>,
}

/// The result of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportReport {
    /// New versions.
    pub filed: u64,
    /// Lines whose article was already saved.
    pub unchanged: u64,
    /// Lines that could not be filed: the number, from 1, and the reason in one sentence.
    pub failed: Vec<(u64, String)>,
    /// How many lines had been done by an import that was interrupted.
    pub resumed: u64,
}

/// A batch is committed when it reaches this number of lines or bytes.
const BATCH_LINES: usize = 512;
const BATCH_BYTES: usize = 16 << 20;
/// The longest line, in bytes. A longer one is refused and skipped without being stored.
const LINE_BYTES: u64 = 256 << 20;

#[derive(Deserialize)]
struct Line {
    url: String,
    html: Option<String>,
    markdown: Option<String>,
    title: Option<String>,
    captured_at: Option<String>,
    #[serde(default)]
    tags: Option<Vec<String>>,
}

impl Cache {
    /// Files pages in bulk, one JSON object per line:
    /// `{"url","html"|"markdown","title"?,"captured_at"?,"tags"?}`. A bad line is recorded and
    /// skipped. The import may be repeated: with a name, an interrupted one resumes after the last
    /// durable batch, and filed pages are recognised in any case. Calls `progress` with the number
    /// of finished lines and of durable versions.
    ///
    /// # Errors
    /// An error of the disk, or the input is unreadable. Pages filed before that stay filed.
    pub fn import_jsonl(
        &mut self,
        lines: &mut Lines<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<ImportReport, CacheError> {
        let note = lines
            .name
            .as_ref()
            .map(|name| JobProgress::of(&self.home, &format!("import-{}", sha256_hex(name.as_bytes()))));
        let (mut report, done): (ImportReport, u64) = note.as_ref().and_then(JobProgress::read).unwrap_or_default();
        let reader = &mut *lines.reader;
        for _ in 0..done {
            next_line(reader)?;
        }
        report.resumed = done;
        let (mut number, mut bytes, mut batch) = (done, 0, Vec::new());
        loop {
            let line = next_line(reader)?;
            let end = line.is_none();
            if let Some(line) = line {
                number += 1;
                bytes += line.as_ref().map_or(0, Vec::len);
                batch.push((number, line));
            }
            if end || batch.len() >= BATCH_LINES || bytes >= BATCH_BYTES {
                let captures = converted(&std::mem::take(&mut batch), lines.captured_at);
                self.file_in_order(captures, &mut report)?;
                bytes = 0;
                progress(number, report.filed);
                if let Some(note) = note.as_ref().filter(|_| !end) {
                    note.write(&report, &number);
                }
            }
            if end {
                note.iter().for_each(JobProgress::remove);
                return Ok(report);
            }
        }
    }

    /// Files pages in order. As many are filed together as have different addresses.
    pub(crate) fn file_in_order(
        &mut self,
        captures: Vec<Converted>,
        report: &mut ImportReport,
    ) -> Result<(), CacheError> {
        let mut waiting: Vec<(u64, Capture)> = Vec::new();
        let mut together = BTreeSet::new();
        for (number, capture) in captures {
            match capture {
                Ok(None) => {}
                Ok(Some(capture)) => {
                    // Versions of one page are filed one after the other.
                    if !together.insert(capture.address.hash_url().to_owned()) {
                        self.import_captures(std::mem::take(&mut waiting), report)?;
                        together = BTreeSet::from([capture.address.hash_url().to_owned()]);
                    }
                    waiting.push((number, capture));
                }
                Err(why) => report.failed.push((number, why)),
            }
        }
        self.import_captures(waiting, report)?;
        report.failed.sort();
        Ok(())
    }

    /// Commits captures of different pages: the files, then the rows in one transaction.
    fn import_captures(&mut self, captures: Vec<(u64, Capture)>, report: &mut ImportReport) -> Result<(), CacheError> {
        if captures.is_empty() {
            return Ok(());
        }
        let claim = self.store.claim(captures.iter().map(|(_, capture)| capture.address.hash_url()))?;
        let kin: Vec<_> = captures.iter().map(|(_, capture)| capture.comparison()).collect();
        let drafts: Vec<_> =
            captures.iter().zip(&kin).map(|((_, capture), comparison)| capture.draft(comparison)).collect();
        let filed = claim.file_all(&drafts)?;
        drop(drafts);
        drop(kin);
        let mut entries = Vec::with_capacity(captures.len());
        let mut settled = Vec::with_capacity(captures.len());
        for ((number, capture), filed) in captures.into_iter().zip(filed) {
            match filed {
                Err(error) => report.failed.push((number, format!("{error}."))),
                Ok(filed) => {
                    match filed.filing {
                        Filing::NewPage | Filing::NewVersion | Filing::OlderVersion => report.filed += 1,
                        Filing::Unchanged | Filing::Known => report.unchanged += 1,
                    }
                    let hash = capture.address.hash_url().to_owned();
                    // If the rule is not understood, everything is kept.
                    let _ = self.apply_retention(&claim, &hash, filed.filing);
                    let needs_row = !matches!(filed.filing, Filing::Unchanged | Filing::Known)
                        || !self.sync.is_current(&self.store, &hash).unwrap_or(false);
                    if needs_row {
                        let entry = entry_of(&self.store, &hash, full_text(&filed, capture.full_text));
                        entries.extend(entry.ok().flatten());
                    }
                    settled.push(hash);
                }
            }
        }
        // The files are durable. If rows cannot be written now, the pages stay unsettled, and the
        // rows are made when the home is next opened.
        if self.sync.put_all(&self.store, &entries).is_ok() {
            for hash in settled {
                claim.settle(&hash)?;
            }
        }
        Ok(())
    }
}

/// Reads the next line without its end. `Some(None)` is a line that is too long, `None` the end.
#[allow(clippy::option_option)]
fn next_line(reader: &mut dyn BufRead) -> Result<Option<Option<Vec<u8>>>, CacheError> {
    let mut line = Vec::new();
    let read = reader.take(LINE_BYTES).read_until(b'\n', &mut line).map_err(CacheError::Input)?;
    if read == 0 {
        return Ok(None);
    }
    if read as u64 == LINE_BYTES && !line.ends_with(b"\n") {
        drop(line);
        loop {
            let (skipped, end) = {
                let piece = reader.fill_buf().map_err(CacheError::Input)?;
                let end = piece.iter().position(|byte| *byte == b'\n');
                (end.map_or(piece.len(), |at| at + 1), end.is_some() || piece.is_empty())
            };
            reader.consume(skipped);
            if end {
                return Ok(Some(None));
            }
        }
    }
    Ok(Some(Some(line)))
}

/// A line's number, with its page or the reason why it has none.
pub(crate) type Converted = (u64, Result<Option<Capture>, String>);

/// Converts lines on all cores, in their order.
fn converted(lines: &[(u64, Option<Vec<u8>>)], captured_at: Timestamp) -> Vec<Converted> {
    let convert = |(number, line): &(u64, Option<Vec<u8>>)| (*number, capture_of(line.as_deref(), captured_at));
    parallel::map(lines, 0, convert, |(number, _)| (*number, Err("The page could not be converted.".to_owned())))
}

/// Reads the page of one line; `None` for an empty line.
fn capture_of(line: Option<&[u8]>, captured_at: Timestamp) -> Result<Option<Capture>, String> {
    let line = line.ok_or_else(|| "The line is longer than 256 MiB.".to_owned())?;
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return Ok(None);
    }
    let line: Line = serde_json::from_slice(line).map_err(|error| format!("The line is not as expected: {error}."))?;
    let address = Address::parse(&line.url).map_err(|error| format!("The address cannot be kept: {error}."))?;
    let captured_at = match &line.captured_at {
        None => captured_at,
        Some(text) => moment(text).ok_or("The time in captured_at is not of the form 2026-11-22T18:24:05Z.")?,
    };
    let title = line.title.as_deref();
    let mut capture = match (&line.html, &line.markdown) {
        (Some(html), _) => match FileFormat::of_text(html) {
            Some(format) => return Err(format!("Its html is {format}; {}.", format.advice())),
            None => Capture::of_html(address, captured_at, "import", title, html, &[]),
        },
        (None, Some(markdown)) => Capture::of_markdown(address, captured_at, "import", title, markdown),
        (None, None) => return Err("The line has neither html nor markdown.".to_owned()),
    };
    capture.tags = line.tags.unwrap_or_default();
    Ok(Some(capture))
}

fn moment(text: &str) -> Option<Timestamp> {
    let day = || text.trim().parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    read_moment(text).or_else(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_line_is_a_page_or_a_sentence(line in any::<Vec<u8>>()) {
            if let Err(why) = capture_of(Some(&line), Timestamp::UNIX_EPOCH) {
                prop_assert!(why.ends_with('.'));
            }
        }

        #[test]
        fn any_strings_in_their_places_are_taken(
            url in any::<String>(),
            html in any::<String>(),
            title in any::<String>(),
            time in any::<String>(),
        ) {
            let tags = [&html];
            let line = serde_json::json!({"url": url, "html": html, "title": title, "captured_at": time, "tags": tags});
            if let Err(why) = capture_of(Some(line.to_string().as_bytes()), Timestamp::UNIX_EPOCH) {
                prop_assert!(why.ends_with('.'));
            }
            let url = format!("https://example.org/{url}");
            let line = serde_json::json!({"url": url, "markdown": html, "title": title}).to_string();
            let capture = capture_of(Some(line.as_bytes()), Timestamp::UNIX_EPOCH);
            prop_assert!(capture.is_ok_and(|capture| capture.is_some()));
        }
    }

    #[test]
    fn lines_end_where_they_end() {
        let mut reader = &b"one\ntwo\n\nlast"[..];
        let mut lines = Vec::new();
        while let Some(line) = next_line(&mut reader).unwrap() {
            lines.push(String::from_utf8(line.unwrap()).unwrap());
        }
        assert_eq!(lines, ["one\n", "two\n", "\n", "last"]);
    }
}
