//! Decides which attributes an inert copy keeps, and with which values. Attributes with a visible
//! meaning stay. A program's own data are dropped, except short words that style sheets select by.
//! Anything named like a secret is always dropped.

use std::collections::HashSet;

use dom_query::{Element, NodeRef};

use super::lists::{ADDRESSES, ANIMATED_VALUES, LATER_IMAGES, SHOWN_ATTRIBUTES};
use super::{Writer, attribute_style};
use crate::sheet::{StyleSyntax, is_address};
use cachette_dom::word_list::WordList;

/// The greatest length of an `<input>`'s own label; longer texts are values.
const MAX_LABEL: usize = 60;

impl Writer<'_> {
    pub(super) fn attributes(&mut self, node: Option<&NodeRef<'_>>, element: &Element, name: &str) {
        let mut seen = HashSet::new();
        for attribute in &element.attrs {
            let key = attribute.name.local.to_ascii_lowercase();
            let key: &str = &key;
            let is_image = name == "img" && (key == "src" || LATER_IMAGES.contains(&key));
            if is_image || !is_kept(key, &attribute.value, element, name) || !seen.insert(key.to_owned()) {
                continue;
            }
            if let Some(value) = self.value(key, name, &attribute.value) {
                self.push_attribute(key, &value);
            }
        }
        match name {
            "a" => self.out.push_str(" rel=\"noopener noreferrer\""),
            // Submitting this form does nothing and leads nowhere.
            "form" => self.out.push_str(" method=\"dialog\""),
            "img" => self.image(node, element),
            _ => {}
        }
    }

    fn value(&mut self, key: &str, name: &str, value: &str) -> Option<String> {
        if key == "src" || key == "poster" {
            return self.shown(key, value);
        }
        if ADDRESSES.contains(&key) {
            return self.address(key, name, value);
        }
        if name == "meta" && key == "content" {
            return if value.contains("://") { self.links.web(value) } else { Some(value.to_owned()) };
        }
        if key == "style" {
            return Some(attribute_style(self.links, value, StyleSyntax::Declarations));
        }
        if ANIMATED_VALUES.contains(&key) && value.split(';').any(is_address) {
            return None;
        }
        // Presentation attributes are style sheets too: `fill="url(#a)"`. A value without a
        // parenthesis contains no address.
        if value.contains('(') && key != "d" && key != "transform" && !is_text(key) {
            return Some(attribute_style(self.links, value, StyleSyntax::Value));
        }
        Some(value.to_owned())
    }

    /// Returns the address of a picture or film. If it is in the cache, the copy shows it; any
    /// other is only recorded.
    fn shown(&mut self, key: &str, value: &str) -> Option<String> {
        let stored = self.links.stored(value);
        if stored.is_none()
            && let Some(elsewhere) = self.links.image(value)
        {
            self.push_attribute(&format!("data-{key}"), &elsewhere);
        }
        stored
    }

    fn address(&self, key: &str, name: &str, value: &str) -> Option<String> {
        match (key, name) {
            ("usemap", _) => value.starts_with('#').then(|| value.to_owned()),
            // Drawings refer to parts of their own document.
            ("href", _) if value.trim_start().starts_with('#') => Some(value.trim_start().to_owned()),
            ("href", "a" | "area" | "link") => self.links.link(value),
            ("href", "image") => self.links.stored(value),
            ("href", _) => None,
            _ => self.links.web(value),
        }
    }
}

/// Returns an attribute's value, trimmed and in lower case; "" if there is none.
pub(super) fn attr_lower(element: &Element, key: &str) -> String {
    element.attr(key).map(|value| value.trim().to_ascii_lowercase()).unwrap_or_default()
}

fn is_kept(key: &str, value: &str, element: &Element, name: &str) -> bool {
    // This instructs the browser, and only the copy's own head may do that.
    if key == "http-equiv" {
        return false;
    }
    let named = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    if SHOWN_ATTRIBUTES.binary_search(&key).is_ok() {
        // The relations of links are written with the link.
        return !(name == "a" && key == "rel");
    }
    match key {
        "checked" => element.has_attr("disabled"),
        "value" => match name {
            "li" | "meter" | "progress" => true,
            "input" => is_label(element) && value.chars().count() <= MAX_LABEL && is_words(value),
            _ => false,
        },
        _ => {
            named
                && !key.starts_with("on")
                && (key.contains('-') || key.starts_with('_') || name.contains('-'))
                && !is_secret_name(key)
                && (is_plain_word(value) || key.starts_with("aria-"))
        }
    }
}

/// Whether this attribute's value is text for people.
fn is_text(key: &str) -> bool {
    matches!(key, "abbr" | "alt" | "content" | "label" | "placeholder" | "summary" | "title")
        || key.starts_with("aria-")
}

/// Whether `value` is the element's label, as for a button.
fn is_label(element: &Element) -> bool {
    matches!(attr_lower(element, "type").as_str(), "button" | "reset" | "submit")
}

/// Whether a text consists of words rather than one long string of letters and digits.
fn is_words(text: &str) -> bool {
    text.split_whitespace()
        .all(|word| !word.is_ascii() || (word.len() <= 20 && word.bytes().filter(u8::is_ascii_digit).count() <= 4))
}

/// Words that suggest a secret anywhere in a name.
static SECRET_WORDS: WordList = WordList::of(include_str!("secret_words.txt"));

/// Words that suggest a secret as a whole part of a name.
static SECRET_PARTS: WordList = WordList::of(include_str!("secret_parts.txt"));

/// Whether a name suggests a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    SECRET_WORDS.is_within(name) || name.split(['-', '_', '.', ':']).any(|part| SECRET_PARTS.has(part))
}

