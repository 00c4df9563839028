//! Tests which blocks and lines leave an article for their names, words or place.

use super::*;
use crate::content::tests::left;

/// Makes a paragraph of the article, marked by a name.
fn paragraph(name: &str) -> String {
    format!("<p>{name}: the moss on the old wall has grown for years, and nobody has helped it. It drinks rain.</p>")
}

/// Prunes an article of four paragraphs with `html` in its middle. Returns the names of the
/// paragraphs and the other lines that are left.
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
fn a_small_block_goes_if_its_form_confirms_its_name() {
    for block in [
        "<div class=share>X</div>",
        "<div class=related-posts><p><a href=/x>X is elsewhere.</a></p></div>",
        "<aside>X</aside>",
        "<nav>X</nav>",
        "<div class=advert>X</div>",
        "<div id=newsletter-signup>X</div>",
        "<div class=pullquote>X</div>",
        "<div class=toc>X</div>",
        "<div class=author-bio><a href=/x>X writes here.</a></div>",
        "<div class=entry-meta>X</div>",
        "<section class=comments><p>X is what I think of it. I do. So there.</p><textarea></textarea></section>",
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
    assert_eq!(boxed("comments"), "a | b | x | y | c | d");
    let thread = ["x", "y"].map(|name| format!("<li class=comment><b class=author>Ada</b>{}</li>", paragraph(name)));
    let thread = format!("<ol class=comments>{}</ol>", thread.concat());
    assert_eq!(pruned(&thread), "a | b | c | d", "readers' comments are never the article's");
    let builder: String = ["a", "b", "c"].map(|name| format!("<div class=promo>{}</div>", paragraph(name))).concat();
    assert_eq!(around(&builder, ""), "a | b | c", "a name that most of it bears says nothing");
}

#[test]
fn the_title_goes_before_and_behind_the_text_and_behind_its_lead() {
    let (a, b, c, title) = (paragraph("a"), paragraph("b"), paragraph("c"), "<h1>Moss</h1>".to_owned());
    let text = |parts: [&String; 4]| around(&parts.map(String::as_str).concat(), "Moss");
    assert_eq!(text([&title, &a, &b, &c]), "a | b | c");
    assert_eq!(text([&a, &title, &b, &c]), "a | b | c");
    assert_eq!(text([&a, &b, &c, &title]), "a | b | c");
    assert_eq!(text([&a, &b, &title, &c]), "a | b | Moss | c");
}

#[test]
fn a_heading_with_lower_headings_is_not_empty() {
    let lower = "<h2>Related articles</h2><h3>Rain</h3><h3>Fog</h3><h3>Dew</h3><ul><li><a href=/x>Ivy on the \
                 walls</a><li><a href=/y>Ferns in the cellar</a></ul>";
    assert!(pruned(lower).contains("Related articles | Rain | Fog"), "{}", pruned(lower));
}

#[test]
fn facts_before_the_text_stay_and_labels_go() {
    let facts = "<div class=line>May 1, at noon, in the old mill by the river, room 12</div><div class=line>May 2, at \
                 noon, in the old mill by the river, room 14</div><div class=line>May 3, at noon</div>";
    let text = |head: &str| around(&[head, &paragraph("a"), &paragraph("b")].concat(), "Moss");
    assert!(text(facts).contains("| May 3, at noon | a"), "{}", text(facts));
    assert_eq!(text("<p>It drinks:</p><ul><li>Rain<li>Fog</ul>"), "It drinks: | Rain | Fog | a | b");
    assert_eq!(text("<p>Nature</p>"), "a | b");
}

#[test]
fn lines_of_boilerplate_go() {
    for line in [
        "<p>Advertisement</p>",
        "<p>Read more: <a href=/x>Ivy on walls</a></p>",
        "<p>Lesen Sie auch: <a href=/x>Efeu an Mauern</a></p>",
        "<p>Sign up for <a href=/x>our newsletter</a>.</p>",
        "<p>4 May 2026</p>",
        "<p>By Ada Byron</p>",
        "<p><a href=/x>Ivy on the walls of the old mill</a></p>",
        "<h2>Related articles</h2><ul><li><a href=/x>Ivy on walls</a><li><a href=/y>Ferns</a></ul>",
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
        // It heads a section of the text.
        ("<h2>Moss</h2>", "Moss"),
        ("<p>See <a href=https://moss.example/wall>https://moss.example/wall</a></p>", "See https://moss.example/wall"),
        ("<ul><li><div class=meta>Green</div><li><div class=meta>Wet</div></ul>", "Green | Wet"),
        ("<h3><button class=share-trigger>Is it green?</button></h3>", "Is it green?"),
        ("<p><a href=/x>Ivy</a></p>", "Ivy"),
        ("<p>Sign up for our newsletter.</p>", "Sign up for our newsletter."),
        ("<p>Log in to the server with ssh.</p>", "Log in to the server with ssh."),
        ("<p>Next, run <code>x</code>:</p>", "Next, run x:"),
        ("<h2>See also</h2>", "See also"),
        ("<h1>Another</h1>", "Another"),
        (
            "<p>These are kept in the house:</p><ul><li><a href=/x>Ivy on walls</a><li><a href=/y>Ferns</a></ul>",
            "These are kept in the house: | Ivy on walls | Ferns",
        ),
        (
            "<h3>1 May 2026</h3><p>Rain.</p><p>2 May 2026</p><p>Fog.</p><p>3 May 2026</p><p>Sun.</p>",
            "1 May 2026 | Rain. | 2 May 2026 | Fog. | 3 May 2026 | Sun.",
        ),
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
    let within = |html: &str| pruned(&format!("{html}<h2>Ferns</h2>"));
    assert_eq!(within("<h3>See also</h3><nav>Menu</nav>"), "a | b | Ferns | c | d");
    assert_eq!(within("<h3>X</h3><nav>Menu</nav>"), "a | b | X | Ferns | c | d", "a heading of its own");
    assert_eq!(within("<h3>X</h3>"), "a | b | X | Ferns | c | d", "nothing below it was dropped");
    assert_eq!(within("<p>Read also:</p><nav>Menu</nav>"), "a | b | Ferns | c | d");
    assert_eq!(within("<p><b>Read also:</b></p><nav>Menu</nav>"), "a | b | Ferns | c | d");
}

#[test]
fn names_of_headings_cells_items_and_parts_of_lines_say_nothing() {
    for (html, expected) in [
        ("<h2 class=share>X</h2>", "X"),
        ("<h2 id=comments>X</h2>", "X"),
        ("<p>As <a rel=author href=/a>Ada</a> wrote on <time>4 May</time> there</p>", "As Ada wrote on 4 May there"),
        ("<p><b class=menu>File</b> and <b class=menuitem>Save</b></p>", "File and Save"),
        ("<table><tr class=footer><td class=share>60 %<td>x</table>", "60 % x"),
        ("<ul><li class=menu-item>Soup<li class=menu-item>Bread</ul>", "Soup | Bread"),
        ("<dl><dt class=author>X<dd class=meta>Y</dl>", "X | Y"),
    ] {
        assert_eq!(pruned(html), format!("a | b | {expected} | c | d"), "{html}");
    }
}

#[test]
fn a_list_at_the_end_is_kept_or_dropped_as_a_whole() {
    let last = |html: &str| around(&format!("{}{}{html}", paragraph("a"), paragraph("b")), "");
    let item = |text: &str| format!("<li><a href=/x>{text}</a></li>");
    let notes = format!("<ol>{}<li>A book of 1926, without an address.</li>{}</ol>", item("Ivy"), item("Ferns"));
    assert_eq!(last(&notes), "a | b | Ivy | A book of 1926, without an address. | Ferns");
    assert_eq!(last(&format!("<ol>{}{}</ol>", item("Ivy"), item("Ferns"))), "a | b");
    let announced =
        format!("<p>These are kept in the house, all the year round, by the old miller:</p><ul>{}</ul>", item("Ivy"));
    assert!(last(&announced).ends_with("miller: | Ivy"));
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

#[test]
fn a_verse_that_is_also_a_label_stays() {
    let poem = "<p>We left the</p><p>home</p><p>and watched</p><p>the rain</p>";
    let html = format!("<main>{}{poem}{}</main>", crate::content::tests::prose(4), crate::content::tests::prose(4));
    assert!(pruned(&html).contains("home"), "{}", pruned(&html));
}

#[test]
fn a_last_line_that_asks_stays() {
    let html = format!(
        "<main>{}<nav class=related><a href=/a>Ivy</a></nav><p>And who will water it then?</p></main>",
        crate::content::tests::prose(6)
    );
    assert!(pruned(&html).contains("water it then?"), "{}", pruned(&html));
}
