//! Checks which quotations count as repeated.

use super::*;
use cachette_dom::parse;

const FIRST: &str = "A metre of seam went. Tape held for <em>six</em> hours.<br>What do you carry?";

/// Returns what the last of these posts still says.
fn said(texts: &[&str]) -> String {
    let html: String = texts.iter().map(|text| format!("<article>{text}</article>")).collect();
    let document = parse(&html).document;
    let bodies = document.select("article").nodes().to_vec();
    let mut posts: Vec<Post> = bodies.iter().map(|body| Post { body: vec![body.id], ..Post::default() }).collect();
    find_repeated(&document, &mut posts);
    let repeated = posts.iter().flat_map(|post| &post.repeated);
    repeated.for_each(|id| NodeRef { id: *id, tree: &document.tree }.remove_from_parent());
    visible_text(*bodies.last().unwrap()).replace('\n', " | ")
}

#[test]
fn a_repeated_quotation_keeps_only_its_source() {
    let long = "Tape held for six hours, and nobody who was on board had believed it would. ".repeat(4);
    for (quote, left) in [
        (
            "<blockquote><cite>Ada said:</cite>A metre of seam went. Tape held for six hours.<br>What do you \
             carry?</blockquote>Wax.",
            "Ada said: | Wax.",
        ),
        ("<blockquote><cite>Ada said:</cite>What do you carry?</blockquote>Wax.", "Ada said: | Wax."),
        (
            "<blockquote><a>Ada said:</a><div><div>Tape held for six hours.</div></div></blockquote>Wax.",
            "Ada said: | Wax.",
        ),
        (
            "<blockquote><div>Ada said:</div>What do you carry?<div>Click to expand…</div></blockquote>Wax.",
            "Ada said: | Wax.",
        ),
        ("<p>Ada said:<div class=bbcode_quote><p>Tape held for six hours.</p></div>Wax.", "Ada said: | Wax."),
    ] {
        assert_eq!(said(&[FIRST, quote]), left, "{quote}");
    }
    assert_eq!(said(&[&long, &format!("<blockquote>{long}</blockquote>Wax.")]), "Wax.", "no source is needed");
}

#[test]
fn another_quotation_stays_whole() {
    const NAMED: &str = "<cite>Ada said:</cite>";
    for quote in [
        "<blockquote>NAMEDTape held for ten hours.</blockquote>Wax.",
        "<blockquote>NAMEDTape held for six hours.<br>Really? Nobody who sails would ever believe \
         that.</blockquote>Wax.",
        "<blockquote>NAMEDTape held for six hours.<br>Really?<br>What do you carry?</blockquote>Wax.",
        "<blockquote>NAMEDWhat?</blockquote>Wax.",
        "<blockquote>NAMEDTape held for six hours.<img src=a.png></blockquote>Wax.",
        // Without a source, only the words show what is answered.
        "<blockquote>What do you carry?</blockquote>Wax.",
        // Each answer belongs to the words above it.
        "<blockquote>NAMEDTape held for six hours.</blockquote>So long?<blockquote>NAMEDWhat do you \
         carry?</blockquote>Wax.",
        "<p>Let me answer the first of your questions only, because I have never tried the others, and never \
         will.</p><blockquote>NAMEDWhat do you carry?</blockquote>Wax.",
    ] {
        let quote = quote.replace("NAMED", NAMED);
        let text = visible_text(parse(&quote).document.root()).replace('\n', " | ");
        assert_eq!(said(&[FIRST, &quote]), text, "{quote}");
    }
    let only = format!("<blockquote>{NAMED}What do you carry?</blockquote>");
    // An answer is no earlier post.
    assert_eq!(said(&[&format!("{only}Wax.")]), "Ada said:What do you carry? | Wax.");
}

#[test]
fn posts_in_a_post_are_read_once() {
    let html = |deep: usize| format!("{}{}", "<article>Moss. ".repeat(deep), "</article>".repeat(deep));
    let work = |deep: usize| {
        let document = parse(&html(deep)).document;
        let bodies = document.select("article").nodes().to_vec();
        let mut posts: Vec<Post> = bodies.iter().map(|body| Post { body: vec![body.id], ..Post::default() }).collect();
        let before = cachette_dom::steps::taken();
        find_repeated(&document, &mut posts);
        cachette_dom::steps::taken() - before
    };
    assert!(work(160) < 3 * work(80), "{} and {}", work(160), work(80));
}
