//! Extracts a tree's plain text: the words in reading order, one line for each block.

use std::collections::HashSet;

use dom_query::{NodeData, NodeId, NodeRef};
use html5ever::local_name;

use crate::steps;
use crate::visibility::{is_block_element, is_hidden_element};
use crate::{Step, Walk};

/// Returns the visible text below `root`. Runs of white space become one space, blocks and line
/// breaks begin a new line, and no line is empty.
pub fn visible_text(root: NodeRef<'_>) -> String {
    running_text(root, &HashSet::new())
}

/// Returns the visible text without the elements in `aside`, such as the captions of pictures.
pub fn running_text(root: NodeRef<'_>, aside: &HashSet<NodeId>) -> String {
    let mut lines = Lines::default();
    let mut preformatted = 0_u32;
    let mut walk = Walk::new(root);
    // Whether the element that was just entered is hidden.
    let mut hidden = false;
    while let Some(step) = walk.next() {
        let (node, enters) = match step {
            Step::Enter(node) => (node, true),
            Step::Leave(node) => (node, false),
        };
        let skip = node.query_or(false, |inner| match &inner.data {
            NodeData::Text { contents } => {
                if enters {
                    lines.push(contents, preformatted > 0);
                }
                false
            }
            NodeData::Element(element) => {
                // The walk enters a hidden element without its children and leaves it at once, so
                // it adds nothing.
                hidden = enters && (is_hidden_element(element) || aside.contains(&node.id)) || !enters && hidden;
                if hidden {
                    hidden = enters;
                    return enters;
                }
                match element.name.local {
                    local_name!("br") if enters => lines.end_line(),
                    local_name!("br") => {}
                    local_name!("td") | local_name!("th") => lines.gap(),
                    ref name => {
                        if *name == local_name!("pre") {
                            preformatted = if enters { preformatted + 1 } else { preformatted.saturating_sub(1) };
                        }
                        if is_block_element(element) {
                            lines.end_line();
                        }
                    }
                }
                false
            }
            _ => false,
        });
        if skip {
            walk.skip_children();
        }
    }
    lines.finish()
}

/// Makes one line of at most `max` characters, without control characters. Runs of white space
/// become one space.
pub fn single_line(text: &str, max: usize) -> String {
    if text.len() <= max && is_single_line(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len().min(max.saturating_mul(4)));
    let mut count = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let word = word.trim_matches('\u{FEFF}');
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
            count += 1;
        }
        // A word has at most as many characters as bytes, so it fits if its bytes do.
        if word.len() <= max.saturating_sub(count) {
            line.push_str(word);
            count += word.chars().count();
            continue;
        }
        for c in word.chars() {
            if count >= max {
                line.truncate(line.trim_end().len());
                line.push('…');
                return line;
            }
            line.push(c);
            count += 1;
        }
    }
    line
}

/// Whether a text is already a single line, and all of it is ASCII. It then has words with single
/// spaces between them.
fn is_single_line(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        if !byte.is_ascii_graphic() && (byte != b' ' || before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// Returns the beginning of a text, cut between characters. Many elements may look at the same
/// attribute, so each reads only its beginning, however long it is.
pub fn beginning(text: &str, max: usize) -> &str {
    text.get(..text.floor_char_boundary(max)).unwrap_or(text)
}

/// Returns the text below a node, visible or not. It is `None` if it has more than `max` bytes or
/// very many elements.
pub fn short_text(node: &NodeRef<'_>, max: usize) -> Option<String> {
    text_within(node, max, &mut (65 + 2 * max))
}

/// Returns the same text, but within `steps` steps, and subtracts the steps that it takes.
pub fn text_within(node: &NodeRef<'_>, max: usize, steps: &mut usize) -> Option<String> {
    let mut text = String::new();
    for step in Walk::new(*node) {
        *steps = steps.checked_sub(1).filter(|_| text.len() <= max)?;
        if let Step::Enter(inner) = step {
            inner.query_or((), |inner| {
                if let NodeData::Text { contents } = &inner.data {
                    text.push_str(contents.get(..contents.len().min(max + 1)).unwrap_or(contents));
                }
            });
        }
    }
    (text.len() <= max).then_some(text)
}

/// Counts the characters of a text that are not white space.
pub fn solid_chars(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Collects text, collapses its white space and skips empty lines.
#[derive(Default)]
pub struct Lines {
    text: String,
    /// Whether a space comes before the next word.
    space: bool,
}

impl Lines {
    /// Adds text. The line ends in it count only if it is preformatted.
    #[inline]
    pub fn push(&mut self, text: &str, preformatted: bool) {
        steps::take_text(text.len());
        for c in text.chars() {
            if preformatted && c == '\n' {
                self.end_line();
            } else if c.is_whitespace() {
                self.space = true;
            } else if !c.is_control() && c != '\u{FEFF}' && c != '\u{AD}' {
                if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push(' ');
                }
                self.space = false;
                self.text.push(c);
            }
        }
    }

    /// Separates the next text from the text so far.
    #[inline]
    pub fn gap(&mut self) {
        self.space = true;
    }

    /// Ends the current line, unless it is empty.
    #[inline]
    pub fn end_line(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Removes and returns the text so far, except its unfinished end. Of several lines it keeps
    /// the last; of a single line, the last word; of a single word, a part of it.
    pub fn drain(&mut self) -> String {
        let last = |sign: char| self.text.rfind(sign).filter(|at| *at > 0);
        let end = last('\n').or_else(|| last(' '));
        let end = end.unwrap_or_else(|| self.text.floor_char_boundary(self.text.len().saturating_sub(64)));
        let rest = self.text.split_off(end);
        std::mem::replace(&mut self.text, rest)
    }

    /// Returns the length in bytes.
    #[inline]
    pub fn byte_len(&self) -> usize {
        self.text.len()
    }

    /// Returns the text.
    pub fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
}

#[cfg(test)]
mod tests;
