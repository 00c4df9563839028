//! Reduces texts to their letters and digits, in lower case, for comparison.

/// Returns the letters and digits of a text, in lower case.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_the_same_letters_fold_alike() {
        for (text, folded) in [
            ("Moss & Walls!", "mosswalls"),
            ("  MOSS\n\twalls ", "mosswalls"),
            ("ÉTÉ 2026", "été2026"),
            ("Straße", "straße"),
            ("ΟΔΟΣ", "οδοσ"),
            ("苔藓，老墙。", "苔藓老墙"),
            ("٢٠٢٦", "٢٠٢٦"),
            ("—…", ""),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
            assert_eq!(fold(&fold(text)), folded, "{text} folds no further");
        }
    }
}
