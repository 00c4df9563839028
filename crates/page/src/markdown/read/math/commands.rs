//! Disarms TeX commands that do more than draw. They make links, load, set styles, read files, or
//! run programs. They are written as their own text. Their list is a table in code, not a text file
//! of words, because TeX and its renderers define these names.

/// The commands, each of which some program executes: MathJax, KaTeX, or TeX itself called by
/// pandoc.
const COMMANDS: [&str; 37] = [
    "catcode",
    "class",
    "csname",
    "cssId",
    "data",
    "directlua",
    "href",
    "hyperlink",
    "hyperref",
    "immediate",
    "include",
    "includegraphics",
    "input",
    "InputIfFileExists",
    "latelua",
    "lstinputlisting",
    "luaexec",
    "mmlToken",
    "newread",
    "newwrite",
    "nolinkurl",
    "openin",
    "openout",
    "pdffiledump",
    "pdfliteral",
    "read",
    "readline",
    "require",
    "scantextokens",
    "scantokens",
    "ShellEscape",
    "special",
    "style",
    "url",
    "usepackage",
    "verbatiminput",
    "write",
];

/// Writes such commands in a form that is shown, not executed. A command after a line break is
/// separated from it, because Markdown may read `\\` as `\`.
pub(super) fn inert(tex: String) -> String {
    if !has_any(&tex) {
        return tex;
    }
    let mut out = String::with_capacity(tex.len() + 16);
    let mut rest = &*tex;
    while let Some(at) = first(rest) {
        let (plain, command) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let backslashes = 1 + out.len() - out.trim_end_matches('\\').len();
        out.push_str(if backslashes.is_multiple_of(2) { "\\ " } else { "\\backslash " });
        rest = command.get(1..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// Whether TeX contains a command that does more than draw.
pub(in super::super) fn has_any(tex: &str) -> bool {
    first(tex).is_some()
}

/// Returns the position of the first such command's backslash.
fn first(tex: &str) -> Option<usize> {
    memchr::memchr_iter(b'\\', tex.as_bytes()).find(|at| is_obeyed(tex.get(at + 1..).unwrap_or("")))
}

/// Whether the text after a backslash is such a command. The name ends where the ASCII letters do.
fn is_obeyed(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at_checked(letters).unwrap_or((text, ""));
    let option = rest.trim_start().strip_prefix('[');
    match name {
        // It sets a font as a style.
        "unicode" => option.is_some(),
        // It accepts any style, and with arguments it may load something.
        "bbox" => {
            option.is_some_and(|option| option.split(']').next().unwrap_or(option).contains(['(', '\\', '#', '@']))
        }
        name => name.starts_with("html") || COMMANDS.contains(&name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_more_than_draw_is_shown() {
        for (tex, written) in [
            ("\\href{javascript:x}{y}", "\\backslash href{javascript:x}{y}"),
            ("a\\\\href b", "a\\\\ href b"),
            ("a\\\\\\href b", "a\\\\\\backslash href b"),
            ("\\htmlData{a=b}{c}\\require{html}", "\\backslash htmlData{a=b}{c}\\backslash require{html}"),
            ("\\unicode[x]{1}\\unicode{1}", "\\backslash unicode[x]{1}\\unicode{1}"),
            ("\\bbox[a:url(b)]{c}\\bbox[5px,red]{c}", "\\backslash bbox[a:url(b)]{c}\\bbox[5px,red]{c}"),
            ("\\hrefé", "\\backslash hrefé"),
            ("\\frac{a}{b}\\displaystyle\\dataset\\inputs", "\\frac{a}{b}\\displaystyle\\dataset\\inputs"),
        ] {
            let once = inert(tex.to_owned());
            assert_eq!(once, written);
            assert_eq!(inert(once.clone()), once);
        }
    }
}
