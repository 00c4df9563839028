//! Writes a file's lines as one listing with the language that the forge names.

use dom_query::NodeRef;

/// The longest ending of a file's name that can be a language.
const MAX_ENDING: usize = 12;

/// Replaces an element's content by a listing.
pub(super) fn write(part: &NodeRef<'_>, text: &str, language: Option<String>) {
    part.remove_children();
    part.remove_all_attrs();
    part.rename("pre");
    let code = part.tree.new_element("code");
    if let Some(language) = language {
        code.set_attr("class", &format!("language-{language}"));
    }
    code.append_child(&part.tree.new_text(text));
    part.append_child(&code);
}

/// Returns the language that the ending of a file's name means.
pub(super) fn of_file(name: &str) -> Option<String> {
    let (stem, ending) = name.trim().rsplit_once('.')?;
    let is_language = !stem.is_empty()
        && (1..=MAX_ENDING).contains(&ending.len())
        && ending.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'));
    is_language.then(|| ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_file_names_its_language() {
        for (name, language) in [
            ("tide.rs", Some("rs")),
            (" page.spec.TS ", Some("ts")),
            ("gauge.c++", Some("c++")),
            ("Makefile", None),
            (".gitignore", None),
            ("notes.", None),
            ("tide. 4 May", None),
            ("a.averylongending", None),
        ] {
            assert_eq!(of_file(name).as_deref(), language, "{name}");
        }
    }
}
