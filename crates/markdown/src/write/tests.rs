//! Tests how each block and inline is spelled, and that plain text stays so.

mod containers;

use super::*;
use crate::block::Align;
use crate::settle;
use crate::tests::sample::{Piece, Sample};
use Piece::{Abbreviation, Break, Code, Image, In, Link, Math, Note, Text};

fn written(sample: Sample) -> String {
    let mut document = sample.0;
    settle(&mut document, usize::MAX);
    write(&document)
}

/// Writes a paragraph.
fn line(pieces: &[Piece<'_>]) -> String {
    written(Sample::default().paragraph(pieces))
}

fn new() -> Sample {
    Sample::default()
}

#[test]
fn blocks_are_parted_by_empty_lines() {
    assert_eq!(written(new()), "");
    assert_eq!(written(new().heading(2, &[Text("Title")]).text("Words.").text("More.")), "## Title\n\nWords.\n\nMore.");
    assert_eq!(written(new().heading(1, &[]).text("x")), "#\n\nx");
    assert_eq!(written(new().math("x^2").text("x")), "$$x^2$$\n\nx");
    assert_eq!(written(new().block(Block::Html("<hr>\n<b>x</b>\n".into())).text("x")), "<hr>\n<b>x</b>\n\nx");
}

#[test]
fn a_rule_is_spelled_so_that_it_is_nothing_else() {
    let rule = |sample: Sample| sample.block(Block::Rule);
    assert_eq!(written(rule(new()).text("x")), "___\n\nx", "at the beginning it would be front matter");
    assert_eq!(written(rule(new().text("x"))), "x\n\n---");
    assert_eq!(written(new().text("x").list(None, &[|item| item.block(Block::Rule)])), "x\n\n- ___");
}

#[test]
fn every_line_of_a_container_has_its_prefix() {
    let quote = |inner: fn(Sample) -> Sample| written(new().within(Container::Quote, inner));
    assert_eq!(quote(|quote| quote.text("One.").text("Two.")), "> One.\n>\n> Two.");
    assert_eq!(quote(|quote| quote.within(Container::Quote, |inner| inner.text("Deep."))), "> > Deep.");
    assert_eq!(quote(|quote| quote.paragraph(&[Text("a"), Break, Text("b")])), "> a\\\n> b");
    assert_eq!(quote(|quote| quote.text("x").code("", "a\n\nb\n")), "> x\n>\n> ```\n> a\n>\n> b\n> ```");
    let first = quote(|quote| quote.code("", "a\n\nb\n"));
    assert_eq!(first, "> <pre><code>a\n> &#10;b\n> </code></pre>", "showdown sees no fence on a marker's line");
    let html = |quote: Sample| quote.block(Block::Html("<table>\n<tr>\n</table>".into()));
    assert_eq!(quote(html), "> <table>\n> <tr>\n> </table>");
    assert_eq!(quote(|quote| quote), ">", "an empty one leaves no blank behind");
}

#[test]
fn callouts_details_and_footnotes_have_their_marks() {
    let note = new().within(Container::Callout { kind: "NOTE" }, |note| note.text("One.").text("Two."));
    assert_eq!(written(note), "> [!NOTE]\n> One.\n>\n> Two.");
    let details = |summary: &str| Container::Details { summary: summary.into() };
    let folded = new().within(details("More"), |inner| inner.text("Text."));
    assert_eq!(written(folded), "<details>\n<summary>More</summary>\n\nText.\n\n</details>");
    assert_eq!(written(new().within(details(""), |inner| inner.text("x"))), "<details>\n\nx\n\n</details>");
    let footnote =
        |inner: fn(Sample) -> Sample| written(new().within(Container::Footnote { label: "1".into() }, inner));
    assert_eq!(footnote(|note| note.text("Two words.").text("More.")), "[^1]: Two words.\n\n    More.");
    assert_eq!(footnote(|note| note.text("word")), "[^1]: word &#32;", "else it would define a link");
}

#[test]
fn lists_count_and_indent() {
    let tight: [fn(Sample) -> Sample; 2] = [|item| item.loose_text("One"), |item| item.loose_text("Two")];
    assert_eq!(written(new().list(None, &tight)), "- One\n- Two");
    assert_eq!(written(new().list(Some(9), &tight)), "9. One\n10. Two");
    assert_eq!(written(new().list(Some(999_999_999), &tight)), "999999999. One\n999999999. Two", "none has ten digits");
    let deep: [fn(Sample) -> Sample; 1] =
        [|item| item.loose_text("a").list(Some(1), &[|item| item.loose_text("b").code("", "c\n")])];
    assert_eq!(written(new().list(None, &deep)), "- a\n  1. b\n     ```\n     c\n     ```");
    let tasks = new().within(Container::List(List::default()), |list| {
        let item = |list: Sample, task, text| list.within(Container::Item { task: Some(task) }, |i| i.loose_text(text));
        item(item(list, true, "done"), false, "open")
    });
    assert_eq!(written(tasks), "- [x] done\n- [ ] open");
    let titled = new().within(Container::List(List::default()), |list| {
        list.within(Container::Item { task: Some(false) }, |item| {
            item.heading(2, &[Text("a")]).heading(3, &[Text("b")])
        })
    });
    assert_eq!(written(titled), "- [ ] a\n  ### b", "only a paragraph follows the box");
}

#[test]
fn code_outlasts_any_run_of_backticks_in_it() {
    let code = |language: &str, text: &str| written(new().code(language, text));
    assert_eq!(code("rust", "let x = 1;\n"), "```rust\nlet x = 1;\n```");
    assert_eq!(code("", "a\n````\n"), "`````\na\n````\n`````");
    assert_eq!(code("c++", "x"), "```c++\nx\n```");
    assert_eq!(code("c#", "x < y"), "```c#\nx < y\n```");
    assert_eq!(code("c#", "List<int>"), "```csharp\nList<int>\n```");
}

#[test]
fn code_that_some_renderer_would_not_read_as_code_is_html() {
    let code = |language: &str, text: &str| written(new().code(language, text));
    assert_eq!(code("a b", "x\n"), "<pre><code class=\"language-a b\">x\n</code></pre>");
    assert_eq!(code("", ""), "<pre><code></code></pre>");
    assert_eq!(code("asp.net", "<b>"), "<pre><code class=\"language-asp.net\">&lt;b&gt;\n</code></pre>");
    assert_eq!(code("", "<code>\n\n&"), "<pre><code>&lt;code&gt;\n&#10;&amp;\n</code></pre>");
    assert_eq!(code("", "</PRE>"), "<pre><code>&lt;/PRE&gt;\n</code></pre>");
    let in_item: [fn(Sample) -> Sample; 1] = [|item| item.loose_text("a").code("", "<b>")];
    let expected = "- a\n\n  <pre><code>&lt;b&gt;\n  </code></pre>";
    assert_eq!(written(new().list(None, &in_item)).replace("\n\n", "\n"), expected.replace("\n\n", "\n"));
    let later: [fn(Sample) -> Sample; 1] = [|item| item.loose_text("a").code("", "x[1](y)\n")];
    assert!(written(new().list(None, &later)).contains("x&#91;1](y)"), "a link's signs in a container");
}

#[test]
fn code_in_a_line_has_a_fence_of_its_own() {
    for (text, expected) in [
        ("x", "`x`"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("``", "` `` `"),
        (" a ", "`  a  `"),
        ("  ", "`  `"),
        ("a|b", "`a|b`"),
        ("r x", "<code>r x</code>"),
        ("{python} 1+1", "<code>\\{python\\} 1\\+1</code>"),
        ("<code>", "<code>&lt;code\\></code>"),
        ("<b>", "`<b>`"),
    ] {
        assert_eq!(line(&[Text("a "), Code(text)]), format!("a {expected}"), "{text}");
    }
}

#[test]
fn marks_are_read_as_they_were_meant() {
    let (thin, bold, gone) = (Mark::Emphasis, Mark::Strong, Mark::Strike);
    for (pieces, expected) in [
        (&[In(thin, &[Text("a")])][..], "*a*"),
        (&[In(bold, &[Text("a")])], "**a**"),
        (&[In(gone, &[Text("a")])], "~~a~~"),
        (&[In(thin, &[Text("a "), In(thin, &[Text("b")])])], "*a _b_*"),
        (&[In(bold, &[In(thin, &[Text("a")])])], "**_a_**"),
        (&[Text("un"), In(thin, &[Text("frigging")]), Text("believable")], "un*frigging*believable"),
        (&[Text("a"), In(bold, &[Text("(b)")]), Text("c")], "a<strong>(b)</strong>c"),
        (&[In(bold, &[Text("a")]), In(bold, &[Text("b")])], "<strong>a</strong><strong>b</strong>"),
        (&[In(Mark::Html("sub"), &[Text("2")])], "<sub>2</sub>"),
        (&[In(Mark::Void, &[Text("a")]), Text("b")], "ab"),
        (&[Abbreviation("Hyper \"Text\"", "HT")], "<abbr title='Hyper &#34;Text&#34;'>HT</abbr>"),
    ] {
        assert_eq!(line(pieces), expected);
    }
}

#[test]
fn links_and_images_keep_their_ends() {
    for (pieces, expected) in [
        (&[Link("https://example.org/a", "", &[Text("site")])][..], "[site](https://example.org/a)"),
        (&[Link("https://example.org/", "", &[Text("https://example.org/")])], "<https://example.org/>"),
        (&[Link("/a b", "", &[Text("x")])], "[x](/a%20b)"),
        (&[Link("/a_(b)", "", &[Text("x")])], "[x](/a_(b))"),
        (&[Link("/a(b)(c)", "", &[Text("x")])], "[x](/a%28b%29%28c%29)"),
        (&[Link("/a)", "", &[Text("x")])], "[x](/a%29)"),
        (&[Link("/a", "say \"so\"", &[Text("x")])], "[x](/a \"say &quot;so&quot;\")"),
        (&[Link("", "t", &[Text("x")])], "[x](<> \"t\")"),
        (&[Link("/a\u{200B}", "", &[Text("x")])], "[x](/a%E2%80%8B)"),
        (&[Link("/a", "", &[Text("[1]")])], "[\\[1\\]](/a)"),
        (&[Link("/a", "", &[Image("b.png", "c", "")])], "[![c](b.png)](/a)"),
        (&[Image("a.png", "a [b]", "t")], "![a \\[b\\]](a.png \"t\")"),
        (&[Link("/a", "", &[Image("b.png", "[", "")])], "[![&#91;](b.png)](/a)"),
        (&[Link("/a", "", &[Math("]")])], "[$\\rbrack $](/a)"),
        (&[Link("/a", "", &[Math("\\sqrt[3]{x}")])], "[$\\sqrt[3]{x}$](/a)"),
        (&[Link("/a", "", &[Math("\\left[a")])], "[$\\left\\lbrack a$](/a)"),
        (&[Link("/a", "", &[Code("`[")])], "[<code>\\`&#91;</code>](/a)"),
        (&[Link("/a", "", &[Code("a[0]")])], "[`a[0]`](/a)"),
        (&[Link("/a", "", &[Text("b")]), Code("<b>")], "[b](/a)<code>&lt;b\\></code>"),
        (&[Link("/a", "", &[Text("b")]), Code("c")], "[b](/a)`c`"),
        (&[Image("", "a", "")], "![a](<>)"),
        (&[Image("/a.pdf", "a", "")], "![a](/a.pd%66)"),
        (&[Image("/a.pdf?x=.png", "a", "")], "![a](/a.pd%66?x=.png)"),
        (&[Text("a"), Note("1"), Text("(b)")], "a[^1]\\(b)"),
    ] {
        assert_eq!(line(pieces), expected);
    }
}

#[test]
fn a_line_break_is_spelled_by_its_place() {
    assert_eq!(line(&[Text("a"), Break, Text("- b")]), "a\\\n\\- b", "the new line begins no list");
    assert_eq!(written(new().heading(3, &[Text("a"), Break, Text("b")])), "### a<br>b");
    let cells: &[&[Piece<'_>]] = &[&[Text("a"), Break, Text("b")]];
    assert_eq!(written(new().table(&[Align::None], &[cells])), "| a<br>b |\n| --- |");
}

#[test]
fn tables_keep_their_cells_apart() {
    let columns = [Align::None, Align::Left, Align::Center, Align::Right];
    let head: &[&[Piece<'_>]] = &[&[Text("a|b")], &[], &[Code("c|d")], &[Math("|x|")]];
    let row: &[&[Piece<'_>]] = &[&[Link("/a|b", "t", &[Text("x")])], &[Text("say \"so\"")]];
    assert_eq!(
        written(new().table(&columns, &[head, row])),
        "| a\\|b | | `c\\|d` | $\\vert x\\vert $ |\n| --- | :-- | :-: | --: |\n| [x](/a\\|b 't') | say \"so\" |"
    );
    let quoted: &[&[Piece<'_>]] = &[&[Text("say \"so\"")]];
    assert!(written(new().table(&[Align::None], &[quoted])).starts_with("| say &quot;so&quot; |"), "in the header");
}

#[test]
fn formulas_and_signs_of_money_are_told_apart() {
    assert_eq!(line(&[Text("so "), Math("x^2")]), "so $x^2$");
    assert_eq!(line(&[Text("It costs $5.")]), "It costs $5.", "one sign begins nothing that ends");
    let both = line(&[Text("From $5 to $6.")]);
    assert_eq!(both.matches("\\$").count(), 2, "{both}");
    assert!(line(&[Text("$5 for "), Math("x")]).starts_with("\\$5"), "else the formula would begin there");
}

#[test]
fn text_begins_no_block() {
    for (text, expected) in [
        ("# a", "\\# a"),
        ("#a", "#a"),
        ("####### a", "####### a"),
        ("- a", "\\- a"),
        ("-a", "-a"),
        ("--- a", "\\--- a"),
        ("+ a", "\\+ a"),
        ("* a", "\\* a"),
        ("> a", "\\> a"),
        ("1. a", "1\\. a"),
        ("1986) a", "1986\\) a"),
        ("1.5 a", "1.5 a"),
        ("1234567890. a", "1234567890. a"),
        ("~~~ a", "\\~\\~\\~ a"),
        (": a", "\\: a"),
        ("::: a", "\\::: a"),
        ("```", "\\`\\`\\`"),
    ] {
        assert_eq!(line(&[Text(text)]), expected, "{text}");
    }
}

#[test]
fn text_becomes_no_inline() {
    for (text, expected) in [
        ("2 * 3", "2 * 3"),
        ("a*b", "a\\*b"),
        ("snake_case", "snake_case"),
        ("_a_", "\\_a\\_"),
        ("[a](b)", "\\[a\\](b)"),
        ("a < b", "a < b"),
        ("a <b>", "a &lt;b>"),
        ("a </b>", "a &lt;/b>"),
        ("&amp;", "&amp;amp;"),
        ("AT&T; R&D", "AT&amp;T; R&D"),
        ("a\\", "a&#92;"),
        ("a\\b", "a\\b"),
        ("a\\*", "a\\\\\\*"),
        ("x {% y %}", "x &#123;% y %}"),
        ("x {{y}}", "x {\\{y}}"),
        ("see http://a.b", "see http\\://a.b"),
        ("see www.a.b", "see www\\.a.b"),
        ("write a@b.org", "write a\\@b.org"),
    ] {
        assert_eq!(line(&[Text(text)]), expected, "{text}");
    }
}

#[test]
fn an_image_s_address_is_written_as_outside_of_tables() {
    for (address, expected) in [
        ("https://example.org/a.png", "https://example.org/a.png"),
        ("https://example.org/a|b.png", "https://example.org/a|b.png"),
        ("https://example.org", "https://example.org"),
        ("a.html", "a.htm%6C"),
        ("a/b", "a/b"),
        ("film.mp4#t=1", "film.mp%34#t=1"),
    ] {
        assert_eq!(image_target(address), expected);
    }
}
