//! Tests which tables are real, which row is their header, and where spanning cells go.

use super::super::tests::{check, check_page};
use super::*;
use crate::{Warning, convert_fragment};

#[test]
fn a_table_for_layout_leaves_no_grid() {
    check(&[
        ("<table role=presentation><tr><th>a<td>b</table>", "a b"),
        ("<table role=' none '><tr><th>a<td>b</table>", "a b"),
        ("<table datatable=0><tr><th>a<td>b</table>", "a b"),
        ("<table><tr><td>a<tr><td>b</table>", "a\n\nb"),
        ("<table><tr><td><h2>a</h2><td>b</table>", "## a\n\nb"),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "| | |\n| --- | --- |\n| a | b |\n\nc"),
        ("<table><tbody></table>", ""),
    ]);
}

#[test]
fn a_header_makes_a_table_even_of_one_column() {
    check(&[
        ("<table><tr><th>a<tr><td>1</table>", "| a |\n| --- |\n| 1 |"),
        ("<table><caption>Trees</caption><tr><td>1<tr><td>2</table>", "Trees\n\n| |\n| --- |\n| 1 |\n| 2 |"),
        ("<table><thead><tr><td>a</thead><tr><td>1</table>", "| a |\n| --- |\n| 1 |"),
    ]);
}

