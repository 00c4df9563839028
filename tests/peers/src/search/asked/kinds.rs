//! Makes the items of every kind, and holds the goals. More than 300 lines: a kind is a few lines,
//! and they are read side by side.

use std::collections::HashSet;

use frostem::Algorithm;

use super::{
    ITEMS, Item,
    forms::{self, Families},
    source::{Sought, Source, words},
};

/// Beginnings of questions; a title follows.
const QUESTIONS: [(&str, &[&str]); 3] = [
    (
        "en",
        &["how do i use the", "what is the", "where can i find out about", "why does my", "is there a way to get the"],
    ),
    ("fr", &["comment est-ce que je peux utiliser", "qu'est-ce que c'est que", "pourquoi est-ce que", "où trouver"]),
    ("de", &["wie kann ich", "was ist eigentlich", "warum geht das nicht mit", "wo finde ich etwas über"]),
];

/// Returns the share of items of a kind that must be found.
pub fn goal(kind: &str) -> f64 {
    match kind {
        "pasted address" | "command with a short flag" => 1.0,
        "other form, en" | "other form, fr" | "other form, de" | "other form, es" | "other form, ru" => 0.9,
        "slip that is on a few pages" | "German compound, a part" | "German compound, split" => 0.9,
        "middle of an identifier"
        | "camelCase as words"
        | "traditional typed"
        | "Arabic, without its article"
        | "emoji" => 0.9,
        "Korean, another particle" => 0.85,
        "wrong keyboard layout" => 0.8,
        _ => 0.95,
    }
}

/// Makes all items.
pub fn items(source: &Source) -> Vec<Item> {
    let mut items = Vec::new();
    questions(source, &mut items);
    english(source, &mut items);
    for (lang, kind, algorithm) in [
        ("fr", "other form, fr", Algorithm::French),
        ("de", "other form, de", Algorithm::German),
        ("es", "other form, es", Algorithm::Spanish),
        ("ru", "other form, ru", Algorithm::Russian),
    ] {
        inflected(source, lang, kind, algorithm, &mut items);
    }
    compounds(source, &mut items);
    code(source, &mut items);
    scripts(source, &mut items);
    items
}

fn add(items: &mut Vec<Item>, kind: &'static str, made: Vec<(String, usize)>) {
    items.extend(made.into_iter().map(|(text, wanted)| Item { kind, text, wanted }));
}

fn questions(source: &Source, items: &mut Vec<Item>) {
    for ((lang, beginnings), kind) in QUESTIONS.iter().zip(["question, en", "question, fr", "question, de"]) {
        let made = source.draw(lang, ITEMS, |page| {
            let title = words(&page.title).collect::<Vec<_>>();
            let telling = title.iter().filter(|word| word.chars().count() >= 4 && source.on(word) < 2_000).count();
            let enough = if *lang == "de" { 1 } else { 2 };
            ((2..=9).contains(&title.len()) && telling >= enough && source.is_unique(&page.title)).then(|| {
                let beginning = source.one_of(beginnings).copied().unwrap_or_default();
                (format!("{beginning} {}", title.join(" ")), page.at)
            })
        });
        add(items, kind, made);
    }
}

/// Makes a query of a changed word and two telling words of the page.
fn with_others(source: &Source, page: &Sought, was: &str, now: &str) -> Option<(String, usize)> {
    let one = source.telling(page, &[was, now])?;
    let other = source.telling(page, &[was, now, &one])?;
    let text = match source.random(3) {
        0 => format!("{now} {one} {other}"),
        1 => format!("{one} {now} {other}"),
        _ => format!("{one} {other} {now}"),
    };
    Some((text, page.at))
}

