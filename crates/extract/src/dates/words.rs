//! Finds the first date in running text, in many languages and scripts.

use jiff::civil::Date;

use super::months::month_of;
use super::{Order, in_range};

/// How many tokens of a text are read.
const MAX_TOKENS: usize = 400;

/// The part that a token can play in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenKind {
    /// A number with its count of digits.
    Number { value: i64, digits: u8 },
    /// The name of a month.
    Month(i8),
    /// A word allowed within a date, such as "of".
    Particle,
    /// 年, 년.
    YearSign,
    /// 月, 월.
    MonthSign,
    /// 日, 号, 일.
    DaySign,
    /// Any other word.
    Word,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: TokenKind,
    /// The sign between this token and the one before. It is the sign itself, a blank for blanks
    /// and commas, 'x' for anything else.
    gap: char,
}

/// Finds the first date that is written out in full. Examples are `22 November 2026`,
/// `Nov. 22nd, 2026`, `2026/11/22`, `22.11.2026`, `2026年11月22日` and `20261122`. `11/22/2026` counts
/// if only one reading is a date or `order` decides.
pub(crate) fn find(text: &str, order: Order) -> Option<Date> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|start| at(tokens.get(start..)?, order))
}

/// Reads the date that begins with the first token.
fn at(tokens: &[Token], order: Order) -> Option<Date> {
    use TokenKind::{DaySign, Month, MonthSign, Number, Particle, Word, YearSign};

    let first = tokens.first()?;
    if matches!(first.kind, Word | Particle | YearSign | DaySign | MonthSign) {
        return None;
    }
    if let Number { value, digits: 8 } = first.kind {
        return day(value / 10_000, value / 100 % 100, value % 100);
    }
    // A date has three parts, with particles between them.
    let mut parts = [*first; 3];
    let mut signs = [None; 3];
    let mut count = 1;
    for token in tokens.get(1..)?.iter().take(8) {
        match token.kind {
            Word => break,
            _ if token.gap == 'x' => break,
            Particle => {}
            YearSign | MonthSign | DaySign => {
                if let Some(sign) = signs.get_mut(count - 1) {
                    *sign = Some(token.kind);
                }
            }
            Number { .. } | Month(_) if count < 3 => {
                if let Some(part) = parts.get_mut(count) {
                    *part = *token;
                }
                count += 1;
            }
            _ => break,
        }
    }
    if count < 3 {
        return None;
    }
    three(parts, signs, order)
}

fn three([first, second, third]: [Token; 3], signs: [Option<TokenKind>; 3], order: Order) -> Option<Date> {
    use TokenKind::{DaySign, Month, MonthSign, Number, YearSign};

    let number = |token: Token| match token.kind {
        Number { value, digits } => Some((value, digits)),
        _ => None,
    };
    match (first.kind, second.kind, third.kind) {
        (Month(month), Number { value, digits: 1 | 2 }, Number { value: year, digits: 4 })
        | (Number { value, digits: 1 | 2 }, Month(month), Number { value: year, digits: 4 })
        | (Number { value: year, digits: 4 }, Month(month), Number { value, digits: 1 | 2 }) => {
            return day(common_era(year), month.into(), value);
        }
        (Number { value, digits: 1 | 2 }, Month(month), Number { value: year, digits: 2 })
            if third.gap != ' ' || second.gap != ' ' =>
        {
            return day(short_year(year), month.into(), value);
        }
        _ => {}
    }
    let ((a, a_digits), (b, b_digits), (c, c_digits)) = (number(first)?, number(second)?, number(third)?);
    if signs == [Some(YearSign), Some(MonthSign), Some(DaySign)] || signs == [Some(YearSign), Some(MonthSign), None] {
        return (a_digits == 4 && b_digits <= 2 && c_digits <= 2).then(|| day(a, b, c)).flatten();
    }
    let separated = second.gap == third.gap && matches!(second.gap, '/' | '-' | '.' | '–' | '‑' | '|');
    if !separated || b_digits > 2 {
        return None;
    }
    match (a_digits, c_digits) {
        (4, 1 | 2) => day(a, b, c),
        (1 | 2, 4) => by_order(a, b, c, second.gap, order),
        // Two-digit years occur in full dates only.
        (2, 2) if second.gap == '.' && b_digits == 2 => day(short_year(c), b, a),
        (1 | 2, 2) if second.gap == '.' && order == Order::DayFirst => day(short_year(c), b, a),
        (1 | 2, 2) if second.gap == '/' && order != Order::Unknown => by_order(a, b, short_year(c), '/', order),
        _ => None,
    }
}

