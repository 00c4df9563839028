//! Tests which declaration of an encoding counts, and how bytes are decoded.

use super::*;
use proptest::prelude::*;

fn encoding_of(bytes: &[u8], header: Option<&str>) -> &'static str {
    decode(bytes, header).encoding
}

#[test]
fn a_byte_order_mark_wins_over_everything() {
    let decoded = decode(b"\xEF\xBB\xBF<meta charset=windows-1251>\xD0\xB0", Some("text/html; charset=koi8-r"));
    assert_eq!((decoded.encoding, decoded.text.as_str()), ("UTF-8", "<meta charset=windows-1251>а"));
    assert_eq!(decode(b"\xFF\xFEa\0", None).text, "a");
}

#[test]
fn bytes_that_are_handed_over_are_read_the_same() {
    for bytes in
        [&b"\xEF\xBB\xBFa"[..], b"\xFF\xFEa\0", b"a\xFFb", "Gr\u{fc}\u{df}e".as_bytes(), b"<meta charset=koi8-r>\xC1"]
    {
        assert_eq!(decode_owned(bytes.to_vec(), None), decode(bytes, None), "{bytes:?}");
    }
}

#[test]
fn the_header_wins_over_the_meta() {
    assert_eq!(encoding_of(b"<meta charset=utf-8>", Some("text/html; Charset=\"ISO-8859-1\"; x=y")), "windows-1252");
    assert_eq!(encoding_of(b"<meta charset=koi8-r>", Some("text/html")), "KOI8-R");
    assert_eq!(encoding_of(b"<meta charset=koi8-r>", Some("text/html; charset=nonsense")), "KOI8-R");
}

#[test]
fn the_meta_is_read_in_both_spellings_but_not_in_comments() {
    assert_eq!(
        encoding_of(b"<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", None),
        "Shift_JIS"
    );
    assert_eq!(encoding_of(b"<!-- <meta charset=koi8-r> --><meta charset = 'gbk' >", None), "GBK");
    assert_eq!(encoding_of(b"<meta charset=utf-16>\xC3\xA9", None), "UTF-8");
    assert_eq!(encoding_of(b"<meta charset=x-user-defined>", None), "windows-1252");
}

#[test]
fn without_a_declaration_the_bytes_decide() {
    assert_eq!(encoding_of("<p>Grüße, 日本</p>".as_bytes(), None), "UTF-8");
    assert!(decode(b"<p>caf\xE9 d\xE9j\xE0 vu, la difficile promesse de l'\xE9t\xE9</p>", None).text.contains("café"));
    assert_eq!(encoding_of(b"<\0p\0>\0", None), "UTF-16LE");
    let mut late = vec![b'a'; 300_000];
    late.extend_from_slice(
        b" \xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0? \xD5\xEE\xF0\xEE\xF8\xEE, \
                             \xF1\xEF\xE0\xF1\xE8\xE1\xEE",
    );
    assert_eq!(encoding_of(&late, None), "windows-1251");
}

#[test]
fn invalid_bytes_are_replaced_and_reported() {
    let decoded = decode(b"<meta charset=utf-8>a\xFFb", None);
    assert!(decoded.lossy);
    assert!(decoded.text.ends_with("a\u{FFFD}b"));
}

proptest! {
    #[test]
    fn any_bytes_decode(
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
        header in proptest::option::of(".{0,40}"),
    ) {
        let decoded = decode(&bytes, header.as_deref());
        prop_assert_eq!(&decode_owned(bytes.clone(), header.as_deref()), &decoded);
        prop_assert!(decoded.text.len() <= bytes.len() * 3 + 3);
    }

    #[test]
    fn declared_utf8_comes_back_as_it_was(text in "[^\u{FEFF}]{0,80}") {
        let decoded = decode(text.as_bytes(), Some("text/html; charset=utf-8"));
        prop_assert_eq!(decoded.text, text);
    }
}

#[test]
fn only_what_declares_an_encoding_is_a_declaration() {
    for (head, encoding) in [
        ("<meta charset=koi8-r>", "KOI8-R"),
        ("<meta charset=\"koi8-r\"/>", "KOI8-R"),
        ("<meta/charset='koi8-r'>", "KOI8-R"),
        ("<META CHARSET=KOI8-R>", "KOI8-R"),
        ("<meta\n\tcharset\n=\n koi8-r >", "KOI8-R"),
        ("<meta charset=' koi8-r '>", "KOI8-R"),
        ("<meta a='>' charset=koi8-r>", "KOI8-R"),
        ("<meta content='text/html; charset=koi8-r' http-equiv=content-type>", "KOI8-R"),
        ("<meta http-equiv='Content-Type' content='text/html;charset=\"koi8-r\"'>", "KOI8-R"),
        ("<meta http-equiv=content-type content='charset x; charset = koi8-r'>", "KOI8-R"),
        ("<meta charset=nonsense><meta charset=koi8-r>", "KOI8-R"),
        ("<meta charset=koi8-r><meta charset=gbk>", "KOI8-R"),
        ("<meta charset=koi8-r charset=gbk>", "KOI8-R"),
        ("<!doctype html><html lang=ru><head><title>a</title><meta charset=koi8-r>", "KOI8-R"),
        ("<script>if (a<b && c > d) { e('</') }</script><meta charset=koi8-r>", "KOI8-R"),
        ("<a b='c><meta charset=koi8-r>", "KOI8-R"),
        ("<!--><meta charset=koi8-r>", "KOI8-R"),
        ("<!----><meta charset=koi8-r>", "KOI8-R"),
        ("<meta charset=>", "UTF-8"),
        ("<meta charset>", "UTF-8"),
        ("<meta charset=koi8-r", "UTF-8"),
        ("<metadata charset=koi8-r>", "UTF-8"),
        ("</meta charset=koi8-r>", "UTF-8"),
        ("<link charset=koi8-r>", "UTF-8"),
        ("<meta data-charset=koi8-r>", "UTF-8"),
        ("<meta name=description content='Pages with charset=koi8-r'>", "UTF-8"),
        ("<meta name=description content='Write <meta charset=koi8-r> first'>", "UTF-8"),
        ("<p title='<meta charset=koi8-r>'>", "UTF-8"),
        ("<meta http-equiv=refresh content='0; url=/?charset=koi8-r'>", "UTF-8"),
        ("<!-- <meta charset=koi8-r>", "UTF-8"),
        ("charset=koi8-r", "UTF-8"),
        ("", "UTF-8"),
    ] {
        assert_eq!(encoding_of(format!("{head}<p>").as_bytes(), None), encoding, "{head}");
    }
}

