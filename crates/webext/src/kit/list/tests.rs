//! Tests which row an item gets when a list changes. The rows themselves need a browser.

use super::*;

/// An item by its key and its state.
type Item = (&'static str, u32);

fn origins_of(before: &[Item], after: &[Item]) -> Vec<Option<usize>> {
    let before: Vec<&Item> = before.iter().collect();
    origins(&before, after, |item| item.0)
}

#[test]
fn an_item_keeps_its_row_wherever_it_goes_and_whatever_it_becomes() {
    let before = [("a", 1), ("b", 1), ("c", 1)];
    for (after, expected) in [
        (&[("a", 1), ("b", 1), ("c", 1)][..], &[Some(0), Some(1), Some(2)][..]),
        (&[("c", 1), ("a", 1), ("b", 1)], &[Some(2), Some(0), Some(1)]),
        (&[("b", 9)], &[Some(1)]),
        (&[("new", 1), ("a", 1)], &[None, Some(0)]),
        (&[("c", 2), ("x", 1), ("a", 1), ("y", 1)], &[Some(2), None, Some(0), None]),
        (&[], &[]),
    ] {
        assert_eq!(origins_of(&before, after), expected, "{after:?}");
    }
    assert_eq!(origins_of(&[], &before), [None, None, None]);
}

#[test]
fn a_row_serves_one_item_even_where_keys_are_double() {
    assert_eq!(origins_of(&[("a", 1)], &[("a", 1), ("a", 2)]), [Some(0), None]);
    assert_eq!(origins_of(&[("a", 1), ("a", 2)], &[("a", 3)]), [Some(0)]);
    assert_eq!(origins_of(&[("a", 1), ("a", 2)], &[("a", 3), ("a", 4), ("a", 5)]), [Some(0), Some(1), None]);
}

#[test]
fn keys_that_look_alike_are_not_the_same() {
    let before = [("", 1), (" ", 1), ("a", 1), ("A", 1), ("e\u{301}", 1)];
    assert_eq!(origins_of(&before, &[("A", 1), ("é", 1), (" ", 1), ("", 1)]), [Some(3), None, Some(1), Some(0)]);
}

#[test]
fn in_every_sequence_of_lists_no_row_is_used_twice_or_lost() {
    const KEYS: [&str; 5] = ["a", "b", "c", "d", "e"];
    let mut number: u64 = 7;
    let mut next = move |below: u64| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (number >> 33) % below
    };
    let mut before: Vec<Item> = Vec::new();
    for _ in 0..500 {
        let after: Vec<Item> = (0..next(7)).map(|_| (KEYS[next(5) as usize], next(3) as u32)).collect();
        let found = origins_of(&before, &after);
        assert_eq!(found.len(), after.len());
        let mut used: Vec<usize> = found.iter().flatten().copied().collect();
        used.sort_unstable();
        used.dedup();
        assert_eq!(used.len(), found.iter().flatten().count(), "{before:?} to {after:?}");
        for (item, origin) in after.iter().zip(&found) {
            if let Some(at) = origin {
                assert_eq!(before[*at].0, item.0, "a row keeps its key");
            }
        }
        for key in KEYS {
            let count = |items: &[Item]| items.iter().filter(|item| item.0 == key).count();
            let kept = after.iter().zip(&found).filter(|(item, origin)| item.0 == key && origin.is_some()).count();
            assert_eq!(kept, count(&before).min(count(&after)), "as many rows stay as can");
        }
        before = after;
    }
}
