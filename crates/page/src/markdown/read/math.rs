//! Formulas: TeX where a page still has it, whatever drew them (KaTeX, MathJax, Wikipedia, Pandoc, GitHub); else TeX made from MathML.

use dom_query::{Element, NodeData, NodeRef};
use html5ever::local_name;

use super::super::block::Block;
use super::super::inline::Inline;
use super::flow::Place;
use super::mathml;
use super::{Action, Reader};
use crate::dom::{Step, Walk, name_of};
use crate::text::short_text;

/// A longer formula is none.
const MAX_TEX: usize = 20_000;
/// A longer number of a formula is none.
const MAX_NUMBER: usize = 24;
/// How many elements are looked through for the source of a formula.
const MAX_ELEMENTS: usize = 5_000;

/// What a bar takes as a word in a table's cell.
const BAR_BYTES: usize = 6;

/// Recognises whatever draws a formula.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    let formula = find(node, element)?;
    if let Some(tex) = formula.tex {
        reader.formula(&tex, formula.display);
    }
    Some(Action::Skip)
}

/// What draws a formula.
pub(super) struct Formula {
    /// Its TeX, clean; `None` where something else beside it draws the same.
    pub(super) tex: Option<String>,
    /// Whether it stands on lines of its own.
    pub(super) display: bool,
}

/// The formula that an element draws, if it does nothing else.
pub(super) fn find(node: &NodeRef<'_>, element: &Element) -> Option<Formula> {
    let name = &*element.name.local;
    let (tex, display) = match name {
        "math" => (of_math(node, element), is_display(element)),
        "mjx-container" => (inner_math(node), element.attr("display").is_some_and(|display| &*display == "true")),
        "script" => of_script(node, element)?,
        "math-renderer" => {
            let text = short_text(node, MAX_TEX)?;
            (Some(undelimited(&text).0.to_owned()), undelimited(&text).1)
        }
        "img" => (of_image(element)?, false),
        "span" | "div" | "code" | "pre" | "p" => by_class(node, element)?,
        _ => return None,
    };
    let tex = tex.map(|tex| clean(&tex)).filter(|tex| !tex.is_empty() && tex.len() <= MAX_TEX);
    let is_needed = matches!(name, "math" | "mjx-container");
    (tex.is_some() || !is_needed).then_some(Formula { tex, display })
}

impl Reader<'_> {
    fn formula(&mut self, tex: &str, display: bool) {
        self.before_line(true);
        // A bar that would end the cell is written as a word; where that takes too much, the source is kept as text.
        let bars = if self.flow.place == Place::Cell { tex.matches('|').count() } else { 0 };
        if bars > 0 && !self.flow.afford(BAR_BYTES * bars) {
            self.flow.text(tex);
            return;
        }
        let span = self.flow.keep(tex);
        if display && self.holds_blocks() {
            self.block(Block::Math(span));
        } else {
            self.flow.inline(Inline::Math(span));
        }
    }
}

