//! Processes many items on all cores at once. It knows nothing about the items.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most threads. More would wait for the disk rather than for a core.
const THREADS_MAX: usize = 8;

/// Processes each item and returns the results in the items' order. Up to `serial` items are
/// processed without other threads. If processing an item panics, `broken` makes its result: a bug
/// that concerns one page must not cost the others their results.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    serial: usize,
    work: impl Fn(&T) -> R + Sync,
    broken: impl Fn(&T) -> R,
) -> Vec<R> {
    if items.len() <= serial {
        return items.iter().map(work).collect();
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, catch_unwind(AssertUnwindSafe(|| work(item))).ok()));
        }
    };
    let mut all: Vec<(usize, Option<R>)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(items.len())).map(|_| scope.spawn(share)).collect();
        let mut all = share();
        all.extend(others.into_iter().flat_map(|other| other.join().unwrap_or_default()));
        all
    });
    all.sort_unstable_by_key(|(at, _)| *at);
    items.iter().zip(all).map(|(item, (_, done))| done.unwrap_or_else(|| broken(item))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items_and_a_panic_costs_one_of_them() {
        let items: Vec<usize> = (0..100).collect();
        let work = |item: &usize| if *item == 17 { panic!("as is meant to be") } else { item * 2 };
        let done = map(&items, 0, work, |item| item + 1000);
        let expected: Vec<usize> = items.iter().map(|item| if *item == 17 { 1017 } else { item * 2 }).collect();
        assert_eq!(done, expected);
        assert_eq!(map(&items[..3], 4, |item| item + 1, |_| 0), [1, 2, 3]);
        assert!(map(&items[..0], 0, |item| *item, |_| 0).is_empty());
    }
}
