//! Filters style sheets for a copy, token by token. An address stays only if a list allows one in
//! its place, and the caller knows that it leads nowhere else. cssparser reads the tokens;
//! unchanged ones are written as they were. No address is resolved here.
//!
//! There are two defences. Functions that load (`url()`, `image-set()` and the like) keep only
//! literal addresses that the caller knows: nothing composed elsewhere (`var()`, `attr()`) reaches
//! them. And text that looks like an address is blanked wherever it is not mere text, so no address
//! can be composed from it. More than 300 lines: the filter is one defence and is reviewed in one
//! piece.

mod address;
mod lists;

use cssparser::{ParseError, Parser, SourcePosition, Token};

pub(crate) use address::is_address;
use cachette_dom::steps;
use lists::{ADDRESS_TYPES, KEPT_RULES, LITERAL_FUNCTIONS, RAN_CODE, SHOW_STRINGS, TAKE_ADDRESSES};

/// How deep blocks are kept; deeper ones are left empty. No real sheet nests this deep, and reading
/// them uses the program's stack.
const MAX_DEPTH: usize = 64;
/// Replaces a token that no browser can interpret; no browser can interpret this one either.
const NONSENSE: &str = "!!";

/// Returns the replacement of an address in a sheet. Returns `None` to remove the address.
pub(crate) type Target<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The replacements for the addresses in a sheet.
pub(crate) struct Targets<'a> {
    /// For the address of a picture or font.
    pub picture: &'a Target<'a>,
    /// For the address of another sheet.
    pub sheet: &'a Target<'a>,
}

/// The syntax of a piece of style.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum StyleSyntax {
    /// A whole sheet.
    Sheet,
    /// The declarations of a `style` attribute.
    Declarations,
    /// One value, as in `fill="url(#a)"`.
    Value,
}

/// Writes `source` without anything that loads from elsewhere. The result contains no `<` that
/// could begin a tag.
pub(crate) fn write(source: &str, syntax: StyleSyntax, targets: &Targets<'_>, out: &mut String) {
    let mut parser = Parser::new(source);
    // The writer counts the depth itself. At its own limit the parser would continue inside a block
    // as if there were none.
    parser.set_nested_block_limit(0);
    let mut writer = Writer { targets, out, depth: 0, refused: false };
    match syntax {
        StyleSyntax::Sheet => writer.items(&mut parser, true),
        StyleSyntax::Declarations => writer.items(&mut parser, false),
        StyleSyntax::Value => writer.values(&mut parser, Scope::Value),
    }
}

/// The surroundings of the current tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Between rules and declarations, in a selector or a value.
    Item,
    /// The value of a property that shows its strings.
    Shown,
    /// Inside a function or a block of a value.
    Value,
    /// Brackets, which may contain an attribute selector.
    Brackets,
    /// A function whose strings are addresses.
    Loading,
    /// `attr()` up to its fallback, which may declare an attribute to be an address.
    Attribute,
    /// The type of the attribute in `attr()`.
    AttributeType,
}

/// How far a rule or declaration has been read.
#[derive(PartialEq, Eq)]
enum State {
    Start,
    /// A name was read, which a colon may make a property.
    Name(String),
    /// The value of a property, with whether it is a variable's, and whether its strings are shown.
    Value {
        variable: bool,
        shown: bool,
    },
    /// A selector, or the text after the name of a rule.
    Prelude,
}

struct Writer<'a, 'o> {
    targets: &'a Targets<'a>,
    out: &'o mut String,
    /// How many blocks are open.
    depth: usize,
    /// Whether the current `attr()` asks for an address.
    refused: bool,
}

impl Writer<'_, '_> {
    /// Writes rules and declarations, to the end of the block.
    fn items(&mut self, parser: &mut Parser<'_>, is_sheet: bool) {
        let mut state = State::Start;
        loop {
            let start = parser.position();
            if !steps::take(1) {
                return;
            }
            let Ok(token) = parser.next_including_whitespace_and_comments() else { return };
            let token = token.clone();
            let scope = if matches!(state, State::Value { shown: true, .. }) { Scope::Shown } else { Scope::Item };
            match (&token, &state) {
                (Token::WhiteSpace(_) | Token::Comment(_), _) => {}
                (Token::CDO | Token::CDC, State::Start) => continue,
                (Token::AtKeyword(name), State::Start) => {
                    if self.rule_begins(parser, name, start, is_sheet) {
                        state = State::Prelude;
                    }
                    continue;
                }
                (Token::CurlyBracketBlock, State::Value { variable: true, .. }) => {}
                (Token::CurlyBracketBlock, _) => {
                    self.push("{");
                    self.nested(parser, |writer, parser| writer.items(parser, false));
                    self.push("}");
                    state = State::Start;
                    continue;
                }
                (Token::Semicolon, _) => state = State::Start,
                (Token::Ident(name), State::Start) => state = State::Name(name.to_ascii_lowercase()),
                (Token::Colon, State::Name(name)) => {
                    // A sheet itself has no declarations, only its blocks do.
                    let shown = !is_sheet && SHOW_STRINGS.contains(&name.as_str());
                    state = State::Value { variable: name.starts_with("--"), shown };
                }
                (_, State::Start | State::Name(_)) => state = State::Prelude,
                (_, State::Value { .. } | State::Prelude) => {}
            }
            self.token(parser, &token, start, scope);
        }
    }