/// Elements that are told by their class: their TeX, which may be missing, and whether it stands alone. `None`: no formula.
fn by_class(node: &NodeRef<'_>, element: &Element) -> Option<(Option<String>, bool)> {
    if let Some(style) = element.attr("data-math-style") {
        let drawn = inner_math(node);
        let text = || Some(undelimited(&short_text(node, MAX_TEX)?).0.to_owned());
        return Some((Some(drawn.or_else(text)?), &*style == "display"));
    }
    let class = element.attr_ref(local_name!("class"))?;
    if !class.split_ascii_whitespace().any(may_be_formula) {
        return None;
    }
    let has = |name: &str| class.split_ascii_whitespace().any(|c| c == name);
    if has("katex-display") || has("katex") || has("katex-block") {
        let math = inner_math(node)?;
        return Some((Some(math), !has("katex")));
    }
    if has("mwe-math-element") {
        let display = class.contains("mwe-math-element-block")
            || below(node).any(|inner| {
                inner.has_class("mwe-math-mathml-display") || inner.has_class("mwe-math-fallback-image-display")
            });
        let image = || below(node).filter_map(|inner| inner.element_ref().and_then(|image| image.attr("alt"))).next();
        return Some((inner_math(node).or_else(|| image().map(|alt| alt.to_string())), display));
    }
    if has("MathJax_Preview") {
        return Some((None, false));
    }
    if class.split_ascii_whitespace().any(|c| c.starts_with("MathJax")) {
        let followed = || {
            let next = node.next_sibling()?;
            let next = if next.is_text() { next.next_sibling()? } else { next };
            let element = next.element_ref()?;
            (is_tex_script(&element) || &*element.name.local == "math").then_some(())
        };
        if followed().is_some() {
            return Some((None, false));
        }
        let own = element.attr("data-mathml").map(|mathml| mathml::of_source(&mathml));
        return Some((own.or_else(|| inner_math(node)).or_else(|| inner_script(node)), class.contains("Display")));
    }
    if has("math") || has("math-inline") || has("math-display") || has("arithmatex") || has("math-tex") {
        if let Some(math) = inner_math(node) {
            return Some((Some(math), has("display") || has("math-display") || &*element.name.local == "div"));
        }
        let (text, number) = numbered_text(node)?;
        let (tex, display) = undelimited(&text);
        let delimited = tex.len() < text.trim().len();
        let told = has("inline") || has("display") || has("math-inline") || has("math-display");
        let code = matches!(&*element.name.local, "code" | "pre");
        let number = number.map_or_else(String::new, |number| format!(" \\tag{{{number}}}"));
        return (delimited || told && !code)
            .then(|| (Some(format!("{tex}{number}")), display || has("display") || has("math-display")));
    }
    None
}

/// Whether a class begins like one of a formula's: told at a glance, since every element is asked.
fn may_be_formula(class: &str) -> bool {
    matches!(
        class.as_bytes(),
        [b'k', b'a', b't', ..] | [b'm', b'w', b'e', ..] | [b'm' | b'M', b'a', b't', b'h', ..] | [b'a', b'r', b'i', ..]
    )
}

/// The text of a formula, and the number that stands beside it.
fn numbered_text(node: &NodeRef<'_>) -> Option<(String, Option<String>)> {
    let beside = below(node).take(8).find(|inner| inner.has_class("eqno"));
    let text = short_text(node, MAX_TEX)?;
    let Some(shown) = beside.and_then(|beside| short_text(&beside, MAX_NUMBER)) else { return Some((text, None)) };
    let number: String = shown.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '-')).collect();
    let rest = text.trim_start().strip_prefix(shown.trim()).map(str::to_owned);
    Some((rest.unwrap_or(text), Some(number).filter(|number| !number.is_empty())))
}

fn below<'t>(node: &NodeRef<'t>) -> impl Iterator<Item = NodeRef<'t>> + use<'t> {
    let root = node.id;
    Walk::new(*node)
        .filter_map(move |step| match step {
            Step::Enter(inner) if inner.id != root && inner.is_element() => Some(inner),
            _ => None,
        })
        .take(MAX_ELEMENTS)
}

/// The TeX of the first `<math>` below a node, or of an annotation.
fn inner_math(node: &NodeRef<'_>) -> Option<String> {
    let found = below(node).find(|inner| matches!(&*name_of(inner), "math" | "annotation"))?;
    let element = found.element_ref()?;
    if &*element.name.local == "annotation" {
        return is_tex_annotation(&element).then(|| found.text().to_string());
    }
    of_math(&found, &element)
}

fn inner_script(node: &NodeRef<'_>) -> Option<String> {
    let found = below(node).find(|inner| inner.element_ref().is_some_and(|element| is_tex_script(&element)))?;
    Some(found.text().to_string())
}

fn of_math(node: &NodeRef<'_>, element: &Element) -> Option<String> {
    let annotation = below(node).find(|inner| inner.element_ref().is_some_and(|element| is_tex_annotation(&element)));
    if let Some(annotation) = annotation {
        return Some(annotation.text().to_string());
    }
    let told = ["alttext", "data-latex", "data-tex"].iter().find_map(|name| element.attr(name));
    told.map(|tex| tex.to_string()).filter(|tex| !tex.trim().is_empty()).or_else(|| Some(mathml::of_tree(node)))
}

