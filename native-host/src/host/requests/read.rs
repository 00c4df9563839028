//! Reads a version's Markdown in parts that each fit into a frame, cut between characters.

use cachette_cache::At;
use cachette_protocol::{Failure, READ_BYTES, Read, ReadPart};

use super::{Handle, Session, whole_hash};
use crate::{
    failure::failure,
    host::{captured_at::version, reply},
    moment,
};

impl Handle for Read {
    /// Returns the part that begins at the offset. An offset within a character begins before it,
    /// one behind the end is an empty last part.
    fn handle(self, session: &mut Session) -> Result<ReadPart, Failure> {
        let cache = session.cache()?;
        whole_hash(&self.hash_url)?;
        let at = version(self.captured_at.as_deref())?.map_or(At::Newest, At::Captured);
        let document = cache.read(&self.hash_url, at).map_err(|error| failure(&error))?;
        let (markdown, next, total) = part(document.markdown(), self.offset);
        Ok(ReadPart {
            url: document.url.clone(),
            title: reply::title(document.title.clone()),
            captured_at: moment::written(document.captured_at),
            path: document.path.to_string_lossy().into_owned(),
            markdown: markdown.to_owned(),
            next,
            total,
        })
    }

    fn shorten(part: &mut ReadPart) -> bool {
        halve(part)
    }
}

/// Drops the second half of a part whose JSON is too long for a frame. The result is `false` if
/// nothing is left to drop.
fn halve(part: &mut ReadPart) -> bool {
    let half = part.markdown.floor_char_boundary(part.markdown.len() / 2);
    if half == 0 {
        return false;
    }
    let end = part.next.unwrap_or(part.total);
    let given_up = (part.markdown.len() - half) as u64;
    part.markdown.truncate(half);
    part.next = Some(end.saturating_sub(given_up));
    true
}

fn part(markdown: &str, offset: u64) -> (&str, Option<u64>, u64) {
    let from = markdown.floor_char_boundary(usize::try_from(offset).unwrap_or(usize::MAX));
    let to = markdown.floor_char_boundary(from.saturating_add(READ_BYTES));
    let next = (to < markdown.len()).then_some(to as u64);
    (markdown.get(from..to).unwrap_or_default(), next, markdown.len() as u64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole(markdown: &str) -> String {
        let (mut out, mut offset) = (String::new(), 0);
        loop {
            let (text, next, total) = part(markdown, offset);
            assert_eq!(total, markdown.len() as u64);
            assert!(text.len() <= READ_BYTES);
            out.push_str(text);
            match next {
                Some(next) => {
                    assert!(next > offset, "each part moves on");
                    offset = next;
                }
                None => return out,
            }
        }
    }

    #[test]
    fn the_parts_are_the_whole() {
        for text in ["", "a", &"é".repeat(READ_BYTES), &"🦀x".repeat(READ_BYTES / 2), &"a".repeat(READ_BYTES)] {
            assert_eq!(whole(text), text);
        }
    }

    #[test]
    fn an_offset_behind_the_end_is_an_empty_last_part() {
        assert_eq!(part("abc", 3), ("", None, 3));
        assert_eq!(part("abc", u64::MAX), ("", None, 3));
        assert_eq!(part("é", 1), ("é", None, 2));
    }

    proptest! {
        #[test]
        fn a_halved_part_names_where_it_ends(text in "\\PC{0,80}", end in 0u64..100) {
            let total = text.len() as u64 + end;
            let next = (end > 0).then_some(text.len() as u64);
            let mut part = ReadPart {
                url: String::new(), title: String::new(), captured_at: String::new(), path: String::new(),
                markdown: text.clone(), next, total,
            };
            while halve(&mut part) {
                prop_assert_eq!(part.next, Some(part.markdown.len() as u64));
                prop_assert!(text.starts_with(&part.markdown));
            }
            prop_assert!(part.markdown.len() < 8, "one character at least is never given up");
        }
    }
}
