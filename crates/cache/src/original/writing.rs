//! Writes an entry of the original cache. It has `index.md` with its three lines and the article as
//! HTML, `index.html` for viewing, and the article's images beside them.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use cachette_store::address::is_hash_url;
use cachette_store::{Article, Store, StoreError};

use super::rendering::{escaped, html};
use super::{ORIGINAL_FOLDER, ORIGINAL_URL, hash_of, write_whole};

/// The reason why an entry was not written.
pub(super) enum Refusal {
    /// A fault of the page, in one sentence.
    Page(String),
    /// An error of the disk.
    Disk(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Refusal {
        Refusal::Disk(error)
    }
}

/// Writes a page's entry below `dir`. Returns whether anything was written.
pub(super) fn write(article: &Article, store: &Store, dir: &Path) -> Result<bool, Refusal> {
    let front = &article.front;
    if let Some(trouble) = &article.trouble {
        return Err(Refusal::Page(format!(
            "Its file cannot be read as a saved page: {}.",
            trouble.trim_end_matches('.')
        )));
    }
    let url = [ORIGINAL_URL, "captured_url", "url"].iter().find_map(|key| front.get(key));
    // A line break would begin another line of the header.
    let url = url.filter(|url| !url.is_empty() && !url.contains(['\n', '\r']));
    let url = url.ok_or_else(|| Refusal::Page("Its front matter has no address.".to_owned()))?;
    let year = front.get(ORIGINAL_FOLDER);
    let year = year.filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    let hash = hash_of(&url);
    let above = year.map_or_else(|| dir.to_owned(), |year| dir.join(year));
    let folder = above.join(&hash);
    // `dir` may be a link, because a person named it; nothing below it may lead elsewhere.
    let is_link = |path: &Path| path != dir && fs::symlink_metadata(path).is_ok_and(|facts| facts.is_symlink());
    if let Some(link) = [&above, &folder].into_iter().find(|path| is_link(path)) {
        return Err(Refusal::Page(format!("{} is a link; nothing is written through it.", link.display())));
    }
    fs::create_dir_all(&folder)?;
    let title = article.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let (markdown, images) = with_images_beside(article.body());
    let body = html(&markdown);
    let text = format!("title: {title}\nurl: {url}\nhash_url: {hash}\n\n{body}");
    let page = page(&title, &url, &front.get("lang").unwrap_or_default(), &body);
    let mut written = false;
    for (name, bytes) in [("index.md", text.as_bytes()), ("index.html", page.as_bytes())] {
        written |= write_whole(&folder.join(name), bytes)?;
        // An import reads this as the time of capture. If it cannot be set, the import reads the
        // time of the export.
        if let Ok(file) = File::options().write(true).open(folder.join(name)) {
            let _ = file.set_modified(article.captured_at.into());
        }
    }
    for name in images {
        match store.shared_file(name) {
            Ok(Some(bytes)) => written |= write_whole(&folder.join(name), &bytes)?,
            // A file that is missing here is missing in the export too; `check` reports it.
            Ok(None) => {}
            Err(error) if error.is_of_one_page() => return Err(Refusal::Page(format!("{error}."))),
            Err(StoreError::Disk { source, .. } | StoreError::Failing { source, .. }) => return Err(source.into()),
            Err(error) => return Err(io::Error::other(error).into()),
        }
    }
    Ok(written)
}

fn page(title: &str, url: &str, lang: &str, body: &str) -> String {
    let lang = lang.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
    let lang = if lang.is_empty() { String::new() } else { format!(" lang=\"{lang}\"") };
    let (title, url) = (escaped(title), escaped(url));
    format!(
        "<!doctype html>\n<html{lang}>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title} (archive)</title>\n</head>\n<body>\n<h1>\
         {title}</h1>\n\
         <p><a href=\"{url}\">{url}</a></p>\n<article>\n{body}</article>\n</body>\n</html>\n"
    )
}

/// Returns the article with links to image files next to it, and the images' names.
fn with_images_beside(body: &str) -> (String, Vec<&str>) {
    const WAY: &str = "../../assets/";
    let (mut markdown, mut names, mut rest) = (String::with_capacity(body.len()), Vec::new(), body);
    let mut known = HashSet::new();
    while let Some((before, after)) = rest.split_once(WAY) {
        markdown.push_str(before);
        let name = after.get(3..).unwrap_or("");
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(name.len());
        let name = name.get(..end).unwrap_or("");
        let hash = name.split('.').next().unwrap_or("");
        let is_asset = is_hash_url(hash)
            && after
                .get(..3)
                .is_some_and(|shard| shard.ends_with('/') && hash.starts_with(shard.trim_end_matches('/')));
        if is_asset {
            if known.insert(name) {
                names.push(name);
            }
            rest = after.get(3..).unwrap_or("");
        } else {
            markdown.push_str(WAY);
            rest = after;
        }
    }
    markdown.push_str(rest);
    (markdown, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_linked_beside_the_article() {
        let hash = "ab".repeat(32);
        let text = format!(
            "![x](../../assets/ab/{hash}.png) ../../assets/ ../../assets/cd/{hash}.png ![x](../../assets/ab/{hash}.png)"
        );
        let (markdown, names) = with_images_beside(&text);
        assert_eq!(names, [format!("{hash}.png")]);
        assert_eq!(markdown, format!("![x]({hash}.png) ../../assets/ ../../assets/cd/{hash}.png ![x]({hash}.png)"));
        assert_eq!(with_images_beside("../../assets/é").0, "../../assets/é");
    }
}