fn is_tex_annotation(element: &Element) -> bool {
    &*element.name.local == "annotation"
        && element.attr("encoding").is_some_and(|encoding| {
            matches!(
                &*encoding.to_ascii_lowercase(),
                "application/x-tex" | "tex" | "latex" | "application/x-latex" | "text/x-tex"
            )
        })
}

fn is_display(element: &Element) -> bool {
    element.attr("display").is_some_and(|display| &*display == "block")
        || element.attr("mode").is_some_and(|mode| &*mode == "display")
}

fn is_tex_script(element: &Element) -> bool {
    &*element.name.local == "script" && element.attr("type").is_some_and(|kind| kind.trim().starts_with("math/tex"))
}

fn of_script(node: &NodeRef<'_>, element: &Element) -> Option<(Option<String>, bool)> {
    let kind = element.attr("type").filter(|_| is_tex_script(element))?;
    Some((Some(node.text().to_string()), kind.contains("display")))
}

/// Formulas that are images have their TeX as the description.
fn of_image(element: &Element) -> Option<Option<String>> {
    let class = element.attr_ref(local_name!("class"))?;
    let is_formula = class.split_ascii_whitespace().any(|c| {
        matches!(c, "latex" | "tex" | "mwe-math-fallback-image-inline" | "mwe-math-fallback-image-display" | "ee_img")
    });
    let alt = element.attr_ref(local_name!("alt")).filter(|alt| is_formula && !alt.trim().is_empty())?;
    Some(Some(undelimited(alt).0.to_owned()))
}

/// Without the signs that mark TeX in text, and whether they mark it as standing alone.
fn undelimited(text: &str) -> (&str, bool) {
    let text = text.trim();
    for (open, close, display) in
        [("\\(", "\\)", false), ("\\[", "\\]", true), ("$$", "$$", true), ("$`", "`$", false), ("$", "$", false)]
    {
        if let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            return (inner.trim(), display);
        }
    }
    (text, false)
}

/// TeX on one line, such that it stays harmless where a renderer knows nothing of formulas: no HTML, no link, no code, no end of itself.
fn clean(tex: &str) -> String {
    let tex = tex.trim();
    let tex = tex
        .strip_prefix("{\\displaystyle")
        .or_else(|| tex.strip_prefix("{\\textstyle"))
        .and_then(|inner| inner.strip_suffix('}'))
        .filter(|inner| is_balanced(inner))
        .unwrap_or(tex);
    let mut out = String::with_capacity(tex.len());
    for line in tex.lines() {
        // What follows a `%` is a comment, and the line that follows would become one.
        let mut before = ' ';
        for c in line.chars() {
            match c {
                '%' if before != '\\' => break,
                '$' if before != '\\' => out.push_str("\\$"),
                '<' => out.push_str("\\lt "),
                '`' => out.push_str("\\char96 "),
                // Markdown of old lets a space stand in a link.
                '(' if out.trim_end().ends_with(']') => out.push_str("{(}"),
                '[' | ':' if before == ']' => {
                    out.push(' ');
                    out.push(c);
                }
                '^' if before == '[' => out.push_str(" ^"),
                '[' if before == '!' => out.push_str(" ["),
                '/' if before == ':' => out.push_str("{/}"),
                '.' if before.is_ascii_alphanumeric() && out.ends_with("www") => out.push_str("{}."),
                '@' if before.is_ascii_alphanumeric() || before == '}' => out.push_str("{@}"),
                ';' if before.is_ascii_alphanumeric() => out.push_str(" ;"),
                c if c.is_whitespace() => {
                    if !out.ends_with(' ') {
                        out.push(' ');
                    }
                }
                c if c.is_control() => {}
                c => out.push(c),
            }
            before = if before == '\\' && c == '\\' { ' ' } else { c };
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    let mut out = out.trim().to_owned();
    // A lone backslash would take the closing sign's meaning.
    if out.len() - out.trim_end_matches('\\').len() == 1 {
        out.push(' ');
        out.push_str("{}");
    }
    out
}

fn is_balanced(tex: &str) -> bool {
    let mut depth = 0_i32;
    let mut escaped = false;
    for c in tex.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// The text of a text node.
pub(super) fn text_of(node: &NodeRef<'_>) -> Option<String> {
    node.query_or(None, |inner| match &inner.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    })
}
