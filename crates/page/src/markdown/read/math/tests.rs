//! Tests which elements are formulas, and how their TeX is adapted to Markdown. `mathml/tests.rs`
//! tests the TeX that is made of MathML.

use proptest::prelude::*;

use super::super::tests::{check, check_page};
use super::*;
use crate::{Warning, convert_fragment};

const MATHML: &str = "<math><mi>y</mi></math>";
const ANNOTATED: &str =
    "<math><semantics><mi>y</mi><annotation encoding=application/x-tex>x^2</annotation></semantics></math>";

#[test]
fn every_tool_marks_its_formulas_in_its_own_way() {
    check(&[
        ("<p>a <span class=math-inline>\\(x\\)</span> b", "a $x$ b"),
        ("<p>a <span class='math inline'>\\(x\\)</span> b", "a $x$ b"),
        ("<p>a <span class='math inline'>x</span> b", "a $x$ b"),
        ("<div class=math-display>x</div>", "$$x$$"),
        ("<p>a <span class=math-inline data-math='x^2'><span class=katex><b>x</b>2</span></span> b", "a $x^2$ b"),
        ("<div class=math-block data-math='x^2'><span class=katex-display><b>x</b>2</span></div>", "$$x^2$$"),
        ("<div class=arithmatex>\\[x\\]</div>", "$$x$$"),
        ("<span class=arithmatex>$x$</span>", "$x$"),
        ("<math-renderer>$x$</math-renderer>", "$x$"),
        ("<math-renderer>$$x$$</math-renderer>", "$$x$$"),
        ("<math-renderer>$`x`$</math-renderer>", "$x$"),
        ("<pre><code data-math-style=display>x</code></pre>", "```\nx\n```"),
        ("<code data-math-style=inline>x</code>", "$x$"),
        ("<script type=math/tex>x</script>", "$x$"),
        ("<script type='math/tex; mode=display'>x</script>", "$$x$$"),
        ("<img class=latex alt=$x$ src=x.png>", "$x$"),
        ("<img class=mwe-math-fallback-image-inline alt='{\\displaystyle x}' src=x.png>", "$x$"),
    ]);
}

#[test]
fn the_pages_own_tex_is_preferred_to_what_mathml_shows() {
    for (html, expected) in [
        (ANNOTATED.to_owned(), "$x^2$"),
        (format!("<span class=katex>{ANNOTATED}<span aria-hidden=true>x2</span></span>"), "$x^2$"),
        (format!("<span class=katex-display><span class=katex>{ANNOTATED}</span></span>"), "$$x^2$$"),
        (format!("<span class=mwe-math-element>{ANNOTATED}<img alt=z></span>"), "$x^2$"),
        (format!("<mjx-container display=true>{ANNOTATED}</mjx-container>"), "$$x^2$$"),
        ("<math alttext='x^2'><mi>y</mi></math>".to_owned(), "$x^2$"),
        ("<math data-latex='x^2'><mi>y</mi></math>".to_owned(), "$x^2$"),
        ("<math alttext=' '><mi>y</mi></math>".to_owned(), "$y$"),
        (MATHML.to_owned(), "$y$"),
        (format!("<span class='MathJax_SVG'>{MATHML}</span>"), "$y$"),
        ("<span class=MathJax data-mathml='<math><mi>y</mi></math>'>y</span>".to_owned(), "$y$"),
        ("<math><semantics><mi>y</mi><annotation encoding=text/plain>no</annotation></math>".to_owned(), "$y$"),
    ] {
        check(&[(&html, expected)]);
    }
}

#[test]
fn what_is_drawn_twice_is_written_once() {
    for html in [
        "<p>a <span class=MathJax_Preview>x</span><span class=MathJax>x</span><script type=math/tex>x</script> b"
            .to_owned(),
        format!("<p>a <span class=MathJax>x</span>{ANNOTATED} b").replace("x^2", "x"),
        "<p>a <span class=mwe-math-element><img class=mwe-math-fallback-image-inline alt=x></span> b".to_owned(),
    ] {
        check(&[(&html, "a $x$ b")]);
    }
}

#[test]
fn a_class_that_only_looks_like_a_formulas_is_none() {
    check(&[
        ("<p class=mathematics>x", "x"),
        ("<p><span class=math>five</span> pupils", "five pupils"),
        ("<p><code class='math inline'>x</code>", "`x`"),
        ("<p><span class=katexlike>x</span>", "x"),
        ("<div class=mathjax-menu>x</div>", "x"),
        ("<img class=photo alt=$x$ src=x.png>", "![\\$x\\$](x.png)"),
        ("<script type=text/javascript>x</script>", ""),
    ]);
}

#[test]
fn a_number_beside_a_formula_becomes_its_tag() {
    check(&[
        ("<div class=math><span class=eqno>(3)<a href=#e>¶</a></span>\\[x\\]</div>", "$$x \\tag{3}$$"),
        ("<div class=math><span class=eqno>(A.1)</span>\\[x\\]</div>", "$$x \\tag{A.1}$$"),
    ]);
}

#[test]
fn a_formula_of_its_own_lines_stays_in_the_line_where_no_block_is_possible() {
    check(&[
        ("<table><tr><th>a<tr><td><div class=math-display>x|y</div></table>", "| a |\n| --- |\n| $x\\vert y$ |"),
        ("<h2>a <div class=math-display>x</div></h2>", "## a $x$"),
    ]);
}

