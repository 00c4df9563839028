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
    /// Whether it is a command's flag (`flags.rs`), which is searched for as a whole word.
    pub(crate) flag: bool,
    /// The word before it, if it may be the flag of that word (`flags.rs`).
    pub(crate) after: Option<String>,
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

/// Whether the text after a colon shows that the text before it is not a field, as in `https://…`
/// and `std::vec`.
fn is_address(after: &str) -> bool {
    after.starts_with("//") || after.starts_with(':')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces as text: the sign, the field, the text in quotes if it was quoted, the star.
    fn shown(query: &str) -> String {
        let one = |piece: &Piece| {
            let sign = if piece.negated { "-" } else { "" };
            let field = piece.field.as_ref().map_or(String::new(), |field| format!("{field}:"));
            let quote = if piece.quoted { "'" } else { "" };
            let star = if piece.star { "*" } else { "" };
            format!("{sign}{field}{quote}{}{quote}{star}", piece.text)
        };
        pieces(query).iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_query_is_cut_at_white_space_and_quotes() {
        for (query, expected) in [
            ("link rot", "link rot"),
            ("  link\t\n rot ", "link rot"),
            ("a\u{0}b\u{1b}c", "a b c"),
            ("a\u{3000}b\u{A0}c", "a b c"),
            ("\"link rot\" x", "'link rot' x"),
            ("link\"rot\"", "link 'rot'"),
            ("\"link\"rot", "'link' rot"),
            ("\"a\tb\"", "'a b'"),
            ("\"\" x", "x"),
            ("", ""),
            (" \n", ""),
        ] {
            assert_eq!(shown(query), expected, "{query:?}");
        }
    }

    #[test]
    fn a_sign_counts_only_before_a_word() {
        for (query, text, negated) in [
            ("-rot", "rot", true),
            ("-\"link rot\"", "link rot", true),
            ("-site:example.org", "example.org", true),
            ("- rot", "rot", false),
            ("--rot", "-rot", false),
            ("a-b", "a-b", false),
        ] {
            let cut = pieces(query);
            assert_eq!(cut.len(), 1, "{query:?}");
            assert_eq!((cut[0].text.as_str(), cut[0].negated), (text, negated), "{query:?}");
        }
        assert_eq!(pieces("-"), []);
    }

    #[test]
    fn a_star_counts_only_behind_a_word() {
        for (query, expected) in [
            ("arch*", "arch*"),
            ("arch***", "arch*"),
            ("*", "*"),
            ("a*b", "a*b"),
            ("\"link ro\"*", "'link ro'*"),
            ("\"link ro", "'link ro'*"),
            ("title:arch*", "title:arch*"),
        ] {
            assert_eq!(shown(query), expected, "{query:?}");
        }
        assert!(!pieces("*")[0].star && !pieces("a*b")[0].star && pieces("a*")[0].star);
    }

    #[test]
    fn a_field_is_a_short_name_before_a_colon() {
        for (query, field, text) in [
            ("SITE:Example.org", Some("site"), "Example.org"),
            ("site:\"a b\"", Some("site"), "a b"),
            ("site:", Some("site"), ""),
            ("a:b:c", Some("a"), "b:c"),
            ("https://example.org", None, "https://example.org"),
            ("std::vec", None, "std::vec"),
            ("12:30", None, "12:30"),
            (":x", None, ":x"),
            ("naïve:x", None, "naïve:x"),
            ("averylongnameofit:x", None, "averylongnameofit:x"),
        ] {
            let cut = pieces(query);
            assert_eq!(cut.len(), 1, "{query}");
            assert_eq!((cut[0].field.as_deref(), cut[0].text.as_str()), (field, text), "{query}");
            assert_eq!(cut[0].typed, query, "{query}");
        }
    }

    #[test]
    fn the_last_piece_is_the_one_that_is_still_typed() {
        let last = |query: &str| pieces(query).iter().map(|piece| piece.last).collect::<Vec<_>>();
        assert_eq!(last("a b"), [false, true]);
        assert_eq!(last("a b  "), [false, true]);
        assert_eq!(last("a \"b c"), [false, true]);
        assert_eq!(last("a \"\""), [true], "empty quotes are no piece");
    }

    #[test]
    fn of_pasted_text_only_the_beginning_is_read() {
        let words = "語 ".repeat(10_000);
        assert_eq!(pieces(&words).len(), CHARACTERS / 2);
        assert_eq!(pieces(&"語".repeat(10_000))[0].text.chars().count(), CHARACTERS);
        assert_eq!(pieces(&format!("\"{words}")).len(), 1);
    }

    proptest! {
        #[test]
        fn a_piece_lies_where_it_says(query in "([-a-c\"*:é語]|site:| |\u{0}){0,30}") {
            let mut end = 0;
            for piece in pieces(&query) {
                let (from, to) = piece.place;
                prop_assert!(end <= from && from <= to, "{:?}", piece);
                prop_assert_eq!(query.get(from..to).map(|text| text.replace('\0', " ")), Some(piece.text.clone()));
                prop_assert!(query.contains(&piece.typed), "{:?}", piece);
                end = to;
            }
        }
    }
}