fn by_order(a: i64, b: i64, year: i64, gap: char, order: Order) -> Option<Date> {
    if gap == '.' || a > 12 || order == Order::DayFirst && b <= 12 {
        day(year, b, a)
    } else if b > 12 || a == b || order == Order::MonthFirst {
        day(year, a, b)
    } else {
        None
    }
}

fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    in_range(date)
}

/// Converts years of the Buddhist calendar, as used in Thailand, which are 543 ahead.
fn common_era(year: i64) -> i64 {
    if (2450..=2700).contains(&year) { year - 543 } else { year }
}

fn short_year(year: i64) -> i64 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut gap = ' ';
    let mut chars = text.chars().peekable();
    let mut word = String::new();
    // In `tháng 11`, the number that follows is the month.
    let mut month_follows = false;
    while let Some(c) = chars.next() {
        if tokens.len() >= MAX_TOKENS {
            break;
        }
        let kind = if let Some(digit) = digit(c) {
            let (mut value, mut digits) = (i64::from(digit), 1_u8);
            while let Some(next) = chars.peek().copied().and_then(self::digit) {
                chars.next();
                value = value.saturating_mul(10).saturating_add(next.into());
                digits = digits.saturating_add(1);
            }
            match i8::try_from(value) {
                Ok(month @ 1..=12) if std::mem::take(&mut month_follows) => TokenKind::Month(month),
                _ => TokenKind::Number { value, digits },
            }
        } else if let Some(sign) = sign(c) {
            sign
        } else if is_letter(c) {
            word.clear();
            word.extend(c.to_lowercase());
            while let Some(next) = chars.peek().copied().filter(|next| is_letter(*next) && sign(*next).is_none()) {
                chars.next();
                if word.len() < 40 {
                    word.extend(next.to_lowercase());
                }
            }
            if word == "tháng" {
                month_follows = true;
                continue;
            }
            kind_of(&word, tokens.last())
        } else {
            gap = joined(gap, c);
            continue;
        };
        tokens.push(Token { kind, gap });
        gap = '\0';
    }
    tokens
}

/// Adds one more sign to a gap.
fn joined(gap: char, c: char) -> char {
    let blank = c.is_whitespace() || matches!(c, ',' | '،' | '\u{200E}' | '\u{200F}' | '\u{200B}');
    match (gap, blank) {
        ('\0', true) => ' ',
        ('\0', false) if c == '\'' || c == '’' => ' ',
        ('\0', false) => c,
        (sign, true) => sign,
        // "Nov. 22" has a full stop and a blank; ". -" and the like cannot occur in a date.
        (' ', false) => c,
        ('.', false) if c == '.' => '.',
        _ => 'x',
    }
}

fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6F0}'..='\u{6F9}' => '\u{6F0}',
        '\u{966}'..='\u{96F}' => '\u{966}',
        '\u{9E6}'..='\u{9EF}' => '\u{9E6}',
        '\u{E50}'..='\u{E59}' => '\u{E50}',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

fn sign(c: char) -> Option<TokenKind> {
    Some(match c {
        '年' | '년' => TokenKind::YearSign,
        '月' | '월' => TokenKind::MonthSign,
        '日' | '号' | '號' | '일' => TokenKind::DaySign,
        _ => return None,
    })
}

/// Whether a character is a letter, or a mark that some scripts put on letters.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}' | '\u{E31}'..='\u{E4E}')
}

fn kind_of(word: &str, before: Option<&Token>) -> TokenKind {
    if let Some(month) = month_of(word) {
        return TokenKind::Month(month);
    }
    let after_number = before.is_some_and(|token| matches!(token.kind, TokenKind::Number { .. }));
    match word {
        // These words come between the parts of a date.
        "of" | "de" | "del" | "den" | "d" | "di" | "do" | "da" | "the" | "le" | "el" | "lo" | "năm" | "anul"
        | "року" | "года" | "г" | "р" | "พ" | "ศ" | "من" | "ب" | "ב" | "ta" => TokenKind::Particle,
        // These words come after a number.
        "st" | "nd" | "rd" | "th" | "er" | "re" | "ième" | "o" | "º" | "ª" | "a" | "e" | "η" | "го" | "та"
            if after_number =>
        {
            TokenKind::Particle
        }
        _ => TokenKind::Word,
    }
}

#[cfg(test)]
mod tests;
