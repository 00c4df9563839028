//! Style sheets on their way into an inert copy, token by token: no `<`, no comments, and of addresses and imports only those that the caller
//! lets stand. Knows tokens (<https://www.w3.org/TR/css-syntax-3/#tokenization>), not what they mean together.

use crate::steps;

/// Where an address in a sheet may lead instead: `None` where nowhere.
pub(super) type Target<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Where what a sheet names may lead instead.
pub(super) struct Targets<'a> {
    /// The address of a picture.
    pub picture: &'a Target<'a>,
    /// The address of another sheet.
    pub sheet: &'a Target<'a>,
}

/// Functions whose strings are addresses.
const TAKE_ADDRESSES: [&str; 5] = ["image", "image-set", "src", "-webkit-cross-fade", "-webkit-image-set"];
/// Functions and properties that ran code in browsers that may still be about.
const RAN_CODE: [&str; 3] = ["behavior", "expression", "-moz-binding"];
/// Rules that say something about a file that this no longer is.
const LEFT_OUT: [&str; 2] = ["charset", "namespace"];

/// Writes `sheet` without what loads something.
pub(super) fn write(sheet: &str, targets: &Targets<'_>, out: &mut String) {
    let mut writer = Writer { rest: sheet, depth: 0, addresses: Vec::new(), targets, out };
    while steps::take(1) && writer.step() {}
}

struct Writer<'a> {
    rest: &'a str,
    /// How many parentheses are open.
    depth: usize,
    /// At which depths strings are addresses.
    addresses: Vec<usize>,
    targets: &'a Targets<'a>,
    out: &'a mut String,
}

impl<'a> Writer<'a> {
    /// Writes one token; false at the end.
    fn step(&mut self) -> bool {
        let Some(c) = self.rest.chars().next() else { return false };
        match c {
            '/' if self.rest.starts_with("/*") => {
                let end = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
                self.skip(end);
                // Nothing may come to stand beside what it was parted from.
                self.out.push_str("/**/");
            }
            '"' | '\'' => {
                let text = self.string(c);
                let text =
                    if self.addresses.is_empty() { text } else { (self.targets.picture)(&text).unwrap_or_default() };
                self.push_string(&text);
            }
            '@' => self.at_rule(),
            '(' | ')' => {
                self.parenthesis(c);
                self.skip(1);
                self.out.push(c);
            }
            '<' => {
                self.skip(1);
                // Ranges of media queries; anything else could begin a tag for a parser that reads this as no style sheet.
                self.out.push_str(if self.rest.starts_with([' ', '=']) { "<" } else { "\\3c " });
            }
            c if begins_name(c) => self.name(),
            c if c.is_ascii_digit() => {
                // A number with its unit is one word: `1url(`, which is no function, must not be taken apart into one.
                let end = self.rest.find(|c: char| !(is_of_name(c) || c == '.')).unwrap_or(self.rest.len());
                let (word, _) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
                self.out.push_str(word);
                self.skip(end);
            }
            c => {
                self.out.push(c);
                self.skip(c.len_utf8());
            }
        }
        true
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or("");
    }

    fn parenthesis(&mut self, c: char) {
        if c == '(' {
            self.depth += 1;
        } else {
            // They lie in order: each opened within the one before.
            while self.addresses.pop_if(|depth| *depth >= self.depth).is_some() {}
            self.depth = self.depth.saturating_sub(1);
        }
    }

    /// A name, and what it makes of what follows it.
    fn name(&mut self) {
        let (raw, name) = self.take_name();
        if !self.rest.starts_with('(') {
            if RAN_CODE.contains(&name.as_str()) {
                self.out.push_str("x-");
            }
            return push_escaped(raw, self.out);
        }
        if name == "url" {
            self.skip(1);
            return self.url();
        }
        if RAN_CODE.contains(&name.as_str()) {
            self.out.push_str("x-");
        }
        push_escaped(raw, self.out);
        if TAKE_ADDRESSES.contains(&name.as_str()) {
            self.addresses.push(self.depth + 1);
        }
    }

    fn take_name(&mut self) -> (&'a str, String) {
        let mut name = String::new();
        let whole = self.rest;
        while let Some(c) = self.rest.chars().next() {
            if c == '\\' {
                let c = self.escape();
                name.extend(c.map(|c| c.to_ascii_lowercase()));
            } else if is_of_name(c) {
                name.push(c.to_ascii_lowercase());
                self.skip(c.len_utf8());
            } else {
                break;
            }
        }
        let raw = whole.get(..whole.len() - self.rest.len()).unwrap_or("");
        (raw, name)
    }

