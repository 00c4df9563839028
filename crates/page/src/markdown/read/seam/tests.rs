//! Tests where words are separated, and where parts of a word stay together.

use super::super::tests::{check, check_page};

#[test]
fn labels_side_by_side_are_words_of_their_own() {
    check(&[
        ("<div><span class=k>Height</span><span class=v>12 m</span></div>", "Height 12 m"),
        ("<div><span class=k>Height:</span><span class=v>12 m</span></div>", "Height: 12 m"),
        ("<div><span class=name>Lex Keeper</span><span class=says>The gate</span></div>", "Lex Keeper The gate"),
        (
            "<div><span class=name>Lex Keeper</span><span class=at><a href=/a>(00:01)</a> </span><span \
             class=says>The gate</span></div>",
            "Lex Keeper [(00:01)](/a) The gate",
        ),
        ("<div><span class=n>12</span><span class=what>Comments</span></div>", "12 Comments"),
        ("<p><time class=a>4 May</time><small class=b>Ada</small></p>", "4 May Ada"),
        ("<div><a href=/a>News</a><a href=/b>About</a></div>", "[News](/a) [About](/b)"),
    ]);
}

#[test]
fn a_mark_within_a_word_does_not_part_it() {
    check(&[
        ("<p><b>W</b>ord", "**W**ord"),
        ("<p>H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("<p><span class=a>un</span><span class=b>believable</span>", "unbelievable"),
        ("<p><span>Mc</span><span>Donald and sons</span>", "McDonald and sons"),
        ("<p><span class=l>M</span><span class=m>cDonald</span>", "McDonald"),
        ("<p><span class=word>You</span><span class=word>Tube</span>", "YouTube"),
        ("<p>on <a><span class=a>You</span><span class=b>Tube</span></a>", "on YouTube"),
        ("<h2><span class=a>You</span><span class=b>Tube</span></h2>", "## YouTube"),
        ("<p><span class=a>H</span><span class=b>2</span><span class=c>O</span>", "H2O"),
        ("<p><span class=a>12</span><span class=b>th</span>", "12th"),
        ("<p><span class=a>10:</span><span class=b>30</span>", "10:30"),
        ("<p><span class=a>print</span><span class=b>(value)</span>", "print(value)"),
        ("<p><span class=a>高さ</span><span class=b>12 米</span>", "高さ12 米"),
        ("<p><code><span class=a>foo</span><span class=b>Bar x</span></code>", "`fooBar x`"),
        ("<p><span class=a>Height</span>, <span class=b>12 m</span>", "Height, 12 m"),
        ("<p><span class=a>$</span><span class=b>12</span>", "$12"),
        ("<p><span class=a>iPhone</span><b>12</b>", "iPhone**12**"),
    ]);
}

#[test]
fn a_label_with_a_style_is_a_label_too() {
    check(&[
        ("<div><span class=k style='font-weight:500'>Height</span><span class=v>12 m</span></div>", "Height 12 m"),
        ("<div><span class=k>Height</span><span class=v style='font-weight:500'>12 m</span></div>", "Height 12 m"),
        ("<div><span class=k style='font-weight:700'>Height</span><span class=v>12 m</span></div>", "**Height** 12 m"),
        ("<p><span class=a style='font-weight:500'>un</span><span class=b>believable</span>", "unbelievable"),
    ]);
}

#[test]
fn within_a_sentence_a_word_in_two_colours_is_one_word() {
    check(&[
        ("<p>It runs on <span class=u>Mac</span><span class=s>OS</span> only.", "It runs on MacOS only."),
        ("<p><span class=u>Mac</span><span class=s>OS</span> only.", "MacOS only."),
        ("<p>It is <b><span class=u>Mac</span><span class=s>OS</span></b> only.", "It is **MacOS** only."),
        ("<p>Learn <a href=/a>Java</a><a href=/a>Script</a> first.", "Learn [Java](/a)[Script](/a) first."),
        // Links of tags and of paths have words only on one side.
        ("<p>Tags: <a href=/a>Swiss</a><a href=/b>Geneva</a>", "Tags: [Swiss](/a) [Geneva](/b)"),
        ("<p><a href=/a>Home</a><a href=/b>Water</a>Gates", "[Home](/a) [Water](/b)Gates"),
        // A label is a word if it is alone in its box, or if only signs are beside it.
        ("<div><span class=u>Mac</span><span class=s>Linux</span></div>", "Mac Linux"),
        ("<div><a href=/a>News</a><a href=/b>About</a> | <a href=/c>Us</a></div>", "[News](/a) [About](/b) | [Us](/c)"),
        ("<div><span><a href=/a>News</a></span><span><a href=/b>About</a></span></div>", "[News](/a) [About](/b)"),
        (
            "<div><span>Lex</span><span class=ts-timestamp>(00:01) </span><span>The gate</span></div>",
            "Lex(00:01) The gate",
        ),
    ]);
}

#[test]
fn labels_behind_a_word_are_words_of_their_own() {
    check(&[
        ("<p>Written in <span class=a>Kent</span><span class=b>Ada</span>", "Written in Kent Ada"),
        ("<ul><li>by <span class=a>Ada</span><span class=b>1843</span>", "- by Ada 1843"),
        ("<p>by <span class=a>Ada</span><span class=b>1843</span> in print", "by Ada 1843 in print"),
        (
            "<p>Lock: <span class=k>Depth</span><span class=v>3</span><span class=k>Gates</span><span \
             class=v>Oak</span>",
            "Lock: Depth 3 Gates Oak",
        ),
        // What follows is another label, a number, or another sentence.
        (
            "<p>In <span class=a>Kent</span><span class=b>Ada</span> <span class=c>wrote</span> to us",
            "In Kent Ada wrote to us",
        ),
        ("<p>In <span class=a>Kent</span><span class=b>Ada</span> · 4 May", "In Kent Ada · 4 May"),
        ("<p>In <span class=a>Kent</span><span class=b>Ada</span><br>and so on", "In Kent Ada\\\nand so on"),
        // Links with two targets are two, with one target maybe one.
        ("<p>In <a href=/a>Kent</a><a href=/b>Essex</a> by Ada", "In [Kent](/a) [Essex](/b) by Ada"),
        ("<p>In <a>Kent</a><a>Essex</a> by Ada", "In Kent Essex by Ada"),
        ("<p>In <a href=/a>Kent</a><a href=/a>Essex</a>", "In [Kent](/a) [Essex](/a)"),
    ]);
}

#[test]
fn words_around_something_left_out_stay_apart() {
    check_page(&[
        ("<p>Lex<button class=copy>Copy</button>the keeper", "Lex the keeper"),
        ("<p>Lex<select><option>a</select>the keeper", "Lex the keeper"),
        ("<p>Lex<span hidden>(00:01) </span><b>the</b> keeper", "Lex **the** keeper"),
        ("<p>5<span class=sr-only> out of </span>10", "5 10"),
        ("<p>Lex<svg><path/></svg>the keeper", "Lex the keeper"),
    ]);
}

#[test]
fn nothing_is_parted_where_nothing_was_shown() {
    check_page(&[
        ("<p>un<span hidden>x</span>real", "unreal"),
        ("<p>un<wbr>real<script>1</script>ity<span hidden></span>s", "unrealitys"),
        ("<p>a<span style='display:none'>null</span>b@example.org", "ab\\@example.org"),
        ("<p>Lex<svg><path/></svg>, the keeper", "Lex, the keeper"),
        ("<p>Lex<input type=hidden>the", "Lexthe"),
        ("<p>漢<button class=copy>x</button>字", "漢字"),
        ("<p>Lex<button hidden class=copy>x</button>the", "Lexthe"),
    ]);
}

#[test]
fn words_around_something_that_extraction_removed_stay_apart() {
    let parsed = cachette_dom::parse("<p>Lex<i> 12 </i>said <i>x</i>so, un<!-- a -->real<i>b</i>.");
    for node in parsed.document.select("i").nodes() {
        node.remove_from_parent();
    }
    let links = crate::links::Links::new(None, None, 100);
    let mode = crate::markdown::Mode::Page(&links);
    let markdown = crate::markdown::write(parsed.document.root(), mode, 100).markdown;
    assert_eq!(markdown, "Lex said so, unreal.\n");
}
