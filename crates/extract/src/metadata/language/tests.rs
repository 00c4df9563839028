//! Tests the languages that pages declare, and those detected from their text.

use super::*;

#[test]
fn a_language_is_detected_from_enough_text() {
    for (text, lang) in [
        (
            "La difficile promesse de l'auto-hébergement, c'est que chacun puisse garder ses données chez soi sans \
             y passer ses nuits.",
            "fr",
        ),
        (
            "Die Straße war nass, und niemand hatte daran gedacht, einen Schirm mitzunehmen, obwohl es schon am \
             Morgen geregnet hatte.",
            "de",
        ),
        ("网页会消失，链接会失效，所以我把读过的每一页都保存在自己的电脑里，以便以后还能找到它们。", "zh"),
        ("ウェブページは消えてしまうので、読んだものはすべて自分のコンピューターに保存しています。", "ja"),
        ("تختفي صفحات الويب وتموت الروابط، ولذلك أحفظ كل صفحة قرأتها على حاسوبي حتى أجدها لاحقا.", "ar"),
    ] {
        assert_eq!(detected(text).as_deref(), Some(lang), "{text}");
    }
    for none in ["", "OK", "1234567890 1234567890 1234567890 1234567890 1234567890"] {
        assert_eq!(detected(none), None);
    }
}

#[test]
fn only_what_may_be_a_tag_is_one() {
    for (text, lang) in [
        ("en_US", Some("en-US")),
        ("zh-Hant-TW", Some("zh-Hant-TW")),
        ("de, en", Some("de")),
        ("x", None),
        ("{{ lang }}", None),
        (" sr-Latn ; q=0.8", Some("sr-Latn")),
        ("es-419", Some("es-419")),
        ("i-klingon", Some("i-klingon")),
        ("English (US)", None),
        ("english", Some("english")),
        ("1-de", None),
        ("de--AT", None),
        ("de-", None),
        ("de-abcdefghi", None),
        ("de-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q", None),
        ("dé", None),
        ("", None),
    ] {
        assert_eq!(tag(text).as_deref(), lang);
    }
}

#[test]
fn the_element_s_language_comes_before_data_and_data_before_meta() {
    let data = crate::metadata::tests::data(r#"{"@type":"Article","inLanguage":"fr"}"#);
    let meta =
        "<meta name=language content=it><meta name=dc.language content=es><meta property=og:locale content=pt_BR>";
    for (html, lang, from) in [
        (format!("<html lang=de><head>{data}{meta}</head>"), "de", "html"),
        (format!("<html lang='{{{{x}}}}'><head>{data}{meta}</head>"), "fr", "json-ld"),
        (format!("<head>{meta}</head>"), "it", "meta"),
        (format!("<head>{}</head>", meta.replace("=it", "=?")), "es", "dc"),
        ("<meta property=og:locale content=pt_BR>".to_owned(), "pt-BR", "og"),
    ] {
        let metadata = crate::metadata::tests::read(&html);
        let source = crate::metadata::tests::source(&metadata, "lang");
        assert_eq!((metadata.lang.as_deref(), source), (Some(lang), from), "{html}");
    }
}

#[test]
fn some_languages_are_written_from_right_to_left() {
    for (tag, is) in [
        ("ar", true),
        ("AR-eg", true),
        ("he", true),
        ("fa-IR", true),
        ("ur", true),
        ("ckb", true),
        ("arn", false),
        ("de", false),
        ("", false),
    ] {
        assert_eq!(is_right_to_left(tag), is, "{tag}");
    }
}

#[test]
fn a_language_has_the_shortest_code_that_exists() {
    let codes: Vec<&str> = Lang::all().iter().map(|lang| code(*lang)).collect();
    assert!(codes.iter().all(|code| code.len() == 2 && tag(code).as_deref() == Some(code)), "{codes:?}");
    let once: std::collections::BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(once.len(), codes.len(), "each language has its own");
}

#[test]
fn only_the_beginning_of_a_text_is_looked_at() {
    let german = "Die Mauer war nass, und niemand hatte daran gedacht, das Moos zu entfernen, obwohl es dort wuchs. ";
    let english = "The wall was wet, and nobody had thought of taking away the moss, although it grew there. ";
    let text = german.repeat(SAMPLE / german.len() + 1) + &english.repeat(500);
    assert_eq!(detected(&text).as_deref(), Some("de"));
    assert_eq!(detected(&format!("x{}", "é".repeat(SAMPLE))), None, "it is cut between two letters");
    assert_eq!(detected("Moos wächst hier."), None, "too few letters");
    assert_eq!(
        detected("网页会消失，链接会失效，所以我把它们保存下来。").as_deref(),
        Some("zh"),
        "each sign says more"
    );
}

#[test]
fn the_commonest_words_show_that_a_declaration_is_right() {
    let english = "The moss of the old walls is from the rain, and this is for you to see. ".repeat(10);
    let french = "La mousse des vieux murs est dans la pluie et pour les murs, et une pluie des murs. ".repeat(10);
    for (language, text, expected) in [
        ("en", &english, true),
        ("en", &french, false),
        ("fr", &french, true),
        ("fr", &english, false),
        ("xx", &english, false),
    ] {
        assert_eq!(is_plainly(language, text), expected, "{language}");
    }
    assert!(!is_plainly("en", "the of and"), "three words show nothing");
}
