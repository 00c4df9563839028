//! Names the reasons why a block of a page is not in its article. Every dropped block has one
//! reason; the report of a conversion lists them.

/// Why a block was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is outside the element that contains the content.
    Outside,
    /// It differs from the article's text in place and form.
    Unlike,
    /// It is a list of links.
    Links,
    /// It is a form, a button or a filter.
    Controls,
    /// It is a box apart from the text, with names that boilerplate has.
    Boilerplate,
    /// It is a short line that is a label, a request or a notice.
    Label,
    /// It repeats the title.
    Title,
    /// It is about the page: its author, date or tags.
    About,
    /// It is a heading without content.
    Empty,
    /// It is repeated on the page.
    Repeated,
    /// It is a section about other pages, products or customers.
    Appendix,
    /// The list is full; this entry counts all further blocks together.
    More,
}

impl Reason {
    /// Returns the stable machine-readable name.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Outside => "outside",
            Reason::Unlike => "unlike",
            Reason::Links => "links",
            Reason::Controls => "controls",
            Reason::Boilerplate => "boilerplate",
            Reason::Label => "label",
            Reason::Title => "title",
            Reason::About => "about",
            Reason::Empty => "empty",
            Reason::Repeated => "repeated",
            Reason::Appendix => "appendix",
            Reason::More => "more",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_code_of_its_own() {
        let all = [
            Reason::Outside,
            Reason::Unlike,
            Reason::Links,
            Reason::Controls,
            Reason::Boilerplate,
            Reason::Label,
            Reason::Title,
            Reason::About,
            Reason::Empty,
            Reason::Repeated,
            Reason::Appendix,
            Reason::More,
        ];
        let codes: std::collections::BTreeSet<_> = all.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), all.len());
        assert!(codes.iter().all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}
