//! Measures storage: durable commits, pages in bulk, a check, a rebuild, and disk space. The
//! baselines are the bare waits for the disk and the pages' raw HTML. An example of `crates/cache`
//! times the commits; everything else is measured from outside.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use cachette_browser::home::Home;
use cachette_shell::{Done, TaskError, at, cargo, other, print, run, target};
use serde_json::{Value, json};

use crate::figure::Figure;

/// How many small pages are checked and reindexed.
const MANY: usize = 100_000;
/// How many real pages are taken for measuring space, evenly from all.
const PAGES: usize = 130;

/// Measures and prints.
///
/// # Errors
/// Something cannot be built or breaks off.
pub fn measure(runs: usize) -> Done {
    run(cargo().args(["build", "--release", "--package", "cachette-native-host"]))?;
    run(cargo().args(["build", "--release", "--package", "cachette-cache", "--example", "durable"]))?;
    let release = target().join("release");
    let suffix = std::env::consts::EXE_SUFFIX;
    commits(&release.join(format!("examples/durable{suffix}")), runs.max(30))?;
    let host = release.join(format!("cachette{suffix}"));
    let measure = std::env::var_os("CACHETTE_MEASURE").map(PathBuf::from);
    let corpus = measure.as_ref().map(|folder| folder.join("search/corpus-20k.jsonl.gz")).filter(|file| file.is_file());
    match corpus {
        Some(corpus) => real(&host, &corpus)?,
        None => print("  No corpus: CACHETTE_MEASURE names no folder with search/corpus-20k.jsonl.gz."),
    }
    many(&host)?;
    match measure.map(|folder| folder.join("extract/data")).filter(|data| data.is_dir()) {
        Some(data) => space(&host, &data),
        None => {
            print("  No real pages: CACHETTE_MEASURE names no folder with pages below extract/data.");
            Ok(())
        }
    }
}

fn commits(program: &Path, runs: usize) -> Done {
    let home = Home::new().map_err(other)?;
    let mut command = Command::new(program);
    let mut child =
        command.arg(home.dir()).arg(runs.to_string()).stdout(Stdio::piped()).spawn().map_err(at(program))?;
    let mut figures = [(); 4].map(|()| Figure::default());
    let [mut bare, mut ours, mut rest, mut all] = [(); 4].map(|()| Figure::default());
    let (mut syncs, mut logged) = (0, Vec::new());
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line: Value = serde_json::from_str(&line.map_err(at(program))?)
            .map_err(|error| TaskError::Other(format!("{} printed no JSON: {error}", program.display())))?;
        let time = |key: &str| Duration::from_nanos(line.get(key).and_then(Value::as_u64).unwrap_or_default());
        for (figure, key) in figures.iter_mut().zip(["bare_files_ns", "files_ns", "bare_note_ns", "note_ns"]) {
            figure.add(time(key));
        }
        bare.add(time("bare_files_ns") + time("bare_note_ns"));
        ours.add(time("files_ns") + time("note_ns"));
        rest.add(time("rest_ns"));
        all.add(time("files_ns") + time("note_ns") + time("rest_ns"));
        let number = |key: &str| line.get(key).and_then(Value::as_u64).unwrap_or_default();
        syncs = number("syncs");
        logged.push(number("logged"));
    }
    ended(child, program)?;
    let [bare_files, files, bare_note, note] = &figures;
    print(&format!("  A page of 100 KB with a DOM of 100 KB, converted before: {syncs} waits for the disk."));
    bare_files.show("baseline: as many bytes and waits, for files");
    files.show_over("files of a new page", bare_files, "");
    logged.sort_unstable();
    let logged = logged.get(logged.len() / 2).copied().unwrap_or_default();
    bare_note.show(&format!("baseline: the {logged} bytes of an index note, one wait"));
    note.show_over("the note that the page is pending", bare_note, "");
    bare.show("baseline: both together");
    ours.show_over("a durable commit, until it is acknowledged", &bare, "goal ≤ 1.5×");
    rest.show("indexing it, after that");
    all.show_over("both together", &bare, "");
    Ok(())
}

/// Measures a corpus of articles: imported, checked, reindexed.
fn real(host: &Path, corpus: &Path) -> Done {
    let home = Home::new().map_err(other)?;
    let mut unpack = Command::new("gzip").arg("-dc").arg(corpus).stdout(Stdio::piped()).spawn().map_err(at(corpus))?;
    let lines = unpack.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines);
    let mut text = Vec::new();
    let mut pages = 0;
    for line in lines {
        let page: Value = serde_json::from_str(&line.map_err(at(corpus))?)
            .map_err(|error| TaskError::Other(format!("{} holds no JSON: {error}", corpus.display())))?;
        let key = |name: &str| page.get(name).filter(|value| value.is_string());
        let line = json!({
            "url": key("url"), "title": key("title"), "markdown": key("body"), "captured_at": key("date"),
        });
        writeln!(text, "{line}").map_err(at(corpus))?;
        pages += 1;
    }
    ended(unpack, corpus)?;
    let bytes = text.len() as f64 / 1e6;
    print(&format!("  {pages} articles of a corpus, {bytes:.0} MB:"));
    file_in(host, &home, pages, &text)?;
    timed(host, &home, &["rebuild"], pages, "rebuild", "goal ≥ 2000 pages/s")?;
    timed(host, &home, &["check"], pages, "check", "")
}

