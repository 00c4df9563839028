//! Finds headers of tables without header cells. They are rows with a header's class, and first
//! rows of only strong text.

use dom_query::Element;

use super::super::Reader;
use cachette_markdown::inline::Span;
use cachette_markdown::inline::{Inline, Mark};

impl Reader<'_> {
    /// Makes a first row of only strong text a header, if the next row differs. The row then needs
    /// no marks. Returns whether it is a header.
    pub(super) fn promote(&mut self, rows: &[Vec<Span>]) -> bool {
        let inlines = &mut self.flow.document.inlines;
        let is_strong = |cell: &Span| {
            let cell = inlines.get(cell.clone()).unwrap_or(&[]);
            let mut depth = 0_usize;
            let first_ends = cell.iter().position(|inline| {
                match inline {
                    Inline::Open(_) => depth += 1,
                    Inline::Close => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0
            });
            cell.first() == Some(&Inline::Open(Mark::Strong)) && first_ends.is_some_and(|at| at + 1 == cell.len())
        };
        let all_strong = |row: &Vec<Span>| {
            row.iter().any(|cell| !cell.is_empty()) && row.iter().all(|cell| cell.is_empty() || is_strong(cell))
        };
        let (Some(first), Some(second)) = (rows.first(), rows.get(1)) else { return false };
        if first.len() < 2 || !all_strong(first) || all_strong(second) {
            return false;
        }
        for cell in first {
            if let Some(mark) = inlines.get_mut(cell.start).filter(|_| !cell.is_empty()) {
                *mark = Inline::Open(Mark::Void);
            }
        }
        true
    }
}

/// Whether a row's class marks it as a header.
pub(super) fn is_header_row(row: &Element) -> bool {
    row.attr("class").is_some_and(|class| {
        class.split_ascii_whitespace().any(|c| {
            matches!(
                &*c.to_ascii_lowercase(),
                "head"
                    | "header"
                    | "thead"
                    | "table-header"
                    | "tableheader"
                    | "header-row"
                    | "headerrow"
                    | "row-header"
                    | "table-head"
            )
        })
    })
}
