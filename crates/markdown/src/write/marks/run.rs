//! Runs of delimiters: which can open and which can close, in every version of CommonMark. The
//! characters next to a run decide that; the line's marks are not known here.

use std::collections::VecDeque;

use super::Spelling;

/// The class of a character next to delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Punctuation,
    Word,
    /// Renderers differ between punctuation and part of a word.
    Unsure,
    /// Renderers differ between punctuation and white space.
    Edge,
}

/// A run of adjacent delimiters.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) sign: Spelling,
    pub(super) parts: VecDeque<(usize, bool)>,
    pub(super) length: usize,
    pub(super) original: usize,
    pub(super) can_open: bool,
    pub(super) can_close: bool,
    /// Whether all renderers agree that it has the required role.
    pub(super) sure: bool,
}

impl Class {
    /// Returns the class as other renderers see it. GitHub's look past tildes for a delimiter's
    /// neighbour.
    pub(super) fn beyond_tildes(self) -> Self {
        match self {
            Self::Word | Self::Unsure => Self::Unsure,
            Self::Space | Self::Edge => Self::Edge,
            Self::Punctuation => Self::Punctuation,
        }
    }
}

impl Run {
    pub(super) fn new(
        sign: Spelling,
        parts: VecDeque<(usize, bool)>,
        before: Class,
        after: Class,
        length: &dyn Fn(usize) -> usize,
    ) -> Self {
        let total = parts.iter().map(|(mark, _)| length(*mark)).sum();
        let readings = |class: Class| match class {
            Class::Unsure => [Class::Punctuation, Class::Word],
            Class::Edge => [Class::Punctuation, Class::Space],
            class => [class, class],
        };
        let (mut opens, mut closes) = ([false; 4], [false; 4]);
        let pairs = readings(before)
            .into_iter()
            .flat_map(|before| readings(after).into_iter().map(move |after| (before, after)));
        for (((before, after), open), close) in pairs.zip(&mut opens).zip(&mut closes) {
            let left = after != Class::Space && (after != Class::Punctuation || before != Class::Word);
            let right = before != Class::Space && (before != Class::Punctuation || after != Class::Word);
            (*open, *close) = match sign {
                Spelling::Underscore => {
                    (left && (!right || before == Class::Punctuation), right && (!left || after == Class::Punctuation))
                }
                _ => (left, right),
            };
        }
        let must_open = parts.iter().any(|(_, opens)| *opens);
        let must_close = parts.iter().any(|(_, opens)| !*opens);
        let sure = (!must_open || opens == [true; 4])
            && (!must_close || closes == [true; 4])
            && (sign != Spelling::Tilde || total == 2);
        Self {
            sign,
            parts,
            length: total,
            original: total,
            can_open: opens.contains(&true),
            can_close: closes.contains(&true),
            sure,
        }
    }

    /// Whether CommonMark's rule of three forbids the pair.
    pub(super) fn refuses(&self, opener: &Run) -> bool {
        self.sign != Spelling::Tilde
            && (self.can_open || opener.can_close)
            && (self.original + opener.original).is_multiple_of(3)
            && !(self.original.is_multiple_of(3) && opener.original.is_multiple_of(3))
    }

    /// Takes delimiters from the inner side: an opener's last ones, a closer's first.
    pub(super) fn take(&mut self, count: usize, as_opener: bool) -> Option<(usize, bool)> {
        self.length = self.length.saturating_sub(count);
        if as_opener { self.parts.pop_back() } else { self.parts.pop_front() }
    }
}

pub(super) fn class(c: char) -> Class {
    if c.is_whitespace() {
        Class::Space
    } else if c.is_ascii_punctuation() || is_sure_punctuation(c) {
        Class::Punctuation
    } else if c.is_alphanumeric() {
        Class::Word
    } else {
        Class::Unsure
    }
}

/// Whether every version of CommonMark counts a character as punctuation. Beyond ASCII, versions
/// differ on everything else, including symbols.
fn is_sure_punctuation(c: char) -> bool {
    matches!(
        c,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FF01}'..='\u{FF03}' | '\u{FF05}'..='\u{FF0A}'
            | '\u{FF0C}'..='\u{FF0F}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}' | '\u{FF20}' | '\u{FF3B}'..='\u{FF3D}'
            | '\u{FF5B}' | '\u{FF5D}' | '\u{FF5F}'..='\u{FF65}'
    )
}