    /// What an escape stands for, `None` at the end of the sheet or a line.
    fn escape(&mut self) -> Option<char> {
        self.skip(1);
        let digits = self.rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits > 0 {
            let code = self.rest.get(..digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            self.skip(digits);
            if self.rest.starts_with("\r\n") {
                self.skip(2);
            } else if self.rest.starts_with([' ', '\t', '\n', '\r', '\u{C}']) {
                self.skip(1);
            }
            return Some(code.and_then(char::from_u32).filter(|c| *c != '\0').unwrap_or('\u{FFFD}'));
        }
        let c = self.rest.chars().next()?;
        self.skip(c.len_utf8());
        (!matches!(c, '\n' | '\r' | '\u{C}')).then_some(c)
    }

    /// The text of a string that begins here. One that is not closed ends with its line.
    fn string(&mut self, quote: char) -> String {
        self.skip(1);
        let mut text = String::new();
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\\' => text.extend(self.escape()),
                '\n' | '\r' | '\u{C}' => break,
                c => {
                    self.skip(c.len_utf8());
                    if c == quote {
                        break;
                    }
                    text.push(c);
                }
            }
        }
        text
    }

    fn push_string(&mut self, text: &str) {
        self.out.push('"');
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

    /// What stands between the parentheses of `url(…)`.
    fn url(&mut self) {
        let address = self.address();
        self.out.push_str("url(");
        self.push_string(&(self.targets.picture)(address.trim()).unwrap_or_default());
        self.out.push(')');
    }

    /// Takes what stands before the closing parenthesis of `url(…)`, and that.
    fn address(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let address = match self.rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let text = self.string(quote);
                let end = self.rest.find([')', ';', '}']).unwrap_or(self.rest.len());
                self.skip(end);
                text
            }
            _ => {
                let mut text = String::new();
                while let Some(c) = self.rest.chars().next().filter(|c| *c != ')') {
                    if c == '\\' {
                        text.extend(self.escape());
                    } else {
                        text.push(c);
                        self.skip(c.len_utf8());
                    }
                }
                text
            }
        };
        if self.rest.starts_with(')') {
            self.skip(1);
        }
        address
    }

    fn at_rule(&mut self) {
        self.skip(1);
        let (raw, name) = self.take_name();
        let left_out = match name.as_str() {
            "import" => !self.import(),
            name if LEFT_OUT.contains(&name) => true,
            _ => {
                self.out.push('@');
                return push_escaped(raw, self.out);
            }
        };
        if left_out {
            self.skip_rule();
        }
    }

    /// Writes an import up to its address, where that may stand; what follows it (layer, media) is written like anything else.
    fn import(&mut self) -> bool {
        self.skip_blanks();
        let address = match self.rest.chars().next() {
            Some(quote @ ('"' | '\'')) => self.string(quote),
            Some(c) if begins_name(c) => {
                let (_, name) = self.take_name();
                if name != "url" || !self.rest.starts_with('(') {
                    return false;
                }
                self.skip(1);
                self.address()
            }
            _ => return false,
        };
        let Some(target) = (self.targets.sheet)(address.trim()) else { return false };
        self.out.push_str("@import ");
        self.push_string(&target);
        true
    }

    fn skip_blanks(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if !self.rest.starts_with("/*") {
                return;
            }
            self.skip(self.rest.find("*/").map_or(self.rest.len(), |at| at + 2));
        }
    }

    fn skip_rule(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '"' | '\'' => drop(self.string(c)),
                '\\' => drop(self.escape()),
                '{' | '}' => return,
                ';' => return self.skip(1),
                // An address without quotes may hold semicolons.
                '(' => self.skip(self.rest.find(')').map_or(self.rest.len(), |at| at + 1)),
                c => self.skip(c.len_utf8()),
            }
        }
    }
}

fn begins_name(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '_' | '-' | '\\') || !c.is_ascii()
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || !c.is_ascii()
}

/// A name as it stands, but for what an escape brought in: `\<` is one character of it.
fn push_escaped(raw: &str, out: &mut String) {
    out.push_str(&raw.replace('<', "3c "));
}

#[cfg(test)]
mod tests {
    use super::{Targets, write};
    use proptest::prelude::*;

