//! Runs the loop between the pipes. A thread reads frames ahead, and the session answers them in
//! order. When the browser falls silent, the session begins to add people's edits to the index.

use std::{
    io::{Read, Write},
    path::Path,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
    },
    thread,
    time::Duration,
};

use cachette_protocol::{Code, Failure};

use super::{
    answer::answer,
    frame::{FrameError, read_frame, write_frame},
    reply,
    session::Session,
    supersession::Supersession,
};
use crate::sentence::sentence;

/// How many frames are read ahead. More than an extension sends without waiting, or the end of the
/// input would not be seen behind them. Together with the largest frame they bound the memory.
const AHEAD: usize = 16;

/// How long the browser must be silent before the host works unasked. The steps of a save follow
/// each other faster.
const SILENCE: Duration = Duration::from_millis(150);

/// A message, and whether it is a search that supersedes the previous one.
type Message = Result<(Vec<u8>, bool), FrameError>;

/// Serves until the input ends. `exe` repairs manifests after the first reply. The reading thread
/// calls `ended` when the input has ended; earlier requests may still be in progress then.
///
/// # Errors
/// [`FrameError`] at which the conversation broke off. A frame that is too long is answered first.
pub fn serve(
    input: impl Read + Send + 'static,
    output: &mut impl Write,
    session: &mut Session,
    exe: Option<&Path>,
    ended: impl FnOnce() + Send + 'static,
) -> Result<(), FrameError> {
    let supersession = session.supersession();
    let messages = reading(input, Arc::clone(&supersession), ended);
    let mut heal = exe;
    while let Some(message) = next(&messages, session) {
        match message {
            Ok((message, search)) => {
                if search {
                    supersession.taken();
                }
                let suspended = session.answering();
                write_frame(output, &answer(session, &message))?;
                session.after_answer();
                drop(suspended);
            }
            Err(error) => {
                if matches!(error, FrameError::TooLarge { .. }) {
                    write_frame(output, &reply::failed(0, Failure::new(Code::TooLarge, sentence(&error))))?;
                }
                return Err(error);
            }
        }
        if let Some(exe) = heal.take() {
            crate::install::heal(exe);
        }
    }
    Ok(())
}

/// Reads frames on a thread of its own, until the input ends or fails. The thread ends with the
/// program, so a silent browser cannot keep the program alive.
fn reading(
    mut input: impl Read + Send + 'static,
    supersession: Arc<Supersession>,
    ended: impl FnOnce() + Send + 'static,
) -> Receiver<Message> {
    let (sender, messages) = sync_channel(AHEAD);
    thread::spawn(move || {
        while let Some(message) = read_frame(&mut input).transpose() {
            let last = message.is_err();
            let message = message.map(|message| {
                let search = supersession.arrived(&message);
                (message, search)
            });
            if sender.send(message).is_err() || last {
                break;
            }
        }
        // The session ends by itself when it has nothing left to do.
        drop(sender);
        ended();
    });
    messages
}

