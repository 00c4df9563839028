//! Classifies an element by its name and attributes. The classification has the element's default
//! form, and the recognisers that may concern it. Most elements concern none of them. The
//! recognisers that are asked decide for themselves.

mod classes;

use dom_query::Element;
use html5ever::{LocalName, local_name};

use super::{concealed, styled};
use cachette_dom::visibility::{is_block_element, is_never_shown, style_may_hide};

/// A set of recognisers: one bit for each, by its index in the list of all.
pub(super) type Asked = u8;
pub(super) const CONCEALED: Asked = 1;
pub(super) const FOOTNOTE: Asked = 1 << 1;
pub(super) const MATH: Asked = 1 << 2;
pub(super) const CALLOUT: Asked = 1 << 3;
pub(super) const CODE: Asked = 1 << 4;
pub(super) const MEDIA: Asked = 1 << 5;
pub(super) const INLINES: Asked = 1 << 6;
pub(super) const STYLED: Asked = 1 << 7;

/// How many names are cached; a page has some forty.
const KEPT: usize = 128;

/// The form of an element by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementForm {
    Break,
    /// It is not written at all.
    Nothing,
    Paragraph,
    Heading(u8),
    Rule,
    Quote,
    List,
    Definitions,
    Item,
    Term,
    Definition,
    Details,
    Table,
    Link,
    Label,
    /// It has lines of its own.
    Block,
    /// It is part of a line.
    Inline,
}

/// The meaning of an element's name.
#[derive(Clone, Copy, Debug)]
struct Known {
    form: ElementForm,
    /// The recognisers that are asked in any case,
    always: Asked,
    /// the recognisers that are asked if the class allows it,
    by_class: Asked,
    /// the recognisers that are asked if another attribute allows it,
    by_attribute: Asked,
    /// and whether the notes' recogniser is asked if the document has notes.
    by_notes: bool,
    never_shown: bool,
    is_dialog: bool,
}

/// The classification of an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classification {
    pub(super) form: ElementForm,
    /// The recognisers that may concern it.
    pub(super) asked: Asked,
    /// Whether its name means that it is never shown.
    pub(super) never_shown: bool,
    /// Whether its attributes may hide it.
    pub(super) may_hide: bool,
}

/// The cached names, each in the only place possible for it.
#[derive(Debug)]
pub(super) struct Names {
    known: Vec<Option<(LocalName, Known)>>,
    math_style: LocalName,
    callout: LocalName,
}

impl Names {
    pub(super) fn new() -> Self {
        Self {
            known: vec![None; KEPT],
            math_style: LocalName::from("data-math-style"),
            callout: LocalName::from("data-callout"),
        }
    }

    /// Classifies an element; `notes` says whether the document has any.
    pub(super) fn classify(&mut self, element: &Element, notes: bool) -> Classification {
        let known = self.known(element);
        let mut asked = known.always;
        if notes && known.by_notes {
            asked |= FOOTNOTE;
        }
        let mut may_hide = known.is_dialog;
        for attr in &element.attrs {
            match attr.name.local {
                local_name!("class") if known.by_class != 0 => {
                    asked |= classes::asked(&attr.value, known.by_class);
                    // In MkDocs, the kind is the only class of a foldable callout. A table of code
                    // lines has it among many.
                    if matches!(known.form, ElementForm::Details | ElementForm::Table) {
                        asked |= (CALLOUT | CODE) & known.by_class;
                    }
                }
                local_name!("style") => {
                    may_hide |= style_may_hide(&attr.value);
                    if concealed::may_clip(&attr.value) {
                        asked |= CONCEALED & known.by_attribute;
                    }
                    if styled::may_matter(&attr.value) {
                        asked |= STYLED & known.by_attribute;
                    }
                }
                local_name!("hidden") => may_hide = true,
                local_name!("aria-hidden") => asked |= CONCEALED & known.by_attribute,
                ref name if *name == self.math_style => asked |= MATH & known.by_attribute,
                ref name if *name == self.callout => asked |= CALLOUT & known.by_attribute,
                _ => {}
            }
        }
        Classification { form: known.form, asked, never_shown: known.never_shown, may_hide }
    }

    fn known(&mut self, element: &Element) -> Known {
        let name = &element.name.local;
        // Fibonacci hashing, because short names are their own hash.
        let place = (name.get_hash().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 57) as usize;
        match self.known.get(place) {
            Some(Some((kept, known))) if kept == name => *known,
            _ => {
                let known = Known::of(element);
                if let Some(kept) = self.known.get_mut(place) {
                    *kept = Some((name.clone(), known));
                }
                known
            }
        }
    }
}

impl Known {
    fn of(element: &Element) -> Self {
        let name = &*element.name.local;
        let form = match name {
            "br" => ElementForm::Break,
            "wbr" | "svg" => ElementForm::Nothing,
            "p" => ElementForm::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                ElementForm::Heading(name.as_bytes().get(1).map_or(1, |digit| digit.saturating_sub(b'0')))
            }
            "hr" => ElementForm::Rule,
            "blockquote" => ElementForm::Quote,
            "ul" | "ol" | "menu" | "dir" => ElementForm::List,
            "dl" => ElementForm::Definitions,
            "li" => ElementForm::Item,
            "dt" => ElementForm::Term,
            "dd" => ElementForm::Definition,
            "details" => ElementForm::Details,
            "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" => ElementForm::Table,
            "a" | "area" => ElementForm::Link,
            "label" => ElementForm::Label,
            _ if is_block_element(element) => ElementForm::Block,
            _ => ElementForm::Inline,
        };
        let always = match name {
            "math" | "mjx-container" | "script" | "math-renderer" => MATH,
            "pre" | "listing" | "xmp" | "plaintext" | "button" | "clipboard-copy" => CODE,
            "img" => MATH | MEDIA,
            "video" | "audio" | "iframe" | "embed" | "object" | "input" | "noscript" => MEDIA,
            "em" | "i" | "var" | "strong" | "b" | "del" | "s" | "strike" | "sup" | "sub" | "kbd" | "mark" | "ins"
            | "ruby" | "rt" | "code" | "tt" | "samp" | "q" | "abbr" | "acronym" => INLINES,
            _ => 0,
        };
        let by_attribute = match name {
            "body" | "html" => 0,
            "table" => CODE,
            "pre" => MATH,
            "div" => CONCEALED | MATH | CALLOUT | CODE | MEDIA | STYLED,
            "span" => CONCEALED | FOOTNOTE | MATH | CODE | STYLED,
            "label" | "input" => CONCEALED | FOOTNOTE,
            "code" => CONCEALED | MATH,
            "p" => CONCEALED | MATH | STYLED,
            "aside" | "section" | "details" | "blockquote" | "figure" => CONCEALED | CALLOUT,
            "a" => CONCEALED | CODE,
            _ => CONCEALED | STYLED,
        };
        let by_notes = matches!(
            name,
            "sup"
                | "span"
                | "a"
                | "label"
                | "input"
                | "ol"
                | "ul"
                | "section"
                | "div"
                | "dl"
                | "li"
                | "p"
                | "dd"
                | "aside"
                | "dt"
                | "h1"
                | "h2"
                | "h3"
                | "hr"
        );
        Self {
            form,
            always,
            by_class: by_attribute,
            by_attribute,
            by_notes,
            never_shown: is_never_shown(&element.name.local),
            is_dialog: name == "dialog",
        }
    }
}

#[cfg(test)]
mod tests;
