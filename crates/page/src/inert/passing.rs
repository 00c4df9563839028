//! Writes the inert copy of a page that is too large for a tree. It does so in one streaming pass.
//! The rules are those for a tree, with less content: no style sheets, no drawings and formulas as
//! such (their text stays), no shadow roots. The copy contains no elements with raw text and no
//! other namespaces, so a parser finds the same elements and texts in it.

use dom_query::Element;
use html5ever::{LocalName, local_name, ns};

use super::lists::VOID;
use super::policy;
use super::{Writer, escape, is_left_out, written_name};
use crate::links::Links;
use cachette_dom::is_shadow_mode;
use cachette_dom::visibility::hides;

/// A copy that is being written.
pub(crate) struct PassingCopy<'a> {
    writer: Writer<'a>,
    open: Vec<Begun>,
    has_title: bool,
    /// Whether the current `<pre>` is still empty.
    after_pre: bool,
}

/// The result of writing the start of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Begun {
    /// Nothing; the element's content may still be written.
    Unwrapped,
    /// A start tag.
    Tag(LocalName),
}

/// The treatment of an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Write,
    /// Only the element's content is written.
    Unwrap,
    /// A box with a link replaces it.
    Frame,
    LeaveOut,
}

impl<'a> PassingCopy<'a> {
    /// Begins the copy; `links` resolves its links.
    pub(crate) fn new(links: &'a Links) -> Self {
        Self { writer: Writer::new(links), open: Vec::new(), has_title: false, after_pre: false }
    }

    /// Whether an element is dropped with its content.
    pub(crate) fn is_left_out(&self, element: &Element) -> bool {
        matches!(self.judge(element), Verdict::LeaveOut | Verdict::Frame)
    }

    /// Writes an element's start, unless the element or its surroundings are dropped.
    pub(crate) fn open(&mut self, element: &Element, around_is_left_out: bool) {
        let verdict = self.judge(element);
        let begun = match verdict {
            Verdict::Write if !around_is_left_out => Begun::Tag(self.write(element)),
            Verdict::Frame if !around_is_left_out => {
                self.head();
                self.writer.frame(element);
                Begun::Unwrapped
            }
            _ => Begun::Unwrapped,
        };
        self.open.push(begun);
    }

    /// Continues an element that has ended.
    pub(crate) fn reopen(&mut self) {
        self.open.push(Begun::Unwrapped);
    }

    /// Separates the next text from the previous one, even if the element that ends has no tag in
    /// the copy.
    pub(crate) fn part(&mut self) {
        if self.open.last() == Some(&Begun::Unwrapped) && self.writer.head.is_some() {
            self.writer.out.push_str("<br>");
        }
    }

    /// Ends the element that began last.
    pub(crate) fn close(&mut self) {
        self.after_pre = false;
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

    /// Returns the copy.
    pub(crate) fn finish(mut self) -> String {
        self.head();
        self.writer.out.push('\n');
        let Writer { mut out, head, links, .. } = self.writer;
        if let Some(head) = head {
            out.insert_str(head, &policy::head(&out, links.assets()));
        }
        out
    }

    /// Writes the head, before all visible content.
    fn head(&mut self) {
        if self.writer.head.is_none() {
            self.writer.out.push_str("<head>");
            self.writer.head = Some(self.writer.out.len());
            self.writer.out.push_str("</head>");
        }
    }

    fn judge(&self, element: &Element) -> Verdict {
        let name = &element.name.local;
        if hides(element) {
            return Verdict::LeaveOut;
        }
        if element.name.ns != ns!(html) {
            let is_text = !cachette_dom::visibility::is_never_shown(name) && !is_left_out(element);
            return if is_text { Verdict::Unwrap } else { Verdict::LeaveOut };
        }
        let within = |outer: LocalName| self.open.last() == Some(&Begun::Tag(outer));
        match *name {
            local_name!("template") if is_shadow_mode(element) => Verdict::Unwrap,
            local_name!("template") | local_name!("style") | local_name!("textarea") | local_name!("canvas") => {
                Verdict::LeaveOut
            }
            local_name!("title") if self.has_title || !within(local_name!("head")) => Verdict::LeaveOut,
            local_name!("svg") | local_name!("math") | local_name!("image") => Verdict::Unwrap,
            // These elements belong to a frame's page, which is nested in the page around it.
            local_name!("html") | local_name!("body") if !within_page(&self.open, name) => Verdict::Unwrap,
            local_name!("head") if self.writer.head.is_some() => Verdict::LeaveOut,
            local_name!("iframe") | local_name!("frame") => Verdict::Frame,
            _ if self.writer.is_stood_in(element) || is_left_out(element) => Verdict::LeaveOut,
            _ => Verdict::Write,
        }
    }

    /// Writes a start tag; returns the name in it.
    fn write(&mut self, element: &Element) -> LocalName {
        let name = &element.name.local;
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
        if *written == **name { name.clone() } else { LocalName::from(written) }
    }
}

/// Whether an `<html>` or `<body>` belongs to the page itself.
fn within_page(open: &[Begun], name: &LocalName) -> bool {
    match *name {
        local_name!("html") => open.is_empty(),
        _ => matches!(open, [Begun::Tag(html)] if *html == local_name!("html")),
    }
}
