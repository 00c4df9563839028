//! What an inert copy leaves out and what it keeps, as lists. Deciding nothing; see `inert.rs`.

/// Elements that go with all that is in them: they run, load, embed or only matter to a running page.
pub(super) const DROPPED: [&str; 21] = [
    "applet",
    "base",
    "bgsound",
    "datalist",
    "embed",
    "fencedframe",
    "frame",
    "frameset",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "param",
    "portal",
    "script",
    "source",
    "template",
    "track",
    "animate",
    "set",
];

/// Void elements: they have no end tag.
pub(super) const VOID: [&str; 12] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "wbr"];

/// Elements whose text a parser reads raw, written as an element whose text it does not.
pub(super) const RAW_TO_PLAIN: [(&str, &str); 3] = [("xmp", "pre"), ("listing", "pre"), ("plaintext", "pre")];

/// Attributes that go wherever they stand, besides all that begin with `on`.
pub(super) const DROPPED_ATTRIBUTES: [&str; 40] = [
    "accesskey",
    "action",
    "allow",
    "attributionsrc",
    "attributename",
    "autocomplete",
    "autofocus",
    "autoplay",
    "background",
    "blocking",
    "checked",
    "codebase",
    "command",
    "commandfor",
    "contenteditable",
    "crossorigin",
    "dynsrc",
    "elementtiming",
    "enctype",
    "fetchpriority",
    "form",
    "formaction",
    "formmethod",
    "formtarget",
    "http-equiv",
    "imagesizes",
    "imagesrcset",
    "integrity",
    "is",
    "lowsrc",
    "manifest",
    "method",
    "nonce",
    "ping",
    "popovertarget",
    "referrerpolicy",
    "selected",
    "srcdoc",
    "target",
    "value",
];

/// Attributes that hold one address.
pub(super) const ADDRESSES: [&str; 9] =
    ["cite", "data-original", "data-src", "data-lazy-src", "href", "longdesc", "poster", "src", "usemap"];

/// Attributes that hold a list of image candidates.
pub(super) const ADDRESS_LISTS: [&str; 2] = ["data-srcset", "srcset"];

/// `data-` attributes are the page's memory; these say something about its content.
pub(super) const KEPT_DATA: [&str; 7] =
    ["data-lang", "data-language", "data-lazy-src", "data-original", "data-src", "data-srcset", "data-theme"];

/// `<meta>` names that describe the page; compared in lower case, up to a colon or dot for the families that end with one.
pub(super) const KEPT_META: [&str; 16] = [
    "article:",
    "author",
    "citation_",
    "color-scheme",
    "date",
    "dc.",
    "dcterms.",
    "description",
    "generator",
    "keywords",
    "news_keywords",
    "og:",
    "robots",
    "theme-color",
    "twitter:",
    "viewport",
];

/// Link types that say something about the page and load nothing.
pub(super) const KEPT_LINKS: [&str; 7] = ["alternate", "author", "canonical", "license", "next", "prev", "shortlink"];

/// A name with one of these in it belongs to something secret.
pub(super) const SECRET_WORDS: [&str; 16] = [
    "api-key",
    "api_key",
    "apikey",
    "auth",
    "bearer",
    "credential",
    "csrf",
    "jwt",
    "nonce",
    "passw",
    "private",
    "secret",
    "session",
    "sid",
    "token",
    "xsrf",
];
