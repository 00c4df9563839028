//! Watches how many elements the parser holds open. A page may keep its tree shallow and still make
//! the parser's stack as long as the page, since an unclosed link moves elements within the tree.
//! The parser looks through that stack at most tags. This file drops no tag itself.

use std::cell::Cell;

use html5ever::tree_builder::{Tracer, TreeBuilder};

use super::MAX_DEPTH;
use super::sink::Recorder;

/// How many elements may be open, with those that formatting would repeat. A tree at its greatest
/// depth stays below it.
const MAX_OPEN: u32 = 2 * MAX_DEPTH;
/// After how many start tags the stack is counted; a power of two. Once it was too long, it is
/// counted after so many tags of both kinds.
const EVERY: u64 = 64;
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

    /// Notes that a tag has passed, and counts the stack from time to time. A start tag brings its
    /// number; other tags make the stack no longer.
    #[inline]
    pub(super) fn passed<R: Recorder>(&self, builder: &TreeBuilder<R::Handle, R>, number: Option<u64>) {
        if number.is_some_and(|number| number % EVERY == 0) || self.crowded.get() {
            self.count(builder);
        }
    }

    #[cold]
    fn count<R: Recorder>(&self, builder: &TreeBuilder<R::Handle, R>) {
        let tags = self.tags.get() + 1;
        self.tags.set(tags % EVERY_IF_CROWDED);
        if tags == EVERY_IF_CROWDED || !self.crowded.get() {
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
