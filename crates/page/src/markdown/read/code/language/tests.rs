//! Tests where a listing's language is looked for, and which names may follow a fence. The text of
//! listings is tested beside `code.rs`.

use crate::convert_fragment;

/// Returns what follows the fence of the only listing in a piece of HTML.
fn named(html: &str) -> String {
    let markdown = convert_fragment(html).markdown;
    let fence = markdown.lines().find_map(|line| line.trim_start().strip_prefix("```"));
    fence.unwrap_or_else(|| panic!("no listing: {html}\n{markdown}")).to_owned()
}

fn check(cases: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (html, expected) in cases {
        let found = named(html);
        if found != *expected {
            wrong += &format!("{html}\n  is {found:?}\n not {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_highlighter_declares_its_language_in_its_own_way() {
    check(&[
        ("<pre class='language-rust line-numbers'>x</pre>", "rust"),
        ("<pre><code class=lang-c++>x</code></pre>", "c++"),
        ("<pre><code class='hljs python'>x</code></pre>", "python"),
        ("<pre><code class='python hljs'>x</code></pre>", "python"),
        ("<pre class='sourceCode haskell'>x</pre>", "haskell"),
        ("<pre class='prettyprint lang-js'>x</pre>", "js"),
        ("<pre class='rust rust-example-rendered'>x</pre>", "rust"),
        ("<pre data-lang=SQL>x</pre>", "SQL"),
        ("<pre data-language=' go '>x</pre>", "go"),
        ("<pre data-enlighter-language=php>x</pre>", "php"),
        ("<pre class='brush: css; gutter: false'>x</pre>", "css"),
        ("<pre data-syntaxhighlighter-params='brush:xml,first-line:1'>x</pre>", "xml"),
        ("<div class='syntaxhighlighter nogutter java'><pre>x</pre></div>", "java"),
        ("<div class='highlight highlight-source-shell'><pre>x</pre></div>", "shell"),
        ("<div class=highlight-text-html-basic><pre>x</pre></div>", "html"),
        ("<div class='highlight-toml notranslate'><div class=highlight><pre>x</pre></div></div>", "toml"),
        ("<pre><code lang=ruby>x</code></pre>", "ruby"),
        ("<pre class=highlight lang=ruby>x</pre>", "ruby"),
    ]);
}

#[test]
fn a_class_that_is_no_language_names_none() {
    check(&[
        ("<pre class=wide>x</pre>", ""),
        ("<pre class=python>x</pre>", ""),
        ("<pre><code class='hljs wide'>x</code></pre>", ""),
        ("<pre class=language-none>x</pre>", ""),
        ("<pre class=lang-auto>x</pre>", ""),
        ("<pre><code class='hljs nohighlight'>x</code></pre>", ""),
        ("<div class='highlight-default notranslate'><pre>x</pre></div>", ""),
        ("<div class=highlight-blue><pre>x</pre></div>", ""),
        ("<pre lang=en>x</pre>", ""),
        ("<pre data-lang=''>x</pre>", ""),
        ("<pre class=language->x</pre>", ""),
    ]);
}

#[test]
fn the_nearest_declaration_counts() {
    check(&[
        ("<div class=language-c><pre class=language-go><code class=language-d>x</code></pre></div>", "go"),
        ("<div class=language-c><pre><code class=language-d>x</code></pre></div>", "d"),
        ("<div class=language-c><div><div><div><pre>x</pre></div></div></div></div>", "c"),
        ("<div class=language-c><div><div><div><div><pre>x</pre></div></div></div></div></div>", ""),
        ("<pre><span class=language-c>x</span></pre>", ""),
    ]);
}

#[test]
fn what_surrounds_the_text_declares_nothing_for_its_listings() {
    for around in ["article", "main", "section"] {
        assert_eq!(named(&format!("<{around} class=language-fr><pre>x</pre></{around}>")), "", "{around}");
    }
    check(&[
        ("<ul><li class=language-fr>a<pre>x</pre></ul>", ""),
        ("<body class=lang-fr><pre>x</pre>", ""),
        ("<div class=language-c><section><pre>x</pre></section></div>", ""),
    ]);
}

#[test]
fn a_name_ends_before_what_could_end_the_fences_line() {
    check(&[
        ("<pre data-lang='js\n# title'>x</pre>", "js"),
        ("<pre data-lang='js `x`'>x</pre>", "js"),
        ("<pre data-lang='```js'>x</pre>", "js"),
        ("<pre data-lang='{r, echo=FALSE}'>x</pre>", "r"),
        ("<pre data-lang='{=html}'>x</pre>", ""),
        ("<pre data-lang='js\"><b>'>x</pre>", "js"),
        ("<pre data-lang='言語'>x</pre>", "言語"),
        ("<pre data-lang='c#'>x</pre>", "c#"),
    ]);
    let long = |letters: usize| format!("<pre data-lang={}>x</pre>", "a".repeat(letters));
    assert_eq!(named(&long(40)), "a".repeat(40));
    assert_eq!(named(&long(41)), "");
}

#[test]
fn a_name_with_which_a_program_would_run_the_code_is_disarmed_wherever_it_is_declared() {
    check(&[
        ("<pre data-lang=dataviewjs>x</pre>", "x-dataviewjs"),
        ("<pre class=language-DataviewJS>x</pre>", "x-DataviewJS"),
        ("<pre class='brush: dataviewjs'>x</pre>", "x-dataviewjs"),
        ("<div class=highlight-source-dataviewjs><pre>x</pre></div>", "x-dataviewjs"),
        ("<pre><code class=language-math>\\frac{a}{b}</code></pre>", "math"),
        ("<pre><code class=language-math>\\href{a}{b}</code></pre>", "x-math"),
        ("<pre><code class=language-tex>\\href{a}{b}</code></pre>", "tex"),
    ]);
}

#[test]
fn only_the_beginning_of_a_wrappers_attributes_is_read_for_each_listing() {
    let listing = |before: &str| format!("<div class='{before} language-c'><pre>x</pre></div>");
    let (near, far) = (listing(&"x ".repeat(50)), listing(&"x ".repeat(5_000)));
    check(&[(near.as_str(), "c"), (far.as_str(), "")]);
}
