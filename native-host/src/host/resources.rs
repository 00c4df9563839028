//! Reads the pictures and style sheets that come with a page, one per line. The extension sends
//! them; the crate `page` turns them into files.

use cachette_cache::{Place, Resource};
use data_encoding::BASE64;

/// Returns the resources of a save. A line that cannot be read is skipped: a missing picture fails
/// no save.
pub fn read(text: &str) -> Vec<Resource> {
    text.lines().filter_map(resource).collect()
}

fn resource(line: &str) -> Option<Resource> {
    let (what, code) = line.split_once(' ')?;
    let place = match what.split_once(':')? {
        ("http" | "https", rest) if rest.starts_with("//") => Place::Address(what.to_owned()),
        ("style", number) => Place::Style(number.parse().ok()?),
        ("adopted", number) => Place::Adopted(number.parse().ok()?),
        ("canvas", number) => Place::Canvas(number.parse().ok()?),
        _ => return None,
    };
    Some(Resource { place, bytes: BASE64.decode(code.trim_end().as_bytes()).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_read_and_others_passed_over() {
        let text = "https://a.example/x?y=z QQ==\nstyle:3 Yg==\nadopted:0 \nfile:///etc/passwd QQ==\n\
                    canvas:x QQ==\nno\ncanvas:1 !\n";
        let read = read(text);
        assert_eq!(
            read,
            [
                Resource { place: Place::Address("https://a.example/x?y=z".into()), bytes: b"A".to_vec() },
                Resource { place: Place::Style(3), bytes: b"b".to_vec() },
                Resource { place: Place::Adopted(0), bytes: Vec::new() },
            ]
        );
    }

    proptest! {
        #[test]
        fn no_text_upsets_the_reading(
            text in any::<String>(),
            lines in "((https://|style:|canvas:)[a-z0-9]{0,5} [A-Za-z0-9=]{0,8}\n){0,5}",
        ) {
            read(&text);
            read(&lines);
        }
    }
}