    fn written(sheet: &str) -> String {
        let mut out = String::new();
        let target = |address: &str| {
            let inline =
                address.starts_with('#') || address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
            inline.then(|| address.to_owned())
        };
        write(
            sheet,
            &Targets { picture: &target, sheet: &|address| address.strip_prefix("kept:").map(str::to_owned) },
            &mut out,
        );
        out
    }

    #[test]
    fn an_import_that_is_kept_keeps_what_it_says_of_itself() {
        for (sheet, kept) in [
            ("@import 'kept:a';b{}", "@import \"a\";b{}"),
            (
                "@IMPORT/* x */url( kept:a.css )layer(l) supports(display: grid) screen;b{}",
                "@import \"a.css\"layer(l) supports(display: grid) screen;b{}",
            ),
            ("@import url(\"kept:a</style>\") print", "@import \"a\\3c /style>\" print"),
            ("@import \"kept:a\" url(http://x/) \"</style>\";", "@import \"a\" url(\"\") \"\\3c /style>\";"),
            ("@import u\\72l(kept:a);", "@import \"a\";"),
            ("@import src(\"kept:a\");b{}", "b{}"),
            ("@import ; @import 'kept:a'", " @import \"a\""),
        ] {
            assert_eq!(written(sheet), kept, "{sheet}");
        }
    }

    #[test]
    fn what_loads_is_taken_out_and_the_rest_stays() {
        for (sheet, kept) in [
            ("p { color: red }", "p { color: red }"),
            ("a{background:URL( 'http://t.example/x?a=)' ) no-repeat}", "a{background:url(\"\") no-repeat}"),
            ("a{src:url(data:font/woff2;base64,AA)}", "a{src:url(\"data:font/woff2;base64,AA\")}"),
            ("@Import \"x.css\";b{}", "b{}"),
            ("@\\69mport url(x;y) screen;b{}", "b{}"),
            ("@media print{@import x}b{}", "@media print{}b{}"),
            (
                "@media (width <= 5px){} a::before{content:'</style><script>'}",
                "@media (width <= 5px){} a::before{content:\"\\3c /style>\\3c script>\"}",
            ),
            ("a{fill:url(#g)} .curly{}", "a{fill:url(\"#g\")} .curly{}"),
            ("a{b:url(x", "a{b:url(\"\")"),
            ("a{b:u\\72l(http://x/)}", "a{b:url(\"\")}"),
            ("a{b:\\000075 RL('x')}", "a{b:url(\"\")}"),
            ("a{b:image-set('x.png' 1x, url(y) 2x) c('d')}", "a{b:image-set(\"\" 1x, url(\"\") 2x) c(\"d\")}"),
            ("a{b:expression(alert(1));behavior:url(x)}", "a{b:x-expression(alert(1));x-behavior:url(\"\")}"),
            ("a/* token=1 */b{c:d/**/}", "a/**/b{c:d/**/}"),
            (".w-1\\/2:hover{content:\"\\201C\"}", ".w-1\\/2:hover{content:\"\u{201C}\"}"),
            ("a{width:calc((1px + 2px) * 3)}", "a{width:calc((1px + 2px) * 3)}"),
            ("a{b:'x\nc:url(y)}", "a{b:\"x\"\nc:url(\"\")}"),
        ] {
            assert_eq!(written(sheet), kept, "{sheet}");
        }
    }

    proptest! {
        #[test]
        fn no_tag_can_begin(sheet in "[a-z<>/!() \"'\\\\@:;=url]{0,60}|.{0,40}") {
            let out = written(&sheet);
            prop_assert!(out.split('<').skip(1).all(|after| after.starts_with([' ', '='])), "{out}");
        }

        #[test]
        fn what_is_written_is_written_alike_again(sheet in "[a-z<>/!() \"'\\\\@:;=url7*]{0,60}") {
            let once = written(&sheet);
            prop_assert_eq!(written(&once), once);
        }

        #[test]
        fn no_address_stays(before in "[a-z{}:;\"'(), ]{0,12}", spelling in "url|URL|u\\\\72l|\\\\75 rl|\\\\000055RL", quote in "[\"']?") {
            let out = written(&format!("{before} {spelling}({quote}http://canary.example/{quote}) "));
            // Unless it stands in a string, where it is text.
            prop_assert!(!out.contains("canary") || before.contains(['"', '\'', '(']), "{out}");
        }
    }
}
