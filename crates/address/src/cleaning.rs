//! Removes secrets and trackers from a query or a fragment. It works on the raw `&` pieces: a piece
//! that stays is not changed in any byte.

use std::borrow::Cow;

use crate::parameter_names;
use crate::routes::{MARKS, is_route};

/// How much is removed from an address.
#[derive(Clone, Copy)]
pub(crate) enum Sweep {
    /// For the canonical form: secrets, trackers, and a fragment that is not a route.
    Canonical,
    /// For the address as captured: secrets only.
    Secrets,
    /// For an image: secrets, except the signature without which it is not shown.
    Unsigned,
}

impl Sweep {
    /// Returns the rest of a query (without its `?`); `None` if nothing is left.
    pub(crate) fn query(self, query: &str) -> Option<Cow<'_, str>> {
        self.pieces(query, |piece| self.takes(name_of(piece)))
    }

    /// Returns the rest of a fragment (without its `#`); `None` if it is dropped or nothing is
    /// left.
    pub(crate) fn fragment(self, fragment: &str) -> Option<Cow<'_, str>> {
        let route = is_route(fragment);
        if !route && matches!(self, Sweep::Canonical) {
            return None;
        }
        let (head, query) = match fragment.split_once('?') {
            Some((head, query)) => (head, Some(query)),
            None => (fragment, None),
        };
        let kept_head = self.fragment_head(head);
        let kept_query = query.and_then(|query| self.query(query));
        if kept_head == head && kept_query.as_deref() == query {
            return Some(Cow::Borrowed(fragment));
        }
        let mut kept = kept_head.into_owned();
        if let Some(kept_query) = kept_query {
            kept.push('?');
            kept.push_str(&kept_query);
        }
        // `#token=x&/a` was not a route, and its rest must not become one, because that would
        // change the canonical form.
        if kept.is_empty() || (!route && is_route(&kept)) { None } else { Some(Cow::Owned(kept)) }
    }

    /// Cleans a fragment up to its `?`. The route's marks stay in front. `#/a` and `#session` name
    /// a place and contain no value, so only pieces with `=` are removed.
    fn fragment_head(self, head: &str) -> Cow<'_, str> {
        let body = head.trim_start_matches(MARKS);
        let marks = head.strip_suffix(body).unwrap_or_default();
        // A later piece is also read without such marks, because it may become the first one.
        let takes = |piece: &str| piece.contains('=') && self.takes(name_of(piece.trim_start_matches(MARKS)));
        match self.pieces(body, takes) {
            Some(Cow::Borrowed(_)) => Cow::Borrowed(head),
            Some(Cow::Owned(kept)) => Cow::Owned(format!("{marks}{kept}")),
            None => Cow::Owned(marks.to_owned()),
        }
    }

    fn takes(self, raw_name: &str) -> bool {
        let name = parameter_names::decoded(raw_name);
        match self {
            Sweep::Canonical => parameter_names::is_secret(&name) || parameter_names::is_tracker(&name),
            Sweep::Secrets => parameter_names::is_secret(&name),
            Sweep::Unsigned => parameter_names::is_secret(&name) && !parameter_names::is_signature(&name),
        }
    }

    /// Returns the pieces of `text` that stay; `None` if `takes` removed all of them.
    fn pieces(self, text: &str, takes: impl Fn(&str) -> bool) -> Option<Cow<'_, str>> {
        if !text.split('&').any(&takes) {
            return Some(Cow::Borrowed(text));
        }
        let mut left = text.split('&').filter(|piece| !takes(piece));
        let mut kept = left.next().unwrap_or_default().to_owned();
        for piece in left {
            kept.push('&');
            kept.push_str(piece);
        }
        if kept.is_empty() { None } else { Some(Cow::Owned(kept)) }
    }
}

fn name_of(piece: &str) -> &str {
    piece.split_once('=').map_or(piece, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_touched_is_not_copied() {
        assert!(matches!(Sweep::Canonical.query("a=1&&b"), Some(Cow::Borrowed("a=1&&b"))));
        assert!(matches!(Sweep::Canonical.query(""), Some(Cow::Borrowed(""))));
        assert!(matches!(Sweep::Canonical.fragment("/a?b"), Some(Cow::Borrowed("/a?b"))));
    }

    #[test]
    fn a_place_named_like_a_secret_stays_in_a_fragment() {
        assert_eq!(Sweep::Secrets.fragment("session").as_deref(), Some("session"));
        assert_eq!(Sweep::Canonical.fragment("/password").as_deref(), Some("/password"));
    }

    #[test]
    fn what_is_left_of_a_fragment_never_becomes_a_route() {
        assert_eq!(Sweep::Secrets.fragment("token=x&/a"), None);
        assert_eq!(Sweep::Secrets.fragment("token=x&a").as_deref(), Some("a"));
    }
}
