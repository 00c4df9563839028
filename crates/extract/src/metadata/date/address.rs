//! Reads the day that an address contains. A year and a month alone are not enough for a day.

use crate::dates::{Order, find};

/// Reads a day in the path of an address: `/2026/11/22/`, `/2026-11-22-title`, `/22-11-2026`,
/// `/20261122/`.
pub(super) fn in_address(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split_once('/')?.1;
    if path.len() > 600 {
        return None;
    }
    let spaced = path.replace('_', "-");
    let parts: Vec<&str> = spaced.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let number = |part: &str, digits: usize| (part.len() <= digits).then(|| part.parse::<i16>().ok()).flatten();
    let year = |part: &str| {
        (part.len() == 4).then(|| part.parse::<i16>().ok()).flatten().filter(|year| (1995..=2100).contains(year))
    };
    let month_of = |part: &str| {
        number(part, 2).or_else(|| find(&format!("1 {part} 2000"), Order::Unknown).map(|date| date.month().into()))
    };
    for three in parts.windows(3) {
        let [a, b, c] = three else { continue };
        if let (Some(year), Some(month), Some(day)) = (year(a), month_of(b), number(c, 2)) {
            let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
            if let Some(date) = date {
                return Some(date.to_string());
            }
        }
    }
    // `/22-11-2026`: Americans put the month first, so only one order may give a day.
    let reversed = path.split('/').filter(|segment| {
        let parts: Vec<&str> = segment.split('-').collect();
        matches!(parts.as_slice(), [day, month, last] if day.len() == 2 && month.len() == 2 && year(last).is_some())
    });
    if let Some(date) = reversed.filter_map(|segment| find(segment, Order::Unknown)).next() {
        return Some(date.to_string());
    }
    parts
        .iter()
        .filter(|part| part.len() == 8 && part.starts_with("20") && part.bytes().all(|byte| byte.is_ascii_digit()))
        .find_map(|part| find(part, Order::Unknown).map(|date| date.to_string()))
}

/// Reads a year and a month in the path of an address, as `2026-11`.
pub(super) fn month(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?.split_once("://").map_or(address, |(_, rest)| rest);
    let parts: Vec<&str> = path.split('/').skip(1).take(20).collect();
    let is_number = |part: &str, digits: usize| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.windows(2).find_map(|two| {
        let [year, month] = two else { return None };
        let is_month = is_number(year, 4) && is_number(month, 2) && ("1995".."2100").contains(year);
        (is_month && ("01"..="12").contains(month)).then(|| format!("{year}-{month}"))
    })
}
