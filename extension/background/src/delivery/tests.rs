//! Tests that no capture is lost silently. Over any sequence of saves, failures, retries and stops,
//! each is filed, waits where people see it, or was reported.

use std::collections::{BTreeMap, BTreeSet};

use cachette_protocol::{Call, Code, Failure, SaveBegin, SaveCommit, SaveOutcome};
use cachette_webext::{
    json,
    messages::{Failed, LinkState},
};
use proptest::prelude::*;

use super::*;
use crate::{
    pending::Kept,
    session::{Page, Session},
};

/// The outcomes of an attempt to send a capture.
#[derive(Debug, Clone, Copy)]
enum End {
    Filed,
    /// The host cannot be reached.
    Missing,
    /// The host broke at this capture.
    Broke,
    /// The host will never take it.
    Refused,
}

/// The events of a background's life.
#[derive(Debug, Clone)]
enum Event {
    Save(i32, bool),
    Link(i32, bool),
    Moves(i32),
    Ends(usize, End),
    SendsAgain(usize),
    RetriesAside(usize),
    DropsAside(usize),
    DropsKept,
    ClearsLinks,
    Stops,
}

/// A background without a browser: its memory, the browser's queue, and what became of each save.
#[derive(Default)]
struct World {
    session: Session,
    queue: Vec<Kept>,
    sending: Vec<String>,
    saves: u32,
    /// Filed, with the proof of the host.
    filed: BTreeSet<String>,
    /// Gone; people saw it or asked for it.
    reported: BTreeMap<String, &'static str>,
}

impl World {
    /// Begins to deliver a capture, whose browser may have no room for it.
    fn begins(&mut self, has_room: bool) -> String {
        self.saves += 1;
        let save = format!("save-{:05}", self.saves);
        if has_room {
            let begin = SaveBegin { save: save.clone(), ..SaveBegin::example().0 };
            self.queue.push(Kept { begin, units: 1, failures: 0, aside: None });
        }
        self.sending.push(save.clone());
        save
    }

    fn page(&mut self, tab: i32, state: PageState, save: Option<String>) {
        let url = format!("https://example.org/{tab}");
        self.session.set_page(Page { tab, url, at: 0, state, save });
    }

    /// Concludes an attempt as `conclude` does.
    fn ends(&mut self, save: &str, end: End) {
        let result = match end {
            End::Filed => Ok(Saved { save: save.to_owned(), ..SaveCommit::example().1 }),
            End::Missing => Err(Error::HostMissing),
            End::Broke => Err(Error::HostCrashed),
            End::Refused => Err(Error::Refused(Failure::new(Code::TooLarge, "x"))),
        };
        let kept = self.queue.iter().any(|kept| kept.begin.save == save);
        let stays = kept && fate::stays(&result);
        if !stays {
            self.queue.retain(|kept| kept.begin.save != save);
        }
        let mut aside = false;
        if let (Err(error), true, End::Broke) = (&result, stays, end) {
            let kept = self.queue.iter_mut().find(|kept| kept.begin.save == save).unwrap();
            kept.fail(error);
            aside = kept.aside.is_some();
        }
        self.sending.retain(|sending| sending != save);
        self.session.settle(save, result.as_ref().map_err(|error| (error, stays && !aside)), 0);
        match result {
            Ok(_) => _ = self.filed.insert(save.to_owned()),
            Err(_) if !stays => _ = self.reported.insert(save.to_owned(), "failed"),
            Err(_) => {}
        }
    }

