//! Keeps a list whose rows have keys. An item that stays keeps its row, and with it the keyboard's
//! focus. It draws no row itself.

use std::cell::RefCell;

use web_sys::Element;

use super::part::Part;
use crate::api;

struct Row<T> {
    item: T,
    part: Part,
}

/// The rows of a list, in their order. `T` is an item; two items with the same key are two states
/// of the same thing.
pub struct KeyedList<T> {
    root: Element,
    rows: RefCell<Vec<Row<T>>>,
}

impl<T: Clone + PartialEq> KeyedList<T> {
    /// Creates an empty list in the element `root`.
    pub fn new(root: &Element) -> KeyedList<T> {
        KeyedList { root: root.clone(), rows: RefCell::default() }
    }

    /// Shows these items. Draws rows for new and changed items, moves rows that changed places,
    /// removes rows without an item, and leaves all others alone.
    pub fn show<K: PartialEq>(&self, items: &[T], key: impl Fn(&T) -> K, draw: impl Fn(&T) -> Part) {
        let mut old: Vec<Option<Row<T>>> = self.rows.take().into_iter().map(Some).collect();
        let before: Vec<&T> = old.iter().flatten().map(|row| &row.item).collect();
        let mut rows: Vec<Row<T>> = Vec::with_capacity(items.len());
        for (item, origin) in items.iter().zip(origins(&before, items, key)) {
            let known = origin.and_then(|at| old.get_mut(at)).and_then(Option::take);
            let part = match known {
                Some(row) if row.item == *item => row.part,
                Some(row) => {
                    let part = draw(item);
                    api::replace(row.part.element(), part.element());
                    part
                }
                None => draw(item),
            };
            rows.push(Row { item: item.clone(), part });
        }
        for row in old.into_iter().flatten() {
            row.part.element().remove();
        }
        for (at, row) in (0..).zip(&rows) {
            // A row that is moved loses the focus, so only rows out of place are moved.
            api::place(&self.root, row.part.element(), at);
        }
        self.rows.replace(rows);
    }

    /// Returns the row at a place.
    pub fn row(&self, at: usize) -> Option<Element> {
        self.rows.borrow().get(at).map(|row| row.part.element().clone())
    }

    /// Returns the item at a place.
    pub fn item(&self, at: usize) -> Option<T> {
        self.rows.borrow().get(at).map(|row| row.item.clone())
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.rows.borrow().len()
    }

    /// Whether the list has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.borrow().is_empty()
    }
}

/// Returns for each item the place of the row that it had before; `None` for a new one. A row
/// serves one item, even where keys are double.
fn origins<T, K: PartialEq>(before: &[&T], items: &[T], key: impl Fn(&T) -> K) -> Vec<Option<usize>> {
    let mut free: Vec<(usize, K)> = before.iter().map(|item| key(item)).enumerate().collect();
    let origin = |item| {
        let wanted = key(item);
        let found = free.iter().position(|(_, known)| *known == wanted)?;
        Some(free.remove(found).0)
    };
    items.iter().map(origin).collect()
}

#[cfg(test)]
mod tests;
