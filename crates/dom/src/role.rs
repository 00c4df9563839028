//! Recognises the roles that give a box the meaning of another element. It does not look at the
//! elements around the box, on which that meaning also depends.

use crate::text::beginning;

/// How many bytes of a role are read. Elements may ask for the role of one above them again and
/// again.
const MAX_ROLE: usize = 32;
/// The roles of headings, lists and tables, and those of their parts.
const ROLES: [&str; 13] = [
    "heading",
    "table",
    "grid",
    "treegrid",
    "rowgroup",
    "row",
    "caption",
    "cell",
    "gridcell",
    "columnheader",
    "rowheader",
    "list",
    "listitem",
];

/// Returns the role that a `role` attribute begins with, if it is one of a heading, a list or a
/// table.
pub fn structural_role(attribute: &str) -> Option<&'static str> {
    let first = beginning(attribute, MAX_ROLE).split_ascii_whitespace().next()?;
    ROLES.into_iter().find(|known| known.eq_ignore_ascii_case(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse, parse_fragment};

    #[test]
    fn the_first_role_counts_in_any_case() {
        assert_eq!(structural_role(" Heading presentation"), Some("heading"));
        for other in ["", " ", "navigation", "presentation heading", "rows", "listbox"] {
            assert_eq!(structural_role(other), None, "{other}");
        }
    }

    #[test]
    fn a_page_says_whether_it_has_such_a_role() {
        for (html, has) in [
            ("<div role=LIST><div role=listitem>a</div></div>", true),
            ("<template shadowrootmode=open><p role=heading>a</p></template>", true),
            ("<iframe srcdoc='<p role=heading>a'></iframe>", true),
            ("<nav role=navigation><ul><li>heading</ul></nav>", false),
            ("<p data-role=heading>a</p>", false),
        ] {
            assert_eq!(parse(html).has_roles, has, "{html}");
            assert_eq!(parse_fragment(html).has_roles, has, "{html}");
        }
    }
}
