//! Tests that each answer reaches who asked, and whom an end blames. Nobody waits for ever.

use std::{
    collections::BTreeMap,
    pin::Pin,
    task::{Context, Poll, Waker},
};

use cachette_protocol::Failure;

use super::*;

type Received = Receiver<Result<u32, Error>>;

fn poll(receiver: &mut Received) -> Option<Result<u32, Error>> {
    match Pin::new(receiver).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

fn fail_all(senders: Vec<Sender<Result<u32, Error>>>, error: &Error) {
    for sender in senders {
        sender.send(Err(error.clone()));
    }
}

#[test]
fn answers_in_any_order_reach_who_asked() {
    let mut requests = Requests::default();
    let mut asked: Vec<(u64, Received)> = (0..4).map(|_| requests.add()).collect();
    for id in [3, 1, 4, 2] {
        requests.take(id).expect("it waits").send(Ok(id as u32 * 10));
    }
    for (id, answer) in &mut asked {
        assert_eq!(poll(answer), Some(Ok(*id as u32 * 10)));
    }
    assert!(!requests.is_waiting() && requests.is_open());
}

#[test]
fn an_answer_that_nobody_waits_for_is_dropped() {
    let mut requests = Requests::<u32>::default();
    let (id, _answer) = requests.add();
    for stranger in [0, id + 1, u64::MAX] {
        assert!(requests.take(stranger).is_none() && !requests.waits_for(stranger), "{stranger}");
    }
    assert!(requests.take(id).is_some());
    assert!(requests.take(id).is_none(), "a second answer to the same request");
}

#[test]
fn no_id_is_0_which_names_no_request() {
    let mut requests = Requests::<u32>::default();
    let ids: Vec<u64> = (0..3).map(|_| requests.add().0).collect();
    assert_eq!(ids, [1, 2, 3]);
}

#[test]
fn the_end_of_a_connection_answers_all_who_wait_and_all_who_come_later() {
    let mut requests = Requests::default();
    let mut before = [requests.add(), requests.add()];
    fail_all(requests.end(&Error::HostSilent), &Error::HostSilent);
    let mut after = requests.add();
    for (_, answer) in before.iter_mut().chain([&mut after]) {
        assert_eq!(poll(answer), Some(Err(Error::HostSilent)));
    }
    assert!(!requests.is_open() && !requests.is_waiting());
}

#[test]
fn the_first_end_counts() {
    let mut requests = Requests::<u32>::default();
    let (first, _answer) = requests.add();
    requests.end(&Error::HostCrashed);
    assert!(requests.end(&Error::HostMissing).is_empty());
    let (later, mut answer) = requests.add();
    assert_eq!(poll(&mut answer), Some(Err(Error::HostCrashed)));
    assert!(requests.blames(first, &Error::HostCrashed) && !requests.blames(later, &Error::HostCrashed));
}

#[test]
fn the_request_that_the_host_was_at_is_blamed_for_its_end_and_no_other() {
    let mut requests = Requests::<u32>::default();
    let asked: Vec<(u64, Received)> = (0..3).map(|_| requests.add()).collect();
    requests.take(1).expect("it waits").send(Ok(1));
    requests.end(&Error::HostCrashed);
    let blamed: Vec<u64> =
        asked.iter().map(|(id, _)| *id).filter(|id| requests.blames(*id, &Error::HostCrashed)).collect();
    assert_eq!(blamed, [2]);
}

#[test]
fn a_connection_that_ends_while_it_rests_blames_nobody() {
    let mut requests = Requests::<u32>::default();
    let (id, _answer) = requests.add();
    requests.take(id);
    requests.end(&Error::HostCrashed);
    assert!(!requests.blames(id, &Error::HostCrashed));
}

#[test]
fn a_port_that_the_extension_itself_closes_blames_no_capture() {
    let mut requests = Requests::<u32>::default();
    let (id, _answer) = requests.add();
    requests.end(&Error::Interrupted);
    assert!(!requests.blames(id, &Error::Interrupted));
}

#[test]
fn a_refusal_blames_its_request_only_for_a_mistake_of_the_program() {
    let requests = Requests::<u32>::default();
    for (code, expected) in [
        (Code::Internal, true),
        (Code::DiskFull, false),
        (Code::TooLarge, false),
        (Code::BadRequest, false),
        (Code::Other, false),
    ] {
        assert_eq!(requests.blames(1, &Error::Refused(Failure::new(code, "x"))), expected, "{code:?}");
    }
}

#[test]
fn a_failure_that_names_no_request_fails_all_and_leaves_the_connection_open() {
    let mut requests = Requests::default();
    let mut asked = [requests.add(), requests.add()];
    fail_all(requests.take_all(), &Error::HostGarbled);
    assert!(asked.iter_mut().all(|(_, answer)| poll(answer) == Some(Err(Error::HostGarbled))));
    assert!(requests.is_open());
    let (id, mut answer) = requests.add();
    requests.take(id).expect("it waits").send(Ok(7));
    assert_eq!(poll(&mut answer), Some(Ok(7)));
}

/// Returns a sequence of numbers that looks random and is the same in every run.
fn numbers(seed: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed), |last| Some(last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)))
        .map(|number| number >> 33)
}

#[test]
fn whatever_happens_each_request_gets_one_answer_its_own_or_the_end() {
    for seed in 0..300 {
        let mut requests = Requests::default();
        let mut open: BTreeMap<u64, Received> = BTreeMap::new();
        let mut answered = 0;
        for number in numbers(seed).take(60) {
            let id = number / 8 % 12;
            match number % 8 {
                0..=2 => {
                    let (id, answer) = requests.add();
                    assert!(open.insert(id, answer).is_none(), "an id is used once");
                }
                3..=6 => {
                    let waits = requests.waits_for(id);
                    let sender = requests.take(id);
                    assert_eq!((sender.is_some(), requests.waits_for(id)), (waits, false));
                    if let Some(sender) = sender {
                        sender.send(Ok(id as u32));
                        assert_eq!(poll(&mut open.remove(&id).unwrap()), Some(Ok(id as u32)));
                        answered += 1;
                    }
                }
                _ if seed % 3 == 0 => {
                    let (was_open, oldest) = (requests.is_open(), open.keys().next().copied());
                    fail_all(requests.end(&Error::HostCrashed), &Error::HostCrashed);
                    if was_open && let Some(oldest) = oldest {
                        assert!(requests.blames(oldest, &Error::HostCrashed), "the oldest is at fault");
                    }
                }
                _ => {}
            }
            let waiting = open.keys().filter(|id| requests.waits_for(**id)).count();
            assert_eq!(requests.is_waiting(), waiting > 0);
            if requests.is_open() {
                assert_eq!(waiting, open.len(), "nobody is forgotten");
            }
        }
        fail_all(requests.end(&Error::HostCrashed), &Error::HostCrashed);
        for (id, answer) in &mut open {
            assert_eq!(poll(answer), Some(Err(Error::HostCrashed)), "request {id} of run {seed}");
        }
        assert!(answered + open.len() > 0);
    }
}
