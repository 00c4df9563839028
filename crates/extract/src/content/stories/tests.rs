//! Tests which stories of a page belong to other pages.

use super::*;
use cachette_dom::parse;

const PROSE: &str = "<p>The keeper of the lock writes down every barge that passes, with the height of the water and \
                     the name of the skipper, because nobody else does it.</p><p>The books turned up again in the \
                     loft of the toll house, dry and complete, wrapped in sailcloth.</p>";
const SIGNED: &str = "<p class=author>By <a rel=author href=/ada>Ada Bell</a></p><time>3 May 2024</time>";

/// Returns the headings of the stories that belong to other pages.
fn others_of(html: &str) -> Vec<String> {
    let document = parse(&html.replace("{prose}", PROSE).replace("{signed}", SIGNED)).document;
    let outline = Outline::of(&document);
    let stories = others(&outline, "Outage at the lock", Some("https://news.example/outage"), true);
    let heading = |at: At| outline.below(at).find(|(_, item)| item.is_heading()).map(|(at, _)| at).unwrap();
    stories.into_iter().map(|at| outline.line(heading(at), 100).unwrap()).collect()
}

#[test]
fn appended_stories_belong_to_other_pages() {
    for html in [
        "<div><article><h1>Outage at the lock</h1>{prose}</article></div><div><article><h1>Choir seeks tenors</h1>\
         {prose}</article></div>",
        "<div><h1>Outage at the lock</h1>{prose}</div><div><h1><a href=/choir>Choir seeks tenors</a></h1>{prose}</div>",
        "<article><h1>Outage at the lock</h1>{prose}</article><div><article><h2><a \
         href=https://news.example/choir>Choir seeks tenors</a></h2>{prose}</article></div>",
        "<article><div><h1>Outage at the lock</h1>{signed}{prose}</div><div><h1>Choir seeks tenors</h1>{signed}{prose}\
         </div></article>",
        "<article><header><h1>Outage at the lock</h1>{signed}</header><div>{prose}<div><h1>Choir seeks tenors</h1>\
         {signed}{prose}</div></div></article>",
    ] {
        assert_eq!(others_of(html), ["Choir seeks tenors"], "{html}");
    }
}

#[test]
fn parts_of_the_story_are_no_other_pages() {
    for html in [
        // Sections with main headings.
        "<article><h1>Outage at the lock</h1>{prose}<h1>What comes next</h1>{prose}</article>",
        "<section><h1>Outage at the lock</h1>{prose}</section><section><h1>What comes next</h1>{prose}</section>",
        "<article><div><h1>Outage at the lock</h1>{signed}{prose}</div><div><h1>What comes next</h1>{prose}</div>\
         </article>",
        "<article><div><h1>Outage at the lock</h1>{prose}</div><div><h1><a href=#next>What comes next</a></h1>{prose}\
         </div></article>",
        "<div><h1>Outage at the lock</h1>{prose}</div><div><h1><a href=https://other.example/>A link</a></h1>{prose}\
         </div>",
        // Articles of which the page consists.
        "<header><h1>Outage at the lock</h1>{prose}</header><article><h1>What comes next</h1>{prose}</article>",
        "<article><h1>Outage at the lock</h1>{prose}<article><h2>An entry</h2>{prose}</article></article>",
        "<article><h1>Outage at the lock</h1>{prose}</article><article><h2>What comes next</h2>{prose}</article>",
        // The title heads no prose.
        "<article><h1>Outage at the lock</h1></article><article><h1>What comes next</h1>{prose}</article>",
        // A page of stories with a title of its own.
        "<article><h1>Choir seeks tenors</h1>{prose}</article><article><h1>Snow closes the pass</h1>{prose}</article>",
        "<article><h1>Outage at the lock</h1>{prose}</article><article><h1>A teaser</h1><p>Short.</p></article>",
    ] {
        assert_eq!(others_of(html), [""; 0], "{html}");
    }
}

#[test]
fn a_plan_keeps_what_it_consists_of() {
    let html =
        "<article><h1>Outage at the lock</h1>{prose}</article><div><article><h1>Choir</h1>{prose}</article></div>";
    let document = parse(&html.replace("{prose}", PROSE)).document;
    let outline = Outline::of(&document);
    let second = outline.items().filter(|(_, item)| item.is("article")).nth(1).unwrap().0;
    let dropped = |root: At| {
        let mut plan = Plan::new(&outline, root);
        drop_others(&outline, &mut plan, "Outage at the lock", None, true);
        plan.left(&outline).len() < Plan::new(&outline, root).left(&outline).len()
    };
    assert!(dropped(outline.first("body").unwrap()));
    assert!(!dropped(second), "it is the chosen article");
}

#[test]
fn articles_of_a_page_that_is_no_article_are_its_sections() {
    let html = "<article><h1>Outage at the lock</h1>{prose}</article><article><h1>Contact us</h1>{prose}</article>";
    let document = parse(&html.replace("{prose}", PROSE)).document;
    let outline = Outline::of(&document);
    for (is_article, count) in [(true, 1), (false, 0)] {
        assert_eq!(others(&outline, "Outage at the lock", None, is_article).len(), count);
    }
}
