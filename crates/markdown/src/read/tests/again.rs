//! Tests that writing what was read changes nothing more. The writer's own texts come out as they
//! were, and texts by others keep their words.

use super::*;

fn rewritten(markdown: &str) -> String {
    let mut document = read(markdown);
    settle(&mut document, usize::MAX);
    write(&document)
}

/// Generates markup of people: well-formed pieces in any order, on any level.
fn markup() -> impl Strategy<Value = String> {
    let line = prop::collection::vec(
        prop::sample::select(vec![
            "a",
            "bc ",
            "*d* ",
            "**e** ",
            "`f` ",
            "[g](h) ",
            "![i](j) ",
            "~~k~~ ",
            "$l$ ",
            "<sub>m</sub>",
            "<b>n</b> ",
            "\\*",
            "&lt;",
            "o<br>p ",
            "語",
            "שלום ",
            "1. ",
            "- ",
            "# ",
            "[^1] ",
            "| ",
            "* ",
            "_ ",
            "<https://a.b/> ",
        ]),
        1..5,
    );
    let prefix = prop::sample::select(vec![
        "",
        "",
        "",
        "> ",
        "- ",
        "1. ",
        "  ",
        "   ",
        "> - ",
        "# ",
        "[^1]: two words ",
        "- [ ] ",
    ]);
    let end = prop::sample::select(vec!["\n", "\n\n", "\\\n", "  \n", "\n***\n", "\n```\nq\n```\n", "\n<hr>\n\n"]);
    let lines = prop::collection::vec((prefix, line, end), 1..6);
    lines.prop_map(|lines| {
        lines.into_iter().map(|(prefix, line, end)| format!("{prefix}{}{end}", line.concat())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_was_read_and_written_is_written_the_same_again(trees in trees()) {
        let once = rewritten(&write(&document(&trees)));
        prop_assert_eq!(rewritten(&once), once);
    }

    #[test]
    fn texts_of_others_are_written_the_same_again(markdown in markup()) {
        let once = rewritten(&markdown);
        prop_assert_eq!(rewritten(&once), once);
    }

    #[test]
    fn texts_of_others_keep_their_words(markdown in markup()) {
        let again = rewritten(&markdown);
        let words = |markdown: &str| words_of(&plain(markdown).text);
        prop_assert_eq!(words(&again), words(&markdown), "{}\n---\n{}", markdown, again);
    }

    #[test]
    fn texts_of_others_are_read_the_same_when_rewritten(markdown in markup()) {
        let document = read(&markdown);
        let again = rewritten(&markdown);
        prop_assert_eq!(described(&read(&again)), described(&document), "{}\n---\n{}", markdown, again);
    }
}
