//! Lists the known software, one file each, in the order of recognition. The most distinctive
//! structure comes first.

mod bbpress;
mod comments;
mod discourse;
mod discuz;
mod flarum;
mod fluxbb;
mod github;
mod gitlab;
mod hacker_news;
mod hyperkitty;
mod invision;
mod khoros;
mod lemmy;
mod lobsters;
mod mail_archive;
mod microdata;
mod mybb;
mod nodebb;
mod phpbb;
mod reddit;
mod smf;
mod stack_exchange;
mod v2ex;
mod vanilla;
mod vbulletin;
mod xenforo;

use super::shape::Shape;

/// All known shapes.
pub(super) static ALL: [&Shape; 34] = [
    &discourse::APP,
    &discourse::PLAIN,
    &reddit::ELEMENTS,
    &reddit::OLD,
    &hacker_news::SHAPE,
    &lobsters::SHAPE,
    &stack_exchange::SHAPE,
    &github::SHAPE,
    &gitlab::SHAPE,
    &xenforo::CARDS,
    &xenforo::SHAPE,
    &invision::FOUR,
    &invision::FIVE,
    &flarum::SHAPE,
    &nodebb::SHAPE,
    &mybb::SHAPE,
    &fluxbb::SHAPE,
    &phpbb::SHAPE,
    &smf::SHAPE,
    &vbulletin::NODES,
    &vbulletin::LISTS,
    &vbulletin::TABLES,
    &bbpress::SHAPE,
    &khoros::SHAPE,
    &vanilla::SHAPE,
    &lemmy::SHAPE,
    &hyperkitty::SHAPE,
    &discuz::SHAPE,
    &v2ex::SHAPE,
    &mail_archive::PIPERMAIL,
    &mail_archive::MHONARC,
    &microdata::SHAPE,
    &comments::WORDPRESS,
    &comments::DISQUS,
];

/// Iterates over every name by which some shape is known.
pub(super) fn signs() -> impl Iterator<Item = &'static str> {
    ALL.iter().flat_map(|shape| shape.signs.iter().copied().flatten().chain(shape.never)).copied()
}

#[cfg(test)]
mod tests {
    use dom_query::Matcher;

    use super::*;

    #[test]
    fn every_selector_can_be_read() {
        for shape in ALL {
            let Shape { post, author, date, body, votes, accepted, drop, .. } = shape;
            for selector in [post, author, date, body, votes, accepted, drop] {
                assert!(selector.is_empty() || Matcher::new(selector).is_ok(), "{}: {selector}", shape.name);
            }
            assert!(!post.is_empty() && !body.is_empty() && !shape.signs.is_empty(), "{}", shape.name);
        }
    }
}
