//! Tests words of many scripts, and the rules that hold for any text.

use proptest::prelude::*;

use super::*;

/// Tokens of a document; `|` joins those with the same position.
fn document(text: &str) -> String {
    let mut shown = String::new();
    tokenize(text, Mode::Document, &mut |token| {
        if !shown.is_empty() {
            shown.push(if token.colocated { '|' } else { ' ' });
        }
        shown.push_str(token.folded);
        Ok(())
    })
    .unwrap();
    shown
}

fn query(text: &str) -> String {
    words(text).join(" ")
}

#[test]
fn words_are_folded_and_parted_by_everything_else() {
    assert_eq!(document("Élan vital, l’été; e\u{301}lan-x"), "elan vital l ete elan x");
    assert_eq!(document("Straße in İstanbul"), "strasse in istanbul");
    assert_eq!(document("مُحَمَّد שָׁלוֹם"), "محمد שלומ");
}

#[test]
fn names_of_code_are_phrases_and_parts() {
    assert_eq!(document("std::vec::Vec snake_case"), "std vec vec snake case");
    assert_eq!(
        document("readFile HTTPServer Win32API"),
        "readfile|read|file httpserver|http|server win32api|win|32|api"
    );
    assert_eq!(query("readFile HTTPServer win32"), "readfile httpserver win32");
    assert_eq!(document("NASA Title a1b2c3d4e5f6"), "nasa title a1b2c3d4e5f6");
}

#[test]
fn languages_with_signs_are_words() {
    assert_eq!(document("C++, C# and F#."), "c++|c c#|c and f#|f");
    assert_eq!(document("the .NET and ASP.NET"), "the .net|net and asp net");
    assert_eq!(query("c++ c# .net"), "c++ c# .net");
    assert_eq!(document("page#part i++ a++b end...Then Heading# ##"), "page part i++|i a b end then heading");
    assert_eq!(document("## .5 3.14 v1.2.3"), ".5|5 3 14 v1|v|1 2 3");
}

#[test]
fn unspaced_writing_is_cut_into_pairs() {
    assert_eq!(document("Vue应用实例！"), "vue 应用 用实 实例|例");
    assert_eq!(query("应用实例"), "应用 用实 实例");
    assert_eq!(query("用"), "用");
    assert_eq!(document("テキスト"), "テキ キス スト|ト");
    assert_eq!(document("ﾃｷｽﾄ ﾊﾞｽ"), "テキ キス スト|ト バス|ス");
    assert_eq!(document("업데이트"), "업데 데이 이트|트");
    assert_eq!(document("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"), document("한국"));
    assert_eq!(document("スター・ウォーズ"), "スタ ター|ー ウォ ォー ーズ|ズ");
}

#[test]
fn long_words_are_known_by_their_beginning() {
    let long = "é".repeat(500);
    assert_eq!(document(&long), "e".repeat(WORD_BYTES));
    assert_eq!(query(&long), "e".repeat(WORD_BYTES));
    assert_eq!(document(&"Ж".repeat(500)).len(), WORD_BYTES);
}

#[test]
fn words_know_their_places() {
    let text = "où — «Été» .NET C# 应用例";
    let mut places = Vec::new();
    tokenize(text, Mode::Query, &mut |token| {
        places.push(text.get(token.start..token.end).unwrap());
        Ok(())
    })
    .unwrap();
    assert_eq!(places, ["où", "Été", ".NET", "C#", "应用", "用例"]);
}

#[test]
fn a_receiver_can_stop() {
    let mut seen = 0;
    let stopped = tokenize("one two three", Mode::Document, &mut |_| {
        seen += 1;
        if seen == 2 { Err(Stopped) } else { Ok(()) }
    });
    assert_eq!((stopped, seen), (Err(Stopped), 2));
}

#[test]
fn words_of_many_scripts_are_words() {
    for (text, expected) in [
        ("Ελλάδα και ΟΔΟΣ", "ελλαδα και οδοσ"),
        ("Ёлка, Йод", "елка йод"),
        ("हिन्दी में", "हिन्दी में"),
        ("العربيّة والكتاب", "العربيه والكتاب"),
        ("don’t l'été rock'n'roll", "don t l ete rock n roll"),
        ("ﬁn ＡＢＣ ①", "fin abc 1"),
        ("co\u{AD}operate zero\u{200B}width", "cooperate zerowidth"),
        ("a\u{0}b\u{7F}c", "a b c"),
        ("😀x😀", "😀 x 😀"),
        ("fine :) or (a:) :(", "fine :) or a :("),
        ("👍🏽 🇩🇪 ★5", "👍 🇩 🇪 ★ 5"),
        ("", ""),
        (" -– … ", ""),
    ] {
        assert_eq!(document(text), expected, "{text:?}");
    }
}

#[test]
fn a_checksum_has_no_parts_and_a_name_has_few() {
    assert_eq!(document("a1b2c3d4e5"), "a1b2c3d4e5");
    assert_eq!(document("oneTwoThreeFourFiveSix"), "onetwothreefourfivesix|one|two|three|four|five|six");
    assert_eq!(document("oneTwoThreeFourFiveSixSeven"), "onetwothreefourfivesixseven");
    assert_eq!(document("ÉcoleÉté"), "ecoleete|ecole|ete");
    assert_eq!(document("iOS iPhone15 XMLHttp2"), "ios|i|os iphone15|i|phone|15 xmlhttp2|xml|http|2");
}

proptest! {
    #[test]
    fn any_text_is_taken_apart(text in any::<String>()) {
        for mode in [Mode::Document, Mode::Query] {
            let mut before = 0;
            tokenize(&text, mode, &mut |token| {
                assert!(before <= token.start && token.start < token.end, "{token:?}");
                assert!(text.get(token.start..token.end).is_some());
                assert!(!token.folded.is_empty() && token.folded.len() <= WORD_BYTES + 3);
                assert!(!(mode == Mode::Query && token.colocated));
                before = token.start;
                Ok(())
            }).unwrap();
        }
    }

    #[test]
    fn the_short_way_leads_to_the_same_words(
        text in "([a-cA-C0-9éß\u{301}は .'+#_-]|[.]NET|C[+][+]|HTTPServer|x{63}){0,40}",
    ) {
        for mode in [Mode::Document, Mode::Query] {
            let all = |quick| {
                let mut all = Vec::new();
                take_apart(&text, mode, quick, &mut |token| {
                    all.push((token.folded.to_owned(), token.start, token.end, token.colocated));
                    Ok(())
                })
                .unwrap();
                all
            };
            prop_assert_eq!(all(true), all(false));
        }
    }

    #[test]
    fn every_word_of_a_text_is_found_in_it(
        text in "([a-zA-Z0-9À-ɏ\u{300}-\u{310}Α-ωА-я一-丠ぁ-ん가-갠ก-ฮ .,:;_#+'\"()\n-]){0,60}",
    ) {
        let document = document(&text);
        let places: Vec<Vec<&str>> = document.split(' ').map(|place| place.split('|').collect()).collect();
        for word in text.split(' ').filter(|word| !words(word).is_empty()) {
            let words = words(word);
            let held = places.windows(words.len()).any(|run| {
                run.iter().zip(&words).enumerate().all(|(at, (place, word))| {
                    // A single character of a run is found as a prefix.
                    let last = at + 1 == words.len();
                    place.iter().any(|token| token == word || (last && token.starts_with(word.as_str())))
                })
            });
            prop_assert!(held, "{word:?} {words:?} in {places:?}");
        }
    }
}