#[test]
fn the_header_is_the_row_that_the_page_marks_as_one() {
    check(&[
        ("<table><tr class=header-row><td>a<td>b<tr><td>1<td>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        (
            "<table><tr><td role=columnheader>a<td role=columnheader>b<tr><td>1<td>2</table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
        ),
        ("<table><tr><td><b>a</b><td><strong>b</strong><tr><td>1<td>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("<table><tr><td><b>a</b><td><tr><td>1<td>2</table>", "| a | |\n| --- | --- |\n| 1 | 2 |"),
        ("<table><tr><th>x<td>1<tr><th>y<td>2</table>", "| | |\n| --- | --- |\n| x | 1 |\n| y | 2 |"),
    ]);
}

#[test]
fn strong_words_alone_make_no_header() {
    check(&[
        (
            "<table><tr><td><b>a</b><td><b>b</b><tr><td><b>1</b><td><b>2</b></table>",
            "| | |\n| --- | --- |\n| **a** | **b** |\n| **1** | **2** |",
        ),
        (
            "<table><tr><td><b>a</b> c<td><b>b</b><tr><td>1<td>2</table>",
            "| | |\n| --- | --- |\n| **a** c | **b** |\n| 1 | 2 |",
        ),
        (
            "<table><tr><td><b>a</b> <b>c</b><td><b>b</b><tr><td>1<td>2</table>",
            "| | |\n| --- | --- |\n| **a** **c** | **b** |\n| 1 | 2 |",
        ),
        ("<table><tr><td><b>a</b><td><b>b</b></table>", "| | |\n| --- | --- |\n| **a** | **b** |"),
        ("<table><tr><td><i>a</i><td><i>b</i><tr><td>1<td>2</table>", "| | |\n| --- | --- |\n| *a* | *b* |\n| 1 | 2 |"),
    ]);
}

#[test]
fn an_empty_header_gives_way_to_a_second_one() {
    check(&[
        ("<table><tr><th><th><tr><th>a<th>b<tr><td>1<td>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("<table><tr><th><th><tr><td>1<td>2</table>", "| | |\n| --- | --- |\n| 1 | 2 |"),
        ("<table><tr></tr><tr><th>a<th>b<tr><td>1<td>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    ]);
}

#[test]
fn a_spanning_cell_keeps_the_others_in_their_columns() {
    check(&[
        (
            "<table><tr><th>a<th>b<th>c<tr><td rowspan=2>1<td colspan=2>2<tr><td>3<td>4</table>",
            "| a | b | c |\n| --- | --- | --- |\n| 1 | 2 | |\n| | 3 | 4 |",
        ),
        (
            "<table><tr><th>a<th>b<tr><td>1<td rowspan=3>2<tr><td>3<tr><td>4</table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | |\n| 4 | |",
        ),
        (
            "<table><tr><th>a<th>b<th>c<tr><td rowspan=2 colspan=2>1<td>2<tr><td>3</table>",
            "| a | b | c |\n| --- | --- | --- |\n| 1 | | 2 |\n| | | 3 |",
        ),
        ("<table><tr><th>a<th>b<tr><td colspan=0>1<td rowspan=x>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ("<table><tr><th colspan=' 2 '>a<tr><td>1<td>2</table>", "| a | |\n| --- | --- |\n| 1 | 2 |"),
    ]);
}

#[test]
fn a_span_at_the_end_of_every_row_adds_no_column() {
    check(&[(
        "<table><tr><th>a<th colspan=90>b<tr><td>1<td colspan=90>2</table>",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
    )]);
}

#[test]
fn spans_beyond_measure_are_cut_and_reported() {
    for span in ["colspan=1001", "rowspan=1001", "colspan=99999999999"] {
        let fragment = convert_fragment(&format!("<table><tr><th>a<th {span}>b<tr><td>1<td>2</table>"));
        assert_eq!(fragment.warnings, [Warning::SpansCapped], "{span}");
        assert!(fragment.markdown.starts_with("| a | b |"), "{span}: {}", fragment.markdown);
    }
    let rows = "<tr><td colspan=1000>x<td>y".repeat(200);
    let fragment = convert_fragment(&format!("<table><tr><th>a{rows}</table>"));
    assert!(fragment.warnings.contains(&Warning::SpansCapped), "{:?}", fragment.warnings);
    assert_eq!(fragment.markdown.matches('x').count(), 200, "every cell stays");
    assert_eq!(fragment.markdown.matches('y').count(), 200, "every cell stays");
}

#[test]
fn the_first_alignment_of_a_column_counts() {
    check(&[
        (
            "<table><tr><th align=LEFT>a<th style='color:red; Text-Align : right'>b<th data-align=center>c<tr>\
             <td align=right>1<td>2<td>3</table>",
            "| a | b | c |\n| :-- | --: | :-: |\n| 1 | 2 | 3 |",
        ),
        ("<table><tr><th>a<tr><td align=right>1<tr><td align=left>2</table>", "| a |\n| --: |\n| 1 |\n| 2 |"),
        (
            "<table><tr><th align=justify>a<th style=text-align:start>b<tr><td>1</table>",
            "| a | b |\n| --- | --- |\n| 1 | |",
        ),
        ("<table><tr><th style='text-align:center' align=right>a<tr><td>1</table>", "| a |\n| :-: |\n| 1 |"),
    ]);
}

#[test]
fn a_cell_is_one_line_whatever_is_in_it() {
    check(&[
        ("<table><tr><th>a<tr><td><p>x<p>y</table>", "| a |\n| --- |\n| x<br>y |"),
        ("<table><tr><th>a<tr><td><blockquote>x</blockquote>y</table>", "| a |\n| --- |\n| x<br>y |"),
        ("<table><tr><th>a<tr><td>x<hr>y</table>", "| a |\n| --- |\n| x<br>y |"),
        ("<table><tr><th>a<tr><td>x<br><br><br></table>", "| a |\n| --- |\n| x |"),
        ("<table><tr><th>a<tr><td><br>x</table>", "| a |\n| --- |\n| x |"),
        ("<table><tr><th>a<tr><td>`|`\n\nb</table>", "| a |\n| --- |\n| \\`\\|\\` b |"),
        ("<table><tr><th>a<tr><td><code>x|y</code></table>", "| a |\n| --- |\n| `x\\|y` |"),
    ]);
}

#[test]
fn a_table_with_more_than_markdown_can_hold_is_html() {
    check(&[
        (
            "<table><tr><th>a<tr><td><pre>x\ny</pre></table>",
            "<table><tbody><tr><th>a</th></tr>\n<tr><td><pre>x&#10;y</pre></td></tr>\n</tbody>\n</table>",
        ),
        (
            "<table><tr><th>a<tr><td><table><tr><th>b<tr><td>c</table></table>",
            "<table><tbody><tr><th>a</th></tr>\n<tr><td><table><tbody><tr><th>b</th></tr>\n<tr><td>c</td></tr>\n\
             </tbody>\n</table></td></tr>\n</tbody>\n</table>",
        ),
        ("<table><tr><th>a<tr><td><pre>x</pre></table>", "| a |\n| --- |\n| `x` |"),
    ]);
}

#[test]
fn what_the_parser_moves_out_of_a_table_is_not_lost() {
    check_page(&[
        ("<table>before<tr><th>a<tr><td>1</table>", "before\n\n| a |\n| --- |\n| 1 |"),
        ("<table><tr><th>a<tr><td>1", "| a |\n| --- |\n| 1 |"),
        ("<table><tr>text<th>a<tr><td>1</table>", "text\n\n| a |\n| --- |\n| 1 |"),
    ]);
}

#[test]
fn a_table_in_a_heading_is_a_part_of_its_line() {
    check(&[("<h2>a<table><tr><th>b<tr><td>c</table></h2>", "## a b c")]);
}

#[test]
fn the_budget_of_cells_grows_with_the_page() {
    assert!(budget(0) > 0 && budget(1_000_000) > budget(1_000));
    assert!(budget(1_000_000) * COLUMN_BYTES <= 2 * 1_000_000 + FREE_CELLS * COLUMN_BYTES, "no page multiplies itself");
}
