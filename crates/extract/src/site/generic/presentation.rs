//! Recognises whether a page presents itself as a discussion or an article. Its address or its data
//! may say so; its posts are not examined.

use dom_query::Document;

use cachette_dom::word_list::WordList;

/// Words in an address's host or path that suggest a discussion.
static PLACES: WordList = WordList::of(include_str!("places.txt"));

/// Whether an address contains a word for a discussion.
pub(super) fn is_place(url: Option<&str>) -> bool {
    let Some(url) = url.and_then(|url| url::Url::parse(url).ok()) else { return false };
    let place = format!("{} {}", url.host_str().unwrap_or("").replace("www.", ""), url.path()).to_ascii_lowercase();
    place.split(|c: char| !c.is_alphanumeric()).any(|word| PLACES.has(word))
}

/// Whether the page's own data call it a discussion.
pub(super) fn is_declared(document: &Document) -> bool {
    document.select(r#"script[type="application/ld+json"]"#).nodes().iter().any(|script| {
        let text = script.text();
        text.contains("DiscussionForumPosting") || text.contains("\"QAPage\"")
    })
}

/// Whether the page calls itself an article.
pub(in crate::site) fn is_article(document: &Document) -> bool {
    document
        .select(r#"meta[property="og:type"]"#)
        .nodes()
        .iter()
        .any(|meta| meta.attr("content").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("article")))
}

#[cfg(test)]
mod tests;
