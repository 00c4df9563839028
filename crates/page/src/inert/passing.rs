//! The inert copy of a page that passes by, for pages that are too large for a tree. By the same rules as of a tree, and with less: no style sheets,
//! no drawings and formulas as such (their text stays), no shadow roots of their own. What is written holds no element whose text a parser reads
//! raw and nothing of another name space: whatever stands in it, a parser finds the same elements and texts.

use dom_query::Element;
use html5ever::{LocalName, local_name, ns};

use super::lists::VOID;
use super::policy;
use super::{Writer, escape, is_left_out, written_name};
use crate::dom::is_shadow_mode;
use crate::links::Links;
use crate::visibility::hides;

/// A copy that is being written.
pub(crate) struct PassingCopy<'a> {
    writer: Writer<'a>,
    open: Vec<Begun>,
    has_title: bool,
    /// Nothing stands in the `<pre>` that has begun.
    after_pre: bool,
}

/// What was written where an element began.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Begun {
    /// Nothing; what is in it may be written.
    Unwrapped,
    /// A start tag.
    Tag(LocalName),
}

impl<'a> PassingCopy<'a> {
    /// Begins the copy; `links` says where its links lead.
    pub(crate) fn new(links: &'a Links) -> Self {
        Self { writer: Writer::new(links), open: Vec::new(), has_title: false, after_pre: false }
    }

    /// Writes an element's start, unless `is_left_out` or its kind is. Returns whether what is in it is left out.
    pub(crate) fn open(&mut self, element: &Element, is_left_out: bool) -> bool {
        let (begun, is_left_out) = if is_left_out { (Begun::Unwrapped, true) } else { self.begin(element) };
        self.open.push(begun);
        is_left_out
    }

    /// Goes on with an element that has ended.
    pub(crate) fn reopen(&mut self) {
        self.open.push(Begun::Unwrapped);
    }

    /// Ends the element that began last.
    pub(crate) fn close(&mut self) {
        if let Some(Begun::Tag(name)) = self.open.pop()
            && !VOID.contains(&&*name)
        {
            self.writer.out.push_str("</");
            self.writer.out.push_str(&name);
            self.writer.out.push('>');
        }
    }

    /// Writes text.
    pub(crate) fn text(&mut self, text: &str) {
        if std::mem::take(&mut self.after_pre) && text.starts_with('\n') {
            // A parser drops the first line end after `<pre>`.
            self.writer.out.push('\n');
        }
        escape(text, false, &mut self.writer.out);
    }

    /// The copy.
    pub(crate) fn finish(mut self) -> String {
        self.head();
        self.writer.out.push('\n');
        let Writer { mut out, head, links, .. } = self.writer;
        if let Some(head) = head {
            out.insert_str(head, &policy::head(&out, links.assets()));
        }
        out
    }

    /// The head stands before all that is shown.
    fn head(&mut self) {
        if self.writer.head.is_none() {
            self.writer.out.push_str("<head>");
            self.writer.head = Some(self.writer.out.len());
            self.writer.out.push_str("</head>");
        }
    }

    fn begin(&mut self, element: &Element) -> (Begun, bool) {
        const LEFT_OUT: (Begun, bool) = (Begun::Unwrapped, true);
        const UNWRAPPED: (Begun, bool) = (Begun::Unwrapped, false);
        self.after_pre = false;
        if hides(element) {
            return LEFT_OUT;
        }
        let name = &element.name.local;
        if element.name.ns != ns!(html) {
            let is_text = !crate::visibility::is_never_shown(name);
            return if is_text && !is_left_out(element) { UNWRAPPED } else { LEFT_OUT };
        }
        let within = |outer: LocalName| self.open.last() == Some(&Begun::Tag(outer));
        match *name {
            local_name!("template") => return if is_shadow_mode(element) { UNWRAPPED } else { LEFT_OUT },
            local_name!("style") | local_name!("textarea") | local_name!("canvas") => return LEFT_OUT,
            local_name!("title") if self.has_title || !within(local_name!("head")) => return LEFT_OUT,
            local_name!("svg") | local_name!("math") | local_name!("image") => return UNWRAPPED,
            // Of a frame's page, which stands in the one around it.
            local_name!("html") | local_name!("body") if !within_page(&self.open, name) => return UNWRAPPED,
            local_name!("head") if self.writer.head.is_some() => return LEFT_OUT,
            local_name!("iframe") | local_name!("frame") => {
                self.head();
                self.writer.frame(element);
                return LEFT_OUT;
            }
            _ => {}
        }
        if self.writer.is_stood_in(element) || is_left_out(element) {
            return LEFT_OUT;
        }
        self.has_title |= *name == local_name!("title");
        let written = written_name(element);
        if !matches!(written, "html" | "head") {
            self.head();
        }
        self.writer.out.push('<');
        self.writer.out.push_str(written);
        self.writer.attributes(None, element, written);
        self.writer.out.push('>');
        if written == "head" {
            self.writer.head = Some(self.writer.out.len());
        }
        self.after_pre = written == "pre";
        (Begun::Tag(if *written == **name { name.clone() } else { LocalName::from(written) }), false)
    }
}

/// Whether an `<html>` or `<body>` is that of the page itself.
fn within_page(open: &[Begun], name: &LocalName) -> bool {
    match *name {
        local_name!("html") => open.is_empty(),
        _ => matches!(open, [Begun::Tag(html)] if *html == local_name!("html")),
    }
}