fn english(source: &Source, items: &mut Vec<Item>) {
    let plural = source.draw("en", ITEMS, |page| {
        let word = source.telling(page, &[]).filter(|word| word.is_ascii())?;
        let other = forms::other_number(&word)?;
        let known = source.on(&other) > 0 && !page.words().contains(&other);
        if known { with_others(source, page, &word, &other) } else { None }
    });
    add(items, "plural", plural);
    inflected(source, "en", "other form, en", Algorithm::English, items);
    let spelled = source.draw("en", ITEMS, |page| {
        let held = page.words();
        let pairs = forms::SPELLINGS.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]);
        let fitting: Vec<_> = pairs.filter(|(one, other)| held.contains(*one) && !held.contains(*other)).collect();
        let (was, now) = *source.one_of(&fitting)?;
        with_others(source, page, was, now)
    });
    add(items, "British for American", spelled);
    let split = source.draw("en", ITEMS, |page| {
        let long = |word: &String| word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let cuts: Vec<(String, String, String)> = page
            .words()
            .into_iter()
            .filter(|word| long(word) && (3..=400).contains(&source.on(word)))
            .flat_map(|word| {
                let at = |at: usize| Some((word.clone(), word.get(..at)?.to_owned(), word.get(at..)?.to_owned()));
                (3..word.len().saturating_sub(2)).filter_map(at).collect::<Vec<_>>()
            })
            .filter(|(_, one, other)| source.on(one) > 150 && source.on(other) > 150)
            .collect();
        let (word, one, other) = source.one_of(&cuts)?.clone();
        with_others(source, page, &word, &format!("{one} {other}"))
    });
    add(items, "one word typed as two", split);
    let joined = source.draw("en", ITEMS, |page| {
        let held = page.words();
        let pairs: Vec<(String, String)> = forms::neighbours(&page.text)
            .into_iter()
            .filter(|(one, other)| {
                let whole = format!("{one}{other}");
                one.len() >= 3 && other.len() >= 3 && source.on(&whole) >= 2 && !held.contains(&whole)
            })
            .collect();
        let (one, other) = source.one_of(&pairs)?;
        with_others(source, page, one, &format!("{one}{other}"))
    });
    add(items, "two words typed as one", joined);
    let slips = source.draw("en", ITEMS, |page| {
        let held = page.words();
        let word = source.telling(page, &[]).filter(|word| word.len() >= 6 && source.on(word) >= 60)?;
        let slips: Vec<String> = (1..word.len().saturating_sub(1))
            .filter_map(|at| Some(format!("{}{}", word.get(..at)?, word.get(at + 1..)?)))
            .filter(|slip| (1..=3).contains(&source.on(slip)) && !held.contains(slip))
            .collect();
        let slip = source.one_of(&slips)?;
        with_others(source, page, &word, slip)
    });
    add(items, "slip that is on a few pages", slips);
}

fn inflected(source: &Source, lang: &str, kind: &'static str, algorithm: Algorithm, items: &mut Vec<Item>) {
    let families = Families::of(source, lang, algorithm, if lang == "en" || lang == "fr" { 3 } else { 1 });
    let made = source.draw(lang, ITEMS, |page| {
        let word = source.telling(page, &[])?;
        let held = page.words();
        let others: Vec<&str> = families
            .others(&word)
            .into_iter()
            .filter(|other| !held.contains(*other) && forms::other_number(&word).as_deref() != Some(*other))
            .collect();
        let now = *source.one_of(&others)?;
        with_others(source, page, &word, now)
    });
    add(items, kind, made);
}

fn compounds(source: &Source, items: &mut Vec<Item>) {
    let known: HashSet<String> = source.pages.iter().filter(|page| page.lang == "de").flat_map(Sought::words).collect();
    let cuts = |page: &Sought| -> Vec<(String, String, String)> {
        let held = page.words();
        let mut cuts = Vec::new();
        for word in held.iter().filter(|word| word.chars().count() >= 9 && word.chars().all(char::is_alphabetic)) {
            for (at, _) in word.char_indices().skip(4) {
                let (one, other) = word.split_at(at);
                if other.chars().count() >= 4 && known.contains(one) && known.contains(other) && !held.contains(one) {
                    cuts.push((word.clone(), one.to_owned(), other.to_owned()));
                }
            }
        }
        cuts
    };
    let part = source.draw("de", ITEMS, |page| {
        let cuts = cuts(page);
        let (word, one, other) = source.one_of(&cuts)?;
        let held = page.words();
        let part = if held.contains(other) || source.random(2) == 0 { one } else { other };
        with_others(source, page, word, part)
    });
    add(items, "German compound, a part", part);
    let split = source.draw("de", ITEMS, |page| {
        let cuts = cuts(page);
        let (word, one, other) = source.one_of(&cuts)?;
        with_others(source, page, word, &format!("{one} {other}"))
    });
    add(items, "German compound, split", split);
}

