//! Tests which elements boxes become by their roles, and where a role alone means nothing.

use super::super::tests::check;
use crate::{Options, convert};

const TABLE: &str = "<div role=table><div role=rowgroup><div role=row><span role=columnheader>Gate</span><span \
    role=columnheader>Height</span></div></div><div role=rowgroup><div role=row><div role=cell>Upper</div><div \
    role=cell>12 m</div></div><div role=row><div role=cell>Lower</div><div role=cell>9 m</div></div></div></div>";
const GRID: &str = "| Gate | Height |\n| --- | --- |\n| Upper | 12 m |\n| Lower | 9 m |";

#[test]
fn roles_make_tables_headings_and_lists() {
    check(&[
        (TABLE, GRID),
        (
            "<x-grid role=grid><div role=row><div><div role=rowheader>a</div></div><div \
             role=gridcell>b</div></div></x-grid>",
            "| | |\n| --- | --- |\n| a | b |",
        ),
        ("<div role=heading aria-level=3>Tides</div>x", "### Tides\n\nx"),
        ("<div role=heading>Tides</div>x", "## Tides\n\nx"),
        ("<div role=heading aria-level=9>Tides</div>x", "###### Tides\n\nx"),
        ("<div role=list><div role=listitem>a</div><div role=listitem>b</div></div>", "- a\n- b"),
    ]);
}

#[test]
fn a_role_without_the_roles_around_it_means_nothing() {
    check(&[
        ("<div role=row><div role=cell>a</div><div role=cell>b</div></div>", "a\n\nb"),
        ("<div role=cell>a</div>", "a"),
        ("<div role=listitem>a</div>", "a"),
        ("<div role=table>a</div>", "a"),
        ("<h2><span role=heading aria-level=4>a</span></h2>", "## a"),
        ("<ul><li role=heading>a</ul>", "- a"),
        ("<div role=list><div role=listitem><h3>a</h3>b</div></div>", "### a\n\nb"),
        ("<div role=heading aria-level=3 hidden>Tides</div>x", "x"),
        (
            "<div role=grid><table><tr role=row><td role=gridcell>a<td role=gridcell>b</table></div>",
            "| | |\n| --- | --- |\n| a | b |",
        ),
        (
            "<table><tr><th>a<th>b<tr><td><div role=row><div role=cell>c</div></div><td>d</table>",
            "| a | b |\n| --- | --- |\n| c | d |",
        ),
    ]);
}

#[test]
fn extraction_keeps_tables_and_headings_by_role() {
    let prose =
        "<p>The keeper of the lock wrote down every barge that passed, and the height of the water, in a ledger.</p>";
    let html = format!(
        "<title>Lock</title><article><h1>Lock</h1>{prose}<div role=heading \
         aria-level=2>Gates</div>{prose}{TABLE}{prose}",
    );
    let page = convert(&html, &Options::default());
    assert!(page.markdown.contains(GRID) && page.markdown.contains("\n## Gates\n"), "{}", page.markdown);
    assert!(page.headings.contains(&"Gates".to_owned()), "{:?}", page.headings);
}

#[test]
fn only_the_beginning_of_a_role_is_read() {
    // Many elements ask for the role of one above them, however long it is.
    let late = format!("<div role='{}heading'>a</div>", " ".repeat(40));
    check(&[
        (late.as_str(), "a"),
        ("<div role='  HEADING none'>a</div>", "## a"),
        ("<div role='headings'>a</div>", "a"),
    ]);
}
