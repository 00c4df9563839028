//! Recognises files that are not HTML by their first bytes, never by their names. It does not read
//! these formats: it names them, so that nobody files their bytes as a page's text.

use std::fmt;

/// How far the header lines of a web archive may reach, in bytes.
const HEADER_BYTES: usize = 64 << 10;

/// A format of files that is not HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileFormat {
    /// A page with its pictures as one MIME message, or an e-mail.
    Mhtml,
    /// A page as Safari archives it.
    Webarchive,
    /// Responses as crawlers record them.
    Warc,
    /// A document of fixed pages.
    Pdf,
    /// A picture, with the name of its format.
    Picture(&'static str),
    /// One compressed file, with the name of its format, which is also that of the program.
    Compressed(&'static str),
    /// An archive of files, as EPUB and office documents are too.
    Zip,
}

/// The magic numbers that no text begins with. [`in_a_box`] checks the formats that need more than
/// their first bytes.
const MAGIC: [(&[u8], FileFormat); 13] = [
    (b"\x89PNG\r\n\x1a\n", FileFormat::Picture("PNG")),
    (b"\xff\xd8\xff", FileFormat::Picture("JPEG")),
    (b"II*\0", FileFormat::Picture("TIFF")),
    (b"MM\0*", FileFormat::Picture("TIFF")),
    (b"\x1f\x8b\x08", FileFormat::Compressed("gzip")),
    (b"\xfd7zXZ\0", FileFormat::Compressed("xz")),
    (b"\x28\xb5\x2f\xfd", FileFormat::Compressed("zstd")),
    (b"BZh91AY&SY", FileFormat::Compressed("bzip2")),
    (b"PK\x03\x04", FileFormat::Zip),
    (b"PK\x05\x06", FileFormat::Zip),
    (b"bplist00", FileFormat::Webarchive),
    (b"WARC/1.0\r\n", FileFormat::Warc),
    (b"WARC/1.1\r\n", FileFormat::Warc),
];

impl FileFormat {
    /// Recognises the format of a file by its content. It is `None` for HTML, for text, and for
    /// anything else that may be read as text.
    pub fn of(bytes: &[u8]) -> Option<FileFormat> {
        let magic = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| *format);
        magic.or_else(|| in_a_box(bytes)).or_else(|| {
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
            match text.first()? {
                b'%' => is_pdf(text).then_some(FileFormat::Pdf),
                byte if byte.is_ascii_alphabetic() => is_mhtml(text).then_some(FileFormat::Mhtml),
                _ => None,
            }
        })
    }

    /// Recognises the format of a file whose bytes were decoded as text. Lines of JSON contain such
    /// text. Decoding may have changed every byte beyond ASCII, so this function accepts only magic
    /// numbers with a control character, which no text has.
    pub fn of_text(text: &str) -> Option<FileFormat> {
        let decoded = |magic: &[u8]| {
            let mut chars = text.chars();
            let same = |byte: &u8| chars.next().is_some_and(|c| u32::from(c) == u32::from(*byte) || is_lost(*byte, c));
            magic.iter().any(u8::is_ascii_control) && magic.iter().all(same)
        };
        let lost = || MAGIC.iter().find(|(magic, _)| decoded(magic)).map(|(_, format)| *format);
        FileFormat::of(text.as_bytes()).or_else(lost)
    }

    /// Returns advice on what a person can do instead, as a sentence without its full stop.
    pub fn advice(self) -> &'static str {
        match self {
            FileFormat::Mhtml | FileFormat::Webarchive => "open it in a browser and save it from there as HTML",
            FileFormat::Warc => "take the HTML page out of it and give that",
            FileFormat::Pdf => "convert it to HTML first, for example with pdftohtml",
            FileFormat::Picture(_) => "give the HTML page that shows it",
            FileFormat::Compressed(_) => "unpack it and give the HTML page that it holds",
            FileFormat::Zip => "unpack it and give an HTML page of it",
        }
    }
}

impl fmt::Display for FileFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileFormat::Mhtml => f.write_str("a web archive or an e-mail (MHTML)"),
            FileFormat::Webarchive => f.write_str("a web archive of Safari"),
            FileFormat::Warc => f.write_str("a crawler's archive (WARC)"),
            FileFormat::Pdf => f.write_str("a PDF document"),
            FileFormat::Picture(name) => write!(f, "a picture ({name})"),
            FileFormat::Compressed(name) => write!(f, "a compressed file ({name})"),
            FileFormat::Zip => f.write_str("an archive (zip)"),
        }
    }
}

/// Whether a decoder may have made the character `c` from a byte beyond ASCII.
fn is_lost(byte: u8, c: char) -> bool {
    !byte.is_ascii() && !c.is_ascii()
}

