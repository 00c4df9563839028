//! Makes TeX from MathML, for formulas without TeX source. It converts the elements of formulas,
//! and takes the text of all others.

use dom_query::{NodeData, NodeRef};

use cachette_dom::steps;
use cachette_dom::{Step, Walk, name_of};

/// The greatest depth of a formula. A deeper one is unreadable, and each level would copy the
/// additions of all levels within it.
const MAX_DEPTH: usize = 100;

/// An open element, with the results of its children.
struct Frame {
    name: String,
    parts: Vec<Part>,
    /// The bytes of its parts.
    size: usize,
}

/// The result of an element's child.
enum Part {
    /// Text as it is in the page.
    Text(String),
    /// TeX, in which nothing needs to be escaped again.
    Tex(String),
}

/// Returns the TeX of a `<math>` element. It is `None` if it would exceed `max` bytes, or the
/// formula is too deep.
pub(super) fn of_tree(math: &NodeRef<'_>, max: usize) -> Option<String> {
    let mut frames = vec![Frame::new("")];
    let mut walk = Walk::new(*math);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.is_text() => {
                if let (Some(text), Some(frame)) = (text_of(&node), frames.last_mut()) {
                    // White space between elements does not count; within words it separates them
                    // from their neighbours.
                    let text = if frame.name == "mtext" { text.as_str() } else { text.trim() };
                    if !text.is_empty() {
                        frame.push(Part::Text(text.to_owned()));
                    }
                }
            }
            Step::Enter(node) => {
                let name = name_of(&node);
                if matches!(&*name, "annotation" | "annotation-xml" | "script" | "style") {
                    walk.skip_children();
                }
                if node.is_element() {
                    frames.push(Frame::new(&name));
                }
            }
            Step::Leave(node) if node.is_element() => {
                let Some(frame) = frames.pop() else { break };
                steps::take_text(frame.size);
                let tex = frame.tex();
                if let Some(around) = frames.last_mut() {
                    around.push(Part::Tex(tex));
                }
            }
            Step::Leave(_) => {}
        }
        if frames.len() > MAX_DEPTH || frames.last().is_some_and(|frame| frame.size > max) {
            return None;
        }
    }
    frames.pop().map(|frame| frame.whole(str::to_owned))
}

/// Returns the TeX of MathML in an attribute.
pub(super) fn of_source(mathml: &str, max: usize) -> Option<String> {
    let parsed = cachette_dom::parse_fragment(mathml);
    of_tree(&parsed.document.root(), max)
}

impl Part {
    fn as_str(&self) -> &str {
        let (Self::Text(part) | Self::Tex(part)) = self;
        part
    }
}

impl Frame {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), parts: Vec::new(), size: 0 }
    }

    fn push(&mut self, part: Part) {
        self.size += part.as_str().len();
        self.parts.push(part);
    }

    fn part(&self, index: usize) -> &str {
        self.parts.get(index).map_or("", Part::as_str)
    }

    /// Joins all parts; text is passed through `written`.
    fn whole(&self, written: impl Fn(&str) -> String) -> String {
        let written = |part: &Part| match part {
            Part::Text(text) => written(text),
            Part::Tex(tex) => tex.clone(),
        };
        self.parts.iter().map(written).collect()
    }

    fn join(&self, between: &str) -> String {
        self.parts.iter().map(Part::as_str).collect::<Vec<_>>().join(between)
    }

    fn tex(self) -> String {
        let (a, b, c) = (self.part(0), self.part(1), self.part(2));
        let all = || self.whole(str::to_owned);
        match self.name.as_str() {
            "annotation" | "annotation-xml" | "script" | "style" | "mspace" => String::new(),
            "mi" => self.whole(identifier),
            "mn" | "ms" => self.whole(symbols),
            "mo" => self.whole(operator),
            "mtext" => format!("\\text{{{}}}", self.whole(|text| text.replace(['{', '}', '\\', '$'], ""))),
            "mfrac" => format!("\\frac{{{a}}}{{{b}}}"),
            "msqrt" => format!("\\sqrt{{{}}}", all()),
            "mroot" => format!("\\sqrt[{b}]{{{a}}}"),
            "msup" | "mover" => over(a, b),
            "msub" | "munder" => format!("{}_{{{b}}}", base(a)),
            "msubsup" | "munderover" => format!("{}_{{{b}}}^{{{c}}}", base(a)),
            "mtd" => all(),
            "mtr" | "mlabeledtr" => self.join(" & "),
            "mtable" => format!("\\begin{{matrix}} {} \\end{{matrix}}", self.join(" \\\\ ")),
            "mfenced" => format!("({})", self.join(", ")),
            _ => all(),
        }
    }
}

