//! Records acts and their answers, and compares them with the disk. Every acknowledged act must be
//! in effect; any other may be in effect or not.

use std::{path::Path, time::Duration};

use cachette_cache::{At, Cache, CacheError, CheckOptions, Home, Snapshot};

use super::script::{Act, article_of, hash, html, left_out, mark, moment, url};

/// The outcome of an act, as far as its requester knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Acknowledged: it must be in effect.
    Done,
    /// Refused or never answered: it may be in effect or not.
    Open,
}

/// The acts in the order of their requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    acts: Vec<(Act, Answer)>,
}

/// The versions of a page: second and article, oldest first.
type State = Vec<(i64, u32)>;

/// How many open acts on one page are tried in all combinations.
const OPEN_ACTS: usize = 12;
/// A page that no script names, for the save that must work after everything.
const AFTERWARDS: u32 = 999_999;

impl Ledger {
    /// Records acts that were all acknowledged.
    pub fn done(acts: &[Act]) -> Ledger {
        Ledger { acts: acts.iter().map(|act| (*act, Answer::Done)).collect() }
    }

    /// Records one more act.
    pub fn push(&mut self, act: Act, answer: Answer) {
        self.acts.push((act, answer));
    }

    /// Counts the acknowledged acts.
    pub fn acknowledged(&self) -> u64 {
        self.acts.iter().filter(|(_, answer)| *answer == Answer::Done).count() as u64
    }

    /// Returns every state in which a page may rightly be.
    fn states(&self, page: u32) -> Vec<State> {
        let mut states = vec![State::new()];
        let mut open = 0;
        for (act, answer) in &self.acts {
            let (Act::Save { page: of, .. } | Act::Remove { page: of }) = *act;
            if of != page {
                continue;
            }
            let before = states.clone();
            states.iter_mut().for_each(|state| apply(state, *act));
            if *answer == Answer::Open && open < OPEN_ACTS {
                open += 1;
                states.extend(before);
                states.sort();
                states.dedup();
            }
        }
        states
    }

    fn pages(&self) -> Vec<u32> {
        let mut pages: Vec<u32> = self
            .acts
            .iter()
            .map(|(act, _)| match *act {
                Act::Save { page, .. } | Act::Remove { page } => page,
            })
            .collect();
        pages.sort_unstable();
        pages.dedup();
        pages
    }

    /// Opens the home as the next process would, and compares. Returns the violations, one sentence
    /// each.
    pub fn compare(&self, home: &Path) -> Vec<String> {
        let mut wrong = Vec::new();
        if let Err(error) = self.look(home, &mut wrong) {
            wrong.push(format!("the home cannot be used afterwards: {error}"));
        }
        wrong
    }

    fn look(&self, home: &Path, wrong: &mut Vec<String>) -> Result<(), CacheError> {
        let mut cache = Cache::open(&Home::at(home))?;
        cache.refresh(Duration::from_secs(60))?;
        for page in self.pages() {
            let (actual, allowed) = (state(&mut cache, page)?, self.states(page));
            if !allowed.contains(&actual) {
                wrong.push(format!("page {page} stands as {actual:?}, rightly {allowed:?}"));
            }
            wrong.extend(wrong_lists(&mut cache, page, &actual)?);
            let newest = actual.last().map(|(_, article)| *article);
            for (_, article) in &actual {
                let answer = cache.search(&mark(*article), 10, 0)?;
                // The index does not know a word that only an older version contains, and its
                // correction finds other pages.
                let found = answer.corrected.is_none() && answer.hits.iter().any(|hit| hit.page.url == url(page));
                if found != (Some(*article) == newest) {
                    wrong.push(format!("page {page}: a search for article {article} says {found}, newest {newest:?}"));
                }
            }
            let listed = cache.search("paragraph", 1000, 0)?.hits.iter().any(|hit| hit.page.url == url(page));
            if listed == actual.is_empty() {
                wrong.push(format!("page {page}: a search for all says {listed}, versions {actual:?}"));
            }
        }
        // A save that was interrupted may have put files among the assets that belong to no page:
        // `collect` removes them.
        cache.collect()?;
        let report = cache.check(&CheckOptions { read_data: true, ..CheckOptions::default() }, &mut |_, _| {})?;
        if !report.is_sound() {
            wrong.push(format!("check finds {report:?}"));
        }
        if !report.edited.is_empty() {
            wrong.push(format!("check takes for edited what nobody edited: {:?}", report.edited));
        }
        after(&mut cache, wrong)
    }
}

