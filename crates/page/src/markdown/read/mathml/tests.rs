//! Tests which TeX is made of MathML without a source. `math/tests.rs` tests whether it is used.

use super::*;

/// Returns the TeX of a `<math>` element with this content.
fn tex(inner: &str) -> String {
    let tex = of_source(&format!("<math>{inner}</math>"), 10_000).unwrap_or_else(|| panic!("too much: {inner:.80}"));
    tex.trim().to_owned()
}

fn check(cases: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (html, expected) in cases {
        let found = tex(html);
        if found != *expected {
            wrong += &format!("{html}\n  is {found:?}\n not {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_elements_of_formulas_have_their_commands() {
    check(&[
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "\\frac{a}{b+1}"),
        ("<msqrt><mi>a</mi><mo>-</mo><mi>b</mi></msqrt>", "\\sqrt{a-b}"),
        ("<mroot><mi>a</mi><mn>3</mn></mroot>", "\\sqrt[3]{a}"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^{2}"),
        ("<msub><mi>x</mi><mi>i</mi></msub>", "x_{i}"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>", "\\sum _{i}^{n}"),
        ("<munder><mi>lim</mi><mi>n</mi></munder>", "\\lim _{n}"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        (
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi>\
             </mtd></mtr></mtable>",
            "\\begin{matrix} a & b \\\\ c & d \\end{matrix}",
        ),
        ("<mstyle><mpadded><mi>a</mi></mpadded></mstyle><mspace></mspace><mi>b</mi>", "ab"),
    ]);
}

#[test]
fn the_base_of_an_index_is_put_in_braces_unless_it_is_one_sign() {
    check(&[
        ("<msup><mrow><mi>a</mi><mi>b</mi></mrow><mn>2</mn></msup>", "{ab}^{2}"),
        ("<msup><mi>α</mi><mn>2</mn></msup>", "\\alpha ^{2}"),
        ("<msup><mfrac><mi>a</mi><mi>b</mi></mfrac><mn>2</mn></msup>", "{\\frac{a}{b}}^{2}"),
        ("<msub><msub><mi>a</mi><mi>b</mi></msub><mi>c</mi></msub>", "{a_{b}}_{c}"),
        ("<msup><mi></mi><mn>2</mn></msup>", "^{2}"),
        ("<msub><mi>漢</mi><mn>1</mn></msub>", "漢_{1}"),
    ]);
}

#[test]
fn signs_over_a_letter_are_accents() {
    check(&[
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "\\overline{x}"),
        ("<mover><mi>x</mi><mo>^</mo></mover>", "\\hat{x}"),
        ("<mover><mi>x</mi><mo>~</mo></mover>", "\\tilde{x}"),
        ("<mover><mi>x</mi><mo>→</mo></mover>", "\\vec{x}"),
        ("<mover><mi>x</mi><mo>˙</mo></mover>", "\\dot{x}"),
        ("<mover><mi>x</mi><mi>n</mi></mover>", "x^{n}"),
    ]);
}

#[test]
fn a_name_of_several_letters_is_a_function() {
    check(&[
        ("<mi>sin</mi><mi>x</mi>", "\\sin x"),
        ("<mi>rank</mi><mi>A</mi>", "\\mathrm{rank}A"),
        ("<mi>x</mi>", "x"),
        ("<mi>x'</mi>", "x'"),
        ("<mi>Spur</mi>", "\\mathrm{Spur}"),
    ]);
}

#[test]
fn signs_that_mean_something_in_tex_are_written_by_their_names() {
    check(&[
        ("<mo>{</mo><mi>a</mi><mo>}</mo>", "\\{a\\}"),
        ("<mo>%</mo><mo>#</mo><mo>&amp;</mo><mo>\\</mo>", "\\%\\#\\&\\backslash"),
        ("<mo>≤</mo><mo>∞</mo><mo>·</mo>", "\\le \\infty \\cdot"),
        ("<mo>−</mo>", "-"),
        ("<mi>f</mi><mo>\u{2061}</mo><mo>(</mo><mi>x</mi><mo>\u{2062}</mo><mi>y</mi><mo>)</mo>", "f(xy)"),
        ("<mn>1{2</mn>", "1\\{2"),
        ("<mi>ж</mi>", "ж"),
    ]);
}

#[test]
fn words_in_a_formula_keep_their_spaces_and_cannot_end_it() {
    check(&[
        ("<mi>x</mi><mtext> if </mtext><mi>y</mi>", "x\\text{ if }y"),
        ("<mtext>a}b{c\\d$e</mtext>", "\\text{abcde}"),
        (" <mi> x </mi> \n <mo> = </mo> <mn> 1 </mn> ", "x=1"),
    ]);
}

#[test]
fn what_only_describes_a_formula_is_no_part_of_it() {
    check(&[
        ("<mi>x</mi><annotation-xml><mi>y</mi></annotation-xml>", "x"),
        ("<semantics><mi>x</mi><annotation encoding=text/plain>z</annotation></semantics>", "x"),
        ("<mi>x</mi><script>run()</script><style>a{}</style>", "x"),
    ]);
}

#[test]
fn parts_that_the_page_lacks_are_empty() {
    check(&[
        ("<mfrac></mfrac>", "\\frac{}{}"),
        ("<msup><mi>x</mi></msup>", "x^{}"),
        ("<mtable></mtable>", "\\begin{matrix}  \\end{matrix}"),
        ("", ""),
        ("<mrow>", ""),
        ("<munknown><mi>x</mi></munknown>", "x"),
    ]);
}

#[test]
fn a_formula_that_is_too_deep_or_too_long_has_no_tex() {
    let deep = |depth: usize| format!("<math>{}<mi>x</mi>{}</math>", "<mrow>".repeat(depth), "</mrow>".repeat(depth));
    assert_eq!(of_source(&deep(90), 1_000).as_deref(), Some("x"));
    assert_eq!(of_source(&deep(110), 1_000), None);
    let long = |letters: usize| format!("<math>{}</math>", "<mn>7</mn>".repeat(letters));
    assert_eq!(of_source(&long(1_000), 1_000).map(|tex| tex.len()), Some(1_000));
    assert_eq!(of_source(&long(1_001), 1_000), None);
}
