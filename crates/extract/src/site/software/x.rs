//! Describes the posts of X: one post, those that it answers, and its answers.

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Holder, Shape};

pub(super) static SHAPE: Extractor = Extractor {
    name: "x",
    signature: Signature {
        any: &[&["[data-testid=tweet]", "[data-testid=tweetText]"]],
        // A long article is read as one.
        never: &["[data-testid=twitterArticleRichTextView]"],
    },
    hosts: &["x.com", "twitter.com"],
    posts: Shape {
        post: "[data-testid=tweet]",
        author: "[data-testid=User-Name] > :first-child",
        handle: "[data-testid=User-Name] > :not(:first-child) [dir=ltr]",
        date: "time",
        // A post that is quoted has its author and its date in it.
        body: "[data-testid=tweetText], [data-testid=tweetPhoto], [data-testid=\"card.wrapper\"], \
                [data-testid=cardPoll]",
        holders: &[Holder { element: "[role=link]", inner: "[data-testid=tweetText]", holds: true }],
        ..BLANK
    },
};