fn code(source: &Source, items: &mut Vec<Item>) {
    let addresses = source.draw("", ITEMS, |page| {
        let (scheme, rest) = page.url.split_once("://")?;
        let www = if rest.starts_with("www.") { rest.to_owned() } else { format!("www.{rest}") };
        let joint = if rest.contains('?') { '&' } else { '?' };
        let text = match source.random(5) {
            0 => format!("{scheme}://{www}"),
            1 => format!("{}#section-2", page.url),
            2 => format!("{}{joint}utm_source=letter&utm_medium=email", page.url),
            3 => format!("http://{rest}"),
            _ => rest.to_owned(),
        };
        Some((text, page.at))
    });
    add(items, "pasted address", addresses);
    let names = |page: &Sought| -> Vec<String> {
        let names = page.text.split(|c: char| !c.is_ascii_alphanumeric());
        let inner = |name: &&str| {
            name.len() >= 9 && name.bytes().all(|byte| byte.is_ascii_alphabetic()) && {
                let capitals = name.bytes().skip(1).filter(u8::is_ascii_uppercase).count();
                capitals > 0 && capitals < 5
            }
        };
        names.filter(inner).filter(|name| source.on(&name.to_lowercase()) <= 4).map(str::to_owned).collect()
    };
    let middle = source.draw("en", ITEMS, |page| {
        let names = names(page);
        let parts = in_parts(source.one_of(&names)?);
        let last = parts.last().filter(|_| parts.len() > 2)?;
        let inner = parts.get(1..)?.concat();
        let cut = source.random(3).min(last.len().saturating_sub(2));
        let inner = inner.get(..inner.len().checked_sub(cut)?)?.to_owned();
        (inner.len() >= 7 && source.on(&inner) == 0).then_some((inner, page.at))
    });
    add(items, "middle of an identifier", middle);
    let parts = source.draw("en", ITEMS, |page| {
        let names = names(page);
        let parts = in_parts(source.one_of(&names)?);
        (parts.len() > 2).then(|| (parts.join(" "), page.at))
    });
    add(items, "camelCase as words", parts);
    let flags = source.draw("en", ITEMS, |page| {
        let commands: Vec<String> = page.text.lines().filter_map(command).collect();
        let command = source.one_of(&commands)?;
        let other = source.telling(page, &[])?;
        Some((if source.random(2) == 0 { format!("{command} {other}") } else { format!("{other} {command}") }, page.at))
    });
    add(items, "command with a short flag", flags);
}

/// Returns the parts of a name such as `getClassName` or `HTTPServer`, in lower case.
fn in_parts(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut parts: Vec<String> = Vec::new();
    for (at, c) in letters.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).and_then(|at| letters.get(at)), letters.get(at + 1));
        let begins = c.is_uppercase() && before.is_some_and(|c| c.is_lowercase());
        let ends =
            c.is_uppercase() && before.is_some_and(|c| c.is_uppercase()) && after.is_some_and(|c| c.is_lowercase());
        if begins || ends || parts.is_empty() {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.extend(c.to_lowercase());
        }
    }
    parts
}

