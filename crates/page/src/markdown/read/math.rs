//! Recognises formulas of any tool (KaTeX, MathJax, Wikipedia, Pandoc, GitHub). It keeps the page's
//! TeX, or makes TeX from MathML. More than 300 lines: all forms that tools give a formula are
//! recognised in one place.

mod commands;
mod extents;

use std::collections::HashMap;

pub(super) use commands::has_any as has_commands;
use dom_query::{Element, NodeId, NodeRef};
use html5ever::local_name;

use extents::Extent;

use super::flow::Place;
use super::mathml;
use super::{Action, Reader};
use cachette_dom::text::{short_text, text_within, visible_text};
use cachette_dom::{Step, Walk, name_of};
use cachette_markdown::block::Block;
use cachette_markdown::inline::Inline;

/// The longest text of a formula.
const MAX_TEX: usize = 20_000;
/// The longest text of a formula's number.
const MAX_NUMBER: usize = 24;
/// How many elements are searched for the source of a formula.
const MAX_ELEMENTS: usize = 5_000;

/// The bytes that a bar takes as a word in a table's cell.
const BAR_BYTES: usize = 6;

/// How many elements may always be searched for sources of formulas without success. One more may
/// be searched for every [`BYTES_PER_LOOK`] bytes of the page.
const FREE_LOOKS: usize = 4_096;
const BYTES_PER_LOOK: usize = 4;
/// How many bytes of text read cost as much as one look.
const BYTES_PER_READ: usize = 16;

/// Recognises any element that draws a formula.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    let found = find(node, element, &mut reader.formulas);
    reader.flow.capped.formulas |= reader.formulas.is_spent();
    let Formula { drawn, display } = found?;
    match drawn {
        Drawn::Elsewhere => {}
        Drawn::Text(text) => {
            reader.flow.capped.formulas = true;
            reader.before_line(!text.trim().is_empty());
            reader.flow.text(&text);
        }
        Drawn::Tex { tex, source, cost } => {
            // A bar would end the cell, so it is written as a word.
            let bars = if reader.flow.place == Place::Cell { tex.matches('|').count() } else { 0 };
            reader.before_line(true);
            if cost + bars > 0 && !reader.flow.afford(cost + BAR_BYTES * bars) {
                reader.flow.text(&source.unwrap_or_else(|| visible_text(*node)));
            } else {
                reader.formula(&tex, display);
            }
        }
    }
    Some(Action::Skip)
}

/// A formula and how it is drawn.
pub(super) struct Formula {
    pub(super) drawn: Drawn,
    /// Whether it has lines of its own.
    pub(super) display: bool,
}

/// The written form of a formula.
pub(super) enum Drawn {
    /// Nothing: another element next to it draws the same.
    Elsewhere,
    /// Its TeX, clean; the page's own source, if any; and how many bytes it adds to the page.
    Tex { tex: String, source: Option<String>, cost: usize },
    /// Its text, because it is too much for TeX.
    Text(String),
}

/// The source of a formula in the page.
enum FormulaSource {
    /// TeX.
    Tex(String),
    /// TeX that was made from MathML; `None` if that is too long or too deep.
    FromMathml(Option<String>),
}

/// The remaining budget for searches of sources, and the places that are known to have none.
#[derive(Debug)]
pub(super) struct Looks {
    left: usize,
    /// Counted at the first element that may be a formula. The tree must not change from then on.
    extents: Option<HashMap<NodeId, Extent>>,
}

impl Looks {
    /// Begins the budget of a page of `size` bytes.
    pub(super) fn new(size: usize) -> Self {
        Self { left: FREE_LOOKS + size / BYTES_PER_LOOK, extents: None }
    }

    fn is_spent(&self) -> bool {
        self.left == 0
    }

    fn spend(&mut self, looks: usize) {
        self.left = self.left.saturating_sub(looks);
    }

    /// Returns the extent of an element, if known.
    fn extent(&mut self, node: &NodeRef<'_>) -> Option<Extent> {
        self.extents.get_or_insert_with(|| extents::of(node.tree.root())).get(&node.id).copied()
    }
}

