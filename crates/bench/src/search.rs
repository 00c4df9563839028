//! Measures searching: first the index next to tantivy and plain FTS5, then the whole host. The
//! host searches a home of as many files, next to ripgrep and a process that does nothing. The
//! program in `tests/peers` times the engines; this file builds and runs it, and measures files and
//! processes.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use cachette_browser::home::Home;
use cachette_shell::{Done, TaskError, at, build_host, has, other, print, run};
use serde_json::{Value, json};

use crate::{company, figure::Figure, markdown};

/// How many copies of each page are filed, under different addresses: 100,000 files in all.
const COPIES: usize = 5;

/// How many queries go to the host and to ripgrep.
const QUERIES: usize = 20;

/// Returns the corpus's folder; without one, prints that and returns `None`.
fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("CACHETTE_MEASURE").map(|folder| PathBuf::from(folder).join("search"));
    let data = folder.filter(|folder| folder.join("corpus-20k.jsonl.gz").is_file());
    if data.is_none() {
        print("  Not measured: CACHETTE_MEASURE names no folder with search/corpus-20k.jsonl.gz.");
    }
    data
}

/// Compares the index, tantivy and plain FTS5 over `pages` pages. From a million on, pages are
/// short and go straight into the index.
///
/// # Errors
/// The program cannot be built or breaks off.
pub fn engines(pages: usize) -> Done {
    let Some(data) = data() else { return Ok(()) };
    run(Command::new(markdown::program()?).arg("search").arg(&data).arg(pages.to_string()))
}

/// Measures the host over files, and ripgrep over the same files. The figures are rebuilding,
/// memory, and the time from a process's start to the first result while another one saves.
///
/// # Errors
/// The host cannot be built or run, or a file cannot be read.
pub fn files(runs: usize) -> Done {
    let Some(data) = data() else { return Ok(()) };
    let program = build_host(true)?;
    let home = Home::new().map_err(other)?;
    let lines = home.dir().join("pages.jsonl");
    let pages = write_lines(&data.join("corpus-20k.jsonl.gz"), &lines)?;
    let begin = Instant::now();
    run(host(&program, &home).args(["import", "jsonl"]).arg(&lines).stdout(Stdio::null()).stderr(Stdio::null()))?;
    let imported = begin.elapsed();
    let begin = Instant::now();
    run(host(&program, &home).arg("rebuild").stdout(Stdio::null()).stderr(Stdio::null()))?;
    let rebuilt = begin.elapsed();
    print(&format!(
        "  {pages} Markdown pages as files: import {:.0} pages/s; rebuild {:.0} pages/s   goal ≥ 2000",
        rate(pages, imported),
        rate(pages, rebuilt)
    ));
    let queries = queries(&data)?;
    // Written data still go to the disk for a while, which takes a core.
    run(&mut Command::new("sync"))?;
    starts(&program, &home, &queries, runs)?;
    memory(&program, &home, &queries)?;
    ripgrep(&program, &home, &queries)?;
    company::measure(&program, &home, &queries)
}

fn starts(program: &Path, home: &Home, queries: &[String], runs: usize) -> Done {
    let [mut nothing, mut first, mut none] = [(); 3].map(|()| Figure::default());
    // The programs alternate, which spreads the machine's other work evenly.
    for query in queries.iter().cycle().take(runs.max(5 * queries.len())) {
        nothing.add(timed(&mut Command::new("true"))?);
        let (time, is_answered) = first_byte(host(program, home).args(["search", "--", query]))?;
        if is_answered { &mut first } else { &mut none }.add(time);
    }
    nothing.show("a process that does nothing, start to end");
    first.show_over("`cachette search`, start to first result", &nothing, "");
    first.less(&nothing).show("more than the process that does nothing (goal ≤ 5 ms)");
    if none.median() > Duration::ZERO {
        none.show("the same for a word that no file holds");
    }
    Ok(())
}