/// Returns the name and the short flag of a line that is a command.
fn command(line: &str) -> Option<String> {
    let line = line.trim().strip_prefix("$ ").or_else(|| line.trim().strip_prefix('`'))?;
    let mut listed = line.split_whitespace();
    let name = listed.next().filter(|name| name.len() >= 2 && name.bytes().all(|byte| byte.is_ascii_lowercase()))?;
    let is_flag = |word: &&str| {
        let letters = word.strip_prefix('-').unwrap_or_default();
        (1..=2).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    Some(format!("{name} {}", listed.find(is_flag)?))
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Returns the runs of at least `least` characters of a page that fit.
fn runs(page: &Sought, least: usize, fits: impl Fn(char) -> bool) -> Vec<String> {
    let runs = page.text.split(|c: char| !fits(c)).filter(|run| run.chars().count() >= least);
    runs.map(str::to_owned).collect()
}

fn scripts(source: &Source, items: &mut Vec<Item>) {
    let piece = |run: &str, length: usize| -> String {
        let from = source.random(run.chars().count().saturating_sub(length) + 1);
        run.chars().skip(from).take(length).collect()
    };
    let glued = source.draw("zh", ITEMS, |page| {
        let runs = runs(page, 4, is_han);
        let (one, other) = (piece(source.one_of(&runs)?, 3), piece(source.one_of(&runs)?, 3));
        let text = format!("{one}{other}");
        (!page.text.contains(&text)).then_some((text, page.at))
    });
    add(items, "two Chinese words without a space", glued);
    let traditional = source.draw("zh", ITEMS, |page| {
        let runs = runs(page, 6, is_han);
        let piece = piece(source.one_of(&runs)?, 6);
        let typed = forms::exchanged(&piece, |c| forms::HAN.iter().find(|pair| pair.1 == c).map(|pair| pair.0));
        (typed != piece).then_some((typed, page.at))
    });
    add(items, "traditional typed", traditional);
    let kana = source.draw("ja", ITEMS, |page| {
        let runs = runs(page, 4, |c| ('\u{30A1}'..='\u{30F6}').contains(&c) || c == 'ー');
        let word = source.one_of(&runs)?;
        let typed = forms::exchanged(word, |c| char::from_u32(u32::from(c).checked_sub(0x60)?).filter(|_| c != 'ー'));
        let mut held = runs.iter().filter(|run| *run != word);
        Some((format!("{typed} {} {}", held.next()?, held.next_back()?), page.at))
    });
    add(items, "hiragana for katakana", kana);
    let korean = source.draw("ko", ITEMS, |page| {
        let nouns: Vec<&str> = page
            .text
            .split_whitespace()
            .filter(|word| word.chars().all(|c| ('\u{AC00}'..='\u{D7A3}').contains(&c)))
            .filter_map(|word| {
                let end = forms::PARTICLES.iter().find(|end| word.ends_with(**end))?;
                word.strip_suffix(end).filter(|noun| noun.chars().count() >= 2)
            })
            .collect();
        let (one, other, third) = (*source.one_of(&nouns)?, *source.one_of(&nouns)?, *source.one_of(&nouns)?);
        let particle = source.one_of(forms::PARTICLES)?;
        let typed = format!("{one}{particle} {other} {third}");
        (one != other && one != third && !page.text.contains(&format!("{one}{particle}"))).then_some((typed, page.at))
    });
    add(items, "Korean, another particle", korean);
    let arabic = source.draw("ar", ITEMS, |page| {
        let nouns: Vec<&str> = page
            .text
            .split(|c: char| !c.is_alphabetic())
            .filter_map(|word| word.strip_prefix("ال").filter(|noun| noun.chars().count() >= 3))
            .collect();
        let (one, other) = (source.one_of(&nouns)?, source.one_of(&nouns)?);
        Some((format!("{one} {other}"), page.at))
    });
    add(items, "Arabic, without its article", arabic);
    let emoji = source.draw("", ITEMS, |page| {
        let held = page.text.chars().find(|c| ('\u{1F300}'..='\u{1FAFF}').contains(c))?;
        Some((format!("{} {held}", source.telling(page, &[])?), page.at))
    });
    add(items, "emoji", emoji);
    let (russian, english) = forms::KEYS;
    let layout = source.draw("ru", ITEMS, |page| {
        let held: Vec<String> =
            page.words().into_iter().filter(|word| word.chars().count() >= 6 && !word.is_ascii()).collect();
        let one = source.one_of(&held)?;
        let other = source.one_of(&held)?;
        let key = |c: char| english.chars().nth(russian.chars().position(|known| known == c)?);
        Some((forms::exchanged(&format!("{one} {other}"), key), page.at))
    });
    add(items, "wrong keyboard layout", layout);
}
