//! Tests that every extractor is complete and reads the smallest page of its software. The golden
//! cases of `page` are whole pages; these show older versions and second choices too.

use dom_query::Matcher;

use super::*;
use crate::site::extractor::fitting;
use crate::site::shape::Shape;
use crate::site::signatures::Signatures;
use crate::site::tests::transcript;

mod answers;
mod boards;
mod chats;
mod comments;
mod networks;
mod suites;

/// A page with its transcript, which is the software's name and the posts.
type Page = (&'static str, &'static [&'static str]);

/// Compares the transcripts of some pages.
fn check(pages: &[Page]) {
    for (html, expected) in pages {
        assert_eq!(transcript(html, None), *expected, "{html}");
    }
}

#[test]
fn every_extractor_is_complete() {
    for Extractor { name, signature, hosts, posts } in ALL.iter().copied() {
        let Shape { post, author, date, body, votes, accepted, drop, code_label, handle, .. } = posts;
        for selector in [post, author, date, body, votes, accepted, drop, code_label, handle] {
            assert!(selector.is_empty() || Matcher::new(selector).is_ok(), "{name}: {selector}");
        }
        assert!(!name.is_empty() && !post.is_empty() && !body.is_empty(), "{name}");
        // Without a structure, a host alone would decide.
        assert!(!signature.any.is_empty() && signature.any.iter().all(|names| !names.is_empty()), "{name}");
        let is_host = |host: &str| {
            host.contains('.')
                && !host.contains(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && !".-".contains(c))
        };
        assert!(hosts.iter().all(|host| is_host(host)), "{name}: {hosts:?}");
    }
}

#[test]
fn every_structure_of_every_extractor_has_a_page() {
    let pages = [answers::PAGES, boards::PAGES, chats::PAGES, comments::PAGES, networks::PAGES, suites::PAGES].concat();
    for extractor in ALL {
        let names = |html: &str| Signatures::of(&cachette_dom::parse(html).document, extractor.signature.names());
        let fits = |page: &&Page| fitting(&[extractor], &names(page.0), None).next().is_some();
        let own: Vec<Signatures> = pages
            .iter()
            .filter(|page| page.1.first() == Some(&extractor.name))
            .filter(fits)
            .map(|page| names(page.0))
            .collect();
        for set in extractor.signature.any {
            let shown = own.iter().any(|names| set.iter().all(|name| names.has(name)));
            assert!(shown, "{} has no page with {set:?}", extractor.name);
        }
    }
}
