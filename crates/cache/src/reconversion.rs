//! Converts saved pages again, from their inert copies with today's converter. An article that a
//! person has edited stays, and so does one with more content than its copy. The job may be
//! interrupted at any moment: finished articles are marked in their front matter.

use std::path::PathBuf;

use cachette_page::CONVERTER;
use cachette_store::digest::sha256_hex;
use cachette_store::{Filing, Reconverted, Store, StoreError};
use jiff::Timestamp;

use crate::cache::Cache;
use crate::error::CacheError;
use crate::left_out;
use crate::loss::loss;
use crate::parallel;
use crate::report::Finding;
use crate::same_page::Copied;

/// Pages that are converted together, on all cores.
const BATCH: usize = 64;

/// Which articles are converted again, and whether they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReconvertOptions<'a> {
    /// A search; only the pages that match it fully are converted. If empty, all pages are.
    pub query: &'a str,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// Whether to convert articles by today's converter too.
    pub all: bool,
}

/// The result of a reconversion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReconvertReport {
    /// The files of the articles that changed, or would change.
    pub made: Vec<PathBuf>,
    /// Articles that did not change.
    pub unchanged: u64,
    /// Articles by today's converter.
    pub current: u64,
    /// Articles that a person has edited. They stay.
    pub edited: u64,
    /// Pages that have only the article.
    pub without_copy: u64,
    /// Articles that have more than the conversion, and therefore stay.
    pub kept: Vec<Finding>,
    /// Pages that are unreadable, or whose copy is not the captured one.
    pub failed: Vec<Finding>,
}

/// The result of judging a page.
enum Judged {
    Current,
    Edited,
    WithoutCopy,
    Same(Made),
    Other(Made),
    Kept(&'static str),
    Failed(String),
    Gone,
}

struct Made {
    fingerprint: String,
    markdown: String,
    dropped: Option<String>,
    full_text: String,
}

impl Cache {
    /// Converts unedited articles again from the pages' inert copies. If an article changes, the
    /// previous one becomes an older version. Calls `progress` with the number of finished pages
    /// and of all pages. May be repeated: finished pages are skipped.
    ///
    /// # Errors
    /// An error of the index or the disk. Pages finished before that stay finished.
    pub fn reconvert(
        &mut self,
        options: &ReconvertOptions<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<ReconvertReport, CacheError> {
        let mut report = ReconvertReport::default();
        if self.is_bare() {
            return Ok(report);
        }
        let mut pages = match options.query.trim().is_empty() {
            true => self.store.pages()?,
            false => {
                self.sync.refresh(&self.store)?;
                let now_ms = Timestamp::now().as_millisecond();
                self.sync.with(&self.store, |index| index.matching(options.query, now_ms))?
            }
        };
        pages.sort_unstable();
        let total = pages.len() as u64;
        for (batch, some) in pages.chunks(BATCH).enumerate() {
            for (at, (hash, judged)) in some.iter().zip(judged(&self.store, some, options.all)).enumerate() {
                self.carry_out(hash, judged, options.dry_run, &mut report)?;
                progress((batch * BATCH + at) as u64 + 1, total);
            }
        }
        Ok(report)
    }

    fn carry_out(
        &mut self,
        hash: &str,
        judged: Judged,
        dry_run: bool,
        report: &mut ReconvertReport,
    ) -> Result<(), CacheError> {
        let path = self.store.path(hash);
        let made = match judged {
            Judged::Gone => return Ok(()),
            Judged::Current => {
                report.current += 1;
                return Ok(());
            }
            Judged::Edited => {
                report.edited += 1;
                return Ok(());
            }
            Judged::WithoutCopy => {
                report.without_copy += 1;
                return Ok(());
            }
            Judged::Kept(what) => {
                report.kept.push(Finding { path, what: what.to_owned() });
                return Ok(());
            }
            Judged::Failed(what) => {
                report.failed.push(Finding { path, what });
                return Ok(());
            }
            Judged::Same(_) if dry_run => {
                report.unchanged += 1;
                return Ok(());
            }
            Judged::Other(_) if dry_run => {
                report.made.push(path);
                return Ok(());
            }
            Judged::Same(made) | Judged::Other(made) => made,
        };
        let claim = self.store.claim([hash])?;
        let reconverted = Reconverted {
            fingerprint: &made.fingerprint,
            markdown: &made.markdown,
            dropped: made.dropped.as_deref(),
            converter: CONVERTER,
            now: Timestamp::now(),
        };
        let filing = match claim.reconvert(hash, &reconverted) {
            Err(error) if error.is_of_one_page() => {
                report.failed.push(Finding { path, what: format!("{error}.") });
                return Ok(());
            }
            filing => filing?,
        };
        match filing {
            // It was saved or edited at this very moment; the next run handles it.
            None => return Ok(()),
            Some(Filing::Unchanged) => report.unchanged += 1,
            Some(filing) => {
                report.made.push(path);
                // If the rule is not understood, everything is kept.
                let _ = self.apply_retention(&claim, hash, filing);
            }
        }
        // The files are durable even if the row cannot be updated; the next search updates a stale
        // one.
        let _ = self.index_page_with(&claim, hash, |sync, store| sync.put(store, hash, Some(made.full_text.clone())));
        Ok(())
    }
}

/// Decides about pages on all cores, in their order.
fn judged(store: &Store, pages: &[String], all: bool) -> Vec<Judged> {
    let one = |hash: &String| judge(store, hash, all).unwrap_or_else(|error| Judged::Failed(format!("{error}.")));
    parallel::map(pages, 0, one, |_| Judged::Failed("could not be converted.".to_owned()))
}

fn judge(store: &Store, hash: &str, all: bool) -> Result<Judged, StoreError> {
    let Some(article) = store.newest(hash)? else { return Ok(Judged::Gone) };
    if let Some(trouble) = &article.trouble {
        let what = format!("cannot be read as a saved page: {}.", trouble.trim_end_matches('.'));
        return Ok(Judged::Failed(what));
    }
    let Some(named) = article.html_hash() else { return Ok(Judged::WithoutCopy) };
    if article.is_as_captured() != Some(true) {
        return Ok(Judged::Edited);
    }
    if article.converter() == CONVERTER && !all {
        return Ok(Judged::Current);
    }
    let html = store.capture(hash)?.filter(|html| sha256_hex(html) == named);
    let Some(html) = html.and_then(|html| String::from_utf8(html).ok()) else {
        return Ok(Judged::Failed("has no index.html as it was captured; the article stays.".to_owned()));
    };
    let address = article.front.get("captured_url").or_else(|| article.front.get("url")).unwrap_or_default();
    let copied = Copied::of(&html, &address, article.captured_at);
    let made = Made {
        fingerprint: article.fingerprint(),
        markdown: copied.markdown,
        dropped: left_out::file(copied.dropped),
        full_text: copied.full_text,
    };
    if article.body().trim_matches(['\n', '\r']) == made.markdown.trim_matches(['\n', '\r']) {
        return Ok(Judged::Same(made));
    }
    Ok(match loss(article.body(), &made.markdown, &made.full_text) {
        Some(what) => Judged::Kept(what),
        None => Judged::Other(made),
    })
}
