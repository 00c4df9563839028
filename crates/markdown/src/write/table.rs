//! Writes tables: one line for each row, without padding.

use super::Writer;
use super::inline::Line;
use crate::block::{Align, Table};

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        for (index, row) in table.rows.iter().enumerate() {
            if index > 0 {
                self.line();
            }
            self.out.push('|');
            self.in_header = index == 0;
            for cell in row {
                self.out.push(' ');
                self.inlines(cell, Line::Cell);
                self.out.push_str(if cell.is_empty() { "|" } else { " |" });
            }
            if index == 0 {
                self.line();
                self.out.push('|');
                for align in &table.columns {
                    self.out.push_str(match align {
                        Align::None => " --- |",
                        Align::Left => " :-- |",
                        Align::Center => " :-: |",
                        Align::Right => " --: |",
                    });
                }
            }
        }
        self.in_header = false;
    }
}
