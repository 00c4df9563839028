//! Tests the form of each construct: what a piece of HTML becomes. The golden cases are whole
//! pages; these are the smallest pieces.

use crate::{Fragment, Tree, convert_fragment};

/// Checks pairs of HTML and its Markdown, which ends with a line end unless it is empty.
pub(super) fn check(pairs: &[(&str, &str)]) {
    compare(pairs, convert_fragment);
}

/// Checks pairs of the body of a page at `https://example.org/a/` and its Markdown.
pub(super) fn check_page(pairs: &[(&str, &str)]) {
    compare(pairs, |html| Tree::parse(html).page_markdown(Some("https://example.org/a/")));
}

fn compare(pairs: &[(&str, &str)], convert: impl Fn(&str) -> Fragment) {
    let mut wrong = String::new();
    for (html, markdown) in pairs {
        let fragment = convert(html);
        let expected = if markdown.is_empty() { String::new() } else { format!("{markdown}\n") };
        if fragment.markdown != expected || !fragment.warnings.is_empty() {
            wrong += &format!("{html}\n  is {:?} {:?}\n not {expected:?}\n", fragment.markdown, fragment.warnings);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn tables_are_grids_or_html_or_no_tables() {
    check(&[
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("<table><tr><td>1<td>2<tr><td>3<td>4</table>", "| | |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |"),
        ("<table><tr><td>only</table>", "only"),
        ("<table role=presentation><tr><td>a<td>b</table>", "a b"),
        ("<table><caption>Cap</caption><tr><th>a<tr><td>1</table>", "Cap\n\n| a |\n| --- |\n| 1 |"),
        ("<table><tr><th colspan=2>a<tr><td>1<td>2</table>", "| a | |\n| --- | --- |\n| 1 | 2 |"),
        (
            "<table><tr><th>a<th>b<tr><td rowspan=2>1<td>2<tr><td>3</table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n| | 3 |",
        ),
        (
            "<table><tr><th align=right>a<th style='text-align:center!important'>b<tr><td>1<td>2</table>",
            "| a | b |\n| --: | :-: |\n| 1 | 2 |",
        ),
        ("<table><tr><th>a<tr><td><ul><li>x<li>y</ul></table>", "| a |\n| --- |\n| - x<br>- y |"),
        ("<table><tr><th>a<tr><td>x<br>y</table>", "| a |\n| --- |\n| x<br>y |"),
        (
            "<table><tr><th>a<tr><td><pre>x\ny</pre></table>",
            "<table><tbody><tr><th>a</th></tr>\n<tr><td><pre>x&#10;y</pre></td></tr>\n</tbody>\n</table>",
        ),
        ("<table><tr><td><h2>T</h2><p>x</table>", "## T\n\nx"),
        ("<table><thead><tr><td>a<td>b</thead><tr><td>1</table>", "| a | b |\n| --- | --- |\n| 1 | |"),
        ("<table><tr><th>a|b<tr><td>c|d</table>", "| a\\|b |\n| --- |\n| c\\|d |"),
        ("<table></table>", ""),
    ]);
}

#[test]
fn lists_keep_their_numbers_tasks_and_depth() {
    check(&[
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ol reversed><li>a<li>b</ol>", "- 2\\. a\n- 1\\. b"),
        ("<ol><li value=5>a<li>b</ol>", "5. a\n6. b"),
        ("<ol type=a><li>a</ol>", "- a. a"),
        ("<ul><li><p>a</p><p>b</p><li>c</ul>", "- a\n\n  b\n\n- c"),
        ("<ul><li><input type=checkbox checked>a<li><input type=checkbox>b</ul>", "- [x] a\n- [ ] b"),
        ("<ul><p>a</p><li>b</ul>", "- a\n\n- b"),
        ("<ul></ul>", ""),
        ("<ul><li></ul>", "-"),
        ("<dl><dt>t<dd>d<dd>e</dl>", "- **t**\n  - d\n  - e"),
        ("<dl><dt>t<dt>u<dd>d</dl>", "- **t**\n- **u**\n  - d"),
        ("<li>stray", "stray"),
        ("<menu><li>a</menu>", "- a"),
    ]);
}

#[test]
fn code_keeps_its_lines_and_its_language() {
    check(&[
        ("<pre>a\n b</pre>", "```\na\n b\n```"),
        ("<pre><code class=language-rust>let x;</code></pre>", "```rust\nlet x;\n```"),
        ("<pre class='brush: js'>x</pre>", "```js\nx\n```"),
        ("<div class='highlight highlight-source-python'><pre>x</pre></div>", "```python\nx\n```"),
        ("<pre lang=c>x</pre>", "```\nx\n```"),
        ("<pre><code>a<br>b</code></pre>", "```\na\nb\n```"),
        ("<pre><span class=line>a</span><span class=line>b</span></pre>", "```\na\nb\n```"),
        ("<pre><span class=lineno>1</span>a\n<span class=lineno>2</span>b</pre>", "```\na\nb\n```"),
        (
            "<table class=highlighttable><tr><td class=linenos><pre>1\n2</pre><td class=code><pre>a\nb</pre></table>",
            "```\na\nb\n```",
        ),
        ("<p>x <code>a b</code> y", "x `a b` y"),
        ("<p><code></code>x", "x"),
    ]);
}

#[test]
fn marks_are_those_of_markdown_or_html() {
    check(&[
        ("<p><kbd>Ctrl</kbd>+<kbd>C</kbd>", "<kbd>Ctrl</kbd>+<kbd>C</kbd>"),
        ("<p><samp>out</samp> <var>x</var> <tt>t</tt>", "`out` *x* `t`"),
        ("<p>H<sub>2</sub>O x<sup>2</sup>", "H<sub>2</sub>O x<sup>2</sup>"),
        (
            "<p><em>a</em> <i>b</i> <strong>c</strong> <b>d</b> <del>e</del> <s>f</s> <ins>g</ins> <u>h</u> <mark>i\
             </mark> <small>j</small> <q>k</q> <cite>l</cite> <dfn>m</dfn>",
            "*a* *b* **c** **d** ~~e~~ ~~f~~ <ins>g</ins> h <mark>i</mark> j \"k\" l m",
        ),
        ("<p><abbr title='Hyper Text'>HT</abbr>", "<abbr title='Hyper Text'>HT</abbr>"),
        ("<p><b> a </b>b", "**a** b"),
        ("<p>a<b></b>b", "ab"),
        ("<p><b><p>a</p></b>", "**a**"),
        ("<p><em><strong>a</strong></em>", "***a***"),
        ("<p><ruby>漢<rt>kan</rt></ruby>", "<ruby>漢<rt>kan</rt></ruby>"),
        ("<p>a<wbr>b&shy;c", "abc"),
        ("<p>a&nbsp;b", "a\u{a0}b"),
    ]);
}

#[test]
fn blocks_are_parted_and_nested() {
    check(&[
        ("<h1>a</h1><h2></h2><h3>b<br>c</h3>", "# a\n\n##\n\n### b<br>c"),
        ("<h2>a <a class=anchor href=#a>#</a></h2>", "## a [#](#a)"),
        ("<h2><a href=#a>a</a></h2>", "## [a](#a)"),
        ("<blockquote>a<p>b</blockquote>", "> a\n>\n> b"),
        ("<blockquote><blockquote>a</blockquote></blockquote>", "> > a"),
        ("<blockquote></blockquote>", ">"),
        ("<hr>", "___"),
        ("<p>a<hr>b", "a\n\n---\n\nb"),
        ("<details><summary>S</summary><p>a</details>", "<details>\n<summary>S</summary>\n\na\n\n</details>"),
        ("<details><p>a</details>", "<details>\n\na\n\n</details>"),
        ("<div class='admonition note'><p class=admonition-title>Note</p><p>a</div>", "> [!NOTE]\n> a"),
        (
            "<div class='markdown-alert markdown-alert-warning'><p class=markdown-alert-title>Warning</p><p>a</p>\
             </div>",
            "> [!WARNING]\n> a",
        ),
        ("<aside class=tip><p>a</aside>", "a"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<p>a\nb\tc", "a b c"),
        ("<p>a<br><br>b", "a\n\nb"),
        ("<center><font color=red>a</font></center>", "a"),
        ("<address>A</address>", "A"),
    ]);
}

#[test]
fn links_lead_where_they_may() {
    check(&[
        ("<p><a href=https://example.org/>x</a>", "[x](https://example.org/)"),
        ("<p><a href=https://example.org/>https://example.org/</a>", "<https://example.org/>"),
        ("<p><a href=/a title=t>x</a>", "[x](/a \"t\")"),
        ("<p><a href=javascript:x>x</a>", "x"),
        ("<p><a>x</a>", "x"),
        ("<p><a href=/a><img src=b.png alt=c></a>", "[![c](b.png)](/a)"),
        ("<p><a href=mailto:a@b.c>m</a>", "[m](mailto:a@b.c)"),
    ]);
}

#[test]
fn pictures_and_films_are_shown_or_linked() {
    check(&[
        ("<img src=a.png alt='x y' title=t>", "![x y](a.png \"t\")"),
        ("<img src=a.png>", "![](a.png)"),
        ("<img alt=x>", "![x](<>)"),
        ("<img src='data:image/png;base64,AAAA' alt=x>", "![x](data:image/png;base64,AAAA)"),
        ("<img src=placeholder.gif data-src=real.png alt=x>", "![x](real.png)"),
        ("<img srcset='a.png 1x, b.png 2x' alt=x>", "![x](b.png)"),
        ("<picture><source srcset=a.webp><img src=b.png alt=c></picture>", "![c](b.png)"),
        ("<figure><img src=a.png alt=b><figcaption>Cap</figcaption></figure>", "![b](a.png)\n\nCap"),
        ("<img src=a.png width=1 height=1>", "![](a.png)"),
        ("<video src=a.mp4 title=t></video>", "[t](a.mp4)"),
        ("<audio controls src=a.mp3></audio>", "[Audio](a.mp3)"),
        (
            "<iframe src=https://www.youtube.com/embed/abcdefghijk></iframe>",
            "[youtube.com](https://www.youtube.com/watch?v=abcdefghijk)",
        ),
        ("<iframe src=https://example.org/ads></iframe>", "[example.org](https://example.org/ads)"),
        ("<svg><title>T</title><path d=M0/></svg>", ""),
        ("<iframe srcdoc='<p>x'></iframe>", ""),
    ]);
}

#[test]
fn formulas_are_tex_and_footnotes_are_notes() {
    check(&[
        (
            "<p>a<sup><a href=#fn1 id=r1>1</a></sup></p><section class=footnotes><ol><li id=fn1>note <a href=#r1>↩</a>\
             </ol></section>",
            "a[^1]\n\n[^1]: note &#32;",
        ),
        ("<p><span class=katex><math><annotation encoding=application/x-tex>x^2</annotation></math></span>", "$x^2$"),
        ("<script type='math/tex; mode=display'>x</script>", "$$x$$"),
        ("<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>", "$\\frac{a}{b}$"),
        ("<math display=block><msup><mi>x</mi><mn>2</mn></msup></math>", "$$x^{2}$$"),
        ("<p>\\(x^2\\)", "\\\\(x^2\\\\)"),
        ("<p>$$x$$", "\\$\\$x\\$\\$"),
    ]);
}

#[test]
fn what_nobody_sees_or_types_is_left_out() {
    check(&[
        ("<p hidden>x", ""),
        ("<p><span class=sr-only>hidden</span>a", "a"),
        ("<button>b</button><p>a", "b\n\na"),
        ("<input value=v>a", "a"),
        ("<form><label>L</label><select><option>o</select></form>a", "L\n\na"),
    ]);
}

#[test]
fn text_stays_text() {
    check(&[
        ("<p>*a* _b_ [c](d) <b>e</b> &lt;f&gt;", "\\*a\\* \\_b\\_ \\[c\\](d) **e** &lt;f>"),
        ("<p># a", "\\# a"),
        ("<p>1. a", "1\\. a"),
        ("<p>- a", "\\- a"),
    ]);
}
