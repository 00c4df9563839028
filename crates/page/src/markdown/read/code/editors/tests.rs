//! Tests that the lines of editors become one listing. Boxes with similar names stay prose.

use super::super::super::tests::{check, check_page};
use crate::{Options, convert, convert_counted};

const SYNTAX_HIGHLIGHTER: &str = "<div class='syntaxhighlighter java'><table><tbody><tr><td class=gutter><div \
    class='line number1'>1</div><div class='line number2'>2</div></td><td class=code><div class=container><div \
    class='line number1'><code class='java keyword'>int</code> <code class='java plain'>a = 1;</code></div><div \
    class='line number2'><code class='java spaces'>&nbsp;&nbsp;</code><code \
    class='java plain'>b();</code></div></div></td></tr>\
    </tbody></table></div>";
const CODE_MIRROR: &str = "<div class=cm-editor><div class=cm-scroller><div class=cm-gutters aria-hidden=true><div \
    class=cm-gutterElement>1</div></div><div class=cm-content data-language=python><div class=cm-line><span>def</span> \
    f():</div><div class=cm-line><br></div><div class=cm-line>    <span>return</span> 1</div></div></div></div>";
const MONACO: &str = "<div class=monaco-editor data-mode-id=typescript><div class=margin><div \
    class=line-numbers>1</div></div><div class=view-lines><div class=view-line style='top:19px;height:19px'>\
    <span>&nbsp;&nbsp;go();</span></div>\
    <div class=view-line style='top:0px'><span><span class=mtk1>let&nbsp;a&nbsp;=&nbsp;1;</span></span></div>\
    </div></div>";

#[test]
fn the_lines_of_an_editor_are_one_listing() {
    check(&[
        (SYNTAX_HIGHLIGHTER, "```java\nint a = 1;\n  b();\n```"),
        (CODE_MIRROR, "```python\ndef f():\n\n    return 1\n```"),
        (MONACO, "```typescript\nlet a = 1;\n  go();\n```"),
        (
            "<div class='CodeMirror cm-s-x'><div class=CodeMirror-gutters>1</div><div class=CodeMirror-code><div><div \
             class=CodeMirror-linenumber>1</div><pre class=CodeMirror-line><span>a</span></pre></div><div><pre \
             class=CodeMirror-line><span>\u{200B}</span></pre></div><pre class=CodeMirror-line>  b</pre></div></div>",
            "```\na\n\n  b\n```",
        ),
        (
            "<div class=ace_editor><div class=ace_gutter>1</div><div class='ace_layer ace_text-layer'><div \
             class=ace_line>a</div><div class=ace_line> b</div></div></div>",
            "```\na\n b\n```",
        ),
    ]);
}

#[test]
fn boxes_with_such_names_and_no_lines_stay_prose() {
    check(&[
        ("<div class=cm-content><p>a</p></div>", "a"),
        ("<div class=view-lines>a</div>", "a"),
        ("<div class=container><div class=line>a</div><div class=line>b</div></div>", "a\n\nb"),
        ("<div class=CodeMirror>a</div>", "a"),
    ]);
}

#[test]
fn extraction_keeps_the_listings_whole() {
    let prose =
        "<p>The keeper of the lock wrote down every barge that passed, and the height of the water, in a ledger.</p>";
    let html = format!(
        "<title>Lock</title><article><h1>Lock</h1>{prose}{SYNTAX_HIGHLIGHTER}{prose}{CODE_MIRROR}\
         {prose}{MONACO}{prose}",
    );
    let markdown = convert(&html, &Options::default()).markdown;
    for listing in [
        "```java\nint a = 1;\n  b();\n```",
        "```python\ndef f():\n\n    return 1\n```",
        "```typescript\nlet a = 1;\n  go();\n```",
    ] {
        assert!(markdown.contains(listing), "{markdown}");
    }
}

#[test]
fn a_hidden_editor_is_not_written() {
    let listing = "<div class=CodeMirror-code><pre class=CodeMirror-line>x</pre></div></div>";
    let (hidden, shown) =
        (format!("<div class=CodeMirror style='display:none'>{listing}"), format!("<div class=CodeMirror>{listing}"));
    for check in [check, check_page] {
        check(&[(hidden.as_str(), ""), (shown.as_str(), "```\nx\n```")]);
    }
}

#[test]
fn nested_boxes_without_lines_are_not_each_searched_to_their_end() {
    let html = format!("{}{}", "<div class=cm-content>".repeat(400), "<p>x".repeat(5_000));
    let (page, steps) = convert_counted(&html, &Options { full: true, ..Options::default() });
    assert!(steps < 600_000, "{steps} steps");
    assert_eq!(page.markdown.matches('x').count(), 5_000);
}
