//! Tests which parts of a page surround its content, and where the content's root is.

use super::*;
use crate::content::tests::{left, prose};

/// Returns the text that is left of a page, with its prose written as `P`.
fn rest(html: &str) -> String {
    let page = format!("<body><div>{}</div>{html}</body>", prose(6));
    let text = left(&page, |outline, _| choose(outline).unwrap());
    let story = cachette_dom::parse(&prose(6)).document.select("p").text().trim().to_owned();
    text.replace(&story, "P")
}

#[test]
fn what_surrounds_the_content_of_any_page_goes() {
    for html in [
        "<nav><a href=/>Home</a></nav>",
        "<div role=navigation>Home</div>",
        "<header>Example <a href=/>Home</a></header>",
        "<footer>Imprint</footer>",
        "<aside>Most read</aside>",
        "<div class=breadcrumbs>Home</div>",
        "<div class=share-buttons>Share it</div>",
        "<div class=newsletter>Get our letter</div>",
        "<div class=sponsored>Buy it</div>",
        "<dialog open>Accept all</dialog>",
        "<div class=related-posts>Ivy</div>",
        "<div class=filters>Blue</div>",
        "<div class=screen-reader-text>Skip</div>",
        "<div id=onetrust-consent>We value your privacy</div>",
        "<section class=comments><p>I think so too.</p><textarea></textarea></section>",
        "<button>Menu</button>",
        "<div><a href=/a>One</a> <a href=/b>Two</a> <a href=/c>Three</a> <a href=/d>Four</a></div>",
        "<p><a href=/x>Sign up for our newsletter</a></p>",
        "<p>© 2026 Example</p>",
        "<p>Advertisement</p>",
    ] {
        assert_eq!(rest(html), "P", "{html}");
    }
}

#[test]
fn what_only_resembles_a_surrounding_part_stays() {
    for (html, expected) in [
        ("<header><h1>Moss</h1></header>", "Moss"),
        ("<div class=related><h1>Moss</h1>Ivy</div>", "Moss | Ivy"),
        ("<blockquote class=related>See Ivy.</blockquote>", "See Ivy."),
        ("<p>A <span class=screen-reader-text>green</span> wall</p>", "A green wall"),
        ("<div class='entry-content share'>Share of the wall</div>", "Share of the wall"),
        ("<div><a href=/a>One</a> <a href=/b>Two</a> <a href=/c>Three</a></div>", "One Two Three"),
        (
            "<div><a href=/a>One of the walls by the mill</a> <a href=/b>Two of them, both green</a> <a href=/c>\
             Three, all of them very old</a> <a href=/d>Four, of which one fell</a></div>",
            "One of the walls by the mill Two of them, both green Three, all of them very old Four, of which one fell",
        ),
        ("<p>Share</p><h2>Share</h2>", "Share"),
        ("<p>4 May 2026</p>", "4 May 2026"),
        ("<p>Log in to the server with ssh.</p>", "Log in to the server with ssh."),
        ("<h2 id=navigation>Moss</h2>", "Moss"),
        ("<p>Kept on a <a class=related href=/x>wall</a> of stone.</p>", "Kept on a wall of stone."),
        ("<h3><button aria-expanded=true>Is it green?</button></h3>", "Is it green?"),
        ("<p class=cookie>Bake them for an hour.</p>", "Bake them for an hour."),
        (
            "<button>A button with so many words that they must be meant as a text of this page, and not as a \
             control</button>",
            "A button with so many words that they must be meant as a text of this page, and not as a control",
        ),
    ] {
        assert_eq!(rest(html), format!("P | {expected}"), "{html}");
    }
}

#[test]
fn a_list_of_links_that_is_shown_twice_is_a_menu() {
    let list = |names: &[&str]| {
        let entry = |name: &&str| format!("<li><a href=/x>{name} for the whole family</a></li>");
        format!("<ul>{}</ul>", names.iter().map(entry).collect::<String>())
    };
    let menu = list(&["Kettles", "Toasters", "Blenders", "Grinders"]);
    assert_eq!(rest(&format!("{menu}<p>It boils.</p>{menu}")), "P | It boils.");
    assert!(rest(&format!("{menu}<p>It boils.</p>")).contains("Toasters"));
    let cards = menu.replace("<a href=/x>", "<a href=/x><img src=a.png>");
    assert!(rest(&format!("{cards}<p>It boils.</p>{cards}")).contains("Toasters"), "cards are no menu");
}

#[test]
fn boxes_named_like_others_with_prose_stay() {
    let named = |text: &str| format!("<div class=sidebar>{text}</div>");
    let apart = |text: &str| format!("<section>{}</section>", named(text));
    let four = "It is old. It is wet. It is green. It drinks.";
    assert_eq!(rest(&named("It is red.")), "P");
    assert_eq!(rest(&[named("It is red."), named(four)].concat()), format!("P | It is red. | {four}"));
    let many = ["It is red.", "It is wet.", "It is old.", "It is big."];
    assert_eq!(rest(&many.map(apart).concat()), format!("P | {}", many.join(" | ")));
    assert_eq!(rest(&many[..3].iter().map(|text| apart(text)).collect::<String>()), "P");
}