    /// Decides whether a rule is kept, and if so writes its name. A dropped rule is read to its
    /// end.
    fn rule_begins(&mut self, parser: &mut Parser<'_>, name: &str, start: SourcePosition, is_sheet: bool) -> bool {
        let name = name.to_ascii_lowercase();
        if name == "import" {
            if is_sheet && self.import(parser) {
                return true;
            }
        } else if KEPT_RULES.binary_search(&name.as_str()).is_ok() {
            self.push_name(parser.slice_from(start));
            return true;
        }
        skip_rule(parser);
        false
    }

    /// Writes an import up to its address, if the address may stay. The rest (layer, media) is
    /// written like anything else.
    fn import(&mut self, parser: &mut Parser<'_>) -> bool {
        let before = parser.state();
        let address = match parser.next().cloned() {
            Ok(Token::QuotedString(text) | Token::UnquotedUrl(text)) => Some(text.to_string()),
            Ok(Token::Function(name)) if name.eq_ignore_ascii_case("url") => address_in(parser),
            _ => None,
        };
        let Some(target) = address.and_then(|address| (self.targets.sheet)(address.trim())) else {
            parser.reset(&before);
            return false;
        };
        self.push("@import ");
        self.push_string(&target);
        true
    }

    /// Writes the content of a function or a block of a value.
    fn values(&mut self, parser: &mut Parser<'_>, scope: Scope) {
        // Whether this is not the first token, and whether the previous one compares an attribute
        // with this one.
        let (mut begun, mut compared) = (false, false);
        loop {
            let start = parser.position();
            if !steps::take(1) {
                return;
            }
            let Ok(token) = parser.next_including_whitespace_and_comments() else { return };
            let token = token.clone();
            match (&token, scope) {
                (Token::WhiteSpace(_) | Token::Comment(_), _) => {
                    self.token(parser, &token, start, scope);
                    continue;
                }
                // A selector's string is only compared and never loaded: no variable can take it
                // out of its brackets.
                (Token::QuotedString(text), Scope::Brackets) if compared => {
                    self.push_string(text);
                    compared = false;
                    continue;
                }
                (Token::Ident(name), Scope::Attribute) => self.refused |= begun && is_address_type(name),
                (Token::Ident(name), Scope::AttributeType) => self.refused |= is_address_type(name),
                (Token::Delim('*'), Scope::Attribute | Scope::AttributeType) => self.refused = true,
                // After the comma comes the fallback for a missing attribute.
                (Token::Comma, Scope::Attribute) => {
                    self.push(",");
                    return self.values(parser, Scope::Value);
                }
                _ => {}
            }
            begun = true;
            compared = compares(&token);
            self.token(parser, &token, start, scope);
        }
    }

    /// Writes one token and, if it opens a block, the block.
    fn token(&mut self, parser: &mut Parser<'_>, token: &Token<'_>, start: SourcePosition, scope: Scope) {
        let within = match scope {
            Scope::Item | Scope::Shown | Scope::Value | Scope::Brackets => Scope::Value,
            Scope::Loading | Scope::Attribute | Scope::AttributeType => scope,
        };
        match token {
            // The comment separated two tokens, which must not join.
            Token::Comment(_) => self.push("/**/"),
            Token::QuotedString(text) => self.string(text, scope),
            Token::UnquotedUrl(address) => self.address("url(", address),
            Token::BadUrl(_) | Token::BadString(_) | Token::AtKeyword(_) | Token::CDO | Token::Delim('\\') => {
                self.push(NONSENSE);
            }
            Token::Delim('<') => self.push("<"),
            Token::Function(name) => self.function(parser, name, start, scope),
            Token::ParenthesisBlock => self.block(parser, ["(", ")"], within),
            Token::CurlyBracketBlock => self.block(parser, ["{", "}"], within),
            Token::SquareBracketBlock => {
                self.block(parser, ["[", "]"], if within == Scope::Value { Scope::Brackets } else { within });
            }
            Token::Ident(name) => {
                self.disarm(name);
                self.push_name(parser.slice_from(start));
            }
            _ => self.push_name(parser.slice_from(start)),
        }
    }

    fn block(&mut self, parser: &mut Parser<'_>, [open, close]: [&str; 2], scope: Scope) {
        self.push(open);
        self.nested(parser, |writer, parser| writer.values(parser, scope));
        self.push(close);
    }