/// Recognises the formats whose first bytes are not enough. WebP, AVIF and HEIC have a length
/// before or within their magic number. A text may begin with `GIF89a`, but only a GIF has a zero
/// byte in the description of its screen, which follows.
fn in_a_box(bytes: &[u8]) -> Option<FileFormat> {
    if matches!(bytes.get(..6), Some(b"GIF87a" | b"GIF89a")) {
        return bytes.get(6..13)?.contains(&0).then_some(FileFormat::Picture("GIF"));
    }
    match (bytes.get(..4)?, bytes.get(4..8)?, bytes.get(8..12)?) {
        (b"RIFF", _, b"WEBP") => Some(FileFormat::Picture("WebP")),
        ([0, 0, 0, _], b"ftyp", b"avif" | b"avis") => Some(FileFormat::Picture("AVIF")),
        ([0, 0, 0, _], b"ftyp", b"heic" | b"heix" | b"mif1") => Some(FileFormat::Picture("HEIC")),
        _ => None,
    }
}

/// Whether a text begins as a PDF does: with `%PDF-1.7` or the like, and no word after it on the
/// line.
fn is_pdf(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"%PDF-") else { return false };
    let [major, b'.', minor, rest @ ..] = rest else { return false };
    let line = rest.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    major.is_ascii_digit() && minor.is_ascii_digit() && !line.iter().any(u8::is_ascii_alphabetic)
}

/// Whether a text begins with the header lines of a MIME message. They name the version of MIME,
/// and say that the message has parts, a location or an encoding. A mail of plain text needs none
/// of these, and can be read as it is.
fn is_mhtml(text: &[u8]) -> bool {
    let (mut versioned, mut wrapped, mut typed, mut begun) = (false, false, false, false);
    for line in text.get(..HEADER_BYTES).unwrap_or(text).split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if begun && (line.starts_with(b" ") || line.starts_with(b"\t")) {
            // The type may be on the line after the header's name.
            wrapped |= std::mem::take(&mut typed) && is_multipart(line);
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
        let (name, value) = line.split_at(colon);
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            return false;
        }
        begun = true;
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        let value = value.get(1..).unwrap_or_default();
        versioned |= is("mime-version");
        typed = is("content-type") && value.trim_ascii().is_empty();
        wrapped |= is("content-type") && is_multipart(value);
        wrapped |= ["content-location", "snapshot-content-location", "content-transfer-encoding"].iter().any(|n| is(n));
    }
    versioned && wrapped
}

