//! `trash`: lists removed pages, restores them, or deletes them for good.

use std::io::Write;

use cachette_cache::{Cache, Purge, Trashed};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    context::Context,
    error::{CliError, CommandResult, DISK, DONE, UNKNOWN},
    input, json,
    terminal::{Progress, counted, line},
};
use crate::moment;

/// List, restore or delete removed pages
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette trash list
  cachette trash restore https://example.org/a
  cachette trash restore 20261122T182405123Z-ed1c97a9b33430c5150ea8a4dc882dedc26de6e2bdcd3f807cd346f92d7487f1
  cachette trash empty --before 2026-01-01

`empty` also removes the words of deleted pages and versions from the index, and deletes the \
log. With a large cache this takes seconds, and temporarily twice the disk space of the index. \
`cachette collect` removes their pictures.")]
pub struct TrashArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List everything in the trash, newest first
    List {
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Move something back to where it was
    Restore {
        /// A page's address or hash, for its last removal, or a name as
        /// `list --json` prints it
        #[arg(value_name = "URL|HASH|NAME")]
        page: String,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Delete everything in the trash for good
    Empty {
        /// Only what was removed before this time; a date alone means the start of that day, UTC
        #[arg(long, value_name = "T")]
        before: Option<String>,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    title: &'a str,
    url: &'a str,
    hash_url: &'a str,
    removed_at: String,
    versions: u64,
    bytes: u64,
}

#[derive(Serialize)]
struct PutBack<'a> {
    url: &'a str,
    hash_url: &'a str,
    versions: u64,
    path: String,
}

#[derive(Serialize)]
struct Deleted {
    entries: u64,
    bytes: u64,
}

impl TrashArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`].
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        match self.what {
            What::List { json } => list(&context.open()?, json, context.out),
            What::Restore { page, json } => restore(&mut context.open()?, &page, json, context.out, context.err),
            What::Empty { before, json } => {
                let before = before.as_deref().map(|text| input::moment(text, false)).transpose()?;
                empty(&mut context.open()?, before, json, context.out, context.err)
            }
        }
    }
}

fn list(cache: &Cache, as_json: bool, out: &mut dyn Write) -> CommandResult {
    let trash = cache.trash()?;
    if as_json {
        let rows = trash.iter().map(|one| Row {
            name: &one.name,
            title: &one.title,
            url: &one.url,
            hash_url: &one.hash_url,
            removed_at: moment::written(one.removed_at),
            versions: one.versions,
            bytes: one.bytes,
        });
        json::write_line(out, &rows.collect::<Vec<_>>())?;
        return Ok(DONE);
    }
    for one in &trash {
        let versions = counted(one.versions, "version");
        writeln!(out, "{:.16}  {}  ({versions})", moment::written(one.removed_at), line(&one.title))?;
        writeln!(out, "                  {}", line(if one.url.is_empty() { &one.hash_url } else { &one.url }))?;
    }
    Ok(DONE)
}

fn restore(cache: &mut Cache, name: &str, as_json: bool, out: &mut dyn Write, err: &mut dyn Write) -> CommandResult {
    let trash = cache.trash()?;
    let hash = cachette_address::Address::parse(name).map(|address| address.hash_url().to_owned()).ok();
    let prefix = (8..=64).contains(&name.len()).then(|| name.to_ascii_lowercase());
    let is_it = |one: &&Trashed| {
        one.name == name
            || Some(&one.hash_url) == hash.as_ref()
            || prefix.as_ref().is_some_and(|prefix| one.hash_url.starts_with(prefix.as_str()))
    };
    let found = trash.iter().find(is_it).ok_or_else(|| {
        let short: String = name.chars().take(200).collect();
        CliError::NotInTrash(line(&short))
    })?;
    if trash.iter().filter(is_it).any(|one| one.hash_url != found.hash_url) {
        let short: String = name.chars().take(200).collect();
        return Err(CliError::Usage(format!("several pages' hashes begin with {}; give more digits", line(&short))));
    }
    let restored = cache.restore(found)?;
    if restored.left {
        let _ = writeln!(
            err,
            "cachette: The files that are no version of the page stay in the trash, in {}.",
            line(&found.name)
        );
    }
    if as_json {
        let path = cache.lookup(&found.hash_url)?.map(|page| page.path.to_string_lossy().into_owned());
        let (url, hash_url, versions) = (found.url.as_str(), found.hash_url.as_str(), restored.versions);
        json::write_line(out, &PutBack { url, hash_url, versions, path: path.unwrap_or_default() })?;
    } else {
        writeln!(out, "“{}” is back, with {}.", line(&found.title), counted(restored.versions, "version"))?;
    }
    Ok(DONE)
}

fn empty(
    cache: &mut Cache,
    before: Option<Timestamp>,
    as_json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> CommandResult {
    cache.sweep_interrupted_moves()?;
    let (mut entries, mut bytes, mut left) = (0, 0, 0);
    for one in cache.trash()?.iter().filter(|one| before.is_none_or(|before| one.removed_at < before)) {
        if cache.discard(one)? {
            entries += 1;
            bytes += one.bytes;
        } else {
            left += 1;
            let _ = writeln!(err, "cachette: {} contains something unexpected and was left alone.", line(&one.name));
        }
    }
    let (mut progress, mut steps) = (Progress::new("steps: removed words are taken out of the index"), 0);
    let purge = cache.purge(&mut || {
        steps += 1;
        progress.tick(steps, 0);
    });
    drop(progress);
    crate::host::log::remove(cache.home().log_place());
    if as_json {
        json::write_line(out, &Deleted { entries, bytes })?;
    } else {
        writeln!(out, "Deleted {} ({bytes} bytes).", counted(entries, "removal"))?;
    }
    out.flush()?;
    if let Purge::Incomplete(reason) = purge {
        let what = "Removal is not complete, and words of what was deleted may be left in the index";
        let _ =
            writeln!(err, "cachette: {what}: {}. Solve this, then run `cachette trash empty` again.", line(&reason));
        return Ok(DISK);
    }
    Ok(if left == 0 { DONE } else { UNKNOWN })
}
