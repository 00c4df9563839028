//! Detects the loss when an article is converted again from a page's copy. One converter may leave
//! out more than another, and no conversion can find content that the copy never had. Pure.

use std::collections::HashSet;

use cachette_markdown::plain;

use crate::same_page::words_in;

/// Describes the loss for people; `None` if it is negligible. `shown` is all text of the copy.
pub(crate) fn loss(former: &str, new: &str, shown: &str) -> Option<&'static str> {
    let (before, now) = (plain(former).text, plain(new).text);
    let (before, now): (HashSet<&str>, HashSet<&str>) = (words_in(&before).collect(), words_in(&now).collect());
    let lost: Vec<&&str> = before.iter().filter(|word| !now.contains(*word)).collect();
    let shown: HashSet<&str> = if lost.is_empty() { HashSet::new() } else { words_in(shown).collect() };
    let beyond = lost.iter().filter(|word| !shown.contains(**word)).count();
    if beyond * 20 > before.len() {
        return Some("has text that its copy lacks; it stays as it is.");
    }
    if lost.len() * 2 > before.len() {
        return Some("would lose more than half of its text; it stays as it is.");
    }
    if pictures(new) * 2 < pictures(former) {
        return Some("would lose more than half of its pictures; it stays as it is.");
    }
    None
}

fn pictures(markdown: &str) -> usize {
    markdown.matches("![").count() + markdown.matches("<img").count()
}

#[cfg(test)]
mod tests {
    use super::loss;

    #[test]
    fn what_the_copy_lacks_is_not_given_up() {
        let former = "A kettle holds 1.7 litres.\n\nIt whistles in two tones.";
        assert!(
            loss(former, "A kettle holds 1.7 litres.", "A kettle holds 1.7 litres.")
                .is_some_and(|what| what.contains("copy"))
        );
        assert!(loss("Drawn by scripts alone.", "", "").is_some());
    }

    #[test]
    fn what_a_converter_leaves_out_is_its_choice_up_to_half() {
        let shown = "Home Contact one two three four five six";
        assert_eq!(loss("Home Contact one two three four five six", "one two three four five six", shown), None);
        assert!(
            loss("Home Contact one two three four five six", "one two", shown)
                .is_some_and(|what| what.contains("half"))
        );
        assert!(loss("one ![a](b.png)", "one a", "one a").is_some_and(|what| what.contains("pictures")));
        assert_eq!(loss("one \\<two>", "one &lt;two>", "one <two>"), None);
    }
}
