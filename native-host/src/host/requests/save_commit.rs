//! Files a save once all of it has arrived. The answer is sent only after the files are durable.

use std::time::Instant;

use cachette_cache::{Cache, CacheError, Snapshot};
use cachette_protocol::{Code, Failure, Notice, SaveCommit, SaveOutcome, Saved};

use super::{Handle, Session};
use crate::{
    failure::{failure, notice},
    host::{
        ending::Ending,
        reply,
        save::{Assembly, Committed},
    },
    moment,
};

/// The most notices in a [`Saved`].
const NOTICES_MAX: usize = 100;

impl Handle for SaveCommit {
    fn handle(self, session: &mut Session) -> Result<Saved, Failure> {
        let assembly = match session.saves.commit(&self)? {
            Committed::Before(saved) => return Ok(*saved),
            Committed::Complete(assembly) => assembly,
        };
        let start = Instant::now();
        let cache = session.lazy_cache.cache().map_err(|error| failure(&error))?;
        let saved = filed(cache, assembly, &session.ending).map_err(|error| failure(&error))?;
        let named = if cache.log_names() { format!(" {} “{}”", saved.url, saved.title) } else { String::new() };
        let (bytes, outcome) = (assembly.html.len(), saved.outcome);
        session.saves.answered(&saved);
        let took = start.elapsed().as_millis();
        session.log.line(&format!("saved{named}: {outcome:?}, {bytes} bytes of HTML in {took} ms"));
        Ok(saved)
    }

    fn shorten(saved: &mut Saved) -> bool {
        drop_a_notice(saved)
    }
}

/// Gives up the last notice of an answer that is too long for a browser. Returns whether there was
/// one.
fn drop_a_notice(saved: &mut Saved) -> bool {
    let mut notices = std::mem::take(&mut saved.notices);
    let dropped = notices.pop().is_some();
    saved.set_notices(notices);
    dropped
}

/// Files the page under the guard that keeps the program from ending meanwhile.
fn filed(cache: &mut Cache, assembly: &Assembly, ending: &Ending) -> Result<Saved, CacheError> {
    let snapshot = Snapshot {
        url: &assembly.begin.url,
        captured_at: assembly.captured_at,
        source: assembly.source(),
        title: assembly.begin.title.as_deref(),
        html: &assembly.html,
        resources: &assembly.resources(),
        tags: &[],
        fresh_at: Some(moment::now()),
    };
    let saved = cache.save_holding(&snapshot, || ending.filing())?;
    let mut notices: Vec<Notice> = saved.warnings.iter().map(notice).collect();
    // The notices' order: the clock's, then the capture's, then the conversion's.
    let behind = notices.iter().take_while(|notice| notice.code == Code::ClockBehind).count();
    notices.splice(behind..behind, assembly.begin.all_notices());
    notices.truncate(NOTICES_MAX);
    let mut answer = Saved {
        save: assembly.begin.save.clone(),
        outcome: match saved.outcome {
            cachette_cache::Outcome::NewPage => SaveOutcome::NewPage,
            cachette_cache::Outcome::NewVersion => SaveOutcome::NewVersion,
            cachette_cache::Outcome::Unchanged => SaveOutcome::Unchanged,
        },
        hash_url: saved.hash_url,
        url: saved.url,
        title: reply::title(saved.title),
        path: saved.path.to_string_lossy().into_owned(),
        captured_at: moment::written(saved.captured_at),
        notices: Vec::new(),
        warnings: Vec::new(),
        codes: Vec::new(),
    };
    answer.set_notices(notices);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use cachette_protocol::Call;

    use super::*;

    #[test]
    fn an_answer_gives_up_its_last_notice_in_all_its_forms() {
        let (_, mut saved) = SaveCommit::example();
        saved.set_notices(vec![Notice::new(Code::ClockBehind, "One."), Notice::new(Code::Unsure, "Two.")]);
        assert!(drop_a_notice(&mut saved));
        assert_eq!((saved.notices.len(), saved.warnings.len(), saved.codes.len()), (1, 1, 1));
        assert!(drop_a_notice(&mut saved) && !drop_a_notice(&mut saved));
        assert!(saved.codes.is_empty());
    }
}