/// Returns the formula that an element draws, if it does nothing else.
pub(super) fn find(node: &NodeRef<'_>, element: &Element, looks: &mut Looks) -> Option<Formula> {
    let name = &*element.name.local;
    let (found, display) = match name {
        "math" => (of_math(node, element, looks), is_display(element)),
        "mjx-container" => {
            (inner_math(node, looks), element.attr("display").is_some_and(|display| &*display == "true"))
        }
        "script" => of_script(node, element)?,
        "math-renderer" => {
            let text = looked_text(node, looks)?;
            (Some(FormulaSource::Tex(undelimited(&text).0.to_owned())), undelimited(&text).1)
        }
        "img" => (Some(FormulaSource::Tex(of_image(element)?)), false),
        "span" | "div" | "code" | "pre" | "p" => by_class(node, element, looks)?,
        _ => return None,
    };
    let drawn = match found {
        None => Drawn::Elsewhere,
        Some(FormulaSource::Tex(source)) if source.len() > MAX_TEX => Drawn::Text(source),
        Some(FormulaSource::Tex(source)) => {
            let tex = clean(&source);
            let cost = tex.len().saturating_sub(source.len());
            if tex.len() > MAX_TEX { Drawn::Text(source) } else { Drawn::Tex { tex, source: Some(source), cost } }
        }
        Some(FormulaSource::FromMathml(tex)) => match tex.map(|tex| clean(&tex)).filter(|tex| tex.len() <= MAX_TEX) {
            Some(tex) => Drawn::Tex { cost: tex.len(), tex, source: None },
            None => Drawn::Text(visible_text(*node)),
        },
    };
    let drawn = match drawn {
        Drawn::Tex { tex, .. } if tex.is_empty() => Drawn::Elsewhere,
        drawn => drawn,
    };
    let is_needed = matches!(name, "math" | "mjx-container");
    (!is_needed || !matches!(drawn, Drawn::Elsewhere)).then_some(Formula { drawn, display })
}

impl Reader<'_> {
    fn formula(&mut self, tex: &str, display: bool) {
        let span = self.flow.keep(tex);
        if display && self.holds_blocks() {
            self.block(Block::Math(span));
        } else {
            self.flow.inline(Inline::Math(span));
        }
    }
}

/// Reads a formula recognised by its class. It returns its TeX, which may be missing, and whether
/// it has lines of its own. Returns `None` if the element is not a formula.
fn by_class(node: &NodeRef<'_>, element: &Element, looks: &mut Looks) -> Option<(Option<FormulaSource>, bool)> {
    if let Some(style) = element.attr("data-math-style") {
        let drawn = inner_math(node, looks);
        let text = |looks| Some(FormulaSource::Tex(undelimited(&looked_text(node, looks)?).0.to_owned()));
        return Some((Some(drawn.or_else(|| text(looks))?), &*style == "display"));
    }
    let class = element.attr_ref(local_name!("class"))?;
    if !class.split_ascii_whitespace().any(may_be_formula) {
        return None;
    }
    let has = |name: &str| class.split_ascii_whitespace().any(|c| c == name);
    if has("katex-display") || has("katex") || has("katex-block") {
        let math = inner_math(node, looks)?;
        return Some((Some(math), !has("katex")));
    }
    if has("mwe-math-element") {
        let display = class.contains("mwe-math-element-block")
            || below(node, looks).any(|inner| {
                inner.has_class("mwe-math-mathml-display") || inner.has_class("mwe-math-fallback-image-display")
            });
        let image = |looks| {
            let alts = below(node, looks).filter_map(|inner| inner.element_ref().and_then(|image| image.attr("alt")));
            alts.map(|alt| FormulaSource::Tex(alt.to_string())).next()
        };
        return Some((inner_math(node, looks).or_else(|| image(looks)), display));
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
        let own =
            element.attr("data-mathml").map(|mathml| FormulaSource::FromMathml(mathml::of_source(&mathml, MAX_TEX)));
        let found = own.or_else(|| inner_math(node, looks)).or_else(|| inner_script(node, looks));
        return Some((found, class.contains("Display")));
    }
    if has("math-inline") || has("math-block") {
        let by_attribute = element.attr("data-math").filter(|tex| !tex.trim().is_empty());
        if let Some(tex) = by_attribute {
            return Some((Some(FormulaSource::Tex(tex.to_string())), has("math-block")));
        }
    }
    if has("math") || has("math-inline") || has("math-display") || has("arithmatex") || has("math-tex") {
        if let Some(math) = inner_math(node, looks) {
            return Some((Some(math), has("display") || has("math-display") || &*element.name.local == "div"));
        }
        let (text, number) = numbered_text(node, looks)?;
        let (tex, display) = undelimited(&text);
        let delimited = tex.len() < text.trim().len();
        let has_formula_class = has("inline") || has("display") || has("math-inline") || has("math-display");
        let code = matches!(&*element.name.local, "code" | "pre");
        let number = number.map_or_else(String::new, |number| format!(" \\tag{{{number}}}"));
        return (delimited || has_formula_class && !code).then(|| {
            (Some(FormulaSource::Tex(format!("{tex}{number}"))), display || has("display") || has("math-display"))
        });
    }
    None
}

