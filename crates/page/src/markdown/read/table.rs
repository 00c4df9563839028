//! Reads tables. It decides which ones are real, and puts their cells in rows and columns, spans
//! padded and clamped. More than 300 lines: the decision, the cells and the spans of a table use
//! the same measures.

mod header;

use std::collections::HashMap;

use dom_query::{Element, NodeId, NodeRef};

use super::super::limits::{BYTES_PER_CELL, CELL_BYTES, COLUMN_BYTES, FREE_CELLS, MAX_SPAN};
use super::flow::Place;
use super::{Action, Reader, Undo, html};
use cachette_dom::text::short_text;
use cachette_dom::{Step, Walk, declarations, name_of};
use cachette_markdown::block::{Align, Block, Table};
use cachette_markdown::inline::Span;

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableForm {
    /// A layout table, whose cells become blocks in sequence.
    Layout,
    /// A table of Markdown.
    Grid,
    /// HTML, because its cells contain more than Markdown's can.
    Html,
}

/// A table being read.
#[derive(Debug)]
pub(super) struct Reading {
    form: TableForm,
    rows: Vec<Vec<Span>>,
    row: Vec<Span>,
    aligns: Vec<Align>,
    /// For each column, the row up to which a cell from above occupies it.
    taken: Vec<usize>,
    in_head: bool,
    /// Whether the first row is a header, as far as it was read.
    header: Option<bool>,
    row_is_header: bool,
    second_is_header: bool,
    /// Whether the row marks itself as a header.
    is_marked_header: bool,
    /// The length of the longest row so far.
    width: usize,
    /// The length of the row, without the cells that only a span adds at its end.
    solid: usize,
    span: (u64, u64),
    /// The kind of lines around the table.
    place: Place,
}

/// Properties of a table found before it is read.
#[derive(Default)]
struct Survey {
    rows: usize,
    row_cells: usize,
    columns: usize,
    header: bool,
    presentation: bool,
    tables: bool,
    grids: bool,
    headings: bool,
    code_lines: bool,
}

/// Returns how many cells the spans of a page may add.
pub(super) fn budget(size: usize) -> usize {
    FREE_CELLS + size / BYTES_PER_CELL
}

/// Classifies a table and all tables in it.
fn forms(root: NodeRef<'_>) -> HashMap<NodeId, TableForm> {
    let mut forms = HashMap::new();
    let mut open: Vec<Survey> = Vec::new();
    for step in Walk::new(root) {
        match step {
            Step::Enter(node) => {
                let Some(element) = node.element_ref() else { continue };
                let name = &*element.name.local;
                if name == "table" {
                    if let Some(around) = open.last_mut() {
                        around.tables = true;
                    }
                    let presentation =
                        element.attr("role").is_some_and(|role| matches!(role.trim(), "presentation" | "none"))
                            || element.attr("datatable").is_some_and(|value| value.trim() == "0");
                    open.push(Survey { presentation, ..Survey::default() });
                }
                let Some(table) = open.last_mut() else { continue };
                match name {
                    "tr" => {
                        table.rows += 1;
                        table.row_cells = 0;
                    }
                    "td" | "th" => {
                        table.row_cells += 1;
                        table.columns = table.columns.max(table.row_cells);
                        table.header |= name == "th";
                    }
                    "thead" | "caption" => table.header = true,
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => table.headings = true,
                    "pre" => table.code_lines |= has_lines(&node),
                    _ => {}
                }
            }
            Step::Leave(node) if *name_of(&node) == *"table" => {
                let Some(table) = open.pop() else { continue };
                let form = table.form();
                if let Some(around) = open.last_mut() {
                    around.grids |= form != TableForm::Layout;
                }
                forms.insert(node.id, form);
            }
            Step::Leave(_) => {}
        }
    }
    forms
}

impl Survey {
    fn form(&self) -> TableForm {
        let holds_blocks = self.tables || self.headings || self.code_lines;
        if self.presentation || self.columns == 0 || !self.header && (holds_blocks || self.columns == 1) {
            TableForm::Layout
        } else if self.grids || self.code_lines {
            TableForm::Html
        } else {
            TableForm::Grid
        }
    }
}

