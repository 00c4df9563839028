//! Lists the site extractors in the order in which they are tried: the most distinctive structure
//! first. Each has a file of its own, which declares the structure of its pages, its hosts and how
//! posts are read.

use super::extractor::Extractor;

/// Declares the files and their extractors. A line is a file, and its extractors by name.
macro_rules! extractors {
    ($($file:ident: $($extractor:ident),+;)+) => {
        $(mod $file;)+

        /// All extractors.
        pub(super) static ALL: &[&Extractor] = &[$($(&$file::$extractor,)+)+];
    };
}

extractors! {
    discourse: APP, PLAIN;
    chatgpt: SHAPE;
    reddit: ELEMENTS, OLD;
    hacker_news: SHAPE;
    lobsters: SHAPE;
    stack_exchange: SHAPE;
    github: SHAPE;
    gitlab: SHAPE;
    woltlab: SHAPE;
    xenforo: CARDS, SHAPE;
    invision: FOUR, FIVE;
    flarum: SHAPE;
    nodebb: SHAPE;
    mybb: SHAPE;
    fluxbb: SHAPE;
    phpbb: SHAPE;
    smf: SHAPE;
    vbulletin: NODES, LISTS, TABLES;
    bbpress: SHAPE;
    khoros: SHAPE;
    vanilla: SHAPE;
    lemmy: SHAPE;
    hyperkitty: SHAPE;
    discuz: SHAPE;
    v2ex: SHAPE;
    mail_archive: PIPERMAIL, MHONARC;
    microdata: SHAPE;
    comments: WORDPRESS, DISQUS;
}

#[cfg(test)]
mod tests {
    use dom_query::Matcher;

    use super::*;
    use crate::site::shape::Shape;

    #[test]
    fn every_extractor_is_complete() {
        for Extractor { name, signature, hosts, posts } in ALL.iter().copied() {
            let Shape { post, author, date, body, votes, accepted, drop, .. } = posts;
            for selector in [post, author, date, body, votes, accepted, drop] {
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
}
