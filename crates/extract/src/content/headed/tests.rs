//! Tests which text counts as that of the main heading.

use super::*;
use crate::content::tests::left;
use cachette_dom::parse;

/// Makes a paragraph, marked by a name.
fn paragraph(name: &str) -> String {
    format!("<p>{name}: the moss on the old wall has grown for years, and nobody has helped it. It drinks rain.</p>")
}

fn paragraphs(name: &str, count: usize) -> String {
    paragraph(name).repeat(count)
}

/// Returns the names of the paragraphs below the heading with the title; `-` if none is found.
fn headed(html: &str, title: &str) -> String {
    let parsed = parse(html);
    let outline = Outline::of(&parsed.document);
    let Some(found) = Headed::find(&outline, title) else { return "-".to_owned() };
    let lines = found.blocks.iter().filter_map(|at| outline.line(*at, 4000));
    let mut names: Vec<String> = lines.map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect();
    names.dedup();
    names.join(" ")
}

#[test]
fn the_smallest_element_with_most_of_the_prose_counts() {
    let article = format!("<article><h1>Moss on walls</h1>{}</article>", paragraphs("a", 6));
    for (html, expected) in [
        (format!("<div>{article}<div>{}</div></div>", paragraphs("b", 3)), "a"),
        (format!("<header><h1>Moss on walls</h1>{}</header><div>{}</div>", paragraph("l"), paragraphs("a", 9)), "l a"),
        (format!("<div>{}</div>{article}", paragraphs("b", 3)), "a"),
        // A long text is an article of its own, however much follows.
        (
            format!(
                "<div><article><h1>Moss on walls</h1>{}</article><ul>{}</ul></div>",
                paragraphs("a", 22),
                paragraphs("b", 90)
            ),
            "a",
        ),
    ] {
        assert_eq!(headed(&html, "Moss on walls – The Gazette"), expected);
    }
}

#[test]
fn only_a_heading_with_the_page_s_title_counts() {
    let page = |heading: &str| format!("<article>{heading}{}</article>", paragraphs("a", 6));
    for (heading, title, is) in [
        ("<h1>Moss on walls</h1>", "Moss on walls", true),
        ("<h2>Moss on walls</h2>", "Moss on walls | Gazette", true),
        ("<h1>Moss on walls: a story</h1>", "Moss on walls", true),
        ("<h1>The Gazette</h1>", "Moss on walls", false),
        ("<h3>Moss on walls</h3>", "Moss on walls", false),
        ("<h1>Moss</h1>", "Moss on walls", false),
        ("<h1></h1>", "Moss on walls", false),
        ("<h1>Moss on walls</h1>", "", false),
        ("", "Moss on walls", false),
    ] {
        assert_eq!(headed(&page(heading), title) == "a", is, "{heading} {title}");
    }
    assert_eq!(headed("<h1>Moss on walls</h1><p>Hardly any text. None.</p>", "Moss on walls"), "-");
}

#[test]
fn prose_of_notices_comments_and_teasers_does_not_count() {
    for other in [
        format!("<div class=cookie-notice>{}</div>", paragraphs("x", 4)),
        format!("<aside>{}</aside>", paragraphs("x", 2)),
        format!("<section class=comments>{}<textarea></textarea></section>", paragraphs("x", 9)),
        format!("<footer>{0}</footer><div>{0}</div>", paragraphs("x", 9)),
        format!("<div><h2><a href=/x>Ivy</a></h2>{}</div>", paragraph("x")),
    ] {
        let html = format!("<body><div><h1>Moss on walls</h1>{}</div>{other}</body>", paragraphs("a", 5));
        assert_eq!(headed(&html, "Moss on walls"), "a", "{other}");
    }
}

#[test]
fn text_without_paragraphs_is_prose_too() {
    let text = "The moss on the old wall has grown for years.<br>Nobody has helped it, and it drinks the rain. ";
    let html =
        format!("<div><h1>Moss on walls</h1><div>{}<div>Advertisement</div>more of it.</div></div>", text.repeat(5));
    assert!(headed(&html, "Moss on walls").starts_with("The moss"));
}

#[test]
fn the_article_of_the_prose_is_around_it() {
    let html = format!(
        "<body><p>Menu</p><div><h1>Moss on walls</h1>{}<h2>Ferns</h2><ul><li>One</ul>{}</div><div>{}</div></body>",
        paragraphs("a", 3),
        paragraphs("b", 3),
        paragraphs("x", 2)
    );
    let text = left(&html, |outline, _| {
        let found = Headed::find(outline, "Moss on walls").unwrap();
        let plan = found.article(outline, None, "Moss on walls");
        assert!(found.share(outline, &plan) > 0.99);
        plan
    });
    assert!(text.contains("Ferns | One") && !text.contains("Menu") && !text.contains("x:"), "{text}");
}

/// Returns the names of the paragraphs in the article of a heading. The element with the id `found`
/// is the plan that may continue it.
fn continued(html: &str) -> String {
    let text = left(html, |outline, _| {
        let headed = Headed::find(outline, "Moss on walls").unwrap();
        let place = |item: &Item| outline.document.select("#found").nodes().iter().any(|node| node.id == item.id);
        let found = outline.items().find(|(_, item)| place(item)).map(|(at, _)| Plan::new(outline, at)).unwrap();
        headed.article(outline, Some(&found), "Moss on walls")
    });
    let mut names: Vec<&str> = text.split(" | ").filter_map(|line| Some(line.split_once(':')?.0)).collect();
    names.dedup();
    names.join(" ")
}

#[test]
fn an_article_goes_on_in_the_next_part_of_the_main_element() {
    let intro = format!("<div><h1>Moss on walls</h1>{}</div>", paragraphs("a", 25));
    let more = paragraphs("b", 40);
    for (html, expected) in [
        (format!("<main>{intro}<div id=found>{more}</div></main>"), "a b"),
        // The next article, readers' comments and what is beside the main element are others.
        (format!("<main>{intro}<article id=found>{more}</article></main>"), "a b"),
        (format!("<main><article>{intro}</article><article id=found>{more}</article></main>"), "a"),
        (format!("<main>{intro}<div class=comments><div id=found>{more}</div><textarea></textarea></div></main>"), "a"),
        (format!("<body><div>{intro}</div><div id=found>{more}</div></body>"), "a"),
    ] {
        assert_eq!(continued(&html), expected, "{html}");
    }
}
