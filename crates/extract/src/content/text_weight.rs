//! Measures a piece of text: its characters, its ends of sentences, and whether it is an address.
//! It knows nothing about elements.

/// How many letters make a sentence in a script that ends sentences with a space.
const UNSTOPPED: u32 = 20;

/// Counts characters other than white space, and ends of sentences. A Chinese or Japanese character
/// counts as two, because it says about as much as two Latin letters.
pub(super) fn weigh(text: &str) -> (u32, u32) {
    let (mut chars, mut stops) = (0, 0);
    let mut stop = false;
    // The letters so far of a script without stops.
    let mut unstopped = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            stops += u32::from(stop || unstopped >= UNSTOPPED);
            (stop, unstopped) = (false, 0);
            continue;
        }
        chars += 1 + u32::from(('\u{2E80}'..'\u{FB00}').contains(&c));
        unstopped += u32::from(is_unstopped(c));
        stops += u32::from(matches!(c, '。' | '！' | '？' | '।' | '؟' | '۔' | '။' | '។' | '።' | '։'));
        stop = matches!(c, '.' | '!' | '?' | '…') || stop && matches!(c, '"' | '”' | '’' | '\'' | ')' | '»');
    }
    (chars, stops + u32::from(stop || unstopped >= UNSTOPPED))
}

/// Whether a letter is Thai or Lao; these scripts end a sentence with a space.
fn is_unstopped(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}')
}

/// Whether a text begins with the scheme of an address of the Web.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("https://") || text.starts_with("http://")
}
