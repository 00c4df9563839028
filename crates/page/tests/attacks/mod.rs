//! Builds pages that attack programs which show their Markdown. Texts, targets and formulas of
//! known attacks are in the files next to this one, one per line, and are put into every place of a
//! page; there are also whole pages. In the files `↵` is a line end and `⇥` a tab. Nothing is
//! judged here.

/// Texts for pages, which must stay text.
const TEXTS: &str = include_str!("texts.txt");
/// Targets of a page's own links and pictures.
const TARGETS: &str = include_str!("targets.txt");
const FORMULAS: &str = include_str!("formulas.txt");
/// Whole pages.
const PAGES: &str = include_str!("pages.txt");

/// Places for a text, marked `%`. Each has references and abbreviations next to it that the text
/// could define.
const PLACES_OF_TEXT: [&str; 5] = [
    "<p>[a] [x][a] [a][] ![a] HTML</p><p>%</p><p>b</p><p>a % b</p><p>(%)</p><p>[<b>%</b>]</p><p>[a]<br>%<br>[a]</p>",
    "<ul><li>%<li><p>%</p><p>b</p></ul><blockquote>%</blockquote><dl><dt>%<dd>%</dl><h2>%</h2><p>[a] HTML</p>",
    "<p>[x <a href='https://ok.test/'>%</a></p><p><a href='https://ok.test/' title=\"%\">[x</a>]%</p>\
     <p><img src=/a.png alt=\"%\" title=\"%\">%</p><p><code>%</code><kbd>%</kbd><abbr title=\"%\">%</abbr></p>",
    "<table><tr><th>%<th>a<tr><td>%<td>b\\<tr><td>\\<td>%\\<tr><td><code>%</code><td>a</table>\
     <table><tr><td rowspan=2>%<td><pre>%</pre><tr><td><ul><li>%</ul></table><p>[a] HTML</p>",
    "<pre>%</pre><p>a</p><pre><code class=language-x>%</code></pre><ul><li><pre>%</pre></ul>\
     <details><summary>%</summary>%<pre>%</pre></details><p>x<sup><a href='#n'>1</a></sup></p>\
     <section class=footnotes><ol><li id=n>%</ol></section>\
     <blockquote><pre><code>%</code></pre></blockquote>",
];
const PLACES_OF_TARGETS: [&str; 3] = [
    "<p><a href=\"%\">x</a> <a href=\"%\" title=t>y</a> <a href=\"%\">[x](y)</a> <a href=\"%\">%</a></p>",
    "<p><img src=\"%\" alt=\"%\"><a href=\"%\"><img src=\"%\" alt=z title=\"%\"></a></p><iframe src=\"%\"></iframe>\
     <video src=\"%\" poster=\"%\"></video><object data=\"%\"></object>",
    "<table><tr><th><a href=\"%\">x</a><th>a<tr><td><a href=\"%\" title=\"%\">x</a><td><img src=\"%\"></table>\
     <table><tr><td rowspan=2><a href=\"%\" title=\"%\">x</a><td><img src=\"%\" alt=\"%\" width=\"%\"><tr>\
     <td align=\"%\">x</table><details open=\"%\"><summary id=\"%\"><a href=\"%\">x</a></summary>a</details>",
];
const PLACES_OF_FORMULAS: [&str; 3] = [
    "<p>a <span class='math inline'>\\(%\\)</span> b</p><div class='math display'>\\[%\\]</div>\
     <p><math alttext=\"%\"><mi>x</mi></math> <math><mi>%</mi><mtext>%</mtext></math> <img class=latex alt=\"%\"></p>",
    "<table><tr><th><span class='math inline'>\\(%\\)</span><th>a<tr><td><math alttext=\"%\"></math><td>b</table>\
     <pre><code class=language-math>%</code></pre>",
    "<p><a href='https://ok.test/'><span class='math inline'>\\(%\\)</span></a>\
     <code>&lt;img src=x onerror=alert(1)></code></p>\
     <table><tr><th><a href='https://ok.test/'><math alttext=\"%\"></math></a>\
     <code>&lt;b onclick=alert(1)></code></table>",
];

/// Returns all pages.
pub fn pages() -> Vec<String> {
    let as_text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    // Targets have the character references that the file has.
    let as_target = |target: &str| target.replace('"', "&quot;");
    let mut pages: Vec<String> = lines(PAGES).collect();
    let mut put = |file: &str, written: &dyn Fn(&str) -> String, places: &[&str]| {
        for attack in lines(file) {
            pages.extend(places.iter().map(|place| place.replace('%', &written(&attack))));
        }
    };
    put(TEXTS, &as_text, &PLACES_OF_TEXT);
    put(TARGETS, &as_target, &PLACES_OF_TARGETS);
    put(FORMULAS, &as_text, &PLACES_OF_FORMULAS);
    pages
}

fn lines(file: &str) -> impl Iterator<Item = String> {
    file.lines().map(|line| line.replace('↵', "\n").replace('⇥', "\t"))
}