    fn nested(&mut self, parser: &mut Parser<'_>, read: impl FnOnce(&mut Self, &mut Parser<'_>)) {
        if self.depth >= MAX_DEPTH {
            return skip_block(parser);
        }
        self.depth += 1;
        within(parser, |parser| read(self, parser));
        self.depth -= 1;
    }

    fn function(&mut self, parser: &mut Parser<'_>, name: &str, start: SourcePosition, scope: Scope) {
        let raw = parser.slice_from(start);
        let name = name.to_ascii_lowercase();
        let name = name.as_str();
        let takes_addresses = TAKE_ADDRESSES.contains(&name);
        let inner = match name {
            "url" | "src" => {
                let address = address_in(parser).unwrap_or_default();
                return self.address(if name == "url" { "url(" } else { "src(" }, &address);
            }
            _ if takes_addresses => Scope::Loading,
            // A value composed elsewhere could be any address.
            _ if scope == Scope::Loading && !LITERAL_FUNCTIONS.contains(&name) => {
                skip_block(parser);
                return self.address("url(", "");
            }
            "attr" => Scope::Attribute,
            "type" if scope == Scope::Attribute => Scope::AttributeType,
            _ => Scope::Value,
        };
        let (before, outer) = (self.out.len(), std::mem::take(&mut self.refused));
        self.disarm(name);
        self.push_name(raw);
        self.nested(parser, |writer, parser| writer.values(parser, inner));
        self.push(")");
        if inner == Scope::Attribute && std::mem::replace(&mut self.refused, outer) {
            self.out.truncate(before);
            self.push_string("");
        } else if inner != Scope::Attribute {
            self.refused |= outer;
        }
    }

    /// Renames everything that runs code in old browsers, which may still be in use.
    fn disarm(&mut self, name: &str) {
        if RAN_CODE.iter().any(|ran| name.eq_ignore_ascii_case(ran)) {
            self.push("x-");
        }
    }

    fn string(&mut self, text: &str, scope: Scope) {
        match scope {
            Scope::Loading => {
                let target = (self.targets.picture)(text.trim()).unwrap_or_default();
                self.push_string(&target);
            }
            Scope::Shown => self.push_string(text),
            _ => self.push_string(if is_address(text) { "" } else { text }),
        }
    }

    fn address(&mut self, function: &str, address: &str) {
        self.push(function);
        let address = address.trim();
        let target = if address.is_empty() { None } else { (self.targets.picture)(address) };
        self.push_string(&target.unwrap_or_default());
        self.push(")");
    }

    fn push_string(&mut self, text: &str) {
        self.push("\"");
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    self.out.push('\\');
                    self.out.push(c);
                }
                '<' => self.out.push_str("\\3c "),
                c if c.is_control() => {
                    let code = format!("\\{:x} ", u32::from(c));
                    self.out.push_str(&code);
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    /// Writes a token unchanged, except for characters from an escape and an open end. For example,
    /// `\<` is one character of a name.
    fn push_name(&mut self, raw: &str) {
        if memchr::memchr3(b'<', b'\\', 0, raw.as_bytes()).is_none() {
            return self.push(raw);
        }
        let mut name = raw.replace('<', "3c ").replace('\0', "\u{FFFD}");
        if name.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1 {
            name.push_str("fffd ");
        }
        self.push(&name);
    }

    /// Writes text in a form that begins no tag after a `<`. Comparisons in media queries have such
    /// a sign.
    fn push(&mut self, text: &str) {
        if self.out.ends_with('<') && text.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }
}

/// Reads the block that a token has just opened.
fn within(parser: &mut Parser<'_>, read: impl FnOnce(&mut Parser<'_>)) {
    // This fails if something is left to read, and skips the rest.
    let _: Result<(), ParseError<()>> = parser.parse_nested_block(|parser| {
        read(parser);
        Ok(())
    });
}

fn skip_block(parser: &mut Parser<'_>) {
    within(parser, |_| {});
}

/// Returns the string in a `url()` or `src()`. The rest only says how to request it, and is
/// dropped.
fn address_in(parser: &mut Parser<'_>) -> Option<String> {
    let mut address = None;
    within(parser, |parser| address = parser.expect_string().map(|text| text.to_string()).ok());
    address
}

fn skip_rule(parser: &mut Parser<'_>) {
    while let Ok(token) = parser.next_including_whitespace_and_comments() {
        match token {
            Token::Semicolon => return,
            Token::CurlyBracketBlock => return skip_block(parser),
            _ => {}
        }
    }
}

fn is_address_type(name: &str) -> bool {
    ADDRESS_TYPES.iter().any(|kind| name.eq_ignore_ascii_case(kind))
}

/// Whether an attribute selector compares by this token.
fn compares(token: &Token<'_>) -> bool {
    matches!(
        token,
        Token::Delim('=')
            | Token::IncludeMatch
            | Token::DashMatch
            | Token::PrefixMatch
            | Token::SuffixMatch
            | Token::SubstringMatch
    )
}

#[cfg(test)]
mod tests;
