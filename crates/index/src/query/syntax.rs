//! Cuts a query into pieces: words, quoted words, the signs and fields before them. Pure; any text
//! has pieces, and nothing is an error. `query/mod.rs` interprets them.

/// The most characters of a query that are read. A longer query is pasted text, and its first
/// characters find the page too.
const CHARACTERS: usize = 1000;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Piece {
    /// Whether `-` came before it.
    pub(crate) negated: bool,
    /// The text before a colon, in lower case: `site` of `site:example.org`. It may not be a known
    /// field.
    pub(crate) field: Option<String>,
    /// The text itself, without its quotes.
    pub(crate) text: String,
    /// Whether it was quoted.
    pub(crate) quoted: bool,
    /// Whether `*` came after it.
    pub(crate) star: bool,
    /// The range of the text in the query, in bytes.
    pub(crate) place: (usize, usize),
    /// Whether nothing but white space follows.
    pub(crate) last: bool,
    /// The whole piece as it was typed, without its sign.
    pub(crate) typed: String,
}

/// Cuts a query into pieces. NUL and other control characters are white space.
pub(crate) fn pieces(query: &str) -> Vec<Piece> {
    let mut reader = Reader { query, at: 0, left: CHARACTERS };
    let mut pieces = Vec::new();
    while let Some(piece) = reader.piece() {
        if !piece.text.is_empty() || piece.field.is_some() {
            pieces.push(piece);
        }
    }
    if let Some(last) = pieces.last_mut() {
        last.last = true;
    }
    pieces
}

struct Reader<'a> {
    query: &'a str,
    at: usize,
    left: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        if self.left == 0 { None } else { self.query.get(self.at..)?.chars().next() }
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        self.left -= 1;
        Some(c)
    }

    fn piece(&mut self) -> Option<Piece> {
        while self.peek()?.is_whitespace() || self.peek()?.is_control() {
            self.next();
        }
        let mut piece = Piece::default();
        if self.peek() == Some('-') {
            self.next();
            // A single `-` is a dash, a double one begins an option.
            piece.negated = self.peek().is_some_and(|c| !parts(c) && c != '-');
        }
        let start = self.at;
        let mut place = (start, start);
        while let Some(c) = self.peek() {
            if parts(c) {
                break;
            }
            if c == '"' {
                if !piece.text.is_empty() {
                    // A quote ends a word.
                    break;
                }
                place = self.quoted(&mut piece);
                break;
            }
            self.next();
            if c == ':'
                && piece.field.is_none()
                && is_name(&piece.text)
                && !self.query.get(self.at..).is_some_and(is_address)
            {
                piece.field = Some(std::mem::take(&mut piece.text).to_lowercase());
                place = (self.at, self.at);
            } else {
                piece.text.push(c);
                place.1 = self.at;
            }
        }
        if self.peek() == Some('*') && piece.quoted {
            self.next();
            piece.star = true;
        }
        while !piece.quoted && piece.text.ends_with('*') && piece.text.len() > 1 {
            piece.text.pop();
            place.1 -= 1;
            piece.star = true;
        }
        piece.typed = self.query.get(start..self.at).unwrap_or_default().to_owned();
        piece.place = place;
        Some(piece)
    }

    /// Reads quoted text; without a closing quote, to the end. Returns its range.
    fn quoted(&mut self, piece: &mut Piece) -> (usize, usize) {
        self.next();
        piece.quoted = true;
        let start = self.at;
        let mut end = start;
        while let Some(c) = self.next() {
            if c == '"' {
                return (start, end);
            }
            piece.text.push(if c.is_control() { ' ' } else { c });
            end = self.at;
        }
        // The quote is still being typed: its last word is a prefix.
        piece.star = true;
        (start, end)
    }
}

fn parts(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether the text after a colon shows that the text before it is no field, as in `https://…` and
/// `std::vec`.
fn is_address(after: &str) -> bool {
    after.starts_with("//") || after.starts_with(':')
}