/// Measures many small pages.
fn many(host: &Path) -> Done {
    let home = Home::new().map_err(other)?;
    let mut text = Vec::new();
    for number in 0..MANY {
        let words: String = (0..120).map(|word| format!("word{} ", (number * 31 + word * word) % 5_000)).collect();
        let line = json!({
            "url": format!("https://example.org/{number}"),
            "title": format!("Page {number}"),
            "markdown": format!("# Page {number}\n\n{words}\n"),
            "captured_at": "2026-01-01",
        });
        writeln!(text, "{line}").map_err(at(home.dir()))?;
    }
    print(&format!("  {MANY} small pages:"));
    file_in(host, &home, MANY, &text)?;
    timed(host, &home, &["check"], MANY, "check", "goal < 10 s")?;
    timed(host, &home, &["check", "--read-data"], MANY, "check --read-data", "")?;
    timed(host, &home, &["rebuild"], MANY, "rebuild", "goal ≥ 2000 pages/s")
}

fn file_in(host: &Path, home: &Home, pages: usize, text: &[u8]) -> Done {
    let file = home.dir().join("pages.jsonl");
    fs::write(&file, text).map_err(at(&file))?;
    let path = file.to_string_lossy().into_owned();
    timed(host, home, &["import", "jsonl", &path], pages, "import jsonl", "")?;
    timed(host, home, &["import", "jsonl", &path], pages, "the same again, with nothing to do", "")
}

/// Runs a command to its end and prints how long it took.
fn timed(host: &Path, home: &Home, arguments: &[&str], pages: usize, name: &str, goal: &str) -> Done {
    let begin = Instant::now();
    run(of(host, home).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()))?;
    let seconds = begin.elapsed().as_secs_f64();
    print(&format!("  {name:<58}{seconds:>9.1} s   {:>8.0} pages/s   {goal}", pages as f64 / seconds));
    Ok(())
}

/// Measures the space of real pages, saved as a browser sends them.
fn space(host: &Path, data: &Path) -> Done {
    let mut files = Vec::new();
    collect(data, &mut files)?;
    let step = (files.len() / PAGES).max(1);
    let home = Home::new().map_err(other)?;
    let list = home.dir().join("pages.jsonl");
    let mut lines = BufWriter::new(fs::File::create(&list).map_err(at(&list))?);
    let mut raw = 0;
    let mut taken = 0;
    for (number, file) in files.iter().step_by(step).enumerate() {
        let output = Command::new("gzip").arg("-dc").arg(file).output().map_err(at(file))?;
        // Pages that are not UTF-8 are skipped; decoding is not measured here.
        let Ok(html) = String::from_utf8(output.stdout) else { continue };
        raw += html.len() as u64;
        taken += 1;
        let line = json!({ "url": format!("https://example.org/{number}"), "html": html, "captured_at": "2026-01-01" });
        writeln!(lines, "{line}").map_err(at(&list))?;
    }
    lines.flush().map_err(at(&list))?;
    drop(lines);
    let path = list.to_string_lossy().into_owned();
    timed(host, &home, &["import", "jsonl", &path], taken, "import jsonl of real pages with their DOM", "")?;
    let output = of(host, &home).args(["stats", "--json"]).output().map_err(at(host))?;
    let stats: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let share = |key: &str| {
        let bytes = stats.get(key).and_then(Value::as_u64).unwrap_or_default();
        format!("{:.1} MB ({:.0} %)", bytes as f64 / 1e6, bytes as f64 * 100.0 / raw.max(1) as f64)
    };
    print(&format!(
        "  {taken} real pages, raw HTML {:.1} MB: Markdown {}, inert HTML {}, index {}",
        raw as f64 / 1e6,
        share("bytes_markdown"),
        share("bytes_html"),
        share("index_bytes")
    ));
    Ok(())
}

/// Returns the program in a home of its own.
fn of(host: &Path, home: &Home) -> Command {
    let mut command = Command::new(host);
    command.env("CACHETTE_HOME", home.cache()).env("HOME", home.user()).current_dir(home.dir());
    command
}

/// Collects all packed HTML files below a folder, in order.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Done {
    let entries = fs::read_dir(folder).map_err(at(folder))?;
    let mut paths = entries.map(|entry| Ok(entry.map_err(at(folder))?.path())).collect::<Done<Vec<_>>>()?;
    paths.sort_unstable();
    for path in paths {
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension() == Some(OsStr::new("gz")) {
            files.push(path);
        }
    }
    Ok(())
}

fn ended(mut child: Child, program: &Path) -> Done {
    let status = child.wait().map_err(at(program))?;
    if status.success() {
        Ok(())
    } else {
        Err(TaskError::Other(format!("{} ended early: {status}", program.display())))
    }
}
