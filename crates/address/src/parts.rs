//! Splits a serialised address into its parts, and joins them after cleaning. It is not a parser: a
//! WHATWG parser's result is only cut at its separators.

use std::borrow::Cow;

use crate::AddressError;
use crate::cleaning::Sweep;

/// The longest scheme that an error repeats, in characters.
const SCHEME_SHOWN: usize = 32;

/// One serialised address, split. User info is dropped.
pub(crate) struct Parts<'a> {
    scheme: &'a str,
    /// Host and port, unchanged.
    authority: &'a str,
    path: Cow<'a, str>,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// Splits `href`; errors as [`crate::Address::from_href`].
    pub(crate) fn of(href: &'a str) -> Result<Parts<'a>, AddressError> {
        let (scheme, after_scheme) = href.split_once(':').ok_or(AddressError::Invalid)?;
        check_scheme(scheme)?;
        // A serialised address contains neither white space nor control characters. A raw one would
        // bring line breaks into everything that names it.
        if href.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
            return Err(AddressError::Invalid);
        }
        let (rest, fragment) = cut(after_scheme, '#');
        let (rest, query) = cut(rest, '?');
        let rest = rest.strip_prefix("//").ok_or(AddressError::Invalid)?;
        let slash = rest.find('/').ok_or(AddressError::Invalid)?;
        let (authority, path) = rest.split_at_checked(slash).ok_or(AddressError::Invalid)?;
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        // Chromium keeps the name that the standard drops.
        let authority = if scheme == "file" && authority == "localhost" { "" } else { authority };
        // Chromium accepts hosts that no other parser does: `exa mple.org`, as `exa%20mple.org`.
        if authority.contains('%') || (authority.is_empty() && scheme != "file") {
            return Err(AddressError::Invalid);
        }
        Ok(Parts { scheme, authority, path: levelled(scheme, path), query, fragment })
    }

    /// Returns the address without the parts that `sweep` removes.
    pub(crate) fn join(&self, sweep: Sweep) -> String {
        let mut url = format!("{}://{}{}", self.scheme, self.authority, self.path);
        if let Some(query) = self.query.and_then(|query| sweep.query(query)) {
            url.push('?');
            url.push_str(&query);
        }
        if let Some(fragment) = self.fragment.and_then(|fragment| sweep.fragment(fragment)) {
            url.push('#');
            url.push_str(&fragment);
        }
        url
    }

    /// The host without port and leading `www.`.
    pub(crate) fn site(&self) -> &'a str {
        // The colons inside an IPv6 host's brackets are not the port's.
        let host = match self.authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => host,
            _ => self.authority,
        };
        host.strip_prefix("www.").filter(|rest| !rest.is_empty()).unwrap_or(host)
    }
}

fn cut(text: &str, separator: char) -> (&str, Option<&str>) {
    match text.split_once(separator) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// Parsers differ in two characters of a path and in a file's leading slashes. One address must
/// have one form. `^`: encoded by both browsers and by today's standard, not by `url` 2.5. `|`:
/// encoded by Chromium alone, which cannot be undone, so all encode it. `file:////a`: one slash in
/// `url`, and the same file.
fn levelled<'a>(scheme: &str, path: &'a str) -> Cow<'a, str> {
    let path = match path.trim_start_matches('/') {
        rest if scheme == "file" && path.starts_with("//") => Cow::Owned(format!("/{rest}")),
        _ => Cow::Borrowed(path),
    };
    if path.contains(['^', '|']) { Cow::Owned(path.replace('^', "%5E").replace('|', "%7C")) } else { path }
}

fn check_scheme(scheme: &str) -> Result<(), AddressError> {
    let mut bytes = scheme.bytes();
    let serialised = bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte));
    match scheme {
        "http" | "https" | "file" => Ok(()),
        _ if serialised => Err(AddressError::Unsupported { scheme: scheme.chars().take(SCHEME_SHOWN).collect() }),
        _ => Err(AddressError::Invalid),
    }
}
