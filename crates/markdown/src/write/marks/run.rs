//! Decides which runs of delimiters can open or close emphasis, in every version of CommonMark. The
//! characters next to a run decide that; this file does not know the line's marks.

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
    /// Whether all renderers agree that the run opens or closes as it must.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn run(sign: Spelling, opens: bool, before: Class, after: Class) -> Run {
        Run::new(sign, VecDeque::from([(0, opens)]), before, after, &|_| if sign == Spelling::Tilde { 2 } else { 1 })
    }

    #[test]
    fn characters_are_punctuation_only_where_every_version_agrees() {
        for (c, expected) in [
            (' ', Class::Space),
            ('\u{A0}', Class::Space),
            ('\u{3000}', Class::Space),
            ('\u{2028}', Class::Space),
            ('a', Class::Word),
            ('7', Class::Word),
            ('é', Class::Word),
            ('語', Class::Word),
            ('ש', Class::Word),
            ('½', Class::Word),
            ('*', Class::Punctuation),
            ('$', Class::Punctuation),
            ('~', Class::Punctuation),
            ('«', Class::Punctuation),
            ('“', Class::Punctuation),
            ('…', Class::Punctuation),
            ('「', Class::Punctuation),
            ('。', Class::Punctuation),
            ('！', Class::Punctuation),
            ('€', Class::Unsure),
            ('×', Class::Unsure),
            ('→', Class::Unsure),
            ('😀', Class::Unsure),
            ('＄', Class::Unsure),
            ('\u{301}', Class::Unsure),
            ('\u{200B}', Class::Unsure),
            ('\u{FE0F}', Class::Unsure),
        ] {
            assert_eq!(class(c), expected, "{c:?}");
        }
    }

    #[test]
    fn neighbours_decide_what_a_run_can_do() {
        use Class::{Punctuation as Sign, Space, Unsure, Word};
        for (before, after, star, underscore) in [
            (Space, Word, (true, false), (true, false)),
            (Word, Space, (false, true), (false, true)),
            (Space, Space, (false, false), (false, false)),
            (Word, Word, (true, true), (false, false)),
            (Sign, Sign, (true, true), (true, true)),
            (Word, Sign, (false, true), (false, true)),
            (Sign, Word, (true, false), (true, false)),
            (Space, Sign, (true, false), (true, false)),
            (Sign, Space, (false, true), (false, true)),
            (Word, Unsure, (true, true), (false, true)),
            (Unsure, Word, (true, true), (true, false)),
        ] {
            let can = |sign| {
                let run = run(sign, true, before, after);
                (run.can_open, run.can_close)
            };
            assert_eq!((can(Spelling::Star), can(Spelling::Underscore)), (star, underscore), "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_run_is_sure_if_no_version_takes_its_role_away() {
        use Class::{Edge, Punctuation as Sign, Space, Unsure, Word};
        for (opens, before, after, star, underscore) in [
            (true, Space, Word, true, true),
            (true, Word, Word, true, false),
            (true, Word, Sign, false, false),
            (true, Word, Unsure, false, false),
            (true, Space, Unsure, true, true),
            (true, Sign, Unsure, true, true),
            (true, Edge, Word, true, true),
            (true, Word, Edge, false, false),
            (false, Word, Space, true, true),
            (false, Unsure, Word, false, false),
            (false, Unsure, Space, true, true),
            (false, Unsure, Sign, true, true),
            (false, Edge, Space, false, false),
        ] {
            let sure = |sign| run(sign, opens, before, after).sure;
            assert_eq!((sure(Spelling::Star), sure(Spelling::Underscore)), (star, underscore), "{before:?} {after:?}");
        }
    }

    #[test]
    fn two_tildes_are_sure_and_four_are_not() {
        let tildes = |marks: usize| {
            let parts = (0..marks).map(|mark| (mark, true)).collect();
            Run::new(Spelling::Tilde, parts, Class::Space, Class::Word, &|_| 2).sure
        };
        assert!(tildes(1) && !tildes(2));
    }

    #[test]
    fn what_lies_beyond_tildes_may_be_the_tildes_themselves() {
        for (class, expected) in [
            (Class::Word, Class::Unsure),
            (Class::Unsure, Class::Unsure),
            (Class::Space, Class::Edge),
            (Class::Edge, Class::Edge),
            (Class::Punctuation, Class::Punctuation),
        ] {
            assert_eq!(class.beyond_tildes(), expected);
        }
    }

    #[test]
    fn the_rule_of_three_counts_whole_runs() {
        let of = |sign, lengths: &[usize], before, after| {
            let parts = (0..lengths.len()).map(|mark| (mark, true)).collect();
            Run::new(sign, parts, before, after, &|mark| lengths[mark])
        };
        let opener = |lengths: &[usize]| of(Spelling::Star, lengths, Class::Space, Class::Word);
        let both = |lengths: &[usize]| of(Spelling::Star, lengths, Class::Word, Class::Word);
        assert!(both(&[1]).refuses(&opener(&[2])), "one and two are three");
        assert!(both(&[2]).refuses(&opener(&[1])));
        assert!(!both(&[1]).refuses(&opener(&[1])) && !both(&[2]).refuses(&opener(&[2])));
        assert!(!both(&[1, 2]).refuses(&opener(&[2, 1])), "two runs of three may pair");
        let closer = of(Spelling::Star, &[1], Class::Word, Class::Space);
        assert!(!closer.refuses(&opener(&[2])), "neither could be the other");
        assert!(closer.refuses(&both(&[2])));
        let tilde = of(Spelling::Tilde, &[1], Class::Word, Class::Word);
        assert!(!tilde.refuses(&of(Spelling::Tilde, &[2], Class::Word, Class::Word)));
    }

    #[test]
    fn delimiters_are_taken_from_the_inner_side() {
        let parts = VecDeque::from([(0, true), (1, true)]);
        let mut opener = Run::new(Spelling::Star, parts, Class::Space, Class::Word, &|mark| mark + 1);
        assert_eq!((opener.length, opener.take(2, true), opener.length), (3, Some((1, true)), 1));
        assert_eq!((opener.take(1, true), opener.take(1, true), opener.length), (Some((0, true)), None, 0));
        let parts = VecDeque::from([(1, false), (0, false)]);
        let mut closer = Run::new(Spelling::Star, parts, Class::Word, Class::Space, &|mark| mark + 1);
        assert_eq!((closer.take(2, false), closer.length, closer.original), (Some((1, false)), 1, 3));
    }
}
