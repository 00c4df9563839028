//! Imports and exports the original cache's folders, `cache/<md5>/` and `cache/<year>/<md5>/`.
//! Their hash is the MD5 of the address exactly as it was given. That rule, and the literal
//! address, matter only here.

mod reading;
mod rendering;
mod writing;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cachette_store::address::Address;
use cachette_store::digest::sha256_hex;
use md5::{Digest, Md5};

use crate::cache::Cache;
use crate::capture::Capture;
use crate::error::CacheError;
use crate::import::ImportReport;

/// The front-matter key of the literal address, if no other key contains it.
pub(crate) const ORIGINAL_URL: &str = "original_url";
/// The front-matter key for the year of the entry's folder.
pub(crate) const ORIGINAL_FOLDER: &str = "original_folder";

/// How many entries are converted and filed together.
const BATCH: usize = 128;

/// The result of an import or an export of the original cache's folders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OriginalReport {
    /// Versions filed, or entries written.
    pub done: u64,
    /// Versions or entries that already existed.
    pub unchanged: u64,
    /// Failures: the folder or the page's file, and the reason in one sentence.
    pub failed: Vec<(PathBuf, String)>,
    /// Irregularities that were accepted.
    pub notes: Vec<(PathBuf, String)>,
}

impl Cache {
    /// Files every entry below `dir`, which is their folder or one above it. May be repeated. Calls
    /// `progress` with the number of finished entries and of all entries.
    ///
    /// # Errors
    /// `dir` is unreadable, or an error of this cache's disk. Entries filed before that stay filed.
    pub fn import_original(
        &mut self,
        dir: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<OriginalReport, CacheError> {
        let folders = reading::folders(dir).map_err(CacheError::Input)?;
        let mut report = OriginalReport::default();
        let total = folders.len() as u64;
        for (batch, some) in folders.chunks(BATCH).enumerate() {
            let mut filed = ImportReport::default();
            let mut captures = Vec::new();
            for (number, folder) in (0..).zip(some) {
                let read = reading::entry(folder).and_then(|entry| {
                    report.notes.extend(entry.note.clone().map(|note| (folder.clone(), note)));
                    capture(entry)
                });
                captures.push((number, read.map(Some)));
            }
            self.file_in_order(captures, &mut filed)?;
            report.done += filed.filed;
            report.unchanged += filed.unchanged;
            for (number, why) in filed.failed {
                let folder = usize::try_from(number).ok().and_then(|at| some.get(at)).cloned();
                report.failed.push((folder.unwrap_or_default(), why));
            }
            progress((batch * BATCH + some.len()) as u64, total);
        }
        Ok(report)
    }

    /// Writes every page's newest version as an entry below `dir`. An identical entry is left
    /// alone. Calls `progress` with the number of finished pages and of all pages.
    ///
    /// # Errors
    /// `dir` cannot be written to, or the files are unreadable.
    pub fn export_original(
        &mut self,
        dir: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<OriginalReport, CacheError> {
        let mut report = OriginalReport::default();
        let mut pages = self.store.pages()?;
        pages.sort_unstable();
        for (done, hash) in pages.iter().enumerate() {
            match self.store.newest(hash) {
                Ok(None) => {}
                Ok(Some(article)) => match writing::write(&article, &self.store, dir) {
                    Ok(true) => report.done += 1,
                    Ok(false) => report.unchanged += 1,
                    Err(writing::Refusal::Page(why)) => report.failed.push((article.path, why)),
                    Err(writing::Refusal::Disk(error)) => return Err(CacheError::Output(error)),
                },
                Err(error) if error.is_of_one_page() => {
                    report.failed.push((self.store.path(hash), format!("{error}.")))
                }
                Err(error) => return Err(error.into()),
            }
            progress(done as u64 + 1, pages.len() as u64);
        }
        Ok(report)
    }
}

/// Converts an entry to a page.
fn capture(entry: reading::Entry) -> Result<Capture, String> {
    let address = Address::parse(&entry.url).map_err(|error| format!("The address cannot be kept: {error}."))?;
    let mut added = Vec::new();
    let known = entry.url == address.captured_url() || entry.url == address.url();
    // If secrets were removed from an address, it is not written down in full.
    if !known && !address.has_lost_secrets() {
        added.push((ORIGINAL_URL, entry.url));
    }
    added.extend(entry.year.map(|year| (ORIGINAL_FOLDER, year)));
    let title = (!entry.title.is_empty()).then_some(entry.title.as_str());
    let mut capture = match entry.body {
        reading::Body::Html(html) => Capture::of_original(address, entry.captured_at, title, &html),
        reading::Body::Markdown(markdown) => {
            Capture::of_markdown(address, entry.captured_at, "import", title, &markdown)
        }
    };
    capture.added = added;
    Ok(capture)
}

/// Returns the original cache's hash of an address.
fn hash_of(url: &str) -> String {
    let digest = Md5::digest(url.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a folder is named like the original cache's entries.
fn is_hash(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Writes a complete file, unless it exists with these bytes. Returns whether it was written.
/// Unlike the home's files, an export follows the umask, so it has its own way of replacing a file.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if std::fs::symlink_metadata(path).is_ok_and(|facts| !facts.is_file()) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "a link or a folder is in the way"));
    }
    let alike = |facts: std::fs::Metadata| facts.len() == bytes.len() as u64;
    if std::fs::symlink_metadata(path).is_ok_and(alike) && std::fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(false);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let passing = path.with_file_name(format!(
        ".tmp-{}-{}",
        std::process::id(),
        sha256_hex(name.as_bytes()).get(..8).unwrap_or("")
    ));
    // A link or file with the temporary name is removed, never written to.
    let _ = std::fs::remove_file(&passing);
    let made = std::fs::File::create_new(&passing).and_then(|mut file| file.write_all(bytes));
    made.and_then(|()| std::fs::rename(&passing, path)).inspect_err(|_| {
        let _ = std::fs::remove_file(&passing);
    })?;
    Ok(true)
}
