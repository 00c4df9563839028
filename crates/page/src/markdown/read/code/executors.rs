//! Disarms language names of fences that make some programs run the code. Such a name gets a
//! prefix: it stays readable and has no effect.

/// The names, each with its reason.
const EXECUTORS: &str = include_str!("executors.txt");
/// The prefix that makes a name ineffective.
const INERT: &str = "x-";

/// Returns the name as it may be written.
pub(super) fn inert(name: String) -> String {
    if is_run(&name) { format!("{INERT}{name}") } else { name }
}

/// Whether some program runs the code in a fence with this name.
fn is_run(name: &str) -> bool {
    let name = name.to_lowercase();
    names().any(|(known, _)| match known.strip_suffix('*') {
        Some(begin) => name.starts_with(begin),
        None => name == known,
    })
}

fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    EXECUTORS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_a_reason_and_they_are_in_order() {
        let lines: Vec<&str> = EXECUTORS.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.is_sorted(), "sorted, so that a name is found");
        assert_eq!(names().count(), lines.len());
        assert!(names().all(|(name, reason)| !name.is_empty() && reason.len() > 7));
    }

    #[test]
    fn what_is_run_is_made_inert_and_stays_so() {
        for (name, written) in [
            ("dataviewjs", "x-dataviewjs"),
            ("DataviewJS", "x-DataviewJS"),
            ("meta-bind-button", "x-meta-bind-button"),
            ("run-python", "x-run-python"),
            ("x-dataviewjs", "x-dataviewjs"),
            ("python", "python"),
            ("mermaid", "mermaid"),
        ] {
            assert_eq!(inert(name.to_owned()), written);
        }
    }
}
