//! Makes pages that grow, from every construct that the converter knows. The constructs are nested
//! and repeated, alone and in pairs. A page with twice as many parts must take at most about twice
//! the steps.

mod elements;
mod parts;
mod places;
mod runs;
mod values;

use elements::ELEMENTS;
use parts::PARTS;
use places::PLACES;
use runs::RUNS;
use values::VALUES;

use cachette_page::{Options, Warning, convert_counted, default_steps};

/// A kind of page.
#[derive(Clone, Debug)]
pub struct Kind {
    /// A description of its parts.
    pub name: String,
    before: String,
    open: String,
    fill: String,
    close: String,
    after: String,
    shape: Shape,
}

/// The arrangement of a page's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Each part is inside the previous one.
    Nested,
    /// Each part is inside the previous one, and none is closed.
    Unclosed,
    /// The parts follow each other.
    Repeated,
    /// The parts follow each other, and none is closed.
    Dangling,
}

/// All shapes.
pub const SHAPES: [Shape; 4] = [Shape::Nested, Shape::Unclosed, Shape::Repeated, Shape::Dangling];

impl Kind {
    /// Makes the page with `parts` parts. `{n}` is replaced by the number of the part.
    pub fn page(&self, parts: usize) -> String {
        let mut page = self.before.clone();
        let numbered = |page: &mut String, piece: &str, part: usize| {
            if piece.contains("{n}") {
                page.push_str(&piece.replace("{n}", &part.to_string()));
            } else {
                page.push_str(piece);
            }
        };
        let (closes, within) = match self.shape {
            Shape::Nested => (true, false),
            Shape::Unclosed => (false, false),
            Shape::Repeated => (true, true),
            Shape::Dangling => (false, true),
        };
        for part in 0..parts {
            numbered(&mut page, &self.open, part);
            if within {
                numbered(&mut page, &self.fill, part);
            }
            if within && closes {
                numbered(&mut page, &self.close, part);
            }
        }
        if !within {
            numbered(&mut page, &self.fill, parts);
        }
        if !within && closes {
            for part in (0..parts).rev() {
                numbered(&mut page, &self.close, part);
            }
        }
        page.push_str(&self.after);
        page
    }

    /// Whether its parts may be nested. If they are not closed, the parser decides.
    pub fn is_nest(&self) -> bool {
        self.shape != Shape::Repeated
    }

    fn new(name: String, open: String, fill: &str, close: String, shape: Shape) -> Self {
        let (before, after) = (String::new(), String::new());
        Self { name: format!("{name}, {shape:?}"), before, open, fill: fill.to_owned(), close, after, shape }
    }

    fn within(mut self, before: &str, after: &str) -> Self {
        self.before.insert_str(0, before);
        self.after.push_str(after);
        self
    }
}

/// The text within an element, with signs that must be escaped.
const FILL: &str = "word *a_ ";

fn end_of(start: &str) -> String {
    let name = start.trim_start_matches('<').split([' ', '>']).next().unwrap_or("");
    format!("</{name}>")
}

/// Iterates over the kinds with one element.
pub fn elements() -> impl Iterator<Item = Kind> {
    ELEMENTS.iter().flat_map(|start| SHAPES.map(|shape| of_element(start, shape)))
}

fn of_element(start: &str, shape: Shape) -> Kind {
    Kind::new(start.to_owned(), format!("{start}{FILL}"), FILL, end_of(start), shape)
}

/// Returns the kind with one element in another, by the numbers of both.
pub fn pair(outer: usize, inner: usize, shape: Shape) -> Kind {
    let (outer, inner) = (ELEMENTS[outer % ELEMENTS.len()], ELEMENTS[inner % ELEMENTS.len()]);
    let close = format!("{}{}", end_of(inner), end_of(outer));
    Kind::new(format!("{outer}{inner}"), format!("{outer}w {inner}"), FILL, close, shape)
}

/// Iterates over the kinds with values and runs.
pub fn values() -> impl Iterator<Item = Kind> {
    let long = VALUES.iter().flat_map(|(start, piece)| {
        let tag = start.replace('…', "{p}");
        let (before, after) = tag.split_once("{p}").unwrap_or((&tag, ">"));
        let one = Kind::new(format!("{start} of {piece}"), (*piece).to_owned(), "", String::new(), Shape::Dangling)
            .within(before, &format!("{after}word</p>"));
        let many = start.replace('…', &piece.repeat(8));
        let many = Kind::new(format!("many {start} of {piece}"), many, FILL, end_of(start), Shape::Repeated);
        [one, many]
    });
    let runs = RUNS.iter().flat_map(|run| {
        PLACES.iter().map(move |(before, after)| {
            Kind::new(format!("run of {run} in {before}"), (*run).to_owned(), "", String::new(), Shape::Dangling)
                .within(before, after)
        })
    });
    let parts = PARTS.iter().map(|(before, open, close, after)| {
        let shape = if close.is_empty() { Shape::Dangling } else { Shape::Nested };
        Kind::new(format!("{before}{open}"), (*open).to_owned(), "", (*close).to_owned(), shape).within(before, after)
    });
    long.chain(runs).chain(parts)
}