impl Reader<'_> {
    pub(super) fn table(&mut self, node: &NodeRef<'_>, element: &Element, name: &str) -> Action {
        if name == "table" {
            return self.begin_table(node);
        }
        let form = self.tables.last().map_or(TableForm::Layout, |table| table.form);
        if form != TableForm::Grid {
            // Cells with only text stay on their row's line; blocks in them separate themselves.
            if matches!(name, "td" | "th") {
                self.flow.gap();
                return Action::Enter(Undo::Gap);
            }
            self.flow.boundary();
            return Action::Enter(Undo::Block);
        }
        let Some(table) = self.tables.last_mut() else { return Action::Enter(Undo::Block) };
        match name {
            "thead" => table.in_head = true,
            "tbody" | "tfoot" => {
                table.end_row();
                table.in_head = false;
            }
            "tr" => {
                table.end_row();
                table.is_marked_header = header::is_header_row(element);
            }
            "td" | "th" => return self.begin_cell(element, name),
            _ => {
                self.flow.boundary();
                return Action::Enter(Undo::Block);
            }
        }
        Action::Enter(Undo::Nothing)
    }

    fn begin_table(&mut self, node: &NodeRef<'_>) -> Action {
        self.flow.boundary();
        if !self.table_forms.contains_key(&node.id) {
            // The nested tables are classified too, so each is examined once.
            self.table_forms.extend(forms(*node));
        }
        let form = self.table_forms.get(&node.id).copied().unwrap_or(TableForm::Layout);
        let form = if self.holds_blocks() { form } else { TableForm::Layout };
        if form == TableForm::Html && !self.flow.capped.marks {
            let html = html::clean(node, self.mode);
            if self.flow.afford(html.len()) {
                self.block(Block::Html(html));
                return Action::Skip;
            }
        }
        // If the page cannot afford the HTML, the cells become blocks.
        let form = if form == TableForm::Html { TableForm::Layout } else { form };
        self.before_line(form == TableForm::Grid);
        if form == TableForm::Grid {
            self.end_label();
        }
        self.tables.push(Reading {
            form,
            rows: Vec::new(),
            row: Vec::new(),
            aligns: Vec::new(),
            taken: Vec::new(),
            in_head: false,
            header: None,
            row_is_header: true,
            second_is_header: false,
            is_marked_header: false,
            width: 0,
            solid: 0,
            span: (1, 1),
            place: self.flow.place,
        });
        Action::Enter(Undo::Table)
    }

    fn begin_cell(&mut self, element: &Element, name: &str) -> Action {
        self.flow.boundary();
        let Some(table) = self.tables.last_mut() else { return Action::Enter(Undo::Block) };
        let span = |attribute: &str| {
            let span = element.attr(attribute).and_then(|span| span.trim().parse::<u64>().ok()).unwrap_or(1);
            if span > MAX_SPAN { (MAX_SPAN, true) } else { (span.max(1), false) }
        };
        let ((columns, wide), (rows, high)) = (span("colspan"), span("rowspan"));
        self.flow.capped.spans |= wide || high;
        while table.taken.get(table.row.len()).is_some_and(|until| *until > table.rows.len()) {
            let cost = table.cell_cost();
            if self.cells == 0 || self.flow.overhead_budget < cost {
                self.flow.capped.spans = true;
                break;
            }
            self.cells -= 1;
            self.flow.overhead_budget -= cost;
            table.row.push(0..0);
        }
        table.span = (columns, rows);
        let has_header_role = || element.attr("role").is_some_and(|role| &*role == "columnheader");
        table.row_is_header &= name == "th" || table.in_head || table.is_marked_header || has_header_role();
        let column = table.row.len();
        if table.aligns.len() <= column {
            table.aligns.resize(column + 1, Align::None);
        }
        if let Some(align) = table.aligns.get_mut(column).filter(|align| **align == Align::None) {
            *align = align_of(element);
        }
        table.place = self.flow.place;
        self.flow.place = Place::Cell;
        Action::Enter(Undo::Cell)
    }

    pub(super) fn end_cell(&mut self) {
        let line = self.flow.take_line().unwrap_or(0..0);
        let Some(table) = self.tables.last_mut() else { return };
        self.flow.place = table.place;
        let (columns, rows) = table.span;
        let first = table.row.len();
        table.row.push(line);
        table.solid = table.row.len();
        for _ in 1..columns {
            let cost = table.cell_cost();
            if self.cells == 0 || self.flow.overhead_budget < cost {
                self.flow.capped.spans = true;
                break;
            }
            self.cells -= 1;
            self.flow.overhead_budget -= cost;
            table.row.push(0..0);
        }
        if rows > 1 {
            let end = table.row.len();
            if table.taken.len() < end {
                table.taken.resize(end, 0);
            }
            let until = table.rows.len() + usize::try_from(rows).unwrap_or(usize::MAX);
            for taken in table.taken.iter_mut().take(end).skip(first) {
                *taken = until;
            }
        }
    }

    pub(super) fn end_table(&mut self) {
        self.flow.boundary();
        let Some(mut table) = self.tables.pop() else { return };
        if table.form == TableForm::Layout {
            return;
        }
        table.end_row();
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let empty_header = table.rows.first().is_some_and(|row| row.iter().all(Span::is_empty));
        if table.header == Some(true) && empty_header && table.second_is_header {
            table.rows.remove(0);
        } else if table.header != Some(true) && !self.promote(&table.rows) {
            table.rows.insert(0, Vec::new());
        }
        if let Some(header) = table.rows.first_mut() {
            header.resize(columns, 0..0);
        }
        table.aligns.resize(columns, Align::None);
        // Short rows are padded as long as that takes few bytes; renderers pad the others.
        for row in &mut table.rows {
            let missing = columns.saturating_sub(row.len());
            let Some(left) =
                self.flow.overhead_budget.checked_sub(CELL_BYTES * missing).filter(|_| missing <= self.cells)
            else {
                break;
            };
            self.cells -= missing;
            self.flow.overhead_budget = left;
            row.resize(columns, 0..0);
        }
        self.before_line(true);
        self.flow.document.blocks.push(Block::Table(Table { columns: table.aligns, rows: table.rows }));
    }
}

