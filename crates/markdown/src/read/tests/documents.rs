//! Generates documents as the converter makes them. Marks nest, no white space touches their inner
//! sides, and each reference has its note.

use proptest::prelude::*;

use crate::block::{Align, Block, Container, Document, List, Table};
use crate::inline::{Image, Inline, Link, Mark, Span};
use crate::settle;

/// A part of a line that is written and read back.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Words(String),
    Code(String),
    Marked(Mark, Vec<Piece>),
    Linked(String, String, Vec<Piece>),
    Pictured(String, String),
    Formula(String),
    Note,
    Break,
}

/// A block that is written and read back.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    Paragraph(Vec<Piece>),
    Heading(u8, Vec<Piece>),
    Code(String, String),
    Rule,
    Formula(String),
    Table(usize, Vec<Vec<Piece>>),
    Within(u8, Vec<Tree>),
    List(Option<u64>, Vec<(Option<bool>, Vec<Piece>, Vec<Tree>)>),
}

fn words() -> impl Strategy<Value = String> {
    "[a-zé#>*_`~$<&|.:!()\\[\\]\\\\-]{1,8}( [a-z1-9+=\"']{1,6}){0,3}"
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let leaf = prop_oneof![
        6 => words().prop_map(Piece::Words),
        1 => "[a-z`|*<&]{1,6}".prop_map(Piece::Code),
        1 => ("[a-z]{1,6}", words()).prop_map(|(name, alt)| Piece::Pictured(format!("https://a.test/{name}"), alt)),
        1 => "[a-z]{1,3}_[1-9]".prop_map(Piece::Formula),
        1 => Just(Piece::Note),
        1 => Just(Piece::Break),
    ];
    let marked = leaf.prop_recursive(3, 12, 4, |inner| {
        let marks = prop_oneof![Just(Mark::Emphasis), Just(Mark::Strong), Just(Mark::Strike), Just(Mark::Html("sub"))];
        let inner = prop::collection::vec(inner, 1..4);
        prop_oneof![
            (marks, inner.clone()).prop_map(|(mark, inner)| Piece::Marked(mark, inner)),
            ("[a-z]{1,6}", "[a-z ]{0,6}", inner).prop_map(|(name, title, inner)| {
                Piece::Linked(format!("https://a.test/{name}"), title.trim().to_owned(), inner)
            }),
        ]
    });
    prop::collection::vec(marked, 1..5)
}

fn table() -> impl Strategy<Value = Tree> {
    (1_usize..4, prop::collection::vec(pieces(), 3..9)).prop_map(|(columns, cells)| Tree::Table(columns, cells))
}

pub(super) fn trees() -> impl Strategy<Value = Vec<Tree>> {
    let leaf = prop_oneof![
        5 => pieces().prop_map(Tree::Paragraph),
        2 => (1_u8..=6, pieces()).prop_map(|(level, pieces)| Tree::Heading(level, pieces)),
        1 => ("[a-z+]{0,4}", "([a-z<&`*> ]{0,8}[a-z]\n){1,3}").prop_map(|(language, code)| Tree::Code(language, code)),
        1 => Just(Tree::Rule),
        1 => "[a-z]{1,3}_[1-9]".prop_map(Tree::Formula),
        1 => table(),
    ];
    let tree = leaf.prop_recursive(4, 24, 4, |inner| {
        let inner = prop::collection::vec(inner, 1..4);
        let item = (prop::option::of(any::<bool>()), pieces(), inner.clone());
        prop_oneof![
            (0_u8..3, inner).prop_map(|(kind, inner)| Tree::Within(kind, inner)),
            (prop::option::of(0_u64..100), prop::collection::vec(item, 1..4))
                .prop_map(|(start, items)| Tree::List(start, items)),
        ]
    });
    prop::collection::vec(tree, 1..5)
}

fn add_text(document: &mut Document, text: &str) -> Span {
    let start = document.text.len();
    document.text.push_str(text);
    start..document.text.len()
}