    /// Returns the name of one of the kept captures that are not on their way.
    fn resting(&self, at: usize, aside: bool) -> Option<String> {
        let resting = self.queue.iter().filter(|kept| kept.aside.is_some() == aside);
        let names: Vec<_> = resting.map(|kept| &kept.begin.save).filter(|save| !self.sending.contains(save)).collect();
        names.get(at % names.len().max(1)).map(|save| (*save).clone())
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Save(tab, has_room) => {
                if !self.session.is_saving(tab, &format!("https://example.org/{tab}")) {
                    let save = self.begins(has_room);
                    self.page(tab, PageState::Saving(Step::Reading), Some(save));
                }
            }
            Event::Link(tab, has_room) => {
                let id = self.session.add_link(tab, "https://example.org/", "");
                let save = self.begins(has_room);
                let link = self.session.link(id).unwrap();
                (link.state, link.save) = (LinkState::Saving, Some(save));
            }
            Event::Moves(tab) => self.page(tab, PageState::Unsaved, None),
            Event::Ends(at, end) => {
                if let Some(save) = self.sending.get(at % self.sending.len().max(1)).cloned() {
                    self.ends(&save, end);
                }
            }
            Event::SendsAgain(at) => {
                if let Some(save) = self.resting(at, false) {
                    self.session.resume(&save);
                    self.sending.push(save);
                }
            }
            Event::RetriesAside(at) => {
                if let Some(save) = self.resting(at, true) {
                    self.queue.iter_mut().find(|kept| kept.begin.save == save).unwrap().take_back();
                    self.session.resume(&save);
                    self.sending.push(save);
                }
            }
            Event::DropsAside(at) => {
                if let Some(save) = self.resting(at, true) {
                    self.queue.retain(|kept| kept.begin.save != save);
                    self.reported.insert(save, "thrown away");
                }
            }
            Event::DropsKept => {
                while let Some(save) = self.resting(0, false) {
                    self.queue.retain(|kept| kept.begin.save != save);
                    self.session.settle(&save, Err((&Error::Interrupted, false)), 0);
                    self.reported.insert(save, "thrown away");
                }
            }
            Event::ClearsLinks => self.session.clear_links(),
            Event::Stops => self.stops(),
        }
    }

    /// The browser stops the background, and starts it anew with what it wrote down.
    fn stops(&mut self) {
        self.session = serde_json::from_str(&json::write(&self.session)).unwrap();
        let waiting = self.queue.iter().filter(|kept| kept.aside.is_none());
        let kept: Vec<String> = waiting.map(|kept| kept.begin.save.clone()).collect();
        self.session.recover(&kept);
        for save in std::mem::take(&mut self.sending) {
            if !self.queue.iter().any(|kept| kept.begin.save == save) {
                self.reported.insert(save, "interrupted");
            }
        }
    }

    fn check(&self) {
        let queued: BTreeSet<&str> = self.queue.iter().map(|kept| kept.begin.save.as_str()).collect();
        let waits = |save: &Option<String>| {
            let save = save.as_deref().unwrap_or_default();
            self.queue.iter().any(|kept| kept.begin.save == save && kept.aside.is_none())
        };
        for number in 1..=self.saves {
            let save = format!("save-{number:05}");
            let places = [
                self.filed.contains(&save),
                self.reported.contains_key(&save),
                queued.contains(save.as_str()) || self.sending.contains(&save),
            ];
            assert_eq!(places.iter().filter(|is_there| **is_there).count(), 1, "{save}: {places:?}");
        }
        let (waiting, asides) = pending::summary(self.queue.clone(), &self.sending);
        let on_their_way = self.queue.iter().filter(|kept| self.sending.contains(&kept.begin.save)).count();
        assert_eq!(waiting as usize + asides.len() + on_their_way, self.queue.len(), "each kept capture is shown once");
        for page in &self.session.pages {
            match &page.state {
                PageState::Failed(Failed { kept: true, .. }) => assert!(waits(&page.save), "{page:?}"),
                PageState::Saved(_) => assert!(self.filed.contains(page.save.as_ref().unwrap()), "{page:?}"),
                _ => {}
            }
        }
        for link in &self.session.links {
            match &link.state {
                LinkState::Failed(Failed { kept: true, .. }) => assert!(waits(&link.save), "{link:?}"),
                LinkState::Saved(..) => assert!(self.filed.contains(link.save.as_ref().unwrap()), "{link:?}"),
                _ => {}
            }
        }
    }
}

fn event() -> impl Strategy<Value = Event> {
    let end = || prop_oneof![Just(End::Filed), Just(End::Missing), Just(End::Broke), Just(End::Refused)];
    prop_oneof![
        3 => (0i32..3, any::<bool>()).prop_map(|(tab, has_room)| Event::Save(tab, has_room)),
        2 => (0i32..3, any::<bool>()).prop_map(|(tab, has_room)| Event::Link(tab, has_room)),
        1 => (0i32..3).prop_map(Event::Moves),
        5 => (0usize..9, end()).prop_map(|(at, end)| Event::Ends(at, end)),
        3 => (0usize..9).prop_map(Event::SendsAgain),
        1 => (0usize..9).prop_map(Event::RetriesAside),
        1 => (0usize..9).prop_map(Event::DropsAside),
        1 => Just(Event::DropsKept),
        1 => Just(Event::ClearsLinks),
        1 => Just(Event::Stops),
    ]
}

proptest! {
    #[test]
    fn every_capture_is_filed_or_waits_in_sight_or_was_reported(events in prop::collection::vec(event(), 0..60)) {
        let mut world = World::default();
        for event in events {
            world.happens(event);
            world.check();
        }
    }

    #[test]
    fn a_host_that_comes_back_gets_every_capture_that_is_not_set_aside(
        events in prop::collection::vec(event(), 0..60),
    ) {
        let mut world = World::default();
        for event in events {
            world.happens(event);
        }
        while !world.sending.is_empty() {
            world.happens(Event::Ends(0, End::Filed));
        }
        while world.resting(0, false).is_some() {
            world.happens(Event::SendsAgain(0));
            world.happens(Event::Ends(0, End::Filed));
        }
        world.check();
        prop_assert!(world.queue.iter().all(|kept| kept.aside.is_some()));
        let waits = |state: &PageState| matches!(state, PageState::Failed(Failed { kept: true, .. }));
        prop_assert!(!world.session.pages.iter().any(|page| waits(&page.state)));
    }
}

#[test]
fn a_capture_that_breaks_the_host_twice_is_set_aside_and_its_page_says_so() {
    let mut world = World::default();
    world.happens(Event::Save(1, true));
    world.happens(Event::Ends(0, End::Broke));
    let kept = |world: &World| match &world.session.tab(1).unwrap().state {
        PageState::Failed(failed) => failed.kept,
        other => panic!("{other:?}"),
    };
    assert!(kept(&world));
    world.happens(Event::SendsAgain(0));
    world.happens(Event::Ends(0, End::Broke));
    assert!(!kept(&world), "it no longer waits by itself");
    assert_eq!(world.resting(0, false), None);
    world.happens(Event::RetriesAside(0));
    world.happens(Event::Ends(0, End::Filed));
    assert!(matches!(&world.session.tab(1).unwrap().state, PageState::Saved(done)
        if done.outcome == SaveOutcome::NewVersion));
    world.check();
}
