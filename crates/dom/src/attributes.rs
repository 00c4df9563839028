//! Finds the surplus attributes of one tag, by following the tokenizer's attribute states. It knows
//! nothing else about HTML. Source:
//! <https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state>.

/// How many attributes a tag may have. Real pages stay below 200.
pub(super) const MAX_ATTRIBUTES: u32 = 512;

/// The tokenizer's state within a tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Name,
    BeforeAttribute,
    Attribute,
    AfterAttribute,
    BeforeValue,
    DoubleQuoted,
    SingleQuoted,
    Unquoted,
    AfterQuoted,
}

/// One tag being read, across as many pieces of text as it takes.
#[derive(Debug, Default)]
pub(super) struct AttributeScan {
    state: State,
    attributes: u32,
    /// Whether the `<` and, for end tags, the `/` have been read.
    entered: bool,
}

/// The parts of a piece that are passed on, without its surplus attributes.
pub(super) struct Kept<'a> {
    /// The part up to the first surplus attribute.
    pub(super) before: &'a str,
    /// The part from the tag's end on.
    pub(super) after: &'a str,
    /// Whether anything is between the two.
    pub(super) skipped: bool,
    /// Whether the tag ends in this piece.
    pub(super) ended: bool,
}

impl AttributeScan {
    /// Whether `piece` begins like a start or end tag.
    pub(super) fn begins(piece: &str) -> bool {
        match piece.as_bytes() {
            [b'<', b'/', letter, ..] | [b'<', letter, ..] => letter.is_ascii_alphabetic(),
            _ => false,
        }
    }

    /// Continues reading through `piece`.
    pub(super) fn keep<'a>(&mut self, piece: &'a str) -> Kept<'a> {
        let mut cut = (self.attributes > MAX_ATTRIBUTES).then_some(0);
        let start = if self.entered { 0 } else { 2 };
        self.entered = true;
        let bytes = piece.as_bytes();
        let mut at = start;
        while let Some(byte) = bytes.get(at) {
            // A quoted value is skipped as a whole.
            let quote = match self.state {
                State::DoubleQuoted => Some(b'"'),
                State::SingleQuoted => Some(b'\''),
                _ => None,
            };
            if let Some(quote) = quote {
                let rest = bytes.get(at..).unwrap_or_default();
                let Some(end) = rest.iter().position(|byte| *byte == quote) else { break };
                self.state = State::AfterQuoted;
                at += end + 1;
                continue;
            }
            if self.step(*byte) {
                return match cut {
                    Some(cut) => Kept {
                        before: part(piece, 0, cut),
                        after: part(piece, at, piece.len()),
                        skipped: true,
                        ended: true,
                    },
                    None => Kept { before: piece, after: "", skipped: false, ended: true },
                };
            }
            if cut.is_none() && self.attributes > MAX_ATTRIBUTES {
                cut = Some(at);
            }
            at += 1;
        }
        match cut {
            Some(cut) => Kept { before: part(piece, 0, cut), after: "", skipped: true, ended: false },
            None => Kept { before: piece, after: "", skipped: false, ended: false },
        }
    }

    /// Takes one byte; returns true at the `>` that ends the tag.
    fn step(&mut self, byte: u8) -> bool {
        use State::{
            AfterAttribute, AfterQuoted, Attribute, BeforeAttribute, BeforeValue, DoubleQuoted, Name, SingleQuoted,
            Unquoted,
        };
        let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C);
        self.state = match (self.state, byte) {
            (DoubleQuoted, b'"') | (SingleQuoted, b'\'') => AfterQuoted,
            (DoubleQuoted | SingleQuoted, _) => return false,
            (_, b'>') => return true,
            (Name, b'/') => BeforeAttribute,
            (Name, _) if blank => BeforeAttribute,
            (Name, _) => Name,
            (BeforeAttribute | AfterQuoted, _) if blank || byte == b'/' => BeforeAttribute,
            (BeforeAttribute | AfterQuoted, _) => self.attribute(),
            (Attribute, b'/') => BeforeAttribute,
            (Attribute, b'=') => BeforeValue,
            (Attribute, _) if blank => AfterAttribute,
            (Attribute, _) => Attribute,
            (AfterAttribute, b'/') => BeforeAttribute,
            (AfterAttribute, b'=') => BeforeValue,
            (AfterAttribute, _) if blank => AfterAttribute,
            (AfterAttribute, _) => self.attribute(),
            (BeforeValue, b'"') => DoubleQuoted,
            (BeforeValue, b'\'') => SingleQuoted,
            (BeforeValue, _) if blank => BeforeValue,
            (Unquoted, _) if blank => BeforeAttribute,
            (BeforeValue | Unquoted, _) => Unquoted,
        };
        false
    }

    fn attribute(&mut self) -> State {
        self.attributes = self.attributes.saturating_add(1);
        State::Attribute
    }
}

fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or("")
}

#[cfg(test)]
mod tests;
