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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tests::sample::{Piece, Sample};
    use crate::tests::{decoded, odd_words, shown};
    use crate::write;

    /// Returns the cells that comrak shows, and how many each row has.
    fn cells(html: &str) -> (Vec<usize>, Vec<String>) {
        let before_end = |text: &str, end: &str| text.split(end).next().unwrap_or("").to_owned();
        let rows = html.split("<tr>").skip(1).map(|row| before_end(row, "</tr>").matches("</t").count()).collect();
        let cells = html.split("<t").filter_map(|rest| rest.strip_prefix("d>").or(rest.strip_prefix("h>")));
        (rows, cells.map(|cell| decoded(&before_end(cell, "</t"))).collect())
    }

    #[test]
    fn a_row_may_be_shorter_than_the_header_and_a_cell_empty() {
        let text = [Piece::Text("a")];
        let (full, empty): (&[Piece<'_>], &[Piece<'_>]) = (&text, &[]);
        let columns = [Align::None, Align::Right, Align::Center];
        for (rows, expected) in [
            (&[&[full, full, full][..]][..], "| a | a | a |\n| --- | --: | :-: |"),
            (&[&[full, empty, full], &[full]], "| a | | a |\n| --- | --: | :-: |\n| a |"),
            (&[&[empty, empty, empty], &[]], "| | | |\n| --- | --: | :-: |\n|"),
        ] {
            assert_eq!(write(&Sample::default().table(&columns, rows).0), expected);
        }
        assert_eq!(write(&Sample::default().table(&columns, &[]).0), "", "a table without rows is none");
    }

    #[test]
    fn only_the_header_is_a_header() {
        let quoted = [Piece::Text("\"a\""), Piece::Code("\"b\"")];
        let row: &[&[Piece<'_>]] = &[&quoted];
        let table = Sample::default().table(&[Align::None], &[row, row]).paragraph(&quoted);
        let markdown = write(&table.0);
        assert_eq!(markdown, "| &quot;a&quot;<code>&quot;b&quot;</code> |\n| --- |\n| \"a\"`\"b\"` |\n\n\"a\"`\"b\"`");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn comrak_shows_every_cell_in_its_place(words in prop::collection::vec(odd_words(), 6), code in 0_u8..64) {
            let pieces: Vec<[Piece<'_>; 1]> = words
                .iter()
                .enumerate()
                .map(|(at, words)| [if code >> at & 1 == 1 { Piece::Code(words) } else { Piece::Text(words) }])
                .collect();
            let row = |first: usize| [&pieces[first][..], &pieces[first + 1], &pieces[first + 2]];
            let table = Sample::default().table(&[Align::None; 3], &[&row(0), &row(3)]);
            let markdown = write(&table.0);
            let html = shown(&markdown);
            let (rows, cells) = cells(&html.replace("<code>", "").replace("</code>", ""));
            prop_assert_eq!(rows, [3, 3], "{}", markdown);
            prop_assert_eq!(cells, words, "{}", markdown);
            prop_assert_eq!(html.matches("<code>").count(), code.count_ones() as usize, "{}", markdown);
        }
    }
}
