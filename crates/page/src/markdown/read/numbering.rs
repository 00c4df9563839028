//! Numbers the items of ordered lists as browsers do. Markdown only counts upwards in decimals: a
//! jump begins a new list, and a label that Markdown cannot count becomes the text of its item.

use dom_query::{Element, NodeRef};

use super::{Holding, Reader};
use cachette_dom::visibility::is_hidden;
use cachette_dom::{declarations, name_of};
use cachette_markdown::block::{Block, Container, List};

/// The largest number an item can have.
pub(super) const MAX_NUMBER: i64 = 999_999_999;
/// How many children of a list are counted.
const MAX_COUNTED: usize = 100_000;
/// The largest Roman numeral that browsers write.
const MAX_ROMAN: i64 = 3999;

/// The system in which a list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    Decimal,
    Letters { capital: bool },
    Roman { capital: bool },
}

/// The count of a list that is being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbering {
    system: System,
    /// The number of the next item.
    next: i64,
    step: i64,
    /// Whether each item has its label as text, in a list of bullets.
    labelled: bool,
    /// Whether the list is ordered at all.
    ordered: bool,
}

impl Numbering {
    /// The numbering of a list without numbers.
    pub(super) const BULLETS: Self =
        Self { system: System::Decimal, next: 1, step: 1, labelled: false, ordered: false };

    /// Reads the numbering of an `<ol>`.
    pub(super) fn of(node: &NodeRef<'_>, list: &Element) -> Self {
        let system = system(list).or_else(|| system_of_items(node)).unwrap_or(System::Decimal);
        let start = list.attr("start").and_then(|start| start.trim().parse().ok());
        let start = start.filter(|start| (0..=MAX_NUMBER).contains(start));
        let count = if list.has_attr("reversed") { count_items(node) } else { 0 };
        let reversed = count > 1;
        Self {
            system,
            next: start.unwrap_or(if reversed { count } else { 1 }),
            step: if reversed { -1 } else { 1 },
            labelled: reversed || system != System::Decimal,
            ordered: true,
        }
    }

    /// Returns the first number that Markdown writes; `None` for bullets.
    pub(super) fn start(&self) -> Option<u64> {
        if self.ordered && !self.labelled { u64::try_from(self.next).ok() } else { None }
    }

    /// Takes the label of the next item, such as `iv.` or `12.`.
    pub(super) fn take_label(&mut self, item: &Element) -> String {
        self.take_own(Some(item));
        self.label()
    }

    fn label(&mut self) -> String {
        let label = format!("{}.", self.system.write(self.next));
        self.advance();
        label
    }

    /// Continues with the number that an item gives itself. Returns the number if it is out of
    /// turn.
    fn take_own(&mut self, item: Option<&Element>) -> Option<i64> {
        let own = item?.attr("value").and_then(|value| value.trim().parse::<i64>().ok())?;
        let is_jump = (0..=MAX_NUMBER).contains(&own) && own != self.next;
        is_jump.then(|| {
            self.next = own;
            own
        })
    }

    fn advance(&mut self) {
        self.next = self.next.saturating_add(self.step);
    }
}

impl System {
    /// Names the system as `type` or `list-style-type` does; `None` for decimals.
    fn of_type(name: &str) -> Option<Self> {
        match name {
            "a" | "lower-alpha" | "lower-latin" => Some(System::Letters { capital: false }),
            "A" | "upper-alpha" | "upper-latin" => Some(System::Letters { capital: true }),
            "i" | "lower-roman" => Some(System::Roman { capital: false }),
            "I" | "upper-roman" => Some(System::Roman { capital: true }),
            _ => None,
        }
    }

    /// Writes a number; one that the system lacks is decimal, as in browsers.
    fn write(self, number: i64) -> String {
        let (text, capital) = match self {
            System::Letters { capital } if number > 0 => (letters(number), capital),
            System::Roman { capital } if (1..=MAX_ROMAN).contains(&number) => (roman(number), capital),
            _ => return number.to_string(),
        };
        if capital { text.to_ascii_uppercase() } else { text }
    }
}