#[test]
fn tex_is_one_line_that_shows_only_itself() {
    for (tex, cleaned) in [
        (" x\n\n +  y ", "x + y"),
        ("x % all that\n+ y", "x + y"),
        ("5\\% of x", "5\\% of x"),
        ("a $ b", "a \\$ b"),
        ("a \\$ b", "a \\$ b"),
        ("a < b", "a \\lt b"),
        ("a<b", "a\\lt b"),
        ("a`b", "a\\char96 b"),
        ("[a](b)", "[a]{(}b)"),
        ("[a] (b)", "[a] {(}b)"),
        ("[a][b]", "[a] [b]"),
        ("[a]: b", "[a] : b"),
        ("[^1]", "[ ^1]"),
        ("![a]", "! [a]"),
        ("http://example.org", "http:{/}/example.org"),
        ("www.example.org", "www{}.example.org"),
        ("me@example.org", "me{@}example.org"),
        ("&lt;", "&lt ;"),
        ("{\\displaystyle x}", "x"),
        ("{\\displaystyle x}+{y}", "{\\displaystyle x}+{y}"),
        ("x\\", "x\\ {}"),
        ("x\\\\", "x\\\\"),
        ("x\\\\$y", "x\\\\\\$y"),
        ("x\\\\% y", "x\\\\"),
        ("x\\\\\\", "x\\\\\\ {}"),
        ("a\\\u{1}$b", "a\\$b"),
        (":\u{1}//example.org", ":{/}/example.org"),
        ("[\u{1}^1]", "[ ^1]"),
        ("a_@example.org", "a_{@}example.org"),
        ("x\u{1}y", "xy"),
        ("\\href{a}{b}", "\\backslash href{a}{b}"),
        ("", ""),
        ("%", ""),
        ("一\u{3000}二", "一 二"),
    ] {
        assert_eq!(clean(tex), cleaned, "{tex:?}");
    }
}

#[test]
fn delimiters_are_removed_once_and_only_in_pairs() {
    for (text, inner) in [
        (" \\( x \\) ", ("x", false)),
        ("\\[x\\]", ("x", true)),
        ("$$x$$", ("x", true)),
        ("$x$", ("x", false)),
        ("$`x`$", ("x", false)),
        ("\\(x\\]", ("\\(x\\]", false)),
        ("$", ("$", false)),
        ("$$", ("", false)),
        ("x", ("x", false)),
        ("", ("", false)),
    ] {
        assert_eq!(undelimited(text), inner, "{text:?}");
    }
}

#[test]
fn braces_are_balanced_only_if_each_has_its_partner() {
    for balanced in ["", "{}", "a{b{c}}d", "\\{", "\\}", "\\\\{}"] {
        assert!(is_balanced(balanced), "{balanced}");
    }
    for open in ["{", "}", "}{", "{}}{", "\\\\}", "{\\}"] {
        assert!(!is_balanced(open), "{open}");
    }
}

#[test]
fn a_formula_beyond_measure_keeps_its_text() {
    let long = "x+".repeat(MAX_TEX);
    let deep = format!("<math>{}<mi>x</mi></math>", "<mrow>".repeat(200));
    for html in [format!("<script type=math/tex>{long}</script>"), format!("<math><mi>{long}</mi></math>"), deep] {
        let fragment = convert_fragment(&format!("<p>before {html} after"));
        assert_eq!(fragment.warnings, [Warning::FormulaCapped], "{html:.40}");
        assert!(fragment.markdown.starts_with("before x") && fragment.markdown.ends_with(" after\n"), "{html:.40}");
        assert!(!fragment.markdown.contains('$'), "{html:.40}");
    }
}

#[test]
fn an_empty_formula_is_nothing() {
    check_page(&[
        ("<p>a <span class='math inline'></span> b", "a b"),
        ("<p>a <script type=math/tex> </script> b", "a b"),
        ("<p>a <math></math> b", "a b"),
        ("<p>a <span class=katex><math><annotation encoding=tex>%</annotation></math></span> b", "a b"),
    ]);
}

proptest! {
    #[test]
    fn cleaned_tex_stays_one_line_and_ends_no_formula_early(
        tex in "[a-z{}$%`<>\\\\\\[\\]()^!:@;./ \n\t\u{1}&]{0,40}",
    ) {
        let cleaned = clean(&tex);
        prop_assert!(!cleaned.contains(['\n', '`', '<', '\t']), "{cleaned:?}");
        let mut before = ' ';
        for c in cleaned.chars() {
            prop_assert!(c != '$' || before == '\\', "{cleaned:?}");
            before = if before == '\\' && c == '\\' { ' ' } else { c };
        }
        prop_assert!(before != '\\', "it would escape the closing sign: {cleaned:?}");
    }

    #[test]
    fn no_formula_is_a_link_or_code_to_a_renderer_without_formulas(
        parts in proptest::collection::vec(prop_oneof![
            "[-a-z{}$%`<>\\\\\\[\\]()^!:@;./_+ \u{1}]{0,8}",
            Just("http://example.org/x".to_owned()), Just("www.example.org".to_owned()),
            Just("me@example.org".to_owned()), Just("me_@example.org".to_owned()), Just("[x](y)".to_owned()),
            Just("[^1]".to_owned()), Just("![x](y)".to_owned()), Just("<b>".to_owned()), Just("&lt;".to_owned()),
        ], 1..5),
    ) {
        let tex = parts.concat().replace('&', "&amp;").replace('<', "&lt;");
        let markdown = convert_fragment(&format!("<p><span class='math inline'>{tex}</span>")).markdown;
        let mut options = comrak::Options::default();
        options.extension.autolink = true;
        options.extension.footnotes = true;
        options.render.r#unsafe = true;
        let shown = comrak::markdown_to_html(&markdown, &options);
        for tag in shown.split('<').skip(1) {
            let name = tag.trim_start_matches('/').split(['>', ' ']).next().unwrap_or("");
            prop_assert!(matches!(name, "p\n" | "p" | "em" | "strong" | "br"), "{tex}\n{markdown}\n{shown}");
        }
    }
}
