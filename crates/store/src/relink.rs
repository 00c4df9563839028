//! Adapts the links from a page's files to shared files. An older version is one folder deeper than
//! the newest, so its links need one more `../` to show its pictures in any program that shows
//! Markdown or HTML. A text that moves there and back is unchanged.

use memchr::memmem;

/// The direction in which a file moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// From the page's folder into `versions/`.
    Deeper,
    /// Back to the page's folder.
    Higher,
}

/// The part of an address before the folder of shared files.
const UP: &str = "../";
const BELOW: &str = "assets/";

/// Returns a text with its links to shared files as the other folder needs them. It is `None` if it
/// has no such links.
pub(crate) fn relinked(text: &[u8], way: Way) -> Option<Vec<u8>> {
    let (mut out, mut done, mut at) = (Vec::new(), 0, 0);
    let below = memmem::Finder::new(BELOW);
    while let Some(found) = below.find(text.get(at..)?) {
        let folder = at + found;
        at = folder + BELOW.len();
        let Some(start) = start_of_link(text, folder).filter(|_| names_a_file(text.get(at..).unwrap_or(&[]))) else {
            continue;
        };
        // A page's own link leads two folders up; from the deeper folder it leads three.
        let folders = (folder - start) / UP.len();
        match way {
            Way::Deeper if folders >= 2 => {
                out.extend_from_slice(text.get(done..start)?);
                out.extend_from_slice(UP.as_bytes());
                done = start;
            }
            Way::Higher if folders >= 3 => {
                out.extend_from_slice(text.get(done..start)?);
                done = start + UP.len();
            }
            _ => {}
        }
    }
    if done == 0 && out.is_empty() {
        return None;
    }
    out.extend_from_slice(text.get(done..)?);
    Some(out)
}

/// Returns where the run of `../` before `folder` begins, if a link begins there. A run in the
/// middle of a path or between backticks is text.
fn start_of_link(text: &[u8], folder: usize) -> Option<usize> {
    let mut start = folder;
    while let Some(before) = start.checked_sub(UP.len())
        && text.get(before..start) == Some(UP.as_bytes())
    {
        start = before;
    }
    let before = start.checked_sub(1).and_then(|at| text.get(at)).copied().unwrap_or(b' ');
    let begins = before.is_ascii_whitespace() || matches!(before, b'(' | b'<' | b'[' | b'"' | b'\'' | b'=' | b';');
    (begins && start < folder).then_some(start)
}

/// Whether a text begins with a shared file's name. That is two digits, a slash, and a hash that
/// begins with them.
fn names_a_file(text: &[u8]) -> bool {
    let (Some(shard), Some(b'/'), Some(hash), Some(b'.')) = (text.get(..2), text.get(2), text.get(3..67), text.get(67))
    else {
        return false;
    };
    hash.starts_with(shard) && hash.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name() -> String {
        format!("assets/ab/{}.png", "ab".repeat(32))
    }

    fn as_text(text: &str, way: Way) -> Option<String> {
        relinked(text.as_bytes(), way).map(|text| String::from_utf8(text).unwrap())
    }

    #[test]
    fn links_to_shared_files_lead_from_one_folder_deeper() {
        let name = name();
        for (newest, older) in [
            ("![x](../../@)", "![x](../../../@)"),
            ("a <img src=\"../../@\"> b", "a <img src=\"../../../@\"> b"),
            ("style=\"background:url(&quot;../../@&quot;)\"", "style=\"background:url(&quot;../../../@&quot;)\""),
            ("[x]: ../../@\n![[../../@]]", "[x]: ../../../@\n![[../../../@]]"),
            ("../../@ (../../../@)", "../../../@ (../../../../@)"),
        ] {
            let (newest, older) = (newest.replace('@', &name), older.replace('@', &name));
            assert_eq!(as_text(&newest, Way::Deeper).as_ref(), Some(&older));
            assert_eq!(as_text(&older, Way::Higher), Some(newest));
        }
    }

    #[test]
    fn what_is_no_link_to_a_shared_file_stays() {
        let name = name();
        for text in [
            "",
            "(../../assets/)",
            "(../../assets/ab/short.png)",
            &format!("(../../{})", name.replace("/ab/", "/cd/")),
            &format!("(../../{})", name.replace(".png", "")),
            &format!("`../../{name}`"),
            &format!("(notes/../../{name})"),
            &format!("({name})"),
            &format!("(../{name})"),
        ] {
            assert_eq!(as_text(text, Way::Deeper), None, "{text}");
        }
        assert_eq!(
            as_text(&format!("(../../{name})"), Way::Higher),
            None,
            "that of a version written before is as the newest's"
        );
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same(pieces in prop::collection::vec("\\.\\./|@|assets/|[(<\"` a/.é\n]", 0..30)) {
            let text = pieces.concat().replace('@', &name());
            let deeper = as_text(&text, Way::Deeper).unwrap_or_else(|| text.clone());
            let back = as_text(&deeper, Way::Higher).unwrap_or_else(|| deeper.clone());
            prop_assert_eq!(back, text);
        }
    }
}