#[test]
fn a_declaration_counts_only_near_the_page_s_beginning() {
    let after = |bytes: usize| format!("<!--{}--><meta charset=koi8-r><p>", "a".repeat(bytes));
    assert_eq!(encoding_of(after(3_000).as_bytes(), None), "KOI8-R", "further than the standard's 1,024 bytes");
    assert_eq!(encoding_of(after(PRESCAN_BYTES).as_bytes(), None), "UTF-8");
    assert_eq!(encoding_of(after(PRESCAN_BYTES - 20).as_bytes(), None), "UTF-8", "a tag that is cut is none");
}

#[test]
fn headers_name_their_encoding_in_any_spelling() {
    for (header, encoding) in [
        ("text/html; charset=koi8-r", "KOI8-R"),
        ("text/html;CHARSET = 'KOI8-R'", "KOI8-R"),
        ("text/html; charset=koi8-r;x=y", "KOI8-R"),
        ("text/html; charset=\"koi8-r\"; x", "KOI8-R"),
        ("text/html; charset; charset=koi8-r", "KOI8-R"),
        ("charset=koi8-r", "KOI8-R"),
        ("text/html; charset=latin1", "windows-1252"),
        ("text/html; charset=\"koi8-r", "KOI8-R"),
        ("text/html; charset=", "UTF-8"),
        ("text/html; charset=;", "UTF-8"),
        ("text/html; charset=日本", "UTF-8"),
        ("text/html", "UTF-8"),
        ("", "UTF-8"),
    ] {
        assert_eq!(encoding_of(b"<p>a", Some(header)), encoding, "{header}");
    }
}

#[test]
fn every_script_comes_back_from_the_encoding_its_page_declares() {
    for (label, bytes, text) in [
        ("windows-1251", &b"\xcf\xf0\xe8\xe2\xe5\xf2"[..], "Привет"),
        ("shift_jis", b"\x93\xfa\x96{", "日本"),
        ("euc-jp", b"\xc6\xfc\xcb\xdc", "日本"),
        ("iso-2022-jp", b"\x1b$BF|K\\\x1b(B", "日本"),
        ("gb18030", b"\xd6\xd0\xce\xc4", "中文"),
        ("big5", b"\xa4\xa4\xa4\xe5", "中文"),
        ("euc-kr", b"\xc7\xd1\xb1\xdb", "한글"),
        ("windows-1255", b"\xf9\xec\xe5\xed", "שלום"),
        ("iso-8859-6", b"\xd3\xe4\xc7\xe5", "سلام"),
        ("windows-874", b"\xe4\xb7\xc2", "ไทย"),
        ("macintosh", b"\x8e\x9f", "éü"),
        ("latin1", b"\x80\x93", "€“"),
    ] {
        let page = [format!("<meta charset={label}><p>").as_bytes(), bytes].concat();
        let decoded = decode(&page, None);
        assert!(decoded.text.ends_with(&format!("<p>{text}")), "{label}: {}", decoded.text);
        assert!(!decoded.lossy, "{label}");
        let declared = decode(bytes, Some(&format!("text/html; charset={label}")));
        assert_eq!(declared.text, text, "{label}");
    }
}

#[test]
fn marks_and_wide_letters_are_read_without_a_declaration() {
    for (bytes, text, encoding) in [
        (&b"\xEF\xBB\xBF\xC3\xA9"[..], "é", "UTF-8"),
        (b"\xFE\xFF\0<\0p", "<p", "UTF-16BE"),
        (b"\xFF\xFE<\0p\0", "<p", "UTF-16LE"),
        (b"\0<\0p\0>", "<p>", "UTF-16BE"),
        (b"<\0p\0>\0\xe9\0", "<p>é", "UTF-16LE"),
        (b"<\0\0p", "<\0\0p", "UTF-8"),
        (b"<\0p", "<\0p", "UTF-8"),
        (b"\xEF\xBB\xBF", "", "UTF-8"),
        (b"\xFF\xFE", "", "UTF-16LE"),
        (b"", "", "UTF-8"),
    ] {
        assert_eq!(decode(bytes, None), Decoded { text: text.to_owned(), encoding, lossy: false }, "{bytes:?}");
    }
    assert!(decode(b"\xFF\xFEa", None).lossy, "half a letter");
}