/// Whether a class begins like a formula's. The test is quick, because every element is tested.
fn may_be_formula(class: &str) -> bool {
    matches!(
        class.as_bytes(),
        [b'k', b'a', b't', ..] | [b'm', b'w', b'e', ..] | [b'm' | b'M', b'a', b't', b'h', ..] | [b'a', b'r', b'i', ..]
    )
}

/// Returns the text of a formula, and the number beside it.
fn numbered_text(node: &NodeRef<'_>, looks: &mut Looks) -> Option<(String, Option<String>)> {
    let beside = below(node, looks).take(8).find(|inner| inner.has_class("eqno"));
    let text = looked_text(node, looks)?;
    let Some(shown) = beside.and_then(|beside| short_text(&beside, MAX_NUMBER)) else { return Some((text, None)) };
    let number: String = shown.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '-')).collect();
    let rest = text.trim_start().strip_prefix(shown.trim()).map(str::to_owned);
    Some((rest.unwrap_or(text), Some(number).filter(|number| !number.is_empty())))
}

/// Returns the text of a possible formula, shown or not. It is `None` if it is too long for one.
fn looked_text(node: &NodeRef<'_>, looks: &mut Looks) -> Option<String> {
    let is_long = |extent: Extent| extent.bytes > MAX_TEX || 2 * extent.nodes > MAX_ELEMENTS;
    if looks.is_spent() || looks.extent(node).is_some_and(is_long) {
        return None;
    }
    let mut left = MAX_ELEMENTS;
    let text = text_within(node, MAX_TEX, &mut left);
    let read = text.as_ref().map_or(MAX_TEX, String::len);
    looks.spend(MAX_ELEMENTS - left + read / BYTES_PER_READ);
    text
}

fn below<'t, 'l>(node: &NodeRef<'t>, looks: &'l mut Looks) -> impl Iterator<Item = NodeRef<'t>> + use<'t, 'l> {
    let root = node.id;
    Walk::new(*node)
        .take_while(|_| {
            looks.spend(1);
            !looks.is_spent()
        })
        .take(2 * MAX_ELEMENTS)
        .filter_map(move |step| match step {
            Step::Enter(inner) if inner.id != root && inner.is_element() => Some(inner),
            _ => None,
        })
}

/// Returns the first `<math>` below a node, or an annotation.
fn inner_math(node: &NodeRef<'_>, looks: &mut Looks) -> Option<FormulaSource> {
    looks.extent(node).is_none_or(|extent| extent.has_math).then_some(())?;
    let found = below(node, looks).find(|inner| matches!(&*name_of(inner), "math" | "annotation"))?;
    let element = found.element_ref()?;
    if &*element.name.local == "annotation" {
        return is_tex_annotation(&element).then(|| FormulaSource::Tex(found.text().to_string()));
    }
    of_math(&found, &element, looks)
}

