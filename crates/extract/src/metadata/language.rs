//! Finds the page's language: the declared one, otherwise the language detected from its text.

use whatlang::Lang;

use super::scan::Scan;
use cachette_dom::word_list::sections;

/// How many bytes of text are used to detect the language.
const SAMPLE: usize = 3_000;
/// The fewest letters from which a language is detected.
const MIN_LETTERS: usize = 40;

/// Returns the language that the page declares.
pub(super) fn declared(scan: &Scan) -> Option<(&'static str, String)> {
    let html = || scan.lang.as_deref().and_then(tag).map(|tag| ("html", tag));
    let items = scan.structured.writings();
    let item = || {
        items
            .iter()
            .filter(|item| item.is_main())
            .find_map(|item| Some((item.origin().name(), tag(item.text("inLanguage")?)?)))
    };
    let meta = |source: &'static str, keys: &[&str]| scan.meta(keys).and_then(tag).map(|tag| (source, tag));
    html()
        .or_else(item)
        .or_else(|| meta("meta", &["content-language", "language"]))
        .or_else(|| meta("dc", &["dc.language", "dcterms.language", "dc:language"]))
        .or_else(|| meta("og", &["og:locale"]))
}

/// Detects the language of a text, if it is beyond doubt. The result is an ISO 639-1 code if the
/// language has one.
pub fn detected(text: &str) -> Option<String> {
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
    let letters: usize = sample.chars().filter(|c| c.is_alphabetic()).map(weight).sum();
    let found = whatlang::detect(sample).filter(|found| letters >= MIN_LETTERS && found.is_reliable())?;
    Some(code(found.lang()).to_owned())
}

/// How many letters a text needs to contradict what its page declares.
const MIN_CONTRADICTING: usize = 400;

/// How sure the detection must be of each sample.
const MIN_CONFIDENCE: f64 = 0.95;

/// Groups of languages that are mistaken for each other.
const SIBLINGS: &[&[Lang]] = &[
    &[Lang::Nob, Lang::Dan, Lang::Swe],
    &[Lang::Hrv, Lang::Srp, Lang::Slv, Lang::Mkd, Lang::Bul],
    &[Lang::Ces, Lang::Slk],
    &[Lang::Spa, Lang::Por, Lang::Cat, Lang::Ita, Lang::Lat, Lang::Epo],
    &[Lang::Rus, Lang::Ukr, Lang::Bel, Lang::Bul],
    &[Lang::Nld, Lang::Afr, Lang::Deu],
    &[Lang::Ara, Lang::Pes, Lang::Urd],
    &[Lang::Heb, Lang::Yid],
    &[Lang::Hin, Lang::Mar, Lang::Nep],
    &[Lang::Ind, Lang::Jav, Lang::Tgl],
    &[Lang::Tur, Lang::Aze, Lang::Uzb, Lang::Tuk],
    &[Lang::Cmn, Lang::Jpn],
    &[Lang::Fin, Lang::Est],
];

/// Returns the language of a text if its page clearly declares a wrong one, as templates do. The
/// beginning, the middle and the end of a long text must agree, so that a quotation decides
/// nothing. A declared language that cannot be detected is believed.
pub(super) fn contradicted(declared: &str, text: &str) -> Option<String> {
    let primary = declared.split('-').next().unwrap_or("").to_ascii_lowercase();
    let own = *Lang::all().iter().find(|lang| code(**lang) == primary)?;
    let third = |part: usize| {
        let at = |place: usize| text.floor_char_boundary(text.len() / 3 * place);
        let sample = text.get(at(part)..at(part + 1)).unwrap_or("");
        sample.get(..sample.floor_char_boundary(SAMPLE)).unwrap_or(sample)
    };
    if is_plainly(&primary, third(0)) {
        return None;
    }
    let first = sure(third(0)).filter(|found| *found != own)?;
    let related = SIBLINGS.iter().any(|group| group.contains(&first) && group.contains(&own));
    // The library takes Xhosa and related languages for Zulu, and Latin is usually a placeholder
    // text.
    let agreed =
        !related && !matches!(first, Lang::Zul | Lang::Lat) && (1..3).all(|part| sure(third(part)) == Some(first));
    agreed.then(|| code(first).to_owned())
}

/// Whether a text has many of the commonest words of a language. This test is far cheaper than
/// detection, and nearly all pages declare the right language.
fn is_plainly(language: &str, text: &str) -> bool {
    const WORDS: usize = 120;
    let common: Vec<&str> = sections(include_str!("language/stop_words.txt"))
        .filter(|(section, _)| *section == language)
        .map(|(_, word)| word)
        .collect();
    let words = text.split_whitespace().take(WORDS);
    let found = words.filter(|word| common.iter().any(|known| word.eq_ignore_ascii_case(known))).count();
    found >= WORDS / 10
}

/// Returns the language of a sample if the detection is almost certain.
fn sure(sample: &str) -> Option<Lang> {
    let letters: usize = sample.chars().filter(|c| c.is_alphabetic()).map(weight).sum();
    let found = whatlang::detect(sample)?;
    let is_sure = letters >= MIN_CONTRADICTING / 3 && found.is_reliable() && found.confidence() >= MIN_CONFIDENCE;
    is_sure.then(|| found.lang())
}

/// Returns how many letters of an alphabet a letter counts for. In scripts without an alphabet,
/// fewer signs suffice.
fn weight(letter: char) -> usize {
    if u32::from(letter) >= 0x2E80 { 4 } else { 1 }
}

/// Whether the language is written from right to left.
pub(super) fn is_right_to_left(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or("");
    ["ar", "fa", "he", "iw", "ur", "yi", "ps", "ug", "dv", "ckb", "sd", "syr"]
        .iter()
        .any(|known| primary.eq_ignore_ascii_case(known))
}

/// Returns a language tag in the form of BCP 47, checked by its characters only.
fn tag(text: &str) -> Option<String> {
    let tag = text.split([',', ';']).next()?.trim().replace('_', "-");
    let fits = (2..=35).contains(&tag.len())
        && tag
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && tag.starts_with(|c: char| c.is_ascii_alphabetic());
    fits.then_some(tag)
}

/// Returns the code of a language. BCP 47 requires the shortest code that exists.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests;