/// Returns the kind of page that bytes choose.
pub fn chosen(bytes: &[u8]) -> Kind {
    let mut bytes = bytes.iter().copied();
    let mut below = |count: usize| {
        let (high, low) = (bytes.next().unwrap_or(0), bytes.next().unwrap_or(0));
        (usize::from(high) << 8 | usize::from(low)) % count
    };
    let shape = SHAPES[below(SHAPES.len())];
    let pieces = 1 + below(6);
    let (mut open, mut close) = (String::new(), String::new());
    for _ in 0..pieces {
        match below(6) {
            0 => open.push_str(RUNS[below(RUNS.len())]),
            1 => {
                let (start, piece) = VALUES[below(VALUES.len())];
                open.push_str(&start.replace('…', &piece.repeat(below(12))));
                close.insert_str(0, &end_of(start));
            }
            2 => open.push_str(PARTS[below(PARTS.len())].1),
            3 => {
                let start = ELEMENTS[below(ELEMENTS.len())];
                open.push_str(&end_of(start));
            }
            _ => {
                let start = ELEMENTS[below(ELEMENTS.len())];
                open.push_str(start);
                close.insert_str(0, &end_of(start));
            }
        }
        if below(2) == 0 {
            open.push_str("w ");
        }
    }
    let place = PLACES[below(PLACES.len())];
    let around = if below(4) == 0 { ELEMENTS[below(ELEMENTS.len())].repeat(below(300)) } else { String::new() };
    let kind = Kind::new(format!("{open}{close}"), open, FILL, close, shape).within(&around, "");
    if below(4) == 0 { kind.within(place.0, place.1) } else { kind }
}

/// The address of every page, which makes relative links longer.
const ADDRESS: &str = "https://example.org/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z";
/// How many bytes Markdown may have besides four times its page.
const FREE_BYTES: usize = 16 << 10;
/// How many steps do not count. Some things are searched up to a bound that is the same for every
/// page.
const FREE_STEPS: u64 = 32_768;

/// Converts a page and returns its steps. An error names the check that failed: the steps suffice,
/// the Markdown is in proportion, the text is there.
pub fn bounded(name: &str, html: &str) -> Result<u64, String> {
    let (page, steps) = convert_counted(html, &Options { url: Some(ADDRESS), inert_html: true, ..Options::default() });
    let told = format!(
        "{name}: {} bytes, {steps} steps, {} bytes of Markdown, {:?}",
        html.len(),
        page.markdown.len(),
        page.warnings
    );
    if steps > default_steps(html.len()) {
        return Err(format!("{told}: more steps than allowed"));
    }
    if page.markdown.len() > 4 * html.len() + FREE_BYTES {
        return Err(format!("{told}: the Markdown is too long"));
    }
    if page.warnings.contains(&Warning::WorkCapped) && !page.full_text.is_empty() && page.markdown.is_empty() {
        return Err(format!("{told}: the text is lost"));
    }
    Ok(steps)
}

/// Checks that twice as many parts take at most about twice the steps, doubled `times` times.
///
/// Some work begins only once a page is long enough to be an article, so the steps jump once. Real
/// growth shows at the next sizes too.
pub fn grows(kind: &Kind, parts: usize, times: u32) -> Result<(), String> {
    let mut once = bounded(&kind.name, &kind.page(parts))?;
    for time in 0..times {
        let parts = parts << time;
        let twice = bounded(&kind.name, &kind.page(2 * parts))?;
        if 10 * twice > 26 * once + 10 * FREE_STEPS {
            let again = [4 * parts, 8 * parts].map(|more| bounded(&kind.name, &kind.page(more)));
            let [four, eight] = again;
            let (four, eight) = (four?, eight?);
            if 10 * four > 26 * twice || 10 * eight > 26 * four {
                return Err(format!("{}: {once} steps for {parts} parts, then {twice}, {four}, {eight}", kind.name));
            }
        }
        once = twice;
    }
    Ok(())
}
