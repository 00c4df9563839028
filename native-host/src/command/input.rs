//! Reads the input of commands: files and stdin, addresses, points in time, names of saved pages.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use cachette_address::Address;
use cachette_cache::{At, Cache, CacheError, Document, SavedPage};
use cachette_page::FileFormat;
use jiff::Timestamp;

use super::error::CliError;
use crate::moment;

/// The longest page or line that is read, in bytes. The store files no longer one.
const LONGEST: u64 = 512 << 20;

/// A file to read, or stdin.
pub struct Source {
    path: Option<PathBuf>,
}

impl Source {
    /// Chooses the source: `-`, or no file at all, means stdin.
    pub fn of(file: Option<&Path>) -> Source {
        Source { path: file.filter(|file| *file != Path::new("-")).map(Path::to_owned) }
    }

    /// Reads all bytes of the source, which may be endless.
    ///
    /// # Errors
    /// [`CliError::Input`], also for more than 512 MiB.
    pub fn bytes(&self) -> Result<Vec<u8>, CliError> {
        let mut bytes = Vec::new();
        let read = self.open()?.take(LONGEST + 1).read_to_end(&mut bytes);
        read.and_then(|_| not_longer(&bytes, LONGEST)).map_err(|error| self.unreadable(error))?;
        Ok(bytes)
    }

    /// Reads an HTML page. Its charset comes from the BOM or a `meta`, otherwise it is detected.
    ///
    /// # Errors
    /// [`CliError::Input`]; [`CliError::NotHtml`] for a file of another known format.
    pub fn html(&self) -> Result<String, CliError> {
        let bytes = self.bytes()?;
        match FileFormat::of(&bytes) {
            Some(format) => Err(CliError::NotHtml { path: self.path.clone(), format }),
            None => Ok(cachette_page::decode_owned(bytes, None).text),
        }
    }

    /// Opens the source for lines of JSON. Only the bytes that have arrived are examined, because
    /// the first line may be answered before the next one is sent.
    ///
    /// # Errors
    /// [`CliError::Input`]; [`CliError::NotLines`] for a file of another known format.
    pub fn open_lines(&self) -> Result<Box<dyn BufRead>, CliError> {
        let mut reader = self.open()?;
        match FileFormat::of(reader.fill_buf().map_err(|error| self.unreadable(error))?) {
            Some(format) => Err(CliError::NotLines { path: self.path.clone(), format }),
            None => Ok(reader),
        }
    }

    /// Opens the source, for input of any length.
    ///
    /// # Errors
    /// [`CliError::Input`].
    pub fn open(&self) -> Result<Box<dyn BufRead>, CliError> {
        match &self.path {
            None => Ok(Box::new(BufReader::new(io::stdin()))),
            Some(path) => {
                let file = File::open(path).map_err(|error| self.unreadable(error))?;
                Ok(Box::new(BufReader::with_capacity(256 * 1024, file)))
            }
        }
    }

    /// Returns the time and the identity of the input. For a file, they are the time of its last
    /// change, and a name for exactly this state of this file; for stdin, the current time and
    /// none.
    pub fn identity(&self) -> (Timestamp, Option<String>) {
        let facts =
            self.path.as_ref().and_then(|path| Some((path.canonicalize().ok()?, std::fs::metadata(path).ok()?)));
        let Some((path, facts)) = facts.filter(|(_, facts)| facts.is_file()) else { return (moment::now(), None) };
        let changed = facts.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
        let name = changed.map(|changed| format!("{} {} {changed}", path.display(), facts.len()));
        (changed.unwrap_or_else(moment::now), name)
    }

    /// Passes each line, without its end, to `each`, which handles it before the next one is read.
    ///
    /// # Errors
    /// [`CliError::Input`], and any error of `each`.
    pub fn each_line(&self, each: impl FnMut(&[u8]) -> Result<(), CliError>) -> Result<(), CliError> {
        self.each_line_of(self.open()?, each)
    }

    /// Passes each line of JSON to `each`, as [`Source::each_line`] does.
    ///
    /// # Errors
    /// As [`Source::open_lines`], and any error of `each`.
    pub fn each_json_line(&self, each: impl FnMut(&[u8]) -> Result<(), CliError>) -> Result<(), CliError> {
        self.each_line_of(self.open_lines()?, each)
    }

    fn each_line_of(
        &self,
        mut reader: Box<dyn BufRead>,
        mut each: impl FnMut(&[u8]) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        let mut line = Vec::new();
        while (&mut reader).take(LONGEST + 1).read_until(b'\n', &mut line).map_err(|error| self.unreadable(error))? > 0
        {
            not_longer(&line, LONGEST).map_err(|error| self.unreadable(error))?;
            let end = line.strip_suffix(b"\n").unwrap_or(&line);
            each(end.strip_suffix(b"\r").unwrap_or(end))?;
            line.clear();
        }
        Ok(())
    }

    fn unreadable(&self, error: io::Error) -> CliError {
        CliError::Input { path: self.path.clone(), error }
    }
}

/// Reads an address that can be kept.
///
/// # Errors
/// [`CliError::Usage`].
pub fn address(text: &str) -> Result<Address, CliError> {
    Address::parse(text).map_err(|error| CliError::Usage(format!("“{}”: {error}", shown(text))))
}

/// Reads a point in time as people write it. A date alone is its first or its last moment.
///
/// # Errors
/// [`CliError::Usage`].
pub fn moment(text: &str, end_of_day: bool) -> Result<Timestamp, CliError> {
    moment::parse_human(text, end_of_day).ok_or_else(|| {
        let form = "2026-11-22 or 2026-11-22T18:24:05Z";
        CliError::Usage(format!("“{}” is no date; write it like {form}", shown(text)))
    })
}

/// Finds a saved page by its address or its hash. Eight digits of the hash suffice if they are
/// unique.
///
/// # Errors
/// [`CliError::Unknown`], or an error of the cache.
pub fn saved_page(cache: &mut Cache, name: &str) -> Result<SavedPage, CliError> {
    let unknown = || CliError::Unknown(format!("“{}”", shown(name)));
    let hex = (8..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let name = if hex { name.to_ascii_lowercase() } else { name.to_owned() };
    if !hex && Address::parse(&name).is_err() {
        return Err(unknown());
    }
    cache.lookup(&name)?.ok_or_else(unknown)
}

/// Reads the version of a page that was current at a time, or another one.
///
/// # Errors
/// [`CliError::BeforeFirst`], or an error of the cache.
pub fn version(cache: &mut Cache, page: &SavedPage, at: At) -> Result<Document, CliError> {
    match (cache.read(&page.hash_url, at), at, page.versions.last()) {
        (Err(CacheError::NoSuchVersion { .. }), At::ValidAt(asked), Some(first)) if asked < *first => {
            Err(CliError::BeforeFirst { first: moment::written(*first), asked: moment::written(asked) })
        }
        (read, ..) => Ok(read?),
    }
}

/// Returns a word of the command line for an error message: of limited length, and harmless to a
/// terminal.
fn shown(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    super::terminal::line(&short)
}

/// Refuses a page or a line that is longer than the limit, in bytes.
fn not_longer(read: &[u8], limit: u64) -> io::Result<()> {
    let too_long = || io::Error::new(io::ErrorKind::FileTooLarge, format!("it is longer than {} MiB", limit >> 20));
    if read.len() as u64 > limit { Err(too_long()) } else { Ok(()) }
}