#[test]
fn a_part_stays_if_it_is_a_good_part_of_the_page() {
    for (class, share, is) in [
        ("sidebar", 20, false),
        ("sidebar", 30, true),
        ("overlay", 35, false),
        ("overlay", 45, true),
        ("comments", 85, false),
        ("comments", 95, true),
        ("onetrust", 90, false),
    ] {
        let html = format!(
            "<body><p>{}</p><div class={class}>{}</div>",
            "p".repeat(1000 - 10 * share),
            "x".repeat(10 * share)
        );
        let text = left(&html, |outline, _| choose(outline).unwrap());
        assert_eq!(text.contains('x'), is, "{class} {share}");
        assert!(text.contains('p'));
    }
    let footer =
        |share: usize| format!("<body><p>{}</p><footer>{}</footer>", "p".repeat(100 - share), "x".repeat(share));
    assert!(!left(&footer(45), |outline, _| choose(outline).unwrap()).contains('x'));
    assert!(left(&footer(55), |outline, _| choose(outline).unwrap()).contains('x'));
}

#[test]
fn a_name_that_most_of_a_page_bears_means_nothing() {
    let html = format!("<body><div class=promo>{}</div><div class=promo>{}</div><p>Words.</p>", prose(3), prose(3));
    let text = left(&html, |outline, _| choose(outline).unwrap());
    assert_eq!(text.matches("The moss").count(), 6, "{text}");
}

#[test]
fn the_root_is_the_landmark_with_most_of_the_text() {
    let name = |html: &str| {
        let document = cachette_dom::parse(html).document;
        let outline = Outline::of(&document);
        let root = choose(&outline).unwrap().root;
        let node = outline.node(root).unwrap();
        format!("{}.{}", cachette_dom::name_of(&node), node.class().unwrap_or_default())
    };
    for (html, expected) in [
        ("<body><p>few words</p><main><p>many more words than elsewhere</p><p>x</p></main>", "main."),
        ("<body><p>few</p><div role=main><p>many more words than elsewhere</p><p>x</p></div>", "div."),
        ("<body><p>few</p><div class=entry-content><p>many more words</p><p>x</p></div>", "div.entry-content"),
        ("<body><p>many more words than elsewhere</p><main><p>few</p><p>x</p></main>", "body."),
        ("<body><div class=a><div class=b><p>x</p><p>y</p></div></div>", "div.b"),
        ("<body><div class=a><div class=b><p class=c>x</p></div><nav>Menu</nav></div>", "p.c"),
        ("<body><div class=a>x <span class=b>y</span></div>", "div.a"),
        ("<body></body>", "body."),
    ] {
        assert_eq!(name(html), expected, "{html}");
    }
}

#[test]
fn prose_goes_for_its_name_only_outside_the_main_element() {
    let prose = "It grows on the wall. It is green. It was never dry. Nobody has helped it. It drinks the rain.";
    let transcript = format!("<div class=sidebar>{prose}</div>");
    assert_eq!(rest(&transcript), format!("P | {prose}"));
    // Notices of consent and footers often have whole sentences.
    for html in
        [format!("<div class=footer>{prose}</div>"), format!("<div class=cookie-consent>{prose} <a>OK</a></div>")]
    {
        assert_eq!(rest(&html), "P", "{html}");
    }
}

#[test]
fn a_price_beside_the_button_that_buys_stays() {
    assert_eq!(rest("<div class=cart><p>3,56 €</p><button>Buy it now, please</button></div>"), "P | 3,56 €");
    assert_eq!(rest("<div class=cart><p>By post</p><button>Buy it now, please</button></div>"), "P");
}

#[test]
fn the_main_element_with_the_heading_is_the_content_beside_longer_notices() {
    let notice = prose(9);
    let html = format!("<body><div>{notice}</div><main><h1>Sets</h1>{}</main></body>", prose(5));
    let document = cachette_dom::parse(&html).document;
    let outline = Outline::of(&document);
    assert!(outline.get(choose(&outline).unwrap().root).unwrap().is("main"));
    let html = html.replace("<h1>Sets</h1>", "");
    let document = cachette_dom::parse(&html).document;
    let outline = Outline::of(&document);
    assert!(!outline.get(choose(&outline).unwrap().root).unwrap().is("main"));
}

#[test]
fn boxes_in_boxes_around_a_price_are_looked_at_once() {
    let work = |deep: usize| {
        let rest = format!("{}<p>3 €</p><button>Buy it now, please</button>", "<i></i>".repeat(2000));
        let html = format!("<main>{}{rest}{}</main>", "<div class=cart>".repeat(deep), "</div>".repeat(deep));
        let document = cachette_dom::parse(&html).document;
        let outline = Outline::of(&document);
        let before = cachette_dom::steps::taken();
        assert!(choose(&outline).is_some());
        cachette_dom::steps::taken() - before
    };
    assert!(work(80) < 2 * work(1), "{} and {}", work(80), work(1));
}

#[test]
fn a_sentence_about_rights_stays_in_the_main_element() {
    let sentence = "<div>Copyright was first given to authors in 1710. It lasted 14 years.</div>";
    let page = format!(
        "<body><main>{}{sentence}</main><footer><div>© 2026 Moss. All rights reserved.</div></footer>",
        prose(4)
    );
    let text = rest(&page);
    assert!(text.contains("lasted 14 years") && !text.contains("reserved"), "{text}");
    for (line, stays) in [
        ("Copyright was first given to authors in the year 1710.", true),
        ("Copyright 2026 Moss and others.", false),
        ("Copyright Moss, all rights reserved.", false),
        ("© 2026 Moss", false),
        ("Copyright Moss", false),
    ] {
        let page = format!("<body><main>{}<div>{line}</div></main>", prose(4));
        assert_eq!(rest(&page).contains(line), stays, "{line}");
    }
    let three = "Copyright began with a queen. It was short. It grew.";
    let page = format!("<body><div>{}</div><div>{three}</div>", prose(4));
    assert!(rest(&page).contains("short"));
}
