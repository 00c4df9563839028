//! Supplies the words and addresses in a browser's place, for tests that run without one. The words
//! are English, with numbers, sizes and times in one fixed form. The browsers' module contains none
//! of this.

include!(concat!(env!("OUT_DIR"), "/english.rs"));

/// Returns the full address of one of the extension's files.
pub fn extension_url(path: &str) -> String {
    format!("extension://cachette/{path}")
}

/// Returns a text of the English `_locales` with its gaps filled; empty if there is no such key.
pub fn message_text(key: &str, values: Vec<String>) -> String {
    let found = ENGLISH.binary_search_by_key(&key, |(known, _)| known).ok().and_then(|at| ENGLISH.get(at));
    let mut parts = found.map_or("", |(_, words)| *words).split('$');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut rest = part.chars();
        let gap = rest.next().and_then(|digit| digit.to_digit(10)).unwrap_or_default() as usize;
        filled.extend(gap.checked_sub(1).and_then(|at| values.get(at)).map(String::as_str));
        filled.push_str(rest.as_str());
    }
    filled
}

/// Returns the plural form that a count takes in English.
pub fn plural_form(_language: &str, count: f64) -> String {
    if count == 1.0 { "one" } else { "other" }.to_owned()
}

/// Returns a time unchanged: browsers write it in the user's time zone, which a test does not know.
pub fn date_text(iso: &str) -> String {
    iso.to_owned()
}

/// Returns a whole number with a comma between its groups of three digits.
pub fn number_text(number: f64) -> String {
    let digits = format!("{number:.0}");
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    String::from_utf8_lossy(&groups.join(&b',')).into_owned()
}

/// Returns a share between 0 and 1 as a percentage.
pub fn share_text(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// Returns a number of bytes in the largest unit that it fills.
pub fn size_text(bytes: f64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let unit = units.iter().find(|(size, _)| bytes >= *size);
    unit.map_or_else(|| format!("{bytes:.0} byte"), |(size, name)| format!("{:.0} {name}", bytes / size))
}

#[cfg(test)]
mod tests;
