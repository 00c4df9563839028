//! Tests that repeated boxes and lines are kept once, and that similar ones stay.

use super::*;
use crate::content::tests::left;

fn rest(html: &str) -> String {
    left(&format!("<body><main>{html}</main></body>"), |outline, _| {
        let mut plan = Plan::new(outline, outline.first("main").unwrap());
        drop(outline, &mut plan);
        plan
    })
}

const LONG: &str = "The moss on the old wall drips even in summer, and nobody has ever asked it why it does.";

#[test]
fn the_second_of_two_boxes_with_the_same_lines_goes() {
    let chart =
        "<p>The debt as a share of all that is made and sold here</p><p>forty of a hundred and more</p><p>twenty</p>";
    let twins = format!("<div class=art>{chart}</div><div class=art>{chart}</div>");
    assert_eq!(rest(&twins).matches("twenty").count(), 1);
    // The narrow drawing leaves out a line of the wide one.
    let narrow = chart.replace("<p>twenty</p>", "");
    let twins = format!("<div class=art>{chart}</div><div class=art>{narrow}</div>");
    assert_eq!(rest(&twins).matches("forty").count(), 1);
}

#[test]
fn a_box_with_a_line_of_its_own_stays() {
    let chart = "<p>The debt as a share of all that is made and sold here</p><p>forty of a hundred and more</p>";
    let boxes = format!("<div class=art>{chart}<p>wide</p></div><div class=art>{chart}<p>narrow</p></div>");
    let text = rest(&boxes);
    assert!(text.contains("wide") && text.contains("narrow"), "{text}");
}

#[test]
fn a_long_line_that_stands_alone_elsewhere_is_kept_once() {
    let html = format!("<div class=lead><p>{LONG}</p></div><p>Ferns.</p><div class=lead-mobile><p>{LONG}</p></div>");
    assert_eq!(rest(&html).matches("drips").count(), 1);
}

#[test]
fn refrains_items_cells_and_quotations_stay() {
    for (html, count) in [
        (format!("<p>{LONG}</p><p>Ferns.</p><p>{LONG}</p>"), 2),
        (format!("<div class=verse><p>{LONG}</p></div><div class=verse><p>{LONG}</p></div>"), 2),
        (format!("<div><p>{LONG}</p><p>One.</p></div><section><p>{LONG}</p><p>Two.</p></section>"), 2),
        (format!("<ul><li><p>{LONG}</p></ul><ol><li><p>{LONG}</p></ol>"), 2),
        (format!("<p>{LONG}</p><blockquote><p>{LONG}</p></blockquote>"), 2),
        ("<div class=a><p>5 of 5</p></div><div class=b><p>5 of 5</p></div>".to_owned(), 2),
    ] {
        let text = rest(&html);
        assert_eq!(text.matches("drips").count().max(text.matches("5 of").count()), count, "{html}\n{text}");
    }
}

#[test]
fn boxes_that_differ_outside_their_lines_stay() {
    let credit = "<p>Written down by the keeper of the upper lock, who is long dead by now</p><p>Filed in the loft</p>";
    let own = |word: &str| format!("<div class=entry>{word} one<br>{word} two{credit}</div>");
    let text = rest(&format!("{}{}", own("Moss"), own("Ivy")));
    assert!(text.contains("Moss two") && text.contains("Ivy two"), "{text}");
    let figure = |file: &str| format!("<figure><img src=/a/{file}?w=300><figcaption>{LONG}</figcaption></figure>");
    for (second, count) in [("ivy.jpg", 2), ("moss.jpg", 1)] {
        let html = format!("{}{}", figure("moss.jpg"), figure(second));
        assert_eq!(rest(&html).matches("drips").count(), count, "{second}");
    }
}

#[test]
fn a_chorus_that_is_sung_twice_in_a_row_stays() {
    let chorus = "<div class=verse><p>The moss is old, the wall is grey,</p><p>and nobody has come today.</p></div>";
    assert_eq!(rest(&chorus.repeat(2)).matches("nobody").count(), 2);
}

#[test]
fn boxes_that_differ_in_a_link_or_a_medium_stay() {
    let entry = |medium: &str| format!("<div class=s><p>{LONG}</p>{medium}<p>Filed in the loft.</p></div>");
    for (one, other) in [
        ("<p>Listen <a href=/a.mp3>here</a></p>", "<p>Listen <a href=/b.mp3>here</a></p>"),
        ("<audio controls src=/a.mp3></audio>", "<audio controls src=/b.mp3></audio>"),
        ("<iframe src=/a></iframe>", "<iframe src=/b></iframe>"),
        ("<img src=/photos/1/large.jpg>", "<img src=/photos/2/large.jpg>"),
        ("<img src=data:image/gif,R0 data-src=/ivy.jpg>", "<img src=data:image/gif,R0 data-src=/fern.jpg>"),
        ("<img src='data:image/svg+xml,<svg><circle/></svg>'>", "<img src='data:image/svg+xml,<svg><rect/></svg>'>"),
    ] {
        let boxes = format!("{}{}", entry(one), entry(other));
        assert_eq!(rest(&boxes).matches("drips").count(), 2, "{one} {other}");
        let same = format!("{}{}", entry(one), entry(one));
        assert_eq!(rest(&same).matches("drips").count(), 1, "{one}");
    }
}

#[test]
fn two_equal_steps_in_a_row_stay() {
    let step = "<div class=s><p>Knead the dough on a floured board until it is smooth.</p><p>Let it rest.</p></div>";
    assert_eq!(rest(&format!("<p>Take flour.</p>{step}{step}")).matches("Knead").count(), 2);
}

#[test]
fn a_drawing_with_many_lines_is_kept_once_though_each_size_is_another_file() {
    let lines: String = (1990..2020).map(|year| format!("<p>{year}</p>")).collect();
    let drawing = |file: &str| format!("<div class=art><img src={file}><p>{LONG}</p>{lines}</div>");
    let html = format!("{}{}", drawing("/debt-2.png"), drawing("/debt-3.png"));
    assert_eq!(rest(&html).matches("2001").count(), 1);
}