/// Writes an identifier: a variable, or a function if it has more than one letter.
fn identifier(text: &str) -> String {
    if text.chars().filter(|c| c.is_alphabetic()).count() > 1 { function(text) } else { symbols(text) }
}

fn over(a: &str, b: &str) -> String {
    match b.trim() {
        "¯" | "‾" | "―" | "_" => format!("\\overline{{{a}}}"),
        "^" | "ˆ" => format!("\\hat{{{a}}}"),
        "~" | "˜" => format!("\\tilde{{{a}}}"),
        "\\to " | "\\to" | "⃗" => format!("\\vec{{{a}}}"),
        "˙" | "." => format!("\\dot{{{a}}}"),
        _ => format!("{}^{{{b}}}", base(a)),
    }
}

/// Writes the base of an index; more than one sign is put in braces.
fn base(tex: &str) -> String {
    let single =
        tex.chars().count() <= 1 || tex.starts_with('\\') && tex.trim_end().chars().skip(1).all(char::is_alphabetic);
    if single { tex.to_owned() } else { format!("{{{tex}}}") }
}

fn function(name: &str) -> String {
    const KNOWN: [&str; 20] = [
        "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "exp", "lim", "max", "min", "sup", "inf", "det", "dim",
        "ker", "arg", "gcd", "deg",
    ];
    if KNOWN.contains(&name) { format!("\\{name} ") } else { format!("\\mathrm{{{}}}", symbols(name)) }
}

fn operator(text: &str) -> String {
    match text.trim() {
        // Signs that are invisible.
        "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" => String::new(),
        "{" => "\\{".to_owned(),
        "}" => "\\}".to_owned(),
        text => symbols(text),
    }
}

/// Replaces signs by their TeX names; signs without one stay.
fn symbols(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let name = match c {
            '−' => "-",
            '×' => "\\times ",
            '÷' => "\\div ",
            '±' => "\\pm ",
            '⋅' | '·' => "\\cdot ",
            '≤' => "\\le ",
            '≥' => "\\ge ",
            '≠' => "\\ne ",
            '≈' => "\\approx ",
            '∞' => "\\infty ",
            '∑' => "\\sum ",
            '∏' => "\\prod ",
            '∫' => "\\int ",
            '∂' => "\\partial ",
            '∇' => "\\nabla ",
            '√' => "\\sqrt ",
            '→' => "\\to ",
            '⇒' => "\\Rightarrow ",
            '∈' => "\\in ",
            '∀' => "\\forall ",
            '∃' => "\\exists ",
            '…' => "\\dots ",
            '⋯' => "\\cdots ",
            'α' => "\\alpha ",
            'β' => "\\beta ",
            'γ' => "\\gamma ",
            'δ' => "\\delta ",
            'ε' | 'ϵ' => "\\epsilon ",
            'θ' => "\\theta ",
            'λ' => "\\lambda ",
            'μ' => "\\mu ",
            'π' => "\\pi ",
            'ρ' => "\\rho ",
            'σ' => "\\sigma ",
            'τ' => "\\tau ",
            'φ' | 'ϕ' => "\\phi ",
            'ψ' => "\\psi ",
            'ω' => "\\omega ",
            'Δ' => "\\Delta ",
            'Σ' => "\\Sigma ",
            'Ω' => "\\Omega ",
            '&' => "\\&",
            '%' => "\\%",
            '#' => "\\#",
            '{' => "\\{",
            '}' => "\\}",
            '\\' => "\\backslash ",
            c => {
                out.push(c);
                continue;
            }
        };
        out.push_str(name);
    }
    out
}

/// Returns the text of a text node.
fn text_of(node: &NodeRef<'_>) -> Option<String> {
    node.query_or(None, |inner| match &inner.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
