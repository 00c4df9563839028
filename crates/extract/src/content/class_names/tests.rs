//! Tests which roles an element gets from its tag, attributes and names.

use super::*;

#[test]
fn names_are_read_word_by_word() {
    for (names, roles) in [
        ("article-share", Roles::SHARE),
        ("jp-relatedposts", Roles::RELATED),
        ("articleRelatedPosts", Roles::RELATED),
        ("post-meta", Roles::META),
        ("entry-content", Roles::CONTENT),
        ("lg:share md:nav", Roles::default()),
        ("shareholder", Roles::default()),
        ("heading", Roles::default()),
    ] {
        assert_eq!(read(names), roles, "{names}");
    }
}

#[test]
fn each_name_is_in_the_table_once_and_has_a_role() {
    let names = &NAMES.names;
    assert!(names.len() > 700, "{}", names.len());
    let once: std::collections::BTreeSet<_> = names.iter().map(|(name, _)| name).collect();
    assert_eq!(once.len(), names.len(), "each once");
    for (name, roles) in names {
        let text = String::from_utf8_lossy(name);
        assert!(*roles != Roles::default(), "{text}");
        assert!(name.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{text}");
        assert!(name.len() < LENGTHS && look_up(name) == *roles, "{text} is found");
    }
    assert_eq!((look_up(b""), look_up(&[0xff; 60]), look_up(b"zzz")), Default::default());
    let sections = include_str!("names.txt").lines().filter_map(|line| line.strip_prefix('['));
    for role in sections.flat_map(|line| line.trim_end_matches(']').split(' ')) {
        assert!(Roles::named(role).is_some(), "{role}");
    }
}

/// Returns the roles and the shape of the first element of a page's body.
fn of_element(html: &str) -> (Roles, u64) {
    let document = cachette_dom::parse(html).document;
    let node = document.select_single("body > *").nodes()[0];
    let element = node.element_ref().unwrap();
    roles_of(&element, false)
}

#[test]
fn tags_roles_and_properties_say_what_an_element_is() {
    for (html, roles) in [
        ("<nav>", Roles::NAVIGATION.or(Roles::MENU)),
        ("<aside>", Roles::SIDEBAR),
        ("<footer>", Roles::FOOTER),
        ("<header>", Roles::HEADER),
        ("<dialog>", Roles::OVERLAY),
        ("<figure>", Roles::FIGURE),
        ("<time>", Roles::META),
        ("<p role=' navigation '>", Roles::NAVIGATION.or(Roles::MENU)),
        ("<p role=search>", Roles::NAVIGATION),
        ("<p role=complementary>", Roles::SIDEBAR),
        ("<p role=contentinfo>", Roles::FOOTER),
        ("<p role=banner>", Roles::HEADER),
        ("<p role=alertdialog>", Roles::OVERLAY),
        ("<p role=article>", Roles::CONTENT),
        ("<p role=tabpanel>", Roles::TAB),
        ("<p role=button>", Roles::default()),
        ("<p itemprop=articleBody>", Roles::CONTENT),
        ("<p itemprop=author>", Roles::AUTHOR),
        ("<a rel=author>", Roles::AUTHOR),
        ("<a rel='author nofollow'>", Roles::default()),
        ("<p itemprop=datePublished>", Roles::META),
        ("<p itemprop=caption>", Roles::CAPTION),
        ("<p itemprop=price>", Roles::PRICE),
        ("<p itemprop=review>", Roles::REVIEWS),
        ("<p itemprop=comment>", Roles::COMMENTS),
        ("<p itemprop=keywords>", Roles::TAGS),
        ("<p itemprop=name>", Roles::default()),
        ("<p id=comments>", Roles::COMMENTS),
        ("<p data-testid=share-bar>", Roles::SHARE),
        ("<p data-component=RelatedPosts>", Roles::RELATED),
        ("<p title=share>", Roles::default()),
        ("<aside class=share id=comments>", Roles::SIDEBAR.or(Roles::SHARE).or(Roles::COMMENTS)),
        ("<p>", Roles::default()),
    ] {
        assert_eq!(of_element(html).0, roles, "{html}");
    }
}

#[test]
fn words_are_read_alone_and_in_pairs() {
    for (names, roles) in [
        ("add-to-cart", Roles::CONTROLS),
        ("addToCart", Roles::CONTROLS),
        ("add to cart", Roles::CONTROLS),
        ("page__nav", Roles::NAVIGATION),
        ("NAV", Roles::NAVIGATION),
        ("mostRead", Roles::RELATED),
        ("most-read", Roles::RELATED),
        ("read-most", Roles::default()),
        ("most read", Roles::default()),
        ("[&>nav]:mt-2 hover:share !nav", Roles::default()),
        ("x-thewordthatislongerthanany-read", Roles::default()),
        ("", Roles::default()),
        ("--__--", Roles::default()),
        ("日本-nav", Roles::NAVIGATION),
    ] {
        let expected = if names.starts_with("add t") { read("cart") } else { roles };
        assert_eq!(read(names), expected, "{names}");
    }
    let long = format!("{} share", "x".repeat(MAX_NAMES));
    assert_eq!(read(&long), Roles::default(), "what is so long is data");
}

#[test]
fn elements_that_look_alike_have_one_shape() {
    let shape = |html: &str| of_element(html).1;
    assert_eq!(shape("<p class=a id=x>one"), shape("<p class=a id=y title=z>two"));
    for other in ["<p class=b>", "<p class='a a'>", "<div class=a>", "<p>"] {
        assert_ne!(shape("<p class=a>"), shape(other), "{other}");
    }
}

#[test]
fn an_id_that_repeats_its_heading_says_nothing() {
    let role = |html: &str, name: &str| {
        let document = cachette_dom::parse(html).document;
        let outline = crate::content::outline::Outline::of(&document);
        outline.get(outline.first(name).unwrap()).unwrap().roles
    };
    for html in [
        "<section id=cookies><h2>Cookies</h2><p>Flour.</p></section>",
        "<section id=related-work><div><h2>Related Work</h2></div></section>",
        "<section id=user-content-comments><h3>Comments</h3></section>",
    ] {
        assert_eq!(role(html, "section"), Roles::default(), "{html}");
    }
    for html in [
        "<section id=cookies><h2>How we bake</h2><p>Flour.</p></section>",
        "<section id=cookies class=cookies><h2>Cookies</h2><p>Flour.</p></section>",
        "<section id=comments><p>Comments</p></section>",
    ] {
        assert_ne!(role(html, "section"), Roles::default(), "{html}");
    }
}
