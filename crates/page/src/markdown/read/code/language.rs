//! Finds the language of a listing as highlighters declare it. They do so in classes and
//! attributes, on the listing itself, in it or around it. It is never guessed from the code.

use dom_query::{Element, NodeRef};
use html5ever::local_name;

use super::super::math;
use super::executors;
use cachette_dom::text::beginning;
use cachette_dom::word_list::WordList;
use cachette_dom::{Step, Walk, name_of};

/// The greatest length of a language's name.
const MAX_LANGUAGE: usize = 40;
/// How many bytes of an attribute are read. Many listings may ask for those of one box around them.
const MAX_ATTRIBUTE: usize = 1000;
/// How many steps into a listing are searched, text included.
const MAX_STEPS: usize = 512;

/// How many children of a listing are searched for its first piece.
const MAX_PIECES: usize = 8;

/// Returns the language named on the listing, within it or around it.
pub(in super::super) fn language(pre: &NodeRef<'_>) -> Option<String> {
    let inner = Walk::new(*pre)
        .take(MAX_STEPS)
        .filter_map(|step| match step {
            Step::Enter(node) if node.id != pre.id && node.is_element() => Some(node),
            _ => None,
        })
        .take(64)
        .filter(|node| matches!(&*name_of(node), "code" | "pre" | "samp"));
    let around = pre.ancestors_it(Some(4));
    let own = |node: NodeRef<'_>| node.element_ref().and_then(|element| of_element(&element));
    own(*pre)
        .or_else(|| of_rdoc(pre))
        .or_else(|| inner.filter_map(own).next())
        .or_else(|| {
            around
                .take_while(|node| !matches!(&*name_of(node), "article" | "main" | "body" | "li" | "td" | "section"))
                .filter_map(|node| node.element_ref().and_then(|element| of_wrapper(&element)))
                .next()
        })
        .filter(|name| {
            !matches!(
                name.as_str(),
                "none" | "nohighlight" | "no-highlight" | "undefined" | "null" | "auto" | "default"
            )
        })
}

/// Returns a language's name in the form that may be written next to the text. A formula with
/// commands that do more than draw loses its name and keeps its text.
pub(super) fn beside(name: String, text: &str) -> String {
    let is_formula = ["math", "mathjax", "katex"].iter().any(|known| name.eq_ignore_ascii_case(known));
    if is_formula && math::has_commands(text) { format!("x-{name}") } else { name }
}

/// Reads the language from `<pre>` or `<code>` itself, in any of the forms.
fn of_element(element: &Element) -> Option<String> {
    const BARE: [&str; 7] =
        ["hljs", "sourceCode", "highlight", "code", "prettyprint", "rust-example-rendered", "item-decl"];
    let class = class(element);
    of_wrapper(element)
        .or_else(|| {
            element
                .attr("lang")
                .filter(|_| class.contains("highlight") || class.is_empty() && &*element.name.local == "code")
                .and_then(|lang| named(&lang))
        })
        .or_else(|| {
            // In `hljs rust`, `sourceCode haskell`, `rust rust-example-rendered`, the other class
            // is the language.
            let mut others = class.split_ascii_whitespace().filter(|c| !BARE.contains(c));
            let bare = class.split_ascii_whitespace().any(|c| BARE.contains(&c));
            let first = others.next().filter(|first| bare && is_known(first))?;
            named(first)
        })
}

/// Reads the language of RDoc's listings, `<pre class="ruby">`. Their only class counts because the
/// pieces in them begin with the same name.
fn of_rdoc(pre: &NodeRef<'_>) -> Option<String> {
    let class = pre.element_ref()?.attr("class").filter(|class| is_known(class))?;
    let piece = pre.children_it(false).take(MAX_PIECES).find(|child| child.is_element())?;
    let is_own = piece.element_ref()?.attr("class")?.strip_prefix(&*class)?.starts_with('-');
    is_own.then(|| named(&class)).flatten()
}

/// Reads the language from an element around the code, which must declare it explicitly.
fn of_wrapper(element: &Element) -> Option<String> {
    for attribute in ["data-lang", "data-language", "data-enlighter-language", "data-code-language"] {
        if let Some(name) = element.attr(attribute).and_then(|value| named(beginning(&value, MAX_ATTRIBUTE))) {
            return Some(name);
        }
    }
    let class = class(element);
    let brush = |text: &str| {
        let (_, after) = beginning(text, MAX_ATTRIBUTE).split_once("brush:")?;
        named(after.trim_start().split([';', ' ', ',']).next()?)
    };
    let params = || element.attr("data-syntaxhighlighter-params").and_then(|params| brush(&params));
    if let Some(name) = brush(class).or_else(params) {
        return Some(name);
    }
    // This is SyntaxHighlighter's own output: `syntaxhighlighter nogutter java`.
    if class.split_ascii_whitespace().any(|c| c == "syntaxhighlighter")
        && let Some(name) = class.split_ascii_whitespace().find(|c| is_known(c)).and_then(named)
    {
        return Some(name);
    }
    class.split_ascii_whitespace().find_map(|c| {
        ["language-", "lang-", "highlight-source-", "highlight-text-", "code-highlight-", "brush-"]
            .iter()
            .find_map(|prefix| c.strip_prefix(prefix))
            .map(|name| name.strip_suffix("-basic").unwrap_or(name))
            .or_else(|| {
                c.strip_prefix("highlight-").filter(|name| {
                    is_known(name) || class.contains("notranslate") && !matches!(*name, "default" | "none")
                })
            })
            .and_then(named)
    })
}

fn class(element: &Element) -> &str {
    beginning(element.attr_ref(local_name!("class")).unwrap_or_default(), MAX_ATTRIBUTE)
}

/// Returns a name in the form that may follow a fence. It ends before the first sign that no name
/// has, and loses braces around it, in which some programs run it.
pub(super) fn named(name: &str) -> Option<String> {
    let is_sign = |c: char| c.is_alphanumeric() || matches!(c, ';' | '+' | '#' | '.' | '_' | '-');
    let name = name.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '`' | '"' | '\''));
    let name = name.split(|c| !is_sign(c)).next().unwrap_or("");
    (!name.is_empty() && name.len() <= MAX_LANGUAGE).then(|| executors::inert(name.to_owned()))
}

/// Names of languages that a class consists of.
static LANGUAGES: WordList = WordList::of(include_str!("languages.txt"));

/// Whether a class alone is the name of a language.
fn is_known(name: &str) -> bool {
    LANGUAGES.has(&name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
