//! Tests which boxes of fields filter a list of things, and what a collection keeps.

use super::*;
use crate::content::tests::left;

fn filtered(html: &str) -> String {
    let things = "<div class=list><p>Cups of clay for tea and coffee.</p><p>Bowls of ash for soup and bread.</p></div>";
    left(&format!("<main>{html}{things}</main>"), |outline, mut plan| {
        filters(outline, &mut plan);
        plan
    })
}

const FIELDS: &str = "<label><input type=checkbox>Blue</label><label><input type=checkbox>Red</label>\
                      <label><input type=checkbox>Green</label>";
const THINGS: &str = "Cups of clay for tea and coffee. | Bowls of ash for soup and bread.";

#[test]
fn a_box_of_fields_with_short_labels_is_a_filter() {
    for html in [
        format!("<form>{FIELDS}</form>"),
        format!("<div><h3>Colour</h3>{FIELDS}</div>"),
        "<div><button>All</button><button>New</button><button>Old</button></div>".to_owned(),
        "<div>Sort <select><option>x</select> Show <select><option>y</select> In <select><option>z</select></div>"
            .to_owned(),
    ] {
        let text = filtered(&html);
        assert_eq!(text.trim_start_matches(" | "), THINGS, "{html}");
    }
}

#[test]
fn what_holds_more_than_fields_is_no_filter() {
    for (html, shown) in [
        (format!("<div><h1>Plates</h1>{FIELDS}</div>"), "Plates"),
        (format!("<div><h3><a href=/p>Plates</a></h3>{FIELDS}</div>"), "Plates"),
        ("<div><input><input>Two fields</div>".to_owned(), "Two fields"),
        (format!("<div><p>Choose the colour you like.</p>{FIELDS}</div>"), "Choose the colour"),
        (format!("<div>One. Two. {FIELDS}</div>"), "One. Two."),
        (format!("<div>{}{FIELDS}</div>", "A very long label ".repeat(9)), "A very long label"),
        (format!("<div><img src=a><img src=b><img src=c><img src=d>{FIELDS}</div>"), "Blue"),
    ] {
        assert!(filtered(&html).contains(shown), "{html}: {}", filtered(&html));
    }
}

#[test]
fn fields_with_long_labels_are_no_filter() {
    let with = |label: &str| {
        let fields = format!("<label><input>{label}</label>").repeat(3);
        left(&format!("<main><div>{fields}</div>{}</main>", crate::content::tests::prose(8)), |outline, mut plan| {
            filters(outline, &mut plan);
            plan
        })
    };
    assert!(!with("Blue").contains("Blue"));
    let wordy = "I should like to have a cup of clay in the blue of the sea";
    assert!(with(wordy).contains(wordy));
}

#[test]
fn most_of_a_list_is_never_a_filter() {
    let html = "<main><div><label><input>Blue</label><label><input>Red</label><label><input>Green</label></div></main>";
    let text = left(html, |outline, mut plan| {
        filters(outline, &mut plan);
        plan
    });
    assert!(text.contains("Blue"), "{text}");
}

#[test]
fn a_collection_loses_filters_labels_and_appendices_and_keeps_its_things() {
    let names = ["Bowl of clay", "Cup of ash", "Jug of stone", "Plate of tin", "Vase of glass"];
    let things: String = names
        .iter()
        .map(|name| format!("<li class=product><a href=/{name}>{name}</a><p>Quick view</p><span>12 €</span></li>"))
        .collect();
    let html = format!(
        "<main><h1>Things</h1><p>All that our kiln gave us this year, thrown by hand.</p><form>{FIELDS}</form><ul>\
         {things}</ul><section><h2>Recently viewed</h2><p><a \
         href=/s><img src=s></a>A spoon of horn, carved in winter by the fire.</p></section>\
         </main>"
    );
    let text = left(&html, |outline, plan| choose(outline, plan));
    for kept in names.into_iter().chain(["Things", "our kiln", "12 €"]) {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    for gone in ["Blue", "Quick view", "spoon", "Recently"] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
}
