//! Blocks of code: their text without line numbers and buttons, and their language, as the highlighters in use tell it.

use dom_query::{Element, NodeData, NodeRef};

use super::super::block::Block;
use super::{Action, Reader};
use crate::dom::{Step, Walk, name_of};
use crate::text::short_text;
use crate::visibility::is_hidden;

/// A longer name is none of a language.
const MAX_LANGUAGE: usize = 40;
/// A longer name is none of a file.
const MAX_FILE_NAME: usize = 200;

/// Recognises `<pre>` and its kin, and the tables that highlighters make of lines.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    let name = &*element.name.local;
    let is_code = match name {
        "pre" | "listing" | "xmp" | "plaintext" => true,
        "table" => is_line_table(element),
        "button" | "clipboard-copy" if is_copy_button(node, element) => return Some(Action::Skip),
        "div" if element.has_class("example-header") => return Some(Action::Skip),
        "a" if element.has_class("test-arrow") => return Some(Action::Skip),
        _ => false,
    };
    if !is_code || is_hidden(node) {
        return None;
    }
    if name == "table" {
        reader.file_name(node);
    }
    let text = lines(node);
    let language = language(node).unwrap_or_default();
    if reader.holds_blocks() {
        if reader.is_page() && text.trim().is_empty() {
            return Some(Action::Skip);
        }
        let text = reader.flow.keep(&text);
        reader.block(Block::Code { language, text });
    } else {
        for line in text.trim().lines() {
            reader.flow.boundary();
            reader.flow.code(line);
        }
        reader.flow.boundary();
    }
    Some(Action::Skip)
}

impl Reader<'_> {
    /// The name of a file above the lines of its listing.
    fn file_name(&mut self, table: &NodeRef<'_>) {
        let head = Walk::new(*table).take(16).find_map(|step| match step {
            Step::Enter(node) if *name_of(&node) == *"th" => Some(node),
            _ => None,
        });
        if let Some(name) = head.and_then(|head| short_text(&head, MAX_FILE_NAME)) {
            self.flow.boundary();
            self.before_line(!name.trim().is_empty());
            self.flow.text(&name);
            self.flow.boundary();
        }
    }
}

/// Whether a button copies a listing.
fn is_copy_button(node: &NodeRef<'_>, element: &Element) -> bool {
    let says = |text: &str| {
        matches!(
            text.trim().to_ascii_lowercase().as_str(),
            "copy" | "copy code" | "copied" | "copied!" | "copy to clipboard"
        )
    };
    let told = ["aria-label", "title"].iter().any(|name| element.attr(name).is_some_and(|value| says(&value)));
    let class = element.attr("class").unwrap_or_default();
    told || class.contains("copy")
        || class.contains("clipboard")
        || short_text(node, 40).is_some_and(|text| says(&text))
}

/// Tables that hold the lines of one listing.
fn is_line_table(element: &Element) -> bool {
    const CLASSES: [&str; 10] = [
        "highlighttable",
        "rouge-table",
        "lntable",
        "hljs-ln",
        "js-file-line-container",
        "crayon-table",
        "codehilitetable",
        "syntaxhighlighter",
        "highlight-table",
        "diff-table",
    ];
    CLASSES.iter().any(|class| element.has_class(class))
}

