//! Tests that the quick classification never keeps an element from the recogniser that knows it.

use super::*;

/// Runs `check` with each element of a body and its classification.
fn classified(html: &str, notes: bool, mut check: impl FnMut(&str, Classification)) {
    let parsed = cachette_dom::parse(&format!("<body>{html}"));
    let mut names = Names::new();
    for node in parsed.document.select("body *").nodes() {
        if let Some(element) = node.element_ref() {
            check(&element.name.local, names.classify(&element, notes));
        }
    }
}

/// Returns the classification of the last element.
fn last(html: &str, notes: bool) -> Classification {
    let mut found = None;
    classified(html, notes, |_, class| found = Some(class));
    found.unwrap_or_else(|| panic!("no element: {html}"))
}

#[test]
fn the_name_of_an_element_decides_its_form() {
    for (html, form) in [
        ("<p>", ElementForm::Paragraph),
        ("<h1>", ElementForm::Heading(1)),
        ("<h6>", ElementForm::Heading(6)),
        ("<h7>", ElementForm::Inline),
        ("<br>", ElementForm::Break),
        ("<wbr>", ElementForm::Nothing),
        ("<svg>", ElementForm::Nothing),
        ("<menu>", ElementForm::List),
        ("<div>", ElementForm::Block),
        ("<x-card>", ElementForm::Inline),
        ("<label>", ElementForm::Label),
        ("<area>", ElementForm::Link),
        ("<SECTION>", ElementForm::Block),
    ] {
        assert_eq!(last(html, false).form, form, "{html}");
    }
}

#[test]
fn a_class_asks_only_those_who_know_such_classes() {
    for (html, asked) in [
        ("<div>", 0),
        ("<div class=wide>", 0),
        ("<span class=katex-display>", MATH),
        ("<div class='admonition note'>", CALLOUT),
        ("<details class=note>", CALLOUT),
        ("<table class=hljs-ln>", CODE),
        ("<span class=sr-only>", CONCEALED),
        ("<span aria-hidden=true>", CONCEALED),
        ("<span style='position:absolute'>", CONCEALED),
        ("<code data-math-style=inline>", MATH | INLINES),
        ("<div data-callout=tip>", CALLOUT),
        ("<div class=checkbox>", MEDIA),
        ("<b>", INLINES),
        ("<img>", MATH | MEDIA),
        ("<pre>", CODE),
    ] {
        assert_eq!(last(html, false).asked & asked, asked, "{html}");
        assert!(asked != 0 || last(html, false).asked == 0, "{html}");
    }
}

#[test]
fn capital_letters_in_a_class_do_not_hide_it() {
    for class in ["SR-ONLY", "dropdown-screenReader", "VisuallyHidden"] {
        assert_eq!(last(&format!("<span class={class}>"), false).asked & CONCEALED, CONCEALED, "{class}");
    }
}

#[test]
fn notes_are_asked_for_only_if_there_are_any() {
    for html in ["<a href=#n>", "<sup>", "<p>", "<aside>"] {
        assert_eq!(last(html, false).asked & FOOTNOTE, 0, "{html}");
        assert_eq!(last(html, true).asked & FOOTNOTE, FOOTNOTE, "{html}");
    }
    assert_eq!(last("<b>", true).asked & FOOTNOTE, 0);
    assert_eq!(last("<span class=sidenote>", false).asked & FOOTNOTE, FOOTNOTE);
}

#[test]
fn what_may_be_hidden_is_looked_at() {
    for (html, may_hide, never_shown) in [
        ("<p>", false, false),
        ("<p hidden>", true, false),
        ("<p style='display : none'>", true, false),
        ("<p style='VISIBILITY:hidden'>", true, false),
        ("<p style='color:red'>", false, false),
        ("<dialog>", true, false),
        ("<script>", false, true),
        ("<textarea>", false, true),
    ] {
        let class = last(html, false);
        assert_eq!((class.may_hide, class.never_shown), (may_hide, never_shown), "{html}");
    }
}

#[test]
fn a_page_of_very_many_names_is_classified_alike_from_first_to_last() {
    // Many more names than are cached, so that they take each other's places.
    let names: String = (0..500).map(|at| format!("<x-{at}></x-{at}><p></p><b></b><div></div>")).collect();
    let mut seen = 0;
    classified(&names.repeat(2), false, |name, class| {
        let (form, asked) = match name {
            "p" => (ElementForm::Paragraph, 0),
            "b" => (ElementForm::Inline, INLINES),
            "div" => (ElementForm::Block, 0),
            _ => (ElementForm::Inline, 0),
        };
        assert_eq!((class.form, class.asked), (form, asked), "{name}");
        seen += 1;
    });
    assert_eq!(seen, 4_000);
}
