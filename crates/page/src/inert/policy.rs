//! Writes a copy's own content security policy, the second defence after dropping elements. It
//! allows only the content that the copy shows, and is derived from the finished copy.
//!
//! Measured with files opened from a disk (Chromium 156, Firefox 153): in Chromium both `'self'`
//! and `file:` allow every file on the disk and even on other machines (`file://host/share`), and a
//! narrower source does not exist; Firefox allows every file, whatever the policy says. Hence only
//! the first defence keeps a copy from reading other files. If a copy has no files of its own, its
//! policy allows none in Chromium. A `<meta>` element cannot request a sandbox.

use crate::assets::{Asset, Assets};

/// Returns the first elements in the head of a copy. `shared` are the files that it shows, or more.
pub(super) fn head(copy: &str, shared: Option<&Assets>) -> String {
    let shows = |is_so: &dyn Fn(&Asset) -> bool| shared.is_some_and(|shared| shared.any_used(is_so));
    let is_sheet = |asset: &Asset| asset.name.ends_with(".css");
    let has_sheets = shows(&is_sheet);
    let holds = |part: &str| {
        let in_sheets =
            |asset: &Asset| is_sheet(asset) && memchr::memmem::find(&asset.bytes, part.as_bytes()).is_some();
        copy.contains(part) || has_sheets && shows(&in_sheets)
    };
    let has_files = shows(&|asset| !is_sheet(asset));
    let inline_styles = copy.contains("<style") || copy.contains(" style=\"");
    let (data, fonts) = (holds("data:"), holds("@font-face"));
    // `file:` is for browsers in which every file has its own origin, `'self'` for copies served
    // over the web.
    let own_files = "'self' file:";
    let sources = |directive: &str, parts: [(bool, &str); 2]| {
        let sources: Vec<_> = parts.iter().filter(|(needed, _)| *needed).map(|(_, source)| *source).collect();
        if sources.is_empty() { String::new() } else { format!("{directive} {}; ", sources.join(" ")) }
    };
    format!(
        "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         {}{}{}script-src 'none'; \
         base-uri 'none'; form-action 'none'\"><meta name=\"referrer\" content=\"no-referrer\">",
        sources("img-src", [(has_files, own_files), (data, "data:")]),
        sources("style-src", [(has_sheets, own_files), (inline_styles, "'unsafe-inline'")]),
        sources("font-src", [(fonts && data, "data:"), (false, "")]),
    )
}
