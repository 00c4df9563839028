//! Supplies the pages to convert: files, plain or gzipped, or generated ordinary pages.

use std::{fmt::Write as _, fs, io::Read, path::Path};

use flate2::read::GzDecoder;

/// Reads one page. Bytes that are not UTF-8 are replaced, because only time counts here.
///
/// # Errors
/// The file cannot be read.
pub fn read(path: &Path) -> std::io::Result<String> {
    let bytes = fs::read(path)?;
    let mut plain = Vec::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
    } else {
        plain = bytes;
    }
    Ok(String::from_utf8_lossy(&plain).into_owned())
}

const WORDS: &[&str] = &[
    "lichen", "harbour", "a", "lantern", "of", "the", "granite", "copper", "in", "winter", "paper", "signal", "and",
    "orchard", "ledger", "tide", "to", "amber", "mirror", "valley", "thread", "moss", "engine*", "cipher_", "[1]",
];

/// Makes an ordinary page with `sections` sections of about 4 KB. It has navigation, headings,
/// marks, links, lists, tables, code, pictures.
pub fn generated(seed: usize, sections: usize) -> String {
    let mut page = format!(
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Page {seed}</title><style>p {{ margin: 0 }}\
         </style></head>\n\
         <body class=\"page page--{seed}\">\n<nav class=\"site-nav\"><ul>"
    );
    for item in 0..40 {
        let _ =
            write!(page, "<li class=\"item\"><a href=\"/topic/{item}?from={seed}\"><span>Topic {item}</span></a></li>");
    }
    page.push_str("</ul></nav>\n<script>var a = 1 < 2 && '</p>';</script><main><article>\n");
    let mut words = Words(seed);
    for section in 0..sections {
        let _ = writeln!(page, "<div class=\"section\"><h2 id=\"s{section}\">{}</h2>", words.take(5));
        for _ in 0..6 {
            let _ = writeln!(
                page,
                "<p class=\"text\">{} <a href=\"https://example.org/{section}/{seed}\" title=\"more\">{}</a> {} <em>{}\
                 </em> {} \
                 <strong>{}</strong>, <code>{}</code> &amp; {}<br>{}</p>",
                words.take(30),
                words.take(4),
                words.take(20),
                words.take(2),
                words.take(12),
                words.take(3),
                words.take(2),
                words.take(9),
                words.take(7)
            );
        }
        match section % 4 {
            0 => {
                page.push_str("<ul>\n");
                for _ in 0..8 {
                    let _ = writeln!(page, "  <li>{} <ul><li>{}</li></ul></li>", words.take(9), words.take(6));
                }
                page.push_str("</ul>\n");
            }
            1 => {
                page.push_str("<table><thead><tr><th>One<th>Two<th>Three</tr></thead><tbody>\n");
                for row in 0..8 {
                    let _ =
                        writeln!(page, "<tr><td>{row}</td><td>{}</td><td>{}</td></tr>", words.take(4), words.take(3));
                }
                page.push_str("</tbody></table>\n");
            }
            2 => {
                let _ = writeln!(
                    page,
                    "<pre><code class=\"language-rust\">fn main() {{\n    let a = &quot;{}&quot;;\n}}\n</code></pre>",
                    words.take(5)
                );
            }
            _ => {
                let _ = writeln!(
                    page,
                    "<figure><img src=\"/img/{section}.jpg\" alt=\"{}\" width=640 height=480><figcaption>{}\
                     </figcaption></figure>\
                     <blockquote><p>{}</p></blockquote>",
                    words.take(4),
                    words.take(8),
                    words.take(25)
                );
            }
        }
        page.push_str("</div>\n");
    }
    page.push_str("</article></main><footer><p>End.</p></footer></body></html>\n");
    page
}

/// An endless sequence of words, the same for the same seed.
struct Words(usize);

impl Words {
    fn take(&mut self, count: usize) -> String {
        let mut text = String::new();
        for _ in 0..count {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(WORDS.get((self.0 >> 33) % WORDS.len()).copied().unwrap_or("tide"));
        }
        text
    }
}