impl Reader<'_> {
    /// Counts an item before it is opened, with the number that it gives itself, if any. A number
    /// out of turn begins a new list.
    pub(super) fn count_item(&mut self, item: Option<&Element>) {
        let Some(numbering) = self.numberings.last_mut().filter(|numbering| numbering.ordered) else { return };
        let own = numbering.take_own(item);
        if numbering.labelled {
            // A browser shows no label beside an element that is not an item.
            if item.is_none() {
                return;
            }
            let label = numbering.label();
            if self.flow.afford(label.len() + 3) {
                self.flow.label = Some(label);
            }
            return;
        }
        numbering.advance();
        if let Some(own) = own.and_then(|own| u64::try_from(own).ok()) {
            self.restart_list(own);
        }
    }

    /// Takes back the count of an item that left nothing.
    pub(super) fn uncount_item(&mut self) {
        if let Some(numbering) = self.numberings.last_mut().filter(|numbering| !numbering.labelled) {
            numbering.next = numbering.next.saturating_sub(numbering.step);
        }
    }

    /// Continues the innermost list with another number. After its first items this begins a new
    /// list, because renderers count on by themselves.
    fn restart_list(&mut self, number: u64) {
        let at = self.holders.last().map_or(0, |holder| holder.at);
        let blocks = &mut self.flow.document.blocks;
        if at + 1 == blocks.len() {
            if let Some(Block::Open(Container::List(list))) = blocks.last_mut() {
                list.start = Some(number);
            }
            return;
        }
        self.close(false);
        self.open(Container::List(List { start: Some(number), ..List::default() }), Holding::List);
    }

    /// Writes a label that has found no line of its item.
    pub(super) fn end_label(&mut self) {
        if self.flow.label.is_some() {
            self.flow.write_label();
            self.flow.end_line();
        }
    }
}

/// Returns the attributes that number an `<ol>` or its items, where HTML is written.
pub(super) fn attributes(element: &Element) -> impl Iterator<Item = (&'static str, String)> {
    let is_list = &*element.name.local == "ol";
    let number = |name: &'static str| {
        let number = element.attr(name).and_then(|number| number.trim().parse::<i64>().ok());
        number.filter(|number| (0..=MAX_NUMBER).contains(number)).map(|number| (name, number.to_string()))
    };
    let kind = element.attr("type").filter(|kind| is_list && System::of_type(kind).is_some() && kind.len() == 1);
    let reversed = (is_list && element.has_attr("reversed")).then(|| ("reversed", String::new()));
    let start = number(if is_list { "start" } else { "value" });
    [start, kind.map(|kind| ("type", kind.to_string())), reversed].into_iter().flatten()
}

/// Returns the system that an element declares.
fn system(element: &Element) -> Option<System> {
    let styled = || {
        let style = element.attr("style")?;
        let is_system = |name: &str| ["list-style-type", "list-style"].iter().any(|own| name.eq_ignore_ascii_case(own));
        let (_, value) = declarations(&style).find(|(name, _)| is_system(name))?;
        value.split_ascii_whitespace().find_map(|word| System::of_type(&word.to_ascii_lowercase()))
    };
    element.attr("type").and_then(|kind| System::of_type(kind.trim())).or_else(styled)
}

/// Returns the system that the first item declares in its style, as in documents of Google Docs.
fn system_of_items(list: &NodeRef<'_>) -> Option<System> {
    let first = list.children_it(false).take(8).find(|child| *name_of(child) == *"li")?;
    let element = first.element_ref()?;
    if element.attrs.is_empty() { None } else { system(&element) }
}

fn count_items(list: &NodeRef<'_>) -> i64 {
    let items = list.children_it(false).take(MAX_COUNTED).filter(|child| *name_of(child) == *"li" && !is_hidden(child));
    i64::try_from(items.count()).unwrap_or(1)
}

/// Writes a positive number in letters: a to z, then aa.
fn letters(mut number: i64) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(u8::try_from(number % 26).map_or('a', |letter| char::from(b'a' + letter)));
        number /= 26;
    }
    letters.iter().rev().collect()
}

/// Writes a number of at most 3999 in Roman numerals.
fn roman(mut number: i64) -> String {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            number -= value;
            text.push_str(sign);
        }
    }
    text
}

#[cfg(test)]
mod tests;
