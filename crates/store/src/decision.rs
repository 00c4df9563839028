//! What becomes of a draft, judged from the versions that are there. Reads; writes nothing.

use crate::article::Article;
use crate::draft::Draft;
use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::to_the_millisecond;
use crate::store::{Version, versions_in};

/// What is to be done with a draft.
pub(crate) enum Decision {
    /// Nothing: this capture is on the disk, as this version (none: the newest).
    Known(Option<Version>, Box<Article>),
    /// The version (none: the newest) whose article was seen again.
    SeenAgain(Option<Version>, Box<Article>),
    /// It becomes `index.md`.
    Newest,
    /// It goes to `versions/`.
    Older,
}

/// Judges a draft against the newest version and the older ones.
pub(crate) fn decide(
    draft: &Draft<'_>,
    current: Option<&Article>,
    versions: Option<&Folder>,
) -> Result<Decision, StoreError> {
    let Some(current) = current else { return Ok(Decision::Newest) };
    let captured_at = to_the_millisecond(draft.captured_at);
    let sound = current.trouble.is_none() && current.holds(draft.article_hash);
    if captured_at == current.captured_at && sound {
        return Ok(Decision::Known(None, Box::new(current.clone())));
    }
    let Some(versions) = versions.filter(|_| captured_at <= current.captured_at) else {
        return Ok(match (captured_at < current.captured_at, sound) {
            (true, _) => Decision::Older,
            (false, true) => Decision::SeenAgain(None, Box::new(current.clone())),
            (false, false) => Decision::Newest,
        });
    };
    // Older captures are judged as if they had come in their order: against the version that held at their time.
    let mut first = true;
    for version in versions_in(versions)?.into_iter().filter(|version| version.captured_at <= captured_at) {
        let same_time = version.captured_at == captured_at;
        if !same_time && !first {
            break;
        }
        first = false;
        let Some(article) = Article::read(versions, &format!("{}.md", version.stem()))? else { continue };
        if article.trouble.is_none() && article.holds(draft.article_hash) {
            return Ok(match same_time {
                true => Decision::Known(Some(version), Box::new(article)),
                false if captured_at == current.captured_at => Decision::Newest,
                false => Decision::SeenAgain(Some(version), Box::new(article)),
            });
        }
    }
    Ok(if captured_at < current.captured_at { Decision::Older } else { Decision::Newest })
}
