//! Chooses the delimiters of emphasis. It predicts how CommonMark would read a line's delimiters.
//! Marks that would be misread get another spelling, and HTML as a last resort. Source:
//! <https://spec.commonmark.org/0.31.2/#delimiter-stack>.

mod run;

use std::collections::VecDeque;

use crate::block::Document;
use crate::inline::{Inline, Mark};
use run::{Class, Run, class};

/// The spelling of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    Star,
    Underscore,
    Tilde,
    Html,
    /// The mark is not emphasis and has its own spelling.
    Own,
}

/// How far back an opener is searched before the line counts as too tangled.
const MAX_SEARCH: usize = 200;
/// How many sets of spellings are tried for a line.
const MAX_ROUNDS: usize = 6;

/// A token as the delimiter stack sees it.
#[derive(Clone, Copy, Debug)]
enum Token {
    Delimiter {
        mark: usize,
        opens: bool,
    },
    Other {
        first: Class,
        last: Class,
    },
    /// The beginning or the end of a link's text.
    In,
    Out,
}

/// Returns the spelling of each mark of a line, in the order in which they open. `breaks_are_tags`
/// is set if the line cannot contain a line end.
pub(super) fn plan(document: &Document, inlines: &[Inline], breaks_are_tags: bool) -> Vec<Spelling> {
    let marks: Vec<Mark> = inlines
        .iter()
        .filter_map(|inline| match inline {
            Inline::Open(mark) => Some(*mark),
            _ => None,
        })
        .collect();
    let mut spellings = first_spellings(inlines);
    let mut tries = vec![0_u8; spellings.len()];
    for round in 0..MAX_ROUNDS {
        let tokens = tokens(document, inlines, &spellings, breaks_are_tags);
        let wrong = misread(&tokens, &marks, &spellings);
        if !wrong.iter().any(|wrong| *wrong) {
            return spellings;
        }
        // `***` is read as strong within emphasis. For the reverse, first the emphasis changes its
        // spelling, and then the rest.
        let emphasis = wrong
            .iter()
            .zip(&marks)
            .zip(&tries)
            .any(|((wrong, mark), tries)| *wrong && *mark == Mark::Emphasis && *tries == 0);
        for (((spelling, wrong), tries), mark) in spellings.iter_mut().zip(wrong).zip(&mut tries).zip(&marks) {
            if wrong && (!emphasis || *mark == Mark::Emphasis) {
                *spelling = match (*spelling, *tries) {
                    _ if round + 1 == MAX_ROUNDS => Spelling::Html,
                    (Spelling::Star, 0) => Spelling::Underscore,
                    (Spelling::Underscore, 0) => Spelling::Star,
                    _ => Spelling::Html,
                };
                *tries += 1;
            }
        }
    }
    for spelling in &mut spellings {
        if *spelling != Spelling::Own {
            *spelling = Spelling::Html;
        }
    }
    spellings
}

fn first_spellings(inlines: &[Inline]) -> Vec<Spelling> {
    let mut spellings = Vec::new();
    let mut open: Vec<Mark> = Vec::new();
    let mut emphases = 0_usize;
    for inline in inlines {
        match inline {
            Inline::Open(mark) => {
                spellings.push(match mark {
                    Mark::Emphasis if emphases % 2 == 1 => Spelling::Underscore,
                    Mark::Emphasis | Mark::Strong => Spelling::Star,
                    Mark::Strike => Spelling::Tilde,
                    _ => Spelling::Own,
                });
                emphases += usize::from(*mark == Mark::Emphasis);
                open.push(*mark);
            }
            Inline::Close => emphases -= usize::from(open.pop() == Some(Mark::Emphasis)),
            _ => {}
        }
    }
    spellings
}

fn tokens(document: &Document, inlines: &[Inline], spellings: &[Spelling], breaks_are_tags: bool) -> Vec<Token> {
    const MARKUP: Token = Token::Other { first: Class::Punctuation, last: Class::Punctuation };
    let mut tokens = Vec::with_capacity(inlines.len());
    let mut open: Vec<(usize, Mark)> = Vec::new();
    let mut count = 0;
    for inline in inlines {
        match inline {
            Inline::Text(span) => {
                let text = document.text_in(span);
                if let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) {
                    tokens.push(Token::Other { first: class(first), last: class(last) });
                }
            }
            Inline::Break if !breaks_are_tags => {
                tokens.push(Token::Other { first: Class::Punctuation, last: Class::Space });
            }
            Inline::Open(mark) => {
                match (mark, spellings.get(count)) {
                    (Mark::Void, _) => {}
                    (Mark::Link(_), _) => tokens.extend([MARKUP, Token::In]),
                    (_, Some(Spelling::Html | Spelling::Own)) => tokens.push(MARKUP),
                    _ => tokens.push(Token::Delimiter { mark: count, opens: true }),
                }
                open.push((count, *mark));
                count += 1;
            }
            Inline::Close => {
                let Some((number, mark)) = open.pop() else { continue };
                match (mark, spellings.get(number)) {
                    (Mark::Void, _) => {}
                    (Mark::Link(_), _) => tokens.extend([Token::Out, MARKUP]),
                    (_, Some(Spelling::Html | Spelling::Own)) => tokens.push(MARKUP),
                    _ => tokens.push(Token::Delimiter { mark: number, opens: false }),
                }
            }
            _ => tokens.push(MARKUP),
        }
    }
    tokens
}

