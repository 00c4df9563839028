//! Reads hints about an element from the words of its `class` and `id`. Only whole words count:
//! "update" is no "date".

use dom_query::Element;

/// A set of hints about an element, from its author's names for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints(u16);

impl Hints {
    /// It holds readers' comments.
    pub(super) const COMMENT: Self = Self(1);
    /// It is beside the content: navigation, footer, lists of other pages.
    pub(super) const ASIDE: Self = Self(1 << 1);
    /// It names an author.
    pub(super) const AUTHOR: Self = Self(1 << 2);
    /// It holds a date or time.
    pub(super) const DATE: Self = Self(1 << 3);
    /// Its date is that of publication.
    pub(super) const PUBLISHED: Self = Self(1 << 4);
    /// Its date is that of the last change.
    pub(super) const MODIFIED: Self = Self(1 << 5);
    /// It is a title.
    pub(super) const TITLE: Self = Self(1 << 6);
    /// It belongs to a piece of writing.
    pub(super) const ENTRY: Self = Self(1 << 7);
    /// It is a line of facts about a piece.
    pub(super) const META: Self = Self(1 << 8);
    /// It describes the author: life, picture, other pieces.
    pub(super) const ABOUT: Self = Self(1 << 9);
    /// It is the site's own name or logo.
    pub(super) const BRAND: Self = Self(1 << 10);
    /// It names a person with an account.
    pub(super) const USER: Self = Self(1 << 11);

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Reads an element's class and id.
    pub(super) fn of(element: &Element) -> Self {
        let mut hints = Self::default();
        for attr in &element.attrs {
            if matches!(&*attr.name.local, "class" | "id" | "data-testid" | "data-component") {
                hints = words(&attr.value, hints);
            }
        }
        hints
    }
}

/// How much of an attribute is read.
const MAX_ATTRIBUTE: usize = 400;
const MAX_WORD: usize = 24;

fn words(text: &str, mut hints: Hints) -> Hints {
    let mut word = [0_u8; MAX_WORD];
    let mut length = 0;
    let mut lower_before = false;
    for byte in text.bytes().take(MAX_ATTRIBUTE).chain([b' ']) {
        let begins = byte.is_ascii_uppercase() && lower_before;
        if (begins || !byte.is_ascii_alphabetic()) && length > 0 {
            hints = hints.with(mark(word.get(..length).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or("")));
            length = 0;
        }
        lower_before = byte.is_ascii_lowercase();
        if byte.is_ascii_alphabetic()
            && let Some(slot) = word.get_mut(length)
        {
            *slot = byte.to_ascii_lowercase();
            length += 1;
        }
    }
    hints
}

fn mark(word: &str) -> Hints {
    match word {
        "comment" | "comments" | "commentlist" | "commentlisting" | "commenter" | "commentary" | "disqus"
        | "replies" | "reply" | "respond" | "kommentar" | "kommentare" | "commentaire" | "commentaires"
        | "comentarios" => Hints::COMMENT,
        "related" | "relateds" | "sidebar" | "sidebars" | "side" | "footer" | "nav" | "navbar" | "navigation"
        | "menu" | "breadcrumb" | "breadcrumbs" | "recommended" | "recommendations" | "recommendation" | "widget"
        | "widgets" | "trending" | "popular" | "newsletter" | "promo" | "teaser" | "teasers" | "pagination"
        | "pager" | "carousel" | "aside" | "latest" | "recent" | "archive" | "archives" | "similar" | "ticker"
        | "cookie" | "cookies" | "banner" | "advertisement" | "copyright" | "onward" | "recirc" | "onetrust"
        | "consent" | "gdpr" | "recirculation" | "upnext" | "readmore" | "moreposts" | "mostread" | "shoutbox"
        | "modal" | "popup" => Hints::ASIDE,
        "author" | "authors" | "byline" | "bylines" | "autor" | "autores" | "auteur" | "auteurs" | "autore"
        | "verfasser" | "writer" | "writers" | "reporter" | "journalist" | "contributor" | "contributors"
        | "creator" | "authorname" | "writtenby" | "postedby" | "firma" | "redacteur" | "forfatter" | "skribent"
        | "yazar" | "penulis" | "authored" | "bylinename" => Hints::AUTHOR,
        "authorbox" => Hints::AUTHOR.with(Hints::ABOUT),
        "date" | "time" | "timedata" | "dates" | "datetime" | "timestamp" | "datum" | "fecha" | "fechas"
        | "datestamp" | "dateline" | "tanggal" | "tarih" | "dato" => Hints::DATE,
        "published" | "publish" | "pubdate" | "posted" | "publication" | "publicado" | "publicada" | "created"
        | "publishdate" | "releasedate" | "issued" | "datepublished" | "pubtime" | "postdate" | "entrydate" => {
            Hints::DATE.with(Hints::PUBLISHED)
        }
        "updated" | "modified" | "lastmod" | "lastmodified" | "lastupdated" | "changed" | "edited" | "revised"
        | "update" => Hints::MODIFIED,
        "title" | "headline" | "heading" | "titre" | "titulo" | "titel" | "ueberschrift" | "headlines" => Hints::TITLE,
        "entry" | "post" | "article" | "story" | "single" | "artikel" | "articulo" | "beitrag" | "blogpost"
        | "posting" => Hints::ENTRY,
        "data" | "day" | "meta" | "info" | "postmeta" | "details" | "submitted" | "metadata" | "metas" | "infos"
        | "postinfo" | "subline" => Hints::META,
        "bio" | "biography" | "avatar" | "about" | "image" | "photo" | "img" | "role" | "social" | "follow"
        | "desc" | "description" | "more" | "list" | "email" | "twitter" | "share" | "jobtitle" | "position"
        | "links" | "count" => Hints::ABOUT,
        "username" | "poster" | "postername" | "nickname" | "postuser" | "submitter" | "hnuser" | "membername"
        | "mention" => Hints::USER,
        "logo" | "brand" | "masthead" | "site" | "sitename" | "blogname" => Hints::BRAND,
        _ => Hints::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_separated_however_they_are_joined() {
        for (class, hints) in [
            ("post-author", Hints::ENTRY.with(Hints::AUTHOR)),
            ("PostAuthor", Hints::ENTRY.with(Hints::AUTHOR)),
            ("entry__date js-x", Hints::ENTRY.with(Hints::DATE)),
            ("authority updateable datepicker", Hints::default()),
            ("commentList", Hints::COMMENT.with(Hints::ABOUT)),
            ("", Hints::default()),
        ] {
            assert_eq!(words(class, Hints::default()), hints, "{class}");
        }
    }
}