/// The text of a listing, its lines as they are shown.
fn lines(root: &NodeRef<'_>) -> String {
    let mut text = String::new();
    let mut walk = Walk::new(*root);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.is_text() => node.query_or((), |inner| {
                if let NodeData::Text { contents } = &inner.data {
                    text.extend(contents.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
                }
            }),
            Step::Enter(node) if node.id == root.id => {}
            Step::Enter(node) => {
                let Some(element) = node.element_ref() else { continue };
                let name = &*element.name.local;
                if name == "br" {
                    text.push('\n');
                } else if is_hidden(&node) || is_beside_code(&element) || is_number(&node, &element) {
                    walk.skip_children();
                } else if is_line(&element) && !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            Step::Leave(node) if node.id == root.id => {}
            Step::Leave(node) => {
                let block = matches!(&*name_of(&node), "div" | "p" | "li" | "tr" | "pre");
                if block && !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// Whether an element begins a line of its own.
fn is_line(element: &Element) -> bool {
    matches!(&*element.name.local, "div" | "p" | "li" | "tr" | "pre")
        || ["line", "token-line", "code-line", "view-line"].iter().any(|class| element.has_class(class))
            && &*element.name.local == "span"
}

/// Line numbers, buttons and what else stands beside the code but is none.
fn is_beside_code(element: &Element) -> bool {
    const CLASSES: [&str; 31] = [
        "lineno",
        "linenos",
        "lineno-container",
        "linenodiv",
        "line-numbers-rows",
        "line-numbers",
        "line-number",
        "linenumber",
        "linenumbers",
        "gutter",
        "rouge-gutter",
        "gl",
        "lnt",
        "ln",
        "hljs-ln-numbers",
        "hljs-ln-n",
        "blob-num",
        "diff-line-num",
        "line-num",
        "linenum",
        "code-line-number",
        "react-syntax-highlighter-line-number",
        "crayon-nums",
        "copy",
        "copybtn",
        "copy-btn",
        "copy-button",
        "copy-code-button",
        "btn-copy",
        "clipboard",
        "toolbar",
    ];
    match &*element.name.local {
        "button" | "clipboard-copy" | "svg" | "rt" | "rp" | "th" => true,
        "code" | "pre" | "table" | "tbody" | "tr" => false,
        _ => element.attr("class").is_some_and(|class| class.split_ascii_whitespace().any(|c| CLASSES.contains(&c))),
    }
}

/// Whether an element is a line's number that only the eye is to meet.
fn is_number(node: &NodeRef<'_>, element: &Element) -> bool {
    let aside = element.attr("aria-hidden").is_some_and(|value| &*value == "true")
        || element.attr("style").is_some_and(|style| style.contains("user-select") && style.contains("none"));
    aside && short_text(node, 12).is_some_and(|text| text.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

/// The language that the listing, what is in it or what is around it names.
pub(super) fn language(pre: &NodeRef<'_>) -> Option<String> {
    let inner = Walk::new(*pre)
        .filter_map(|step| match step {
            Step::Enter(node) if node.id != pre.id && node.is_element() => Some(node),
            _ => None,
        })
        .take(64)
        .filter(|node| matches!(&*name_of(node), "code" | "pre" | "samp"));
    let around = pre.ancestors_it(Some(4));
    let own = |node: NodeRef<'_>| node.element_ref().and_then(|element| of_element(&element));
    own(*pre)
        .or_else(|| inner.filter_map(own).next())
        .or_else(|| {
            around
                .take_while(|node| !matches!(&*name_of(node), "article" | "main" | "body" | "li" | "td" | "section"))
                .filter_map(|node| node.element_ref().and_then(|element| of_wrapper(&element)))
                .next()
        })
        .filter(|name| {
            !matches!(name.as_str(), "none" | "nohighlight" | "no-highlight" | "undefined" | "null" | "auto")
        })
}

/// From `<pre>` or `<code>` itself: any of the ways.
fn of_element(element: &Element) -> Option<String> {
    const BARE: [&str; 7] =
        ["hljs", "sourceCode", "highlight", "code", "prettyprint", "rust-example-rendered", "item-decl"];
    let class = element.attr("class").unwrap_or_default();
    of_wrapper(element)
        .or_else(|| {
            element
                .attr("lang")
                .filter(|_| class.contains("highlight") || class.is_empty() && &*element.name.local == "code")
                .and_then(|lang| named(&lang))
        })
        .or_else(|| {
            // `hljs rust`, `sourceCode haskell`, `rust rust-example-rendered`: the one other class.
            let mut others = class.split_ascii_whitespace().filter(|c| !BARE.contains(c));
            let bare = class.split_ascii_whitespace().any(|c| BARE.contains(&c));
            let first = others.next().filter(|first| bare && is_known(first))?;
            named(first)
        })
}

/// From an element around it too: only what says that it is a language.
fn of_wrapper(element: &Element) -> Option<String> {
    for attribute in ["data-lang", "data-language", "data-enlighter-language", "data-code-language"] {
        if let Some(name) = element.attr(attribute).and_then(|value| named(&value)) {
            return Some(name);
        }
    }
    let class = element.attr("class").unwrap_or_default();
    let brush = class.split_once("brush:").map(|(_, after)| after.to_string()).or_else(|| {
        element.attr("data-syntaxhighlighter-params").and_then(|p| Some(p.split_once("brush:")?.1.to_string()))
    });
    if let Some(name) = brush.and_then(|after| named(after.trim_start().split([';', ' ', ',']).next()?)) {
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

/// A name as it may stand behind a fence.
fn named(name: &str) -> Option<String> {
    let name = name.trim();
    let fit = !name.is_empty()
        && name.len() <= MAX_LANGUAGE
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '`');
    fit.then(|| name.to_owned())
}

/// Languages that stand as a class by themselves.
fn is_known(name: &str) -> bool {
    const NAMES: [&str; 72] = [
        "apache",
        "asm",
        "awk",
        "bash",
        "basic",
        "c",
        "c++",
        "clojure",
        "cmake",
        "console",
        "cpp",
        "cs",
        "csharp",
        "css",
        "d",
        "dart",
        "default",
        "delphi",
        "diff",
        "docker",
        "dockerfile",
        "elixir",
        "elm",
        "erlang",
        "fortran",
        "fsharp",
        "go",
        "golang",
        "graphql",
        "groovy",
        "haskell",
        "html",
        "http",
        "ini",
        "java",
        "javascript",
        "js",
        "json",
        "jsx",
        "julia",
        "kotlin",
        "latex",
        "less",
        "lisp",
        "lua",
        "makefile",
        "markdown",
        "matlab",
        "nginx",
        "nix",
        "objc",
        "ocaml",
        "perl",
        "php",
        "powershell",
        "python",
        "r",
        "ruby",
        "rust",
        "scala",
        "scss",
        "sh",
        "shell",
        "sql",
        "swift",
        "toml",
        "ts",
        "tsx",
        "typescript",
        "xml",
        "yaml",
        "zig",
    ];
    NAMES.contains(&name.to_ascii_lowercase().as_str())
}
