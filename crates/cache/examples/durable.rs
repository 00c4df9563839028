//! Measures a durable commit, and separately the waits for the disk that it needs. `durable DIR
//! RUNS` prints one JSON object per line, in nanoseconds. Run by `cargo xtask bench store`; decides
//! nothing.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use cachette_index::{Entry, Index, Stamp};
use cachette_page::article_hash;
use cachette_store::address::Address;
use cachette_store::{Draft, IoHook, IoStep, Store};
use jiff::Timestamp;

/// The sizes of the article and of the DOM.
const BYTES: usize = 100 * 1024;
/// The words of the article.
const WORDS: &[&str] =
    &["persimmon", "orchard", "harvest", "autumn", "ripe", "branch", "basket", "market", "season", "garden"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().ok_or("which folder?")?;
    let runs: u64 = arguments.next().ok_or("how many runs?")?.parse()?;
    let dir = Path::new(&dir);
    let syncs = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&syncs);
    let io_hook = IoHook::new(move |step, _| {
        counter.fetch_add(usize::from(matches!(step, IoStep::SyncFile | IoStep::SyncFolder)), Ordering::Relaxed);
        Ok(())
    });
    let store = Store::with_io_hook(&dir.join("home"), io_hook);
    fs::create_dir_all(dir.join("bare"))?;
    let mut index = Index::open(&dir.join("index.sqlite"))?;
    let log = dir.join("index.sqlite-wal");
    let mut logged = 0;
    let out = &mut io::stdout().lock();
    let markdown = text();
    let html = format!("<p>{markdown}</p>");
    for run in 0..runs + 3 {
        syncs.store(0, Ordering::Relaxed);
        let Spent { files, note, rest, logged: grown } = commit(&store, &mut index, run, &markdown, &html, &log)?;
        let syncs = syncs.load(Ordering::Relaxed);
        // The log's file grows with the first pages; after that it is written from its start again.
        if run < 10 && grown > 0 {
            logged = grown;
        }
        let (bare_files, bare_note) = bare(&dir.join("bare"), run, &markdown, &html, syncs, logged)?;
        // The first pages create the home.
        if run >= 3 {
            writeln!(
                out,
                "{{\"files_ns\":{files},\"note_ns\":{note},\"rest_ns\":{rest},\"bare_files_ns\":{bare_files},\
                 \"bare_note_ns\":{bare_note},\"logged\":{logged},\"syncs\":{}}}",
                syncs + 1
            )?;
        }
    }
    Ok(())
}

fn text() -> String {
    let mut text = String::with_capacity(BYTES);
    let mut number = 7usize;
    while text.len() < BYTES {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(WORDS.get((number >> 33) % WORDS.len()).copied().unwrap_or_default());
        text.push_str(if (number >> 40).is_multiple_of(90) { ".\n\n" } else { " " });
    }
    text
}

/// The times of a commit, in nanoseconds.
struct Spent {
    /// The files, durable.
    files: u128,
    /// Recording the page as pending, durable: then the save is acknowledged.
    note: u128,
    /// Indexing the page after that.
    rest: u128,
    /// How many bytes the record added to the index's log; 0 if the log started again.
    logged: u64,
}

/// Saves one page as the program does.
fn commit(
    store: &Store,
    index: &mut Index,
    run: u64,
    markdown: &str,
    html: &str,
    log: &Path,
) -> Result<Spent, Box<dyn std::error::Error>> {
    let address = Address::parse(&format!("https://example.org/{run}"))?;
    let article_hash = article_hash(markdown);
    let draft = Draft {
        address: &address,
        captured_at: Timestamp::from_second(1_700_000_000 + i64::try_from(run)?)?,
        source: "page",
        title: "A title",
        markdown,
        article_hash: &article_hash,
        html: Some(html),
        dropped: None,
        metadata: Vec::new(),
        tags: &[],
        assets: &[],
        converter: Some(1),
        same_page: None,
        fresh_at: None,
        added: Vec::new(),
    };
    let begin = Instant::now();
    let claim = store.claim([address.hash_url()])?;
    claim.file(&draft)?;
    let files = begin.elapsed().as_nanos();
    let stamp = store.stamp(address.hash_url()).ok_or("the page is not there")?;
    let entry = Entry {
        hash_url: address.hash_url().to_owned(),
        url: address.url().to_owned(),
        title: "A title".to_owned(),
        article: markdown.to_owned(),
        full_text: markdown.to_owned(),
        captured_at_ms: draft.captured_at.as_millisecond(),
        versions: 1,
        stamp: Stamp { modified_ns: stamp.modified_ns, bytes: stamp.bytes },
        ..Entry::default()
    };
    let before = log.metadata().map_or(0, |facts| facts.len());
    let begin = Instant::now();
    index.enqueue(&entry)?;
    let note = begin.elapsed().as_nanos();
    let logged = log.metadata()?.len().saturating_sub(before);
    let begin = Instant::now();
    claim.settle(address.hash_url())?;
    drop(claim);
    let files = files + begin.elapsed().as_nanos();
    let begin = Instant::now();
    if !index.put_pending(&entry)? {
        return Err("it is indexed already".into());
    }
    Ok(Spent { files, note, rest: begin.elapsed().as_nanos(), logged })
}

/// Writes the same number of bytes and waits equally often, and does nothing else.
fn bare(dir: &Path, run: u64, markdown: &str, html: &str, syncs: usize, logged: u64) -> io::Result<(u128, u128)> {
    let page = dir.join(run.to_string());
    let begin = Instant::now();
    fs::create_dir(&page)?;
    for (name, bytes) in [("index.html", html), ("index.md", markdown)] {
        let mut file = File::create_new(page.join(name))?;
        file.write_all(bytes.as_bytes())?;
        file.sync_all()?;
    }
    for folder in [page.as_path(), dir].iter().cycle().take(syncs.saturating_sub(2)) {
        File::open(folder)?.sync_all()?;
    }
    let files = begin.elapsed().as_nanos();
    // The index appended this many bytes to its log for the record.
    let note = vec![b'x'; usize::try_from(logged).map_err(io::Error::other)?.max(1)];
    let begin = Instant::now();
    let mut log = File::options().create(true).append(true).open(dir.join("log"))?;
    log.write_all(&note)?;
    log.sync_data()?;
    Ok((files, begin.elapsed().as_nanos()))
}