fn apply(state: &mut State, act: Act) {
    match act {
        Act::Save { article, second, .. } => {
            if state.last().is_none_or(|(_, newest)| *newest != article) {
                state.push((second, article));
            }
        }
        Act::Remove { .. } => state.clear(),
    }
}

/// Returns a page's versions on the disk. An unreadable one is article 0, which no script has.
fn state(cache: &mut Cache, page: u32) -> Result<State, CacheError> {
    let Some(saved) = cache.lookup(&url(page))? else { return Ok(State::new()) };
    let mut state = State::new();
    for version in saved.versions.iter().rev() {
        let document = cache.read(&saved.hash_url, At::Captured(*version))?;
        let second = version.as_second() - moment(0).as_second();
        state.push((second, article_of(document.markdown()).unwrap_or_default()));
    }
    Ok(state)
}

/// Compares the lists of what articles leave out: each version has its own, or rightly none.
fn wrong_lists(cache: &mut Cache, page: u32, actual: &State) -> Result<Vec<String>, CacheError> {
    if actual.is_empty() {
        return Ok(Vec::new());
    }
    let mut amounts = cache.amounts_left_out(&hash(page).unwrap_or_default())?;
    amounts.reverse();
    let words = amounts.iter().map(|amount| amount.map_or(0, |amount| amount.words));
    let own = actual.iter().map(|(_, article)| left_out(*article) as u64);
    Ok(match words.clone().eq(own.clone()) {
        true => Vec::new(),
        false => {
            let (words, own) = (words.collect::<Vec<_>>(), own.collect::<Vec<_>>());
            vec![format!("page {page}: its versions leave out {words:?} words, rightly {own:?}")]
        }
    })
}

/// Checks that the next save works, whatever happened before.
fn after(cache: &mut Cache, wrong: &mut Vec<String>) -> Result<(), CacheError> {
    let article = 888_888;
    let html = html(AFTERWARDS, article, 2);
    let saved = cache.save(&Snapshot {
        url: &url(AFTERWARDS),
        captured_at: moment(100_000_000),
        source: "page",
        title: None,
        html: &html,
        tags: &[],
        fresh_at: None,
        resources: &[],
    })?;
    if hash(AFTERWARDS).ok().as_deref() != Some(saved.hash_url.as_str()) || !saved.path.is_file() {
        wrong.push("the next save answers with another page".to_owned());
    }
    if cache.search(&mark(article), 10, 0)?.hits.len() != 1 {
        wrong.push("the next save is not found".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn save(article: u32, second: i64) -> Act {
        Act::Save { page: 1, article, second, paragraphs: 1 }
    }

    #[test]
    fn what_was_acknowledged_must_be_there_and_what_was_not_may_be() {
        let mut ledger = Ledger::done(&[save(1, 10)]);
        ledger.push(save(2, 20), Answer::Open);
        assert_eq!(ledger.states(1), [vec![(10, 1)], vec![(10, 1), (20, 2)]]);
    }

    #[test]
    fn the_same_article_again_makes_no_version_but_comes_back_after_another() {
        let again = Ledger::done(&[save(1, 10), save(1, 20)]);
        assert_eq!(again.states(1), [vec![(10, 1)]]);
        let back = Ledger::done(&[save(1, 10), save(2, 20), save(1, 30)]);
        assert_eq!(back.states(1), [vec![(10, 1), (20, 2), (30, 1)]]);
    }

    #[test]
    fn an_acknowledged_removal_leaves_nothing() {
        let gone = Ledger::done(&[save(1, 10), Act::Remove { page: 1 }]);
        assert_eq!(gone.states(1), [State::new()]);
    }
}