/// Waits for the next message (`None` at the end of the input), and uses the silence before it.
fn next(messages: &Receiver<Message>, session: &mut Session) -> Option<Message> {
    while session.is_restless() {
        match messages.recv_timeout(SILENCE) {
            Ok(message) => return Some(message),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => session.rest(),
        }
    }
    messages.recv().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use cachette_cache::{Cache, CheckOptions, Home};

    use super::*;
    use crate::host::{lazy_cache::LazyCache, log::Log};

    fn conversation(input: Vec<u8>) -> (Result<(), FrameError>, Vec<serde_json::Value>) {
        let place = tempfile::tempdir().unwrap();
        let mut session = Session::new(LazyCache::new(Some(place.path().join("home"))), Log::new(None));
        let mut output = Vec::new();
        let result = serve(Cursor::new(input), &mut output, &mut session, None, || ());
        let (mut replies, mut rest) = (Vec::new(), output.as_slice());
        while let Some(frame) = read_frame(&mut rest).unwrap() {
            replies.push(serde_json::from_slice(&frame).unwrap());
        }
        (result, replies)
    }

    fn frames(bodies: &[&[u8]]) -> Vec<u8> {
        let mut bytes = Vec::new();
        bodies.iter().for_each(|body| write_frame(&mut bytes, body).unwrap());
        bytes
    }

    #[test]
    fn each_message_gets_one_reply_in_its_order() {
        let bodies: Vec<Vec<u8>> = (1..=20).map(|id| format!(r#"{{"id":{id},"ask":"x"}}"#).into_bytes()).collect();
        let (result, replies) = conversation(frames(&bodies.iter().map(Vec::as_slice).collect::<Vec<_>>()));
        assert!(result.is_ok());
        let ids: Vec<_> = replies.iter().map(|reply| reply["id"].as_u64().unwrap()).collect();
        assert_eq!(ids, (1..=20).collect::<Vec<_>>());
    }

    #[test]
    fn what_came_before_a_broken_frame_is_answered() {
        let before = frames(&[br#"{"id":1,"ask":"status"}"#]);
        let (result, replies) = conversation([&before[..], &[5, 0, 0, 0, b'{']].concat());
        assert!(matches!(result, Err(FrameError::Truncated { have: 1, want: 5 })));
        assert_eq!(replies.len(), 1);
        let (result, replies) = conversation([&before[..], &[0xff; 4], &before[..]].concat());
        assert!(matches!(result, Err(FrameError::TooLarge { .. })));
        let errors: Vec<_> = replies.iter().map(|reply| reply["error"]["code"].as_str()).collect();
        assert_eq!(errors, [None, Some("too_large")]);
    }

    #[test]
    fn of_searches_that_come_at_once_the_last_is_answered() {
        let search =
            |id: u32| format!(r#"{{"id":{id},"ask":"search","with":{{"query":"q{id}","limit":5}}}}"#).into_bytes();
        let bodies: Vec<Vec<u8>> = (1..=30).map(search).collect();
        let (_, replies) = conversation(frames(&bodies.iter().map(Vec::as_slice).collect::<Vec<_>>()));
        assert_eq!(replies.len(), 30);
        assert_eq!(replies[29]["ok"]["query"], "q30");
        for reply in replies {
            assert!(reply["ok"].is_object() || reply["error"]["code"] == "superseded", "{reply}");
        }
    }

    /// Counts the saved pages that are not indexed yet, with each outgoing reply.
    struct Watched {
        home: Home,
        due: Vec<u64>,
    }

    impl Write for Watched {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            let report = Cache::open(&self.home).unwrap().check(&CheckOptions::default(), &mut |_, _| {}).unwrap();
            self.due.push(report.unindexed);
            Ok(())
        }
    }

    #[test]
    fn a_save_is_acknowledged_before_its_words_are_written_and_they_are_before_the_next_message() {
        let place = tempfile::tempdir().unwrap();
        let mut session = Session::new(LazyCache::new(Some(place.path().join("home"))), Log::new(None));
        let messages: [&[u8]; 4] = [
            br#"{"id":1,"ask":"save_begin","with":{"save":"save-0001","url":"https://example.org/a",
                "captured_at":"2026-11-22T18:24:05.123Z","source":"page","private":false}}"#,
            br#"{"id":2,"ask":"save_chunk","with":{"save":"save-0001","part":"html","seq":0,"data":"<p>Words."}}"#,
            br#"{"id":3,"ask":"save_commit","with":{"save":"save-0001","parts":[{"part":"html","chunks":1}]}}"#,
            br#"{"id":4,"ask":"status"}"#,
        ];
        let mut output = Watched { home: Home::at(&place.path().join("home")), due: Vec::new() };
        serve(Cursor::new(frames(&messages)), &mut output, &mut session, None, || ()).unwrap();
        assert_eq!(output.due, [0, 0, 1, 0]);
    }

    #[test]
    fn an_end_between_frames_is_no_failure() {
        let (result, replies) = conversation(Vec::new());
        assert!(result.is_ok() && replies.is_empty());
    }
}
