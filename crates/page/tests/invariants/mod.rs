//! What holds for every conversion, as checks that the properties and the fuzz target share. They find no pages themselves.

use cachette_page::{Options, convert, convert_fragment};

/// The Markdown of a page is at most so many times the page, and this many bytes.
const TIMES: usize = 4;
const CONSTANT: usize = 1 << 19;

/// Shows Markdown the way GitHub does.
pub fn render(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.alerts = true;
    comrak::markdown_to_html(markdown, &options)
}

/// The visible text of HTML, without its white space and without the characters that conversion drops because nobody sees them.
pub fn words(html: &str) -> String {
    let page = convert(html, &Options { full: true, ..Options::default() });
    page.full_text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{2060}' | '\u{202D}' | '\u{202E}'))
        .collect()
}

/// Whatever the page: there is an answer in proportion to it, and nothing in it leads where something would run.
///
/// # Errors
/// What does not hold.
pub fn harmless(html: &str) -> Result<(), String> {
    let options = Options { url: Some("https://example.org/a/b"), full: true, ..Options::default() };
    for markdown in [convert_fragment(html).markdown, convert(html, &options).markdown] {
        if markdown.len() > TIMES * html.len() + CONSTANT {
            return Err(format!("{} bytes of Markdown from {}", markdown.len(), html.len()));
        }
        let shown = render(&markdown);
        if let Some(target) = unsafe_target(&shown) {
            return Err(format!("leads to {target:?}\n{markdown}\n{shown}"));
        }
    }
    Ok(())
}

/// For pages of text, marks, lists, tables and code: the rendered Markdown says what the page says.
///
/// # Errors
/// The Markdown and what it is rendered as.
pub fn says_the_same(html: &str) -> Result<(), String> {
    let markdown = convert_fragment(html).markdown;
    let shown = render(&markdown);
    let (said, meant) = (words(&shown), words(html));
    if said == meant { Ok(()) } else { Err(format!("{said:?}\n{meant:?}\n{markdown}\n{shown}")) }
}

/// For the same pages: the rendered Markdown becomes the same Markdown.
///
/// # Errors
/// Both, and the rendering between them.
pub fn is_a_fixed_point(html: &str) -> Result<(), String> {
    let markdown = convert_fragment(html).markdown;
    let shown = render(&markdown);
    let again = convert_fragment(&shown).markdown;
    if again == markdown { Ok(()) } else { Err(format!("{markdown}\n{shown}\n{again}")) }
}

/// The first target of rendered Markdown that runs something or reads files. Quotation marks of text are references there.
fn unsafe_target(shown: &str) -> Option<&str> {
    ["href=\"", "src=\""]
        .iter()
        .flat_map(|attribute| shown.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .find(|target| {
            let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme).trim().to_ascii_lowercase();
            match scheme.as_str() {
                "data" => !target.starts_with("data:image/"),
                scheme => matches!(scheme, "javascript" | "vbscript" | "file" | "blob" | "about" | "filesystem"),
            }
        })
}
