//! Defines the flaws that a conversion can report. Each has a stable code and a sentence, and none
//! is an error.

use std::fmt;

/// A flaw of a conversion that the reader of a saved page should know.
///
/// The codes are stable and append-only; the sentences may be reworded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// Elements nested deeper than the parser's limit were unwrapped; their text is kept.
    DepthCapped,
    /// A tag had more attributes than the parser's limit; the surplus ones were dropped.
    AttributesCapped,
    /// Unclosed formatting tags multiplied without end; their formatting was dropped, their text is
    /// kept.
    FormattingCapped,
    /// No main content was recognised: the whole page was converted.
    NoArticle,
    /// Recognising the main content failed: the whole page was converted.
    ExtractionFailed,
    /// Writing Markdown failed: the text was kept without formatting.
    MarkdownFailed,
    /// Lists and quotations nested too deeply for their indentation were flattened; their text is
    /// kept.
    NestingCapped,
    /// Cells of a table spanned more rows or columns than can be written out.
    SpansCapped,
    /// Links, images, emphasis or HTML that would have outgrown the page were dropped from its
    /// later parts. Their text is kept.
    MarksCapped,
    /// The page contains hardly any text: it may be drawn by scripts that have not run.
    EmptyPage,
    /// The page's address could not be read: its relative links were not changed.
    UnreadableAddress,
    /// Some bytes were not valid in the page's character encoding.
    UndecodableBytes,
    /// The page's content was not clearly recognised, so more of the page was taken.
    Unsure,
    /// The page shows nothing; the text comes from its embedded data.
    Declared,
    /// Converting the page would have taken more steps than its size allows. Its plain text was
    /// kept, without formatting, links and pictures.
    WorkCapped,
    /// The Markdown would have outgrown the page. Its plain text was kept, without formatting,
    /// links and pictures.
    OutputCapped,
    /// A formula was too long, or nested too deeply, to be written as TeX. Its text is kept.
    FormulaCapped,
    /// The page has more bytes or nodes than the limit. Its plain text was kept as the article, and
    /// its copy without style sheets.
    PageTooLarge,
    /// A paragraph between two parts of the article was taken for something else and left out.
    Cut,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DepthCapped => {
                "The page is nested too deeply: the innermost levels were flattened, their text is kept."
            }
            Self::AttributesCapped => "A tag of the page has too many attributes: some of them were dropped.",
            Self::FormattingCapped => {
                "The page's formatting tags are never closed: formatting was dropped, the text is kept."
            }
            Self::NoArticle => "No main article was recognised: the whole page was kept.",
            Self::ExtractionFailed => "Recognising the main article failed: the whole page was kept.",
            Self::MarkdownFailed => "Writing Markdown failed: the text was kept without formatting.",
            Self::NestingCapped => {
                "Lists or quotations of the page are nested too deeply: the innermost were flattened, their text is \
                 kept."
            }
            Self::SpansCapped => {
                "Cells of a table span too many rows or columns: the table was cut to size, its text \
                                  is kept."
            }
            Self::MarksCapped => {
                "The page's links, images or formatting would outgrow the page: they were dropped \
                                  from its later parts, the text is kept."
            }
            Self::EmptyPage => "The page contains hardly any text: it may need its scripts to show something.",
            Self::UnreadableAddress => "The page's address could not be read: relative links were left as they are.",
            Self::UndecodableBytes => "Some bytes are not valid in the page's character encoding and were replaced.",
            Self::Unsure => "It was not clear which part of the page is its content: more of it was kept.",
            Self::Declared => "The page showed nothing: the description in its data was kept instead of its text.",
            Self::WorkCapped => {
                "Converting the page takes too many steps: its plain text was kept, without formatting, links and \
                 pictures."
            }
            Self::OutputCapped => {
                "The page's Markdown would be many times as long as the page: its plain text was kept, without \
                 formatting, links and pictures."
            }
            Self::FormulaCapped => {
                "A formula of the page is too long or nested too deeply: its text was kept as it \
                                    is."
            }
            Self::PageTooLarge => {
                "The page is too large to be converted: its plain text was kept as the article, and its copy without \
                 style sheets."
            }
            Self::Cut => "A passage within the article was left out: compare it with the saved page.",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every warning, in the order of their declaration.
    const ALL: [Warning; 19] = [
        Warning::DepthCapped,
        Warning::AttributesCapped,
        Warning::FormattingCapped,
        Warning::NoArticle,
        Warning::ExtractionFailed,
        Warning::MarkdownFailed,
        Warning::NestingCapped,
        Warning::SpansCapped,
        Warning::MarksCapped,
        Warning::EmptyPage,
        Warning::UnreadableAddress,
        Warning::UndecodableBytes,
        Warning::Unsure,
        Warning::Declared,
        Warning::WorkCapped,
        Warning::OutputCapped,
        Warning::FormulaCapped,
        Warning::PageTooLarge,
        Warning::Cut,
    ];

    #[test]
    fn every_warning_has_a_sentence_of_its_own() {
        let sentences: BTreeSet<String> = ALL.iter().map(Warning::to_string).collect();
        assert_eq!(sentences.len(), ALL.len());
        for sentence in sentences {
            assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{sentence}");
            assert!(!sentence.contains('\n') && !sentence.contains("  "), "{sentence}");
        }
        assert!(ALL.is_sorted(), "the declaration's order is that of the codes");
    }
}
