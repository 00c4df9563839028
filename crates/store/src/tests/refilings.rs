//! Files a capture a second time, after its record of a change stayed. It provides only changes,
//! for the tests of crashes: the existing files are the only ones.

use super::crashes::Change;
use super::*;

/// Files a version with a picture, a copy and a list. Without settling, it looks as after a crash.
fn file(store: &Store, second: i64, text: &str, settles: bool) -> Result<(), StoreError> {
    let (address, assets, dropped) = (address(), [picture()], dropped::list(text));
    let (markdown, html) = (pictured(text), pictured_html(text));
    let hash = article_hash(&markdown);
    let claim = store.claim([address.hash_url()])?;
    let draft = draft(&address, second, &markdown, &hash, Some(&html));
    claim.file(&Draft { assets: &assets, dropped: Some(&dropped), ..draft })?;
    if settles { claim.settle(address.hash_url()) } else { Ok(()) }
}

fn unsettled(home: &Home, second: i64, text: &str) {
    file(&home.store(), second, text, false).unwrap();
}

/// Captures that are filed again.
pub(super) const CHANGES: &[Change] = &[
    Change {
        name: "the only one filed again",
        before: |home| unsettled(home, 0, "A"),
        done: |store| file(store, 0, "A", true),
    },
    Change {
        name: "the newest of two filed again",
        before: |home| {
            file(&home.store(), 0, "A", true).unwrap();
            unsettled(home, 1, "B");
        },
        done: |store| file(store, 1, "B", true),
    },
    Change {
        name: "the older of two filed again",
        before: |home| {
            file(&home.store(), 9, "A", true).unwrap();
            unsettled(home, 1, "B");
        },
        done: |store| file(store, 1, "B", true),
    },
    Change {
        name: "filed again in bulk",
        before: |home| unsettled(home, 0, "A"),
        done: |store| {
            let (address, assets, dropped) = (address(), [picture()], dropped::list("A"));
            let (markdown, html) = (pictured("A"), pictured_html("A"));
            let hash = article_hash(&markdown);
            let claim = store.claim([address.hash_url()])?;
            let draft = draft(&address, 0, &markdown, &hash, Some(&html));
            claim.file_all(&[Draft { assets: &assets, dropped: Some(&dropped), ..draft }])?.remove(0)?;
            claim.settle(address.hash_url())
        },
    },
];
