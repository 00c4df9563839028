//! Moves the late pieces of a streamed page to their places. React puts each late piece, hidden, at
//! the end, and a script moves it; if the script has not run, this module does it. Source:
//! <https://react.dev/reference/react-dom/server/renderToPipeableStream>.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};

use super::walk::{Step, Walk, enforce_depth};
use super::{MAX_DEPTH, name_of};

/// A place deeper than this is ignored.
const DEEPEST: usize = 2 * MAX_DEPTH as usize;

/// Moves the pieces to their places. A piece without a place is shown at its position in the
/// source.
pub(crate) fn settle(document: &Document) {
    let mut places: HashMap<String, NodeRef<'_>> = HashMap::new();
    let mut pieces: Vec<(String, NodeRef<'_>)> = Vec::new();
    for step in Walk::new(document.root()) {
        let Step::Enter(node) = step else { continue };
        if !node.is_element() {
            continue;
        }
        let Some(id) = node.id_attr() else { continue };
        if let Some(number) = id.strip_prefix("S:").filter(|_| node.has_attr("hidden")) {
            pieces.push((number.to_owned(), node));
        } else if let Some(number) = id.strip_prefix("B:").filter(|_| &*name_of(&node) == "template") {
            places.insert(number.to_owned(), node);
        }
    }
    let mut moved = false;
    for (number, piece) in pieces {
        piece.remove_attr("hidden");
        let Some(place) = places.get(&number).copied() else { continue };
        // A chain of pieces within pieces ends where the tree would become too deep. The rest is
        // shown at its position in the source.
        let mut depth = 0;
        let within = place.ancestors_it(Some(DEEPEST)).inspect(|_| depth += 1).any(|around| around.id == piece.id);
        if !within && depth < DEEPEST {
            place.insert_before(&piece);
            place.remove_from_parent();
            // A second piece of the same number has no place, and must not go with the first one's.
            places.remove(&number);
            moved = true;
        }
    }
    if moved {
        enforce_depth(document, 2 * MAX_DEPTH);
    }
}

#[cfg(test)]
mod tests;
