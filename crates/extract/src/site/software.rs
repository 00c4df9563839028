//! Lists the site extractors in the order of trial, the most distinctive structure first. Each
//! software has a file of its own, which declares the structure of its pages, its hosts, and how
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
    claude: SHAPE;
    gemini: SHAPE;
    perplexity: SHAPE;
    copilot: SHAPE;
    gmail: SHAPE;
    mastodon: SHAPE;
    bluesky: SHAPE;
    x: SHAPE;
    reddit: ELEMENTS, OLD;
    hacker_news: SHAPE;
    lobsters: SHAPE;
    stack_exchange: SHAPE;
    zhihu: SHAPE;
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
mod tests;
