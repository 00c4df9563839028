//! Watches how many elements the parser holds open. A page may keep its tree shallow and still make
//! the parser's stack as long as the page, since an unclosed link moves elements within the tree. The
//! parser looks through that stack at most tags. This file drops no tag itself.

use std::cell::Cell;

use html5ever::tree_builder::{Tracer, TreeBuilder};

use super::MAX_DEPTH;
use super::sink::Recorder;

/// How many elements may be open, with those that formatting would repeat. A tree at its greatest
/// depth stays below it.
const MAX_OPEN: u32 = 2 * MAX_DEPTH;
/// After how many tags the stack is counted, and after how many once it was too long.
const EVERY: u32 = 64;
const EVERY_IF_CROWDED: u32 = 16;

/// The latest count of the open elements.
#[derive(Default)]
pub(super) struct OpenElements {
    tags: Cell<u32>,
    crowded: Cell<bool>,
}

impl OpenElements {
    /// Whether too many elements are open for more to be opened.
    #[inline]
    pub(super) fn are_crowded(&self) -> bool {
        self.crowded.get()
    }

    /// Notes that a tag has passed, and counts the stack from time to time.
    #[inline]
    pub(super) fn passed<R: Recorder>(&self, builder: &TreeBuilder<R::Handle, R>) {
        let tags = self.tags.get() + 1;
        self.tags.set(tags);
        if tags >= if self.crowded.get() { EVERY_IF_CROWDED } else { EVERY } {
            self.tags.set(0);
            let count = Count { open: Cell::new(0), handle: std::marker::PhantomData };
            builder.trace_handles(&count);
            self.crowded.set(count.open.get() > MAX_OPEN);
        }
    }
}

/// Counts the nodes that a parser holds.
struct Count<H> {
    open: Cell<u32>,
    handle: std::marker::PhantomData<H>,
}

impl<H> Tracer for Count<H> {
    type Handle = H;

    fn trace_handle(&self, _node: &H) {
        self.open.set(self.open.get() + 1);
    }
}
