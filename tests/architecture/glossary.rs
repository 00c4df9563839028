//! Tests that retired names do not come back. CONTRIBUTING.md lists the names and the places where
//! they are retired. A retired name may still be a local variable or a word of a comment, but not a
//! file, folder or item.

use std::fs;

use cachette_tests::home::repository;

/// Keywords before the name of an item.
const ITEMS: [&str; 9] = ["fn", "mod", "struct", "enum", "trait", "type", "const", "static", "union"];

#[test]
fn no_retired_name_comes_back() {
    let sources = super::sources(&["rs"]);
    let mut rows = 0;
    for (names, places) in glossary() {
        rows += 1;
        for place in &places {
            let place = format!("{place}/");
            assert!(sources.keys().any(|path| path.starts_with(&place)), "the glossary names {place}, which is gone");
            for (path, text) in sources.range(place.clone()..).take_while(|(path, _)| path.starts_with(&place)) {
                for name in &names {
                    let below = path.trim_end_matches(".rs").trim_start_matches(&place);
                    assert!(below.split('/').all(|part| part != name), "{path} is named by the retired {name}");
                    assert!(!defines(text, name), "{path} defines the retired {name}; see CONTRIBUTING.md");
                }
            }
        }
    }
    assert!(rows > 20, "the glossary has moved; this test must follow it");
}

/// Whether an item of this name is defined.
fn defines(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = text.split_at(at);
        let after = after.strip_prefix(name).unwrap();
        let ends = !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let keyword =
            before.strip_suffix(' ').map_or("", |before| before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap());
        ends && ITEMS.contains(&keyword)
    })
}

#[test]
fn a_definition_is_distinguished_from_a_mention() {
    for text in ["pub(crate) fn due(x: u8) {}", "mod due;", "struct due<T>(T);", "    const due: u8 = 1;"] {
        assert!(defines(text, "due"), "{text}");
    }
    for text in ["// The page that is due.", "let due = 1;", "fn is_due() {}", "fn due_pages() {}", "a fn. due", ""] {
        assert!(!defines(text, "due"), "{text}");
    }
}

/// Returns the rows of the glossary: the retired names, and where they are retired.
fn glossary() -> Vec<(Vec<String>, Vec<String>)> {
    let text = fs::read_to_string(repository().join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    let section = text.split("\n## Glossary\n").nth(1).expect("a section “Glossary”");
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let [from, _, place] = cells.as_slice() else { panic!("no row of three: {row}") };
        (quoted(from), quoted(place))
    })
    .collect()
}

/// Returns the texts between backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