fn inner_script(node: &NodeRef<'_>, looks: &mut Looks) -> Option<FormulaSource> {
    looks.extent(node).is_none_or(|extent| extent.has_script).then_some(())?;
    let found = below(node, looks).find(|inner| inner.element_ref().is_some_and(|element| is_tex_script(&element)))?;
    Some(FormulaSource::Tex(found.text().to_string()))
}

fn of_math(node: &NodeRef<'_>, element: &Element, looks: &mut Looks) -> Option<FormulaSource> {
    let annotation =
        below(node, looks).find(|inner| inner.element_ref().is_some_and(|element| is_tex_annotation(&element)));
    if let Some(annotation) = annotation {
        return Some(FormulaSource::Tex(annotation.text().to_string()));
    }
    let by_attribute = ["alttext", "data-latex", "data-tex"].iter().find_map(|name| element.attr(name));
    let by_attribute = by_attribute.map(|tex| tex.to_string()).filter(|tex| !tex.trim().is_empty());
    Some(by_attribute.map_or_else(|| FormulaSource::FromMathml(mathml::of_tree(node, MAX_TEX)), FormulaSource::Tex))
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

fn of_script(node: &NodeRef<'_>, element: &Element) -> Option<(Option<FormulaSource>, bool)> {
    let kind = element.attr("type").filter(|_| is_tex_script(element))?;
    Some((Some(FormulaSource::Tex(node.text().to_string())), kind.contains("display")))
}

/// Returns the TeX of a formula shown as an image, from its description.
fn of_image(element: &Element) -> Option<String> {
    let class = element.attr_ref(local_name!("class"))?;
    let is_formula = class.split_ascii_whitespace().any(|c| {
        matches!(c, "latex" | "tex" | "mwe-math-fallback-image-inline" | "mwe-math-fallback-image-display" | "ee_img")
    });
    let alt = element.attr_ref(local_name!("alt")).filter(|alt| is_formula && !alt.trim().is_empty())?;
    Some(undelimited(alt).0.to_owned())
}

/// Removes the signs that mark TeX in text. Also returns whether they mark a formula on its own
/// lines.
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

/// Writes TeX on one line in a form that renderers without formulas show as plain text. The result
/// contains no HTML, no link, no code, and no `$` that would end the formula early.
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
        // Text after a `%` is a comment, and on one line it would swallow the rest.
        let mut before = ' ';
        for c in line.chars() {
            match c {
                '%' if before != '\\' => break,
                '$' if before != '\\' => out.push_str("\\$"),
                '<' => out.push_str("\\lt "),
                '`' => out.push_str("\\char96 "),
                // Old Markdown allows a space within a link.
                '(' if out.trim_end().ends_with(']') => out.push_str("{(}"),
                '[' | ':' if before == ']' => {
                    out.push(' ');
                    out.push(c);
                }
                '^' if before == '[' => out.push_str(" ^"),
                '[' if before == '!' => out.push_str(" ["),
                '/' if before == ':' => out.push_str("{/}"),
                '.' if before.is_ascii_alphanumeric() && out.ends_with("www") => out.push_str("{}."),
                '@' if before.is_ascii_alphanumeric() || matches!(before, '}' | '.' | '-' | '_' | '+') => {
                    out.push_str("{@}");
                }
                ';' if before.is_ascii_alphanumeric() => out.push_str(" ;"),
                c if c.is_whitespace() => {
                    if !out.ends_with(' ') {
                        out.push(' ');
                    }
                }
                // A character that is dropped separates nothing.
                c if c.is_control() => continue,
                c => out.push(c),
            }
            before = if before == '\\' && c == '\\' { ' ' } else { c };
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    let mut out = out.trim().to_owned();
    // A lone backslash would escape the closing sign.
    if (out.len() - out.trim_end_matches('\\').len()) % 2 == 1 {
        out.push(' ');
        out.push_str("{}");
    }
    commands::inert(out)
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

#[cfg(test)]
mod tests;