/// Returns which marks would be misread.
fn misread(tokens: &[Token], marks: &[Mark], spellings: &[Spelling]) -> Vec<bool> {
    let mut wrong = vec![false; marks.len()];
    let length = |mark: usize| match marks.get(mark) {
        Some(Mark::Strong | Mark::Strike) => 2,
        _ => 1,
    };
    let sign = |mark: usize| spellings.get(mark).copied().unwrap_or(Spelling::Own);
    let mut segments: Vec<Vec<Run>> = vec![Vec::new()];
    let mut before = Class::Space;
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        index += 1;
        match *token {
            Token::Other { last, .. } => before = last,
            Token::In => {
                segments.push(Vec::new());
                before = Class::Punctuation;
            }
            Token::Out => {
                resolve(segments.pop().unwrap_or_default(), &length, &mut wrong);
                before = Class::Punctuation;
            }
            Token::Delimiter { mark, opens } => {
                let mut parts = VecDeque::from([(mark, opens)]);
                while let Some(Token::Delimiter { mark: next, opens }) = tokens.get(index)
                    && sign(*next) == sign(mark)
                {
                    parts.push_back((*next, *opens));
                    index += 1;
                }
                let after = class_after(tokens, index, &sign);
                let run = Run::new(sign(mark), parts, before, after, &length);
                if !run.sure {
                    for (part, _) in &run.parts {
                        if let Some(wrong) = wrong.get_mut(*part) {
                            *wrong = true;
                        }
                    }
                }
                if let Some(segment) = segments.last_mut() {
                    segment.push(run);
                }
                before = if sign(mark) == Spelling::Tilde { before.beyond_tildes() } else { Class::Punctuation };
            }
        }
    }
    while let Some(segment) = segments.pop() {
        resolve(segment, &length, &mut wrong);
    }
    wrong
}

/// Returns the class of the character after a run of delimiters.
fn class_after(tokens: &[Token], index: usize, sign: &dyn Fn(usize) -> Spelling) -> Class {
    let class = |token: Option<&Token>| match token {
        Some(Token::Other { first, .. }) => *first,
        Some(_) => Class::Punctuation,
        None => Class::Space,
    };
    let is_tilde = |token: &Token| matches!(token, Token::Delimiter { mark, .. } if sign(*mark) == Spelling::Tilde);
    match tokens.get(index) {
        Some(token) if is_tilde(token) => class(tokens.get(index + 1)).beyond_tildes(),
        token => class(token),
    }
}

/// Applies CommonMark's algorithm to the delimiters of a line or of a link's text.
fn resolve(mut runs: Vec<Run>, length: &dyn Fn(usize) -> usize, wrong: &mut [bool]) {
    let mut blame = |part: Option<(usize, bool)>| {
        if let Some(wrong) = part.and_then(|(mark, _)| wrong.get_mut(mark)) {
            *wrong = true;
        }
    };
    // The openers that are not closed yet.
    let mut stack: Vec<usize> = Vec::new();
    for at in 0..runs.len() {
        while let Some(closer) = runs.get(at).filter(|run| run.can_close && run.length > 0) {
            let found = stack.iter().rev().take(MAX_SEARCH).position(|opener| {
                runs.get(*opener).is_some_and(|opener| opener.sign == closer.sign && !closer.refuses(opener))
            });
            let Some(back) = found else { break };
            let Some(opener_at) = stack.len().checked_sub(1 + back).and_then(|position| stack.get(position).copied())
            else {
                break;
            };
            for skipped in stack.drain(stack.len() - back..) {
                if let Some(run) = runs.get(skipped) {
                    run.parts.iter().for_each(|part| blame(Some(*part)));
                }
            }
            let both_two = runs.get(opener_at).is_some_and(|opener| opener.length >= 2) && closer_len(&runs, at) >= 2;
            let taken = if both_two { 2 } else { 1 };
            let opened = runs.get_mut(opener_at).and_then(|run| run.take(taken, true));
            let closed = runs.get_mut(at).and_then(|run| run.take(taken, false));
            let fits = matches!((opened, closed), (Some((a, true)), Some((b, false))) if a == b && length(a) == taken);
            if !fits {
                blame(opened);
                blame(closed);
            }
            if runs.get(opener_at).is_none_or(|opener| opener.length == 0) {
                stack.pop();
            }
        }
        if runs.get(at).is_some_and(|run| run.length > 0 && run.can_open) {
            stack.push(at);
        }
    }
    for run in &runs {
        run.parts.iter().for_each(|part| blame(Some(*part)));
    }
}

fn closer_len(runs: &[Run], at: usize) -> usize {
    runs.get(at).map_or(0, |run| run.length)
}

#[cfg(test)]
mod tests;
