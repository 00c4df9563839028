//! Reads the declarations of a style attribute. It does not know what a property means, and reads
//! no style sheets.

/// Iterates over the declarations of a style attribute as names and values, both without white
/// space around them. Values lose their `!important`, in any spelling.
pub fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .map(|(name, value)| (name.trim(), without_importance(value)))
}

fn without_importance(value: &str) -> &str {
    let important = value.rsplit_once('!').filter(|(_, word)| word.trim().eq_ignore_ascii_case("important"));
    important.map_or(value, |(value, _)| value).trim()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn declarations_are_names_and_values_without_importance() {
        for (style, expected) in [
            ("", vec![]),
            (";;color", vec![]),
            (" top : 1px ;LEFT:2px", vec![("top", "1px"), ("LEFT", "2px")]),
            ("a:b!important;c: d ! IMPORTANT ", vec![("a", "b"), ("c", "d")]),
            ("a:b !ie;c:", vec![("a", "b !ie"), ("c", "")]),
            ("a:url(x:y)", vec![("a", "url(x:y)")]),
        ] {
            assert_eq!(declarations(style).collect::<Vec<_>>(), expected, "{style:?}");
        }
    }

    proptest! {
        #[test]
        fn any_style_is_read_in_its_order(style in "[a-c:;! \n-]{0,40}") {
            let mut rest = style.as_str();
            for (name, value) in declarations(&style) {
                prop_assert!(!name.contains([':', ';']) && !value.contains(';'));
                let at = rest.find(name).unwrap();
                rest = rest.get(at + name.len()..).unwrap();
            }
        }
    }
}