/// A host that answers queries until it is dropped.
struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Running {
    fn start(program: &Path, home: &Home) -> Done<Running> {
        let mut command = host(program, home);
        command.args(["search", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(at(program))?;
        let stdin = child.stdin.take();
        let answers = child.stdout.take().ok_or_else(closed)?;
        Ok(Running { child, stdin, answers: BufReader::new(answers) })
    }

    /// Returns how long an answer takes.
    fn ask(&mut self, query: &str) -> Done<Duration> {
        let begin = Instant::now();
        let stdin = self.stdin.as_mut().ok_or_else(closed)?;
        let pipe = Path::new("a searching host's pipe");
        writeln!(stdin, "{query}").and_then(|()| stdin.flush()).map_err(at(pipe))?;
        self.answers.read_line(&mut String::new()).map_err(at(pipe))?;
        Ok(begin.elapsed())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

fn closed() -> TaskError {
    TaskError::Other("a pipe is closed already".to_owned())
}

/// Prints the greatest memory use of one process after many searches.
fn memory(program: &Path, home: &Home, queries: &[String]) -> Done {
    let mut running = Running::start(program, home)?;
    for query in queries {
        running.ask(query)?;
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", running.child.id())).unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    print(&format!(
        "  peak memory of a searching host: {}   goal ≤ 40,000 kB",
        most.map_or("unknown on this system", str::trim)
    ));
    Ok(())
}

/// Compares the host with ripgrep, which only lists the files. A running host, as behind a popup,
/// ranks them and shows a snippet of each.
fn ripgrep(program: &Path, home: &Home, queries: &[String]) -> Done {
    if !has("rg") {
        print("  ripgrep is not installed, so there is nothing to compare with.");
        return Ok(());
    }
    let (mut grep, mut whole, mut asked) = (Figure::default(), Figure::default(), Figure::default());
    let mut running = Running::start(program, home)?;
    // Now the files have been checked, which happens once a minute.
    running.ask("nothing that is anywhere")?;
    for query in queries {
        let mut command = Command::new("rg");
        // Without a hit, ripgrep ends with 1.
        grep.add(timed(command.args(["-liF", "--", query]).arg(home.cache().join("pages")))?);
        whole.add(timed(host(program, home).args(["search", "--", query]))?);
        asked.add(running.ask(query)?);
    }
    grep.show("ripgrep over the files (-liF)");
    whole.show_over("`cachette search`, process included", &grep, "");
    asked.show_over("a search on a host that runs already", &grep, "");
    print(&format!(
        "  {:.0} times as fast as ripgrep, {:.0} times with a process for each search   goal ≥ 300",
        grep.over(&asked),
        grep.over(&whole)
    ));
    Ok(())
}

fn host(program: &Path, home: &Home) -> Command {
    let mut command = Command::new(program);
    command.env("CACHETTE_HOME", home.cache()).env("HOME", home.user()).current_dir(home.dir());
    command
}

/// Returns the time from a process's start to its end, whatever its exit code.
fn timed(command: &mut Command) -> Done<Duration> {
    let program = PathBuf::from(command.get_program());
    let begin = Instant::now();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().map_err(at(&program))?;
    Ok(begin.elapsed())
}

/// Times a process from its start to the first byte of its answer. Also returns whether there was
/// an answer; if not, the time extends to the process's end.
fn first_byte(command: &mut Command) -> Done<(Duration, bool)> {
    let program = PathBuf::from(command.get_program());
    let begin = Instant::now();
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(at(&program))?;
    let mut answer = child.stdout.take().ok_or_else(closed)?;
    let bytes = answer.read(&mut [0]).map_err(at(&program))?;
    let first = begin.elapsed();
    std::io::copy(&mut answer, &mut std::io::sink()).map_err(at(&program))?;
    child.wait().map_err(at(&program))?;
    Ok((first, bytes > 0))
}

/// Writes the corpus, several times, as lines for `cachette import jsonl`. Returns their number.
fn write_lines(corpus: &Path, lines: &Path) -> Done<usize> {
    let mut gzip = Command::new("gzip");
    let mut child = gzip.arg("-dc").arg(corpus).stdout(Stdio::piped()).spawn().map_err(at(Path::new("gzip")))?;
    let mut file = BufWriter::new(File::create(lines).map_err(at(lines))?);
    let mut count = 0;
    for line in child.stdout.take().into_iter().flat_map(|pipe| BufReader::new(pipe).lines()) {
        let page: Value = serde_json::from_str(&line.map_err(at(corpus))?)
            .map_err(|error| TaskError::Other(format!("{}: {error}", corpus.display())))?;
        let of = |key: &str| page.get(key).cloned().unwrap_or_default();
        for copy in 0..COPIES {
            let url = format!("{}&copy={copy}", of("url").as_str().unwrap_or_default());
            let line = json!({"url": url, "title": of("title"), "markdown": of("body")});
            writeln!(file, "{line}").map_err(at(lines))?;
            count += 1;
        }
    }
    file.flush().map_err(at(lines))?;
    child.wait().map_err(at(Path::new("gzip")))?;
    Ok(count)
}

/// Returns some of the queries, evenly from all kinds, as people type them.
fn queries(data: &Path) -> Done<Vec<String>> {
    let path = data.join("queries.json");
    let file = File::open(&path).map_err(at(&path))?;
    let all: Vec<Value> = serde_json::from_reader(BufReader::new(file))
        .map_err(|error| TaskError::Other(format!("{}: {error}", path.display())))?;
    let step = (all.len() / QUERIES).max(1);
    let texts = all.iter().step_by(step).filter_map(|query| query.get("q")?.as_str());
    Ok(texts.map(str::to_owned).collect())
}

fn rate(pages: usize, time: Duration) -> f64 {
    pages as f64 / time.as_secs_f64().max(f64::MIN_POSITIVE)
}