/// Adds pieces with a space between them, so that no white space touches the inside of a mark. A
/// mark is not put within one of its kind, nor a link within a link.
fn add_pieces(document: &mut Document, pieces: &[Piece], around: &mut Vec<Mark>) {
    for (at, piece) in pieces.iter().enumerate() {
        let is_break = |piece: Option<&Piece>| matches!(piece, Some(Piece::Break) | None);
        if at > 0 && !is_break(Some(piece)) && !is_break(pieces.get(at - 1)) {
            let space = add_text(document, " ");
            document.inlines.push(Inline::Text(space));
        }
        match piece {
            Piece::Words(words) => {
                let words = add_text(document, words);
                document.inlines.push(Inline::Text(words));
            }
            Piece::Code(code) => {
                let code = add_text(document, code);
                document.inlines.push(Inline::Code(code));
            }
            Piece::Formula(tex) => {
                let tex = add_text(document, tex);
                document.inlines.push(Inline::Math(tex));
            }
            Piece::Note if !around.iter().any(|mark| matches!(mark, Mark::Link(_))) => {
                let label = add_text(document, "1");
                document.inlines.push(Inline::Footnote(label));
            }
            Piece::Break if at > 0 && at + 1 < pieces.len() && !is_break(pieces.get(at - 1)) => {
                document.inlines.push(Inline::Break);
            }
            Piece::Note | Piece::Break => {
                let words = add_text(document, "word");
                document.inlines.push(Inline::Text(words));
            }
            Piece::Pictured(source, alt) => {
                document.images.push(Image { source: source.clone(), alt: alt.clone(), title: String::new() });
                document.inlines.push(Inline::Image(document.images.len() - 1));
            }
            Piece::Marked(mark, inner) if !around.contains(mark) => add_marked(document, *mark, inner, around),
            Piece::Linked(target, title, inner) if !around.iter().any(|mark| matches!(mark, Mark::Link(_))) => {
                document.links.push(Link { target: target.clone(), title: title.clone() });
                add_marked(document, Mark::Link(document.links.len() - 1), inner, around);
            }
            Piece::Marked(_, inner) | Piece::Linked(_, _, inner) => add_pieces(document, inner, around),
        }
    }
}

fn add_marked(document: &mut Document, mark: Mark, inner: &[Piece], around: &mut Vec<Mark>) {
    document.inlines.push(Inline::Open(mark));
    around.push(mark);
    add_pieces(document, inner, around);
    around.pop();
    document.inlines.push(Inline::Close);
}

fn add_line(document: &mut Document, pieces: &[Piece]) -> Span {
    let start = document.inlines.len();
    add_pieces(document, pieces, &mut Vec::new());
    start..document.inlines.len()
}

fn add_trees(document: &mut Document, trees: &[Tree]) {
    for tree in trees {
        match tree {
            Tree::Paragraph(pieces) => {
                let inlines = add_line(document, pieces);
                document.blocks.push(Block::Paragraph { inlines, explicit: true });
            }
            Tree::Heading(level, pieces) => {
                let inlines = add_line(document, pieces);
                document.blocks.push(Block::Heading { level: *level, inlines });
            }
            Tree::Code(language, code) => {
                let text = add_text(document, code);
                document.blocks.push(Block::Code { language: language.clone(), text });
            }
            Tree::Rule => document.blocks.push(Block::Rule),
            Tree::Formula(tex) => {
                let tex = add_text(document, tex);
                document.blocks.push(Block::Math(tex));
            }
            Tree::Table(columns, cells) => {
                let cells: Vec<Span> = cells.iter().map(|cell| add_line(document, cell)).collect();
                let rows = cells.chunks_exact(*columns).map(<[Span]>::to_vec).collect();
                document.blocks.push(Block::Table(Table { columns: vec![Align::Right; *columns], rows }));
            }
            Tree::Within(kind, inner) => {
                document.blocks.push(Block::Open(match kind {
                    0 => Container::Quote,
                    1 => Container::Callout { kind: "NOTE" },
                    _ => Container::Details { summary: "what it is".to_owned() },
                }));
                if *kind == 1 {
                    // The line below `[!NOTE]` continues it, unless it can interrupt a paragraph.
                    add_trees(document, &[Tree::Paragraph(vec![Piece::Words("heed".to_owned())])]);
                }
                add_trees(document, inner);
                document.blocks.push(Block::Close);
            }
            Tree::List(start, items) => {
                document.blocks.push(Block::Open(Container::List(List { start: *start, ..List::default() })));
                for (task, pieces, inner) in items {
                    document.blocks.push(Block::Open(Container::Item { task: *task }));
                    add_trees(document, &[Tree::Paragraph(pieces.clone())]);
                    add_trees(document, inner);
                    document.blocks.push(Block::Close);
                }
                document.blocks.push(Block::Close);
            }
        }
    }
}

/// Makes a settled document, with the note that its lines may refer to.
pub(super) fn document(trees: &[Tree]) -> Document {
    let mut document = Document::default();
    add_trees(&mut document, trees);
    document.blocks.push(Block::Open(Container::Footnote { label: "1".to_owned() }));
    add_trees(&mut document, &[Tree::Paragraph(vec![Piece::Words("this is said below".to_owned())])]);
    document.blocks.push(Block::Close);
    settle(&mut document, usize::MAX);
    document
}
