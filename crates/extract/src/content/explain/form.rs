//! Measures a block's own form, for its description: its text, its element, its setting. What is
//! around it does not count.

use super::super::outline::{At, Item, Outline};
use super::super::paragraph::{LINE, is_paragraph};
use super::super::phrases;
use super::super::setting::Setting;

/// Adds the numbers of one block.
pub(super) fn measure(outline: &Outline<'_>, at: At, item: &Item, text: &str, features: &mut Vec<(&'static str, i64)>) {
    let count = |is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count() as u64;
    let solid = count(|c| !c.is_whitespace());
    let phrase = phrases::read(text).filter(|_| item.own as usize <= LINE);
    let last = text.trim_end().chars().last().unwrap_or(' ');
    features.extend([
        ("chars", i64::from(item.own)),
        ("words", text.split_whitespace().count() as i64),
        ("stops", i64::from(item.stops)),
        ("links", i64::from(item.links)),
        ("linked", share(item.linked.into(), item.chars.into())),
        ("leads", i64::from(item.leads)),
        ("images", i64::from(item.images)),
        ("fields", i64::from(item.fields)),
        ("is_leaf", i64::from(outline.is_leaf(at))),
        ("is_inline", i64::from(!item.block)),
        ("is_heading", i64::from(item.is_heading())),
        ("is_paragraph", i64::from(is_paragraph(outline, at))),
        ("in_list", i64::from(item.is("li") || item.setting.any(Setting::LIST))),
        ("in_table", i64::from(item.setting.any(Setting::TABLE))),
        ("in_quote", i64::from(item.is("blockquote") || item.setting.any(Setting::QUOTE))),
        ("in_pre", i64::from(item.is("pre") || item.setting.any(Setting::PRE))),
        ("in_terms", i64::from(item.setting.any(Setting::TERMS))),
        ("phrase", phrase.map_or(0, |phrase| 1 + phrase as i64)),
        ("ends_sentence", i64::from(matches!(last, '.' | '!' | '?' | '…' | '。' | '"' | '”' | '»'))),
        ("ends_colon", i64::from(matches!(last, ':' | '：'))),
        ("digits", share(count(char::is_numeric), solid)),
        ("capitals", share(count(char::is_uppercase), solid)),
        ("signs", share(count(|c| !c.is_alphanumeric() && !c.is_whitespace()), solid)),
    ]);
}

/// Returns a share in percent; of nothing it is 0.
pub(super) fn share(part: u64, of: u64) -> i64 {
    i64::try_from((100 * part).checked_div(of).unwrap_or(0)).unwrap_or(100).min(100)
}
