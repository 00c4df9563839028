//! Decides what happens to a draft, given the existing versions. Reads only; writes nothing.

use jiff::SignedDuration;

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{ARTICLE, to_the_millisecond};
use crate::read::article::Article;
use crate::read::companion::Companion;
use crate::relink::{Way, relinked};
use crate::version::{Version, versions_in};
use crate::write::draft::Draft;

/// A capture that is filed within this time is fresh. Even a large page on a slow disk, tried
/// twice, takes less.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// The decision about a draft.
pub(crate) enum Decision {
    /// Nothing: this capture is already filed, as this version (`None`: the newest).
    Known(Option<Version>, Box<Article>),
    /// Record that the article of this version (`None`: the newest) was seen again.
    SeenAgain(Option<Version>, Box<Article>),
    /// Make it `index.md`.
    Newest {
        /// Whether the newest version so far is dated in the future.
        clock_behind: bool,
    },
    /// File it in `versions/`.
    Older,
}

/// Compares a draft with the newest version and the older ones.
pub(crate) fn decide(
    draft: &Draft<'_>,
    current: Option<&Article>,
    page: &Folder,
    versions: Option<&Folder>,
) -> Result<Decision, StoreError> {
    const NEWEST: Decision = Decision::Newest { clock_behind: false };
    let Some(current) = current else { return Ok(NEWEST) };
    let captured_at = to_the_millisecond(draft.captured_at);
    let clock_behind = captured_at < current.captured_at && is_from_the_future(current, draft);
    if captured_at >= current.captured_at || clock_behind {
        let same = is_page_of_draft(current, page, ARTICLE, draft)?;
        if same && captured_at == current.captured_at {
            return Ok(Decision::Known(None, Box::new(current.clone())));
        }
        if captured_at != current.captured_at {
            return Ok(match same {
                true => Decision::SeenAgain(None, Box::new(current.clone())),
                false => Decision::Newest { clock_behind },
            });
        }
    }
    let otherwise = if captured_at < current.captured_at { Decision::Older } else { NEWEST };
    let Some(versions) = versions else { return Ok(otherwise) };
    // Older captures are treated as if they had come in order. Each is compared with the version
    // that was valid at its time.
    let mut first = true;
    for version in versions_in(versions)?.into_iter().filter(|version| version.captured_at <= captured_at) {
        let same_time = version.captured_at == captured_at;
        if !same_time && !first {
            break;
        }
        first = false;
        let name = format!("{}.md", version.stem());
        let Some(article) = Article::read(versions, &name)? else { continue };
        if is_page_of_draft(&article, versions, &name, draft)? {
            return Ok(match same_time {
                true => Decision::Known(Some(version), Box::new(article)),
                false if captured_at == current.captured_at => NEWEST,
                false => Decision::SeenAgain(Some(version), Box::new(article)),
            });
        }
    }
    Ok(otherwise)
}

/// Whether the newest version is dated later than the current time, at which the draft was
/// captured.
fn is_from_the_future(current: &Article, draft: &Draft<'_>) -> bool {
    draft.fresh_at.is_some_and(|now| {
        current.captured_at > now && now.duration_since(to_the_millisecond(draft.captured_at)).abs() <= FRESH
    })
}

/// Whether a version has the draft's article. Hashes decide, or, if another converter made that
/// version, a comparison of today's conversions of both DOMs.
fn is_page_of_draft(article: &Article, folder: &Folder, name: &str, draft: &Draft<'_>) -> Result<bool, StoreError> {
    if article.trouble.is_some() {
        return Ok(false);
    }
    if article.holds(draft.article_hash) {
        return Ok(true);
    }
    let (Some(same_page), Some(number)) = (draft.same_page, draft.converter) else { return Ok(false) };
    if article.front.get("article_hash").is_none() || article.hash_converter() == number {
        return Ok(false);
    }
    let html = match article.html_hash() {
        None => None,
        Some(named) => match sound_capture(folder, name, &named)? {
            None => return Ok(false),
            html => html,
        },
    };
    Ok(same_page.is_same_page(article, &article.body_as_newest(), html.as_deref()))
}

/// Reads the DOM of a version, with the links of a page's folder. It is `None` if it is not the
/// captured one.
pub(crate) fn sound_capture(folder: &Folder, article: &str, named: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let newest = article == ARTICLE;
    let html = Companion::Dom.read(folder, &Companion::Dom.beside(article))?.filter(|html| sha256_hex(html) == named);
    Ok(html.map(|html| if newest { None } else { relinked(&html, Way::Higher) }.unwrap_or(html)))
}
