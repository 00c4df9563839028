//! TeX from MathML, for formulas that come without their source: the elements that formulas are made of, everything else by its text.

use dom_query::NodeRef;

use super::math::text_of;
use crate::dom::{Step, Walk, name_of};

/// An element on the way through, with what its children have become.
struct Frame {
    name: String,
    parts: Vec<String>,
}

/// The TeX of a `<math>` element.
pub(super) fn of_tree(math: &NodeRef<'_>) -> String {
    let mut frames = vec![Frame { name: String::new(), parts: Vec::new() }];
    let mut walk = Walk::new(*math);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.is_text() => {
                if let (Some(text), Some(frame)) = (text_of(&node), frames.last_mut()) {
                    // White space between elements is none; in words it parts them from what stands beside.
                    let text = if frame.name == "mtext" { text.as_str() } else { text.trim() };
                    if !text.is_empty() {
                        frame.parts.push(text.to_owned());
                    }
                }
            }
            Step::Enter(node) => {
                let name = name_of(&node);
                if matches!(&*name, "annotation" | "annotation-xml" | "script" | "style") {
                    walk.skip_children();
                }
                if node.is_element() {
                    frames.push(Frame { name: name.to_string(), parts: Vec::new() });
                }
            }
            Step::Leave(node) if node.is_element() => {
                let Some(frame) = frames.pop() else { break };
                let tex = frame.tex();
                if let Some(around) = frames.last_mut() {
                    around.parts.push(tex);
                }
            }
            Step::Leave(_) => {}
        }
    }
    frames.pop().map_or_else(String::new, |frame| frame.parts.concat())
}

/// The TeX of MathML in an attribute.
pub(super) fn of_source(mathml: &str) -> String {
    let parsed = crate::dom::parse_fragment(mathml);
    of_tree(&parsed.document.root())
}

impl Frame {
    fn part(&self, index: usize) -> &str {
        self.parts.get(index).map_or("", String::as_str)
    }

    fn tex(self) -> String {
        let (a, b, c) = (self.part(0), self.part(1), self.part(2));
        match self.name.as_str() {
            "annotation" | "annotation-xml" | "script" | "style" | "mspace" => String::new(),
            "mi" | "mn" | "ms" => {
                let text = self.parts.concat();
                let letters = text.chars().filter(|c| c.is_alphabetic()).count();
                if self.name == "mi" && letters > 1 { function(&text) } else { symbols(&text) }
            }
            "mo" => operator(&self.parts.concat()),
            "mtext" => format!("\\text{{{}}}", self.parts.concat().replace(['{', '}', '\\', '$'], "")),
            "mfrac" => format!("\\frac{{{a}}}{{{b}}}"),
            "msqrt" => format!("\\sqrt{{{}}}", self.parts.concat()),
            "mroot" => format!("\\sqrt[{b}]{{{a}}}"),
            "msup" | "mover" => over(a, b),
            "msub" | "munder" => format!("{}_{{{b}}}", base(a)),
            "msubsup" | "munderover" => format!("{}_{{{b}}}^{{{c}}}", base(a)),
            "mtd" => self.parts.concat(),
            "mtr" | "mlabeledtr" => self.parts.join(" & "),
            "mtable" => format!("\\begin{{matrix}} {} \\end{{matrix}}", self.parts.join(" \\\\ ")),
            "mfenced" => format!("({})", self.parts.join(", ")),
            _ => self.parts.concat(),
        }
    }
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

/// What an index is put to: more than one sign is held together.
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
        // Signs that show nothing.
        "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" => String::new(),
        "{" => "\\{".to_owned(),
        "}" => "\\}".to_owned(),
        text => symbols(text),
    }
}

/// Signs that TeX has names for; all others stay what they are.
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
