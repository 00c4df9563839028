//! Measures the host without a browser, in three pairs. The first compares a start up to the first
//! reply with a process that does nothing. The second compares a request on an open connection with
//! a pipe through `cat`. The third compares 100,000 nested elements with as many flat ones.

use std::{
    io::Write,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use cachette_browser::home::{CHROMIUM_ID, Home};
use cachette_shell::{Done, TaskError, at, other};
use cachette_tests::pipes::{PipeError, frame, read_frame};

use crate::{built::Built, figure::Figure};

/// How deep the elements of the hostile page are nested.
const DEPTH: usize = 100_000;

/// How many requests on one connection make one sample each.
const ROUND_TRIPS: usize = 200;

/// Measures and prints.
///
/// # Errors
/// A process cannot be started or does not answer.
pub fn measure(built: &Built, runs: usize) -> Done {
    starts(built, runs)?;
    round_trips(built)?;
    nesting(built, runs.min(5))
}

fn starts(built: &Built, runs: usize) -> Done {
    let home = Home::new().map_err(other)?;
    let (mut nothing, mut host) = (Figure::default(), Figure::default());
    // The runs alternate, which spreads the machine's other work evenly.
    for _ in 0..runs {
        let begin = Instant::now();
        let mut child = spawn(Command::new("true"))?;
        child.wait().map_err(at(Path::new("true")))?;
        nothing.add(begin.elapsed());
        let begin = Instant::now();
        let mut child = spawn(host_command(built, &home))?;
        exchange(&mut child, &status(1)?)?;
        host.add(begin.elapsed());
        end(child)?;
    }
    nothing.show("a process that does nothing, start to end");
    host.show_over("the host, start to first reply (hello)", &nothing, "goal ≤ 3×");
    Ok(())
}

fn round_trips(built: &Built) -> Done {
    let home = Home::new().map_err(other)?;
    let mut host = spawn(host_command(built, &home))?;
    let mut pipe = spawn(Command::new("cat"))?;
    exchange(&mut host, &status(0)?)?;
    let (mut echoed, mut answered) = (Figure::default(), Figure::default());
    for id in 1..=ROUND_TRIPS {
        let request = status(id)?;
        echoed.add(exchange(&mut pipe, &request)?);
        answered.add(exchange(&mut host, &request)?);
    }
    end(pipe)?;
    end(host)?;
    echoed.show("a frame through `cat` and back");
    answered.show_over("a request on an open connection", &echoed, "");
    Ok(())
}

fn nesting(built: &Built, runs: usize) -> Done {
    let home = Home::new().map_err(other)?;
    let flat = home.dir().join("flat.html");
    let deep = home.dir().join("deep.html");
    let text = "<p>words that stay</p>";
    std::fs::write(&flat, format!("{}{text}", "<div></div>".repeat(DEPTH))).map_err(at(&flat))?;
    std::fs::write(&deep, format!("{}{text}{}", "<div>".repeat(DEPTH), "</div>".repeat(DEPTH))).map_err(at(&deep))?;
    let (mut flat_time, mut deep_time) = (Figure::default(), Figure::default());
    for _ in 0..runs {
        flat_time.add(convert(built, &flat)?);
        deep_time.add(convert(built, &deep)?);
    }
    flat_time.show(&format!("convert {DEPTH} flat elements, whole process"));
    deep_time.show_over(&format!("convert {DEPTH} nested elements, whole process"), &flat_time, "goal < 1000 ms");
    Ok(())
}

/// Returns the time of one `convert`, process included.
pub fn convert(built: &Built, file: &Path) -> Done<Duration> {
    let begin = Instant::now();
    let mut command = Command::new(&built.host);
    cachette_shell::run(command.arg("convert").arg(file).stdout(Stdio::null()).stderr(Stdio::null()))?;
    Ok(begin.elapsed())
}

fn host_command(built: &Built, home: &Home) -> Command {
    let mut command = Command::new(&built.host);
    command
        .arg(format!("chrome-extension://{CHROMIUM_ID}/"))
        .env("CACHETTE_HOME", home.cache())
        .env("HOME", home.user())
        .current_dir(home.dir());
    command
}

fn spawn(mut command: Command) -> Done<Child> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let program = command.get_program().to_owned();
    command.spawn().map_err(at(Path::new(&program)))
}

/// Returns the smallest request, as a frame.
fn status(id: usize) -> Done<Vec<u8>> {
    let json =
        format!(r#"{{"id":{id},"ask":"hello","with":{{"extension":"bench","protocol":1,"protocol_oldest":1}}}}"#);
    frame(json.as_bytes()).map_err(unframed)
}

fn unframed(error: PipeError) -> TaskError {
    match error {
        PipeError::Io(error) => TaskError::Other(format!("the host ended early: {error}")),
        PipeError::Unexpected(sentence) => TaskError::Other(sentence),
    }
}

/// Sends a frame and reads one; returns how long that took.
fn exchange(child: &mut Child, frame: &[u8]) -> Done<Duration> {
    let begin = Instant::now();
    let closed = || TaskError::Other("a pipe is closed already".to_owned());
    let stdin = child.stdin.as_mut().ok_or_else(closed)?;
    stdin.write_all(frame).and_then(|()| stdin.flush()).map_err(|error| unframed(error.into()))?;
    let stdout = child.stdout.as_mut().ok_or_else(closed)?;
    match read_frame(stdout).map_err(unframed)? {
        Some(_) => Ok(begin.elapsed()),
        None => Err(TaskError::Other("the host ended instead of answering".to_owned())),
    }
}

fn end(mut child: Child) -> Done {
    drop(child.stdin.take());
    child.wait().map(drop).map_err(at(Path::new("host")))
}
