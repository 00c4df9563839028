//! Chooses which part of a page becomes its article. The choice is made once; every later step
//! reads the place, the text and the kind of page from it.

use cachette_dom::Warning;
use cachette_dom::text::{running_text, visible_text};
use cachette_extract::content::{self, Block, Content, Extraction, Omission};
use cachette_extract::metadata::{Findings, MetadataCandidates};
use cachette_extract::site::Discussion;
use dom_query::{Document, NodeRef};

/// The part of the page that becomes the article.
pub(crate) enum Subject {
    /// A discussion, rebuilt post by post in a tree of its own.
    Discussion(Box<Discussion>),
    /// The content that extraction chose.
    Content(Box<Content>),
    /// The text that the page's data declare, inserted into the tree of a page that shows nothing.
    Declared,
    /// Everything that the page shows.
    Whole,
}

/// A page whose subject is to be chosen.
pub(crate) struct Circumstances<'a> {
    pub(crate) document: &'a Document,
    pub(crate) candidates: &'a MetadataCandidates,
    /// The page's address.
    pub(crate) url: Option<&'a str>,
    /// Whether the main content is searched for. The whole page was not asked for, and the search
    /// is worth the work.
    pub(crate) is_searched: bool,
    /// Whether an article was asked for rather than the whole page.
    pub(crate) is_article_wanted: bool,
    /// Whether all blocks of the page are described.
    pub(crate) is_explained: bool,
    /// Whether the page shows neither text nor a picture.
    pub(crate) is_empty: bool,
}

impl Subject {
    /// Chooses the content of a page that is not a discussion. `warnings` gets a warning for a
    /// failed search. It changes the tree of a page that shows nothing.
    pub(crate) fn choose(page: &Circumstances<'_>, warnings: &mut Vec<Warning>) -> Subject {
        let mut subject = Subject::Whole;
        if page.is_article_wanted {
            let extraction = if page.is_searched {
                content::choose(page.document, page.candidates, page.url, page.is_explained)
            } else {
                Extraction::Nothing
            };
            match extraction {
                Extraction::Content(content) => {
                    warnings.extend(content.unsure.then_some(Warning::Unsure));
                    warnings.extend(content.omissions.is_cut.then_some(Warning::Cut));
                    subject = Subject::Content(content);
                }
                Extraction::Broken => warnings.push(Warning::ExtractionFailed),
                Extraction::Nothing => warnings.push(Warning::NoArticle),
            }
        }
        if page.is_empty {
            warnings.push(Warning::EmptyPage);
            if content::stand_in(page.document, page.candidates) {
                warnings.push(Warning::Declared);
                subject = Subject::Declared;
            }
        }
        subject
    }

    /// Returns the kind of page and its evidence; `None` if only the page's own declaration counts.
    pub(crate) fn kind(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Subject::Discussion(discussion) => Some((discussion.page, discussion.kind)),
            Subject::Content(content) => Some((content.route.kind.name(), content.route.evidence)),
            Subject::Declared | Subject::Whole => None,
        }
    }

    /// Removes everything else from the page's tree. Returns the root of the rest.
    pub(crate) fn cut_out<'t>(&'t self, document: &'t Document) -> NodeRef<'t> {
        match self {
            Subject::Discussion(discussion) => NodeRef { id: discussion.root, tree: &discussion.document.tree },
            Subject::Content(content) => {
                content.cut.carry_out(document);
                NodeRef { id: content.cut.root, tree: &document.tree }
            }
            Subject::Declared | Subject::Whole => document.body().unwrap_or_else(|| document.root()),
        }
    }

    /// Returns the subject's plain text, which is below `root`. `full_text` is the text of the
    /// whole page.
    pub(crate) fn text(&self, root: NodeRef<'_>, full_text: &str) -> String {
        match self {
            // Declared text is not visible. It is not part of the full text, which must not depend
            // on the options.
            Subject::Discussion(_) | Subject::Declared => visible_text(root),
            Subject::Content(content) => running_text(root, &content.cut.captions),
            Subject::Whole => full_text.to_owned(),
        }
    }

    /// Takes the list of the parts that are left out.
    pub(crate) fn take_omissions(&mut self) -> Vec<Omission> {
        match self {
            Subject::Content(content) => std::mem::take(&mut content.omissions.list),
            Subject::Discussion(discussion) => std::mem::take(&mut discussion.omissions.list),
            Subject::Declared | Subject::Whole => Vec::new(),
        }
    }

    /// Takes the descriptions of the page's blocks. A discussion is not chosen block by block and
    /// has none.
    pub(crate) fn take_blocks(&mut self) -> Vec<Block> {
        match self {
            Subject::Content(content) => std::mem::take(&mut content.blocks),
            Subject::Discussion(_) | Subject::Declared | Subject::Whole => Vec::new(),
        }
    }

    /// Takes the metadata found on the way.
    pub(crate) fn take_findings(&mut self) -> Findings {
        match self {
            Subject::Discussion(discussion) => {
                let Discussion { author, begun, excerpt, .. } = &mut **discussion;
                let (author, begun, excerpt) = (author.take(), begun.take(), excerpt.take());
                Findings { author, begun, excerpt, ..Findings::default() }
            }
            Subject::Content(content) => std::mem::take(&mut content.findings),
            Subject::Declared | Subject::Whole => Findings::default(),
        }
    }
}

#[cfg(test)]
mod tests;
