//! Tests which text belongs to a listing. Names of languages are tested beside `language.rs`.

use super::super::tests::{check, check_page};
use crate::convert_fragment;

#[test]
fn numbers_and_buttons_beside_the_code_are_no_code() {
    check(&[
        ("<pre><span class=lineno>1</span>let a;\n<span class=lineno>2</span>let b;</pre>", "```\nlet a;\nlet b;\n```"),
        ("<pre><span aria-hidden=true>12</span>let a;</pre>", "```\nlet a;\n```"),
        ("<pre><span aria-hidden=true>$</span>ls</pre>", "```\n$ls\n```"),
        ("<pre><span style='user-select: none'> 3 </span>ls</pre>", "```\nls\n```"),
        ("<pre><span>3</span>ls</pre>", "```\n3ls\n```"),
        ("<pre><button>Copy</button>ls</pre>", "```\nls\n```"),
        ("<pre>ls<svg><title>Copy</title></svg></pre>", "```\nls\n```"),
        ("<pre>a<span hidden>password</span>b</pre>", "```\nab\n```"),
        ("<pre><ruby>a<rt>note</rt></ruby></pre>", "```\na\n```"),
    ]);
}

#[test]
fn each_line_of_the_page_is_a_line_of_the_listing() {
    check(&[
        ("<pre><div>a</div><div>b</div></pre>", "```\na\nb\n```"),
        ("<pre><ol><li>a</li><li>b</li></ol></pre>", "```\na\nb\n```"),
        ("<pre><div>a\n</div><div>b\n</div></pre>", "```\na\nb\n```"),
        ("<pre><span class=token-line>a</span><span class=token-line>b</span></pre>", "```\na\nb\n```"),
        ("<pre><span>a</span><span>b</span></pre>", "```\nab\n```"),
        ("<pre>a<br><br>b</pre>", "```\na\n\nb\n```"),
        ("<pre>\n\n  a\n\n\n  b\t c</pre>", "```\n\n  a\n\n\n  b\t c\n```"),
    ]);
}

#[test]
fn no_listing_can_end_its_own_fence() {
    check(&[
        ("<pre>```\n# not a title\n```</pre>", "````\n```\n# not a title\n```\n````"),
        ("<pre>`````</pre>", "``````\n`````\n``````"),
        ("<pre>~~~</pre>", "```\n~~~\n```"),
        ("<pre>a ``` b</pre>", "````\na ``` b\n````"),
    ]);
}

#[test]
fn control_characters_are_in_no_listing() {
    check(&[
        ("<pre>a&#1;b&#27;[31mc</pre>", "```\nab[31mc\n```"),
        ("<pre>a&#13;b</pre>", "```\nab\n```"),
        ("<pre>a&#9;b</pre>", "```\na\tb\n```"),
        ("<p><code>a&#8;b&#9;c\nd</code>", "`ab c d`"),
    ]);
}

#[test]
fn an_empty_listing_is_nothing_on_a_page() {
    check_page(&[("<p>a<pre></pre><p>b", "a\n\nb"), ("<p>a<pre>\n \n</pre><p>b", "a\n\nb")]);
    check(&[("<p>a<pre hidden>password</pre><p>b<code hidden>password</code>", "a\n\nb")]);
    check(&[("<pre></pre>", "<pre><code></code></pre>")]);
}

#[test]
fn where_no_block_is_possible_each_line_is_code_in_the_line() {
    check(&[
        ("<table><tr><th>a<tr><td><pre>x</pre></table>", "| a |\n| --- |\n| `x` |"),
        ("<h2>a<pre>x\ny</pre></h2>", "## a `x` `y`"),
    ]);
}

#[test]
fn a_label_of_the_language_is_dropped_only_beside_its_listing() {
    check(&[
        ("<div><span class=lang>js</span><pre>x</pre></div>", "```\nx\n```"),
        ("<div><pre>x</pre><div class=code-lang>js</div></div>", "```\nx\n```"),
        ("<p><span class=lang>js</span> is a language", "js is a language"),
        (
            "<div><span class=lang>This is a whole sentence of its own</span><pre>x</pre></div>",
            "This is a whole sentence of its own\n\n```\nx\n```",
        ),
    ]);
}

#[test]
fn a_button_that_copies_is_dropped_and_any_other_stays() {
    for button in [
        "<button>Copy</button>",
        "<button> copy code </button>",
        "<button aria-label='Copy to clipboard'>⧉</button>",
        "<button title=copied!>ok</button>",
        "<button class=btn-clipboard>⧉</button>",
        "<clipboard-copy aria-label=Copy value=x>⧉</clipboard-copy>",
    ] {
        let markdown = convert_fragment(&format!("<div>{button}<pre>x</pre></div>")).markdown;
        assert_eq!(markdown, "```\nx\n```\n", "{button}");
    }
    check(&[("<div><button>Copyright</button><p>x</div>", "Copyright\n\nx")]);
}

#[test]
fn a_table_of_lines_is_a_listing_below_the_name_of_its_file() {
    check(&[
        (
            "<table class=highlighttable><tr><th colspan=2>main.rs</th></tr><tr><td class=linenos><pre>1</pre><td>\
             <pre>fn main() {}</pre></table>",
            "main.rs\n\n```\nfn main() {}\n```",
        ),
        ("<table class=hljs-ln><tr><td>a<tr><td>b</table>", "```\na\nb\n```"),
        ("<table class=wide><tr><td>a<tr><td>b</table>", "a\n\nb"),
    ]);
}

#[test]
fn a_listing_that_the_page_never_ends_keeps_its_text() {
    check(&[
        ("<pre>a\n<b>b\n<i>c", "```\na\nb\nc\n```"),
        ("<blockquote><pre>a\n\nb", "> <pre><code>a\n> &#10;b\n> </code></pre>"),
        ("<ul><li>one<pre>a\n\n  b", "- one\n  ```\n  a\n\n    b\n  ```"),
    ]);
}