impl Reading {
    /// Returns the cost of an empty cell at the end of the row.
    fn cell_cost(&self) -> usize {
        if self.row.len() < self.width { CELL_BYTES } else { COLUMN_BYTES }
    }

    fn end_row(&mut self) {
        if self.row.is_empty() {
            self.row_is_header = true;
            return;
        }
        if self.header.is_none() {
            self.header = Some(self.row_is_header);
        }
        self.row.truncate(std::mem::take(&mut self.solid));
        self.width = self.width.max(self.row.len());
        self.second_is_header |= self.rows.len() == 1 && self.row_is_header;
        self.row_is_header = true;
        self.rows.push(std::mem::take(&mut self.row));
    }
}

/// Whether preformatted text has more than one line. A long text is assumed to have several.
fn has_lines(pre: &NodeRef<'_>) -> bool {
    short_text(pre, 500).is_none_or(|text| text.trim().contains('\n'))
}

/// Returns the alignment of a cell, by the name that extraction keeps.
pub(super) fn align_name(element: &Element) -> Option<&'static str> {
    match align_of(element) {
        Align::None => None,
        Align::Left => Some("left"),
        Align::Center => Some("center"),
        Align::Right => Some("right"),
    }
}

fn align_of(element: &Element) -> Align {
    let style = element.attr("style").unwrap_or_default();
    let styled = declarations(&style)
        .find(|(property, _)| property.eq_ignore_ascii_case("text-align"))
        .map(|(_, value)| value.to_ascii_lowercase());
    let by_attribute = || ["align", "data-align"].iter().find_map(|name| element.attr(name));
    let align = styled.or_else(|| by_attribute().map(|align| align.trim().to_ascii_lowercase()));
    match align.as_deref() {
        Some("left") => Align::Left,
        Some("center") => Align::Center,
        Some("right") => Align::Right,
        _ => Align::None,
    }
}

#[cfg(test)]
mod tests;
