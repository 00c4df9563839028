//! Describes the posts of any software that marks them up with schema.org's terms.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "microdata",
    signature: Signature {
        any: &[&["@DiscussionForumPosting"], &["@QAPage"], &["@Question", "@Answer"]],
        never: &["@FAQPage", "@Product", "@Recipe", "@NewsArticle"],
    },
    hosts: &[],
    posts: Shape {
        post: "[itemtype$=\"/Comment\"], [itemtype$=\"/DiscussionForumPosting\"], [itemtype$=\"/Question\"], \
                [itemtype$=\"/Answer\"]",
        author: "[itemprop~=author] [itemprop~=name], [itemprop~=author]",
        date: "[itemprop~=datePublished], [itemprop~=dateCreated], time",
        body: "[itemprop~=text], [itemprop~=articleBody], [itemprop~=commentText]",
        votes: "[itemprop~=upvoteCount]",
        accepted: "[itemprop~=acceptedAnswer]",
        nesting: Nesting::InsideFirst,
        ..BLANK
    },
};
