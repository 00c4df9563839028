//! Tests which blocks and lines leave an article: by their names, by what they say, by their place.

use super::*;
use crate::content::tests::left;

/// A paragraph of the article, marked by a name.
fn paragraph(name: &str) -> String {
    format!("<p>{name}: the moss on the old wall has grown for years, and nobody has helped it. It drinks rain.</p>")
}

/// Returns an article of four paragraphs with `html` in its middle, after pruning, as the names of
/// its paragraphs and the other lines.
fn pruned(html: &str) -> String {
    around([&paragraph("a"), &paragraph("b"), html, &paragraph("c"), &paragraph("d")].concat().as_str(), "Moss")
}

fn around(html: &str, title: &str) -> String {
    let text = left(&format!("<main>{html}</main>"), |outline, mut plan| {
        let leaves: Vec<At> = outline.below(plan.root).map(|(at, _)| at).filter(|at| outline.is_leaf(*at)).collect();
        outline.keep_only(&leaves);
        prune(outline, &mut plan, title);
        plan
    });
    let short = |line: &str| match line.split_once(": the moss on") {
        Some((name, _)) => name.to_owned(),
        None => line.to_owned(),
    };
    text.split(" | ").map(short).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_small_block_goes_for_its_name() {
    for block in [
        "<div class=share>X</div>",
        "<div class=related-posts><p>X is elsewhere.</p></div>",
        "<aside>X</aside>",
        "<nav>X</nav>",
        "<div class=advert>X</div>",
        "<div id=newsletter-signup>X</div>",
        "<div class=pullquote>X</div>",
        "<div class=toc>X</div>",
        "<div class=author-bio>X writes here.</div>",
        "<div class=entry-meta>X</div>",
        "<section class=comments><p>X is what I think of it. I do. So there.</p></section>",
        "<div class=cookie-notice>X</div>",
    ] {
        assert_eq!(pruned(block), "a | b | c | d", "{block}");
    }
}

#[test]
fn a_block_stays_in_spite_of_its_name_if_it_is_content() {
    for (block, expected) in [
        ("<blockquote class=share>X</blockquote>", "X"),
        ("<pre class=related>X</pre>", "X"),
        ("<table class=sidebar><tr><td>X</table>", "X"),
        ("<div class='related tweet'>X</div>", "X"),
        ("<div class='entry-content share'><p>X</p></div>", "X"),
        ("<div class=plain>X</div>", "X"),
        ("<div class=shareholder>X</div>", "X"),
    ] {
        assert_eq!(pruned(block), format!("a | b | {expected} | c | d"), "{block}");
    }
}

#[test]
fn a_good_part_of_the_text_is_never_dropped_for_its_name() {
    let boxed = |class: &str| pruned(&format!("<div class={class}>{}{}</div>", paragraph("x"), paragraph("y")));
    assert_eq!(boxed("share"), "a | b | x | y | c | d");
    assert_eq!(boxed("author"), "a | b | x | y | c | d");
    assert_eq!(boxed("comments"), "a | b | c | d", "comments are never the article's");
    let builder: String = ["a", "b", "c"].map(|name| format!("<div class=promo>{}</div>", paragraph(name))).concat();
    assert_eq!(around(&builder, ""), "a | b | c", "a name that most of it bears says nothing");
}

#[test]
fn lines_of_boilerplate_go() {
    for line in [
        "<p>Advertisement</p>",
        "<p>Read more: <a href=/x>Ivy on walls</a></p>",
        "<p>Lesen Sie auch: <a href=/x>Efeu</a></p>",
        "<p>Sign up for our newsletter.</p>",
        "<p>© 2026 Example</p>",
        "<p>4 May 2026</p>",
        "<p>By Ada Byron</p>",
        "<p><a href=/x>Ivy on the walls of the old mill</a></p>",
        "<h2>Related articles</h2>",
        "<h2>Moss</h2>",
        "<h1>Another</h1>",
        "<ul><li><a href=/x>Ivy on the walls</a><li><a href=/y>Ferns in the cellar</a></ul>",
    ] {
        assert_eq!(pruned(line), "a | b | c | d", "{line}");
    }
}

#[test]
fn lines_that_only_resemble_boilerplate_stay() {
    for (line, expected) in [
        (
            "<p>Read more of it, and you will find that the wall was never dry in all those years of rain and of \
             fog.</p>",
            "Read more of it, and you will find that the wall was never dry in all those years of rain and of fog.",
        ),
        ("<pre>4 May 2026</pre>", "4 May 2026"),
        ("<table><tr><td>Advertisement<td>12</table>", "Advertisement 12"),
        ("<blockquote><p>Share</p></blockquote>", "Share"),
        ("<h2>Moss and more</h2>", "Moss and more"),
        ("<p><a href=/x>Ivy</a></p>", "Ivy"),
        (
            "<ul><li><a href=/x>Ivy on walls</a> grows<li>Ferns in cellars do not</ul>",
            "Ivy on walls grows | Ferns in cellars do not",
        ),
        ("<dl><dt>Share<dd>12</dl>", "Share | 12"),
    ] {
        assert_eq!(pruned(line), format!("a | b | {expected} | c | d"), "{line}");
    }
}

#[test]
fn short_lines_before_the_first_paragraph_go_unless_they_are_parts_of_something() {
    let first = |html: &str| around(&format!("{html}{}{}", paragraph("a"), paragraph("b")), "");
    assert_eq!(first("<div>Nature</div><div>Free to read</div>"), "a | b");
    assert_eq!(first("<div>Nature.</div>"), "Nature. | a | b", "a sentence");
    assert_eq!(first("<h2>Nature</h2>"), "Nature | a | b");
    assert_eq!(first("<ul><li>Nature</ul>"), "Nature | a | b");
    assert_eq!(first("<table><tr><td>Nature</table>"), "Nature | a | b");
    assert_eq!(first("<blockquote><p>Nature</p></blockquote>"), "Nature | a | b");
}

#[test]
fn links_after_the_last_paragraph_go() {
    let last = |html: &str| around(&format!("{}{}{html}", paragraph("a"), paragraph("b")), "");
    assert_eq!(last("<p><a href=/x>Ivy</a></p>"), "a | b");
    assert_eq!(last("<p><a href=/x>Ivy</a> and ferns</p>"), "a | b | Ivy and ferns");
    assert_eq!(last("<table><tr><td><a href=/x>Ivy</a></table>"), "a | b | Ivy");
    assert_eq!(
        around("<p>Short</p><p><a href=/x>Ivy</a></p>", ""),
        "Short | Ivy",
        "without paragraphs there are no edges"
    );
}

#[test]
fn a_heading_that_lost_its_content_goes_with_it() {
    let last = |html: &str| around(&format!("{}{}{html}", paragraph("a"), paragraph("b")), "");
    assert_eq!(last("<h2>See there</h2><p><a href=/x>Ivy</a></p>"), "a | b");
    assert_eq!(last("<h2>Sources</h2><p>A book of 1926.</p>"), "a | b | Sources | A book of 1926.");
    assert_eq!(last("<h2>The wall</h2><img src=wall.png>"), "a | b | The wall");
    assert_eq!(last("<h2>One</h2><h3>Two</h3>"), "a | b | One", "only the last is looked at");
}

#[test]
fn captions_stay_but_are_no_running_text() {
    let html = format!(
        "<main>{}<figure><img src=a.png><figcaption>Moss in May.</figcaption></figure><p>Photo: Ada Byron</p>{}</main>",
        paragraph("a"),
        paragraph("b")
    );
    let document = cachette_dom::parse(&html).document;
    let mut outline = Outline::of(&document);
    let mut plan = Plan::new(&outline, outline.first("main").unwrap());
    outline.keep_only(&[outline.first("p").unwrap()]);
    prune(&outline, &mut plan, "");
    let cut = plan.resolve(&outline).unwrap();
    cut.carry_out(&document);
    let main = dom_query::NodeRef { id: cut.root, tree: &document.tree };
    let shown = cachette_dom::text::visible_text(main);
    assert!(shown.contains("Moss in May.") && shown.contains("Photo: Ada Byron"), "{shown}");
    let running = cachette_dom::text::running_text(main, &cut.captions);
    assert!(!running.contains("Moss in May.") && !running.contains("Photo"), "{running}");
}

#[test]
fn a_role_is_meaningless_if_it_covers_two_fifths() {
    let found = |html: &str| {
        let document = cachette_dom::parse(html).document;
        let outline = Outline::of(&document);
        meaningless(&outline, outline.first("main").unwrap(), Roles::ADVERT.or(Roles::SHARE))
    };
    assert_eq!(found("<main><p class=share>12345</p><p>1234567</p></main>"), Roles::SHARE);
    assert_eq!(found("<main><p class=share>1234</p><p>123456</p></main>"), Roles::default());
    assert_eq!(found("<main><div class=share><p class=share>1234</p></div><p>1234567</p></main>"), Roles::default());
    assert_eq!(
        found("<main><div class=share>12345678901234567890</div></main>"),
        Roles::default(),
        "a name of the whole"
    );
}