fn is_multipart(value: &[u8]) -> bool {
    value.trim_ascii_start().get(..10).is_some_and(|kind| kind.eq_ignore_ascii_case(b"multipart/"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BLINK: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: \
                         =?utf-8?Q?A=20page?=\r\nDate: Mon, 2 Nov 2026 10:00:00 -0000\r\nMIME-Version: \
                         1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n\
                         --b\r\nContent-Type: text/html\r\n\r\n<p>Word.";

    #[test]
    fn files_are_known_by_their_first_bytes() {
        let known: [(&[u8], FileFormat); 18] = [
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", FileFormat::Pdf),
            (b"%PDF-1.4\r1 0 obj", FileFormat::Pdf),
            (b"%PDF-2.0 %\xe2\xe3\r\n", FileFormat::Pdf),
            (b"\xef\xbb\xbf\n%PDF-1.4", FileFormat::Pdf),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileFormat::Picture("PNG")),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", FileFormat::Picture("JPEG")),
            (b"GIF89a\x01\0\x01\0\x80\0\0", FileFormat::Picture("GIF")),
            (b"GIF87a\x90\x01\x2c\x01\xf7\0\0", FileFormat::Picture("GIF")),
            (b"RIFF\x24\0\0\0WEBPVP8 ", FileFormat::Picture("WebP")),
            (b"\0\0\0\x20ftypavif\0\0\0\0", FileFormat::Picture("AVIF")),
            (b"\x1f\x8b\x08\0\0\0\0\0\0\x03", FileFormat::Compressed("gzip")),
            (b"\x28\xb5\x2f\xfd\x24", FileFormat::Compressed("zstd")),
            (b"\xfd7zXZ\0\0\x04", FileFormat::Compressed("xz")),
            (b"BZh91AY&SY\x8f", FileFormat::Compressed("bzip2")),
            (b"PK\x03\x04\x14\0", FileFormat::Zip),
            (b"PK\x05\x06\0\0", FileFormat::Zip),
            (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", FileFormat::Warc),
            (b"bplist00\xd1\x01\x02", FileFormat::Webarchive),
        ];
        for (bytes, format) in known {
            assert_eq!(FileFormat::of(bytes), Some(format), "{bytes:?}");
        }
    }

    #[test]
    fn a_web_archive_is_known_by_its_header_lines() {
        for text in [
            BLINK.to_owned(),
            BLINK.replace("\r\n", "\n"),
            format!("\u{feff}\n{}", BLINK.replace("MIME-Version", "mime-version")),
            "MIME-Version: 1.0\nContent-Type:\n multipart/related; boundary=b\n\n".to_owned(),
            "Content-Location: file:///a\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Word.".to_owned(),
        ] {
            assert_eq!(FileFormat::of(text.as_bytes()), Some(FileFormat::Mhtml), "{text}");
        }
    }

    #[test]
    fn html_and_text_about_files_are_read() {
        let pre = format!("<pre>{BLINK}</pre>");
        for text in [
            "",
            "%",
            "<!doctype html><title>%PDF-1.7</title><p>A PDF begins with %PDF-1.7",
            "%PDF-1.7 is how a file of this kind begins.",
            "%PDF- begins every document.",
            "GIF89a is how a picture begins.",
            "GIF89a",
            "RIFF and WEBP are names.",
            "PK is how an archive begins.",
            "PNG\r\n\u{1a}\n",
            "BZh is how it begins.",
            "WARC/1.0 is a format.",
            "Subject: a mail\nDate: today\n\nHello.",
            "MIME-Version: 1.0\nContent-Type: text/plain\n\nHello.",
            "Content-Type: multipart/related is what a web archive says.\nA line with MIME-Version: 1.0.",
            "Note: this is a text.\nIt has MIME-Version: 1.0 in it, and Content-Type: multipart/related.",
            &pre,
        ] {
            let known = FileFormat::of(text.as_bytes());
            assert_eq!(known, None, "{text}");
        }
        let utf_16: Vec<u8> = "\u{feff}<p>Word".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(FileFormat::of(&utf_16), None);
    }

    #[test]
    fn bytes_that_were_decoded_as_text_are_known_too() {
        for (text, format) in [
            ("\u{fffd}PNG\r\n\u{1a}\n\0\0", FileFormat::Picture("PNG")),
            ("\u{2030}PNG\r\n\u{1a}\n", FileFormat::Picture("PNG")),
            ("\u{1f}\u{8b}\u{8}\0", FileFormat::Compressed("gzip")),
            ("PK\u{3}\u{4}", FileFormat::Zip),
            ("%PDF-1.5\n%\u{fffd}\u{fffd}", FileFormat::Pdf),
            (BLINK, FileFormat::Mhtml),
        ] {
            assert_eq!(FileFormat::of_text(text), Some(format), "{text:?}");
        }
        for text in ["", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}", "(\u{e9}/\u{e9}) is a pair", "\u{89}PNG", "<p>\u{fffd}PNG"]
        {
            assert_eq!(FileFormat::of_text(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_format_has_a_name_and_advice() {
        let in_a_box = [
            b"GIF89a\x01\0\x01\0\x80\0\0".as_slice(),
            b"RIFF\x10\0\0\0WEBP",
            b"\0\0\0\x1cftypavif",
            b"\0\0\0\x18ftypheic",
        ];
        let others = in_a_box.into_iter().chain([b"%PDF-1.7\n".as_slice(), BLINK.as_bytes()]);
        let formats: Vec<FileFormat> = others.map(|bytes| FileFormat::of(bytes).unwrap()).collect();
        let names: Vec<String> = formats.iter().map(ToString::to_string).collect();
        for part in ["GIF", "WebP", "AVIF", "HEIC", "PDF", "MHTML"] {
            assert!(names.iter().any(|name| name.contains(part)), "{part}");
        }
        for format in MAGIC.iter().map(|(_, format)| *format).chain(formats) {
            let (name, advice) = (format.to_string(), format.advice());
            assert!(name.starts_with("a ") || name.starts_with("an "), "{name}");
            assert!(!advice.is_empty() && !advice.ends_with('.'), "{advice}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_begins_with_a_tag_is_another_file(blank in "[ \r\n\t]{0,3}", rest in any::<Vec<u8>>()) {
            let bytes = [blank.as_bytes(), b"<", &rest].concat();
            prop_assert_eq!(FileFormat::of(&bytes), None);
        }

        #[test]
        fn any_bytes_are_looked_at(bytes in any::<Vec<u8>>(), cut in 0usize..400) {
            let _ = FileFormat::of(&bytes);
            let _ = FileFormat::of_text(&String::from_utf8_lossy(&bytes));
            let _ = FileFormat::of(BLINK.as_bytes().get(..cut).unwrap_or(BLINK.as_bytes()));
        }
    }
}
