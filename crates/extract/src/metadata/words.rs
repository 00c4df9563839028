//! The words that stand around names, and instead of them, in bylines of many languages. All in lower case.

/// Words after which a name comes.
#[rustfmt::skip]
pub(super) const BY: &[&str] = &[
    "by", "von", "par", "por", "di", "da", "door", "af", "av", "przez", "от", "bởi", "oleh", "από", "tarafından",
    "vom", "durch", "per", "de", "with", "mit", "od",
];

/// Words that name who comes, where a colon follows.
#[rustfmt::skip]
pub(super) const LABELS: &[&str] = &[
    "author", "authors", "autor", "autorin", "autoren", "auteur", "auteure", "auteurs", "autore", "autori", "text",
    "texte", "texto", "testo", "words", "story", "writer", "reporter", "автор", "текст", "作者", "文", "责任编辑", "責任編輯",
    "編集", "记者", "記者", "執筆", "기자", "글", "بقلم", "الكاتب",
];

/// Words that come before "by".
#[rustfmt::skip]
pub(super) const LEADING: &[&str] = &[
    "written", "posted", "post", "posts", "published", "article", "articles", "story", "words", "reported",
    "submitted", "text", "texte", "texto", "testo", "author", "authors", "view", "all", "this", "was", "is",
    "originally", "created", "started", "asked", "uploaded", "shared", "interview", "photos", "original", "a", "an",
    "the", "last", "updated", "erstellt", "geschrieben", "verfasst", "eingestellt", "veröffentlicht", "gepostet",
    "artikel", "beitrag", "beiträge", "zeige", "alle", "ein", "eine", "kolumne", "kommentar", "gastbeitrag", "publié",
    "écrit", "rédigé", "publicado", "escrito", "scritto", "pubblicato", "geschreven",
];

/// Words between two names.
#[rustfmt::skip]
pub(super) const CONNECTORS: &[&str] = &[
    "and", "und", "et", "y", "e", "en", "och", "og", "i", "и", "ja", "with", "&",
];

/// What stands where a name is expected.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "admin", "administrator", "author", "authors", "editor", "editors", "staff", "staff writer", "staff writers",
    "team", "redaktion", "redaction", "redacción", "redazione", "la rédaction", "rédaction", "guest", "guest author",
    "anonymous", "webmaster", "root", "user", "default", "none", "null", "undefined", "online", "agencies", "mehr",
    "cc by", "contributor", "contributors", "autor", "moderator",
];

/// Words that no name has.
#[rustfmt::skip]
pub(super) const NO_NAME_WORDS: &[&str] = &[
    "said", "sagt", "says", "schrieb", "rechte", "vorbehalten", "rights", "reserved", "comments", "comment",
    "kommentare", "follow", "share", "subscribe", "views", "minutes", "minute", "min", "mins", "read", "posts",
    "published", "publiziert", "veröffentlicht", "updated", "view", "more", "all", "about", "ago", "photo", "photos",
    "image", "copyright", "email", "e-mail", "twitter", "facebook", "instagram", "linkedin", "youtube", "profile",
    "profil", "bio", "website", "articles", "beiträge", "artikelübersicht", "correspondent", "editor", "expert",
    "manager", "director", "founder", "co-founder", "cofounder", "ceo", "cto", "writer", "head", "president",
    "marketing", "specialist", "consultant", "coordinator", "senior", "engineer", "creator", "analyst", "officer",
    "reviewed", "reviewer", "name", "erforderlich", "required", "newsletter", "creative", "commons", "lizenz",
    "license", "sign", "login", "log", "click", "here", "learn", "your", "our", "who", "cofounded", "is", "reply",
];