/// Whether a value is a short word, of the kind that style sheets select by. Tokens are longer, or
/// mix letters with many digits.
fn is_plain_word(value: &str) -> bool {
    value.len() <= 20
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b' '))
        && value.bytes().filter(u8::is_ascii_digit).count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(SHOWN_ATTRIBUTES.is_sorted());
    }

    #[test]
    fn secrets_are_known_by_their_names_and_by_no_part_of_other_words() {
        for name in ["data-token", "csrf_param", "data-api-key", "data-sid", "session-id", "authorization", "x-auth"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["author", "data-side", "sidebar", "data-keyboard", "data-author", "inside", "data-pinned"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn words_are_distinguished_from_tokens() {
        for word in ["", "dark", "col-2", "en_US", "is open"] {
            assert!(is_plain_word(word), "{word}");
        }
        for token in ["a1b2c3d4e5f6", "{}", "x=y", "QWxhZGRpbjpvcGVuIHNlc2FtZQ", "12345678"] {
            assert!(!is_plain_word(token), "{token}");
        }
    }

    /// Returns the attributes of the last element of a body, as a copy has them.
    fn written(html: &str) -> String {
        let links = crate::links::Links::new(Some("https://example.org/a/"), None, html.len());
        let copy = crate::inert::write(&cachette_dom::parse(html).document, &links);
        let (_, body) = copy.split_once("<body>").unwrap_or(("", ""));
        let tag = body.split('<').rfind(|tag| !tag.starts_with('/')).unwrap_or("");
        let tag = tag.split_once('>').map_or("", |(tag, _)| tag);
        tag.split_once(' ').map_or("", |(_, attributes)| attributes).to_owned()
    }

    #[test]
    fn an_attribute_stays_if_it_is_shown_or_a_sheet_may_select_by_it() {
        for (html, kept) in [
            ("<p class=a id=b lang=de dir=rtl>", "class=\"a\" id=\"b\" lang=\"de\" dir=\"rtl\""),
            ("<p data-theme=dark data-open>", "data-theme=\"dark\" data-open=\"\""),
            ("<p data-config='{\"a\":1}' data-id=8f3a91c07be24d>", ""),
            ("<p data-word=verylongwordthatiscutoff>", ""),
            ("<p aria-label='Say \"a\" (b)'>", "aria-label=\"Say &quot;a&quot; (b)\""),
            ("<p onclick=run() ONLOAD=run() on-tap=run>", ""),
            ("<p madeup=x>", ""),
            ("<x-card madeup=x>", "madeup=\"x\""),
            ("<p _ngcontent-1>", "_ngcontent-1=\"\""),
            ("<p data-auth=x data-session-id=1 data-csrf=y data-author=me>", "data-author=\"me\""),
            ("<p :class=x @click=y v-if=z>", "v-if=\"z\""),
            ("<p é-b=c>", ""),
            ("<a rel=me>", "rel=\"noopener noreferrer\""),
            (
                "<a href='/b#c' target=_top ping=/d download>",
                "href=\"https://example.org/b#c\" rel=\"noopener noreferrer\"",
            ),
            ("<form action=/b method=post name=c>", "name=\"c\" method=\"dialog\""),
            ("<blockquote cite=/b>", "cite=\"https://example.org/b\""),
            ("<blockquote cite='javascript:x'>", ""),
            ("<div itemscope itemid=mailto:a@b.c>", "itemscope=\"\""),
        ] {
            assert_eq!(written(html), kept, "{html}");
        }
    }

    #[test]
    fn the_value_of_a_control_stays_only_if_it_is_its_label() {
        for (html, kept) in [
            ("<input type=submit value='Search the site'>", "type=\"submit\" value=\"Search the site\""),
            ("<input type=SUBMIT value=Go>", "type=\"SUBMIT\" value=\"Go\""),
            ("<input type=text value='What I typed'>", "type=\"text\""),
            ("<input value='What I typed' placeholder=Name>", "placeholder=\"Name\""),
            ("<input type=submit value=8f3a91c07be24d8f3a91c07be24d>", "type=\"submit\""),
            ("<input type=submit value='送信する'>", "type=\"submit\" value=\"送信する\""),
            ("<button value=x>", ""),
            ("<progress value=3 max=5>", "value=\"3\" max=\"5\""),
            ("<input type=checkbox checked>", "type=\"checkbox\""),
            ("<input type=checkbox checked disabled>", "type=\"checkbox\" checked=\"\" disabled=\"\""),
        ] {
            assert_eq!(written(html), kept, "{html}");
        }
        let long = format!("<input type=button value='{}'>", "word ".repeat(13).trim_end());
        assert_eq!(written(&long), "type=\"button\"", "a longer text is no label");
    }

    #[test]
    fn a_name_written_twice_is_kept_once() {
        assert_eq!(written("<p title=a TITLE=b>"), "title=\"a\"");
        assert_eq!(written("<svg><use href='#a' xlink:href='#b'>"), "href=\"#a\"", "an old spelling of the same");
    }

    #[test]
    fn style_in_any_attribute_loads_nothing() {
        for (html, kept) in [
            ("<p style='color:red;background:url(/b.png)'>", "style=\"color:red;background:url(&quot;&quot;)\""),
            ("<svg><path fill='url(#a)'>", "fill=\"url(&quot;#a&quot;)\""),
            ("<svg><path fill='url(https://t.example/a)'>", "fill=\"url(&quot;&quot;)\""),
            ("<svg><path d='M0(0)' transform='rotate(5)'>", "d=\"M0(0)\" transform=\"rotate(5)\""),
            ("<p title='url(https://t.example/a)'>", "title=\"url(https://t.example/a)\""),
        ] {
            assert_eq!(written(html), kept, "{html}");
        }
    }
}
