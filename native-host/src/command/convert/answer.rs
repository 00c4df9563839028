//! Defines the JSON object in which `cachette convert` answers. It only names what a conversion
//! found.

use cachette_cache::LeftOut;
use cachette_page::Page;
use serde::Serialize;
use serde_json::Value;

/// The object of `--json`. Its names are Readability's; for other values they are those of
/// [`cachette_page::Metadata`]. `date` is the day of publication, otherwise of the last change.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Converted {
    id: Value,
    title: Option<String>,
    byline: Option<String>,
    date: Option<String>,
    lang: Option<String>,
    site_name: Option<String>,
    excerpt: Option<String>,
    image: Option<String>,
    kind: Option<String>,
    dir: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    canonical: Option<String>,
    license: Option<String>,
    markdown: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none", rename = "full_text")]
    full_text: Option<String>,
    dropped: Vec<LeftOut>,
    warnings: Vec<String>,
    sources: std::collections::BTreeMap<&'static str, String>,
    #[serde(rename = "cpu_ms")]
    cpu_ms: f64,
}

impl Converted {
    pub(super) fn of(id: Option<Value>, page: Page, full: bool, cpu_ms: f64) -> Converted {
        let metadata = page.metadata;
        Converted {
            id: id.unwrap_or(Value::Null),
            title: Some(metadata.title).filter(|title| !title.is_empty()),
            byline: metadata.author,
            date: metadata.published.as_deref().or(metadata.modified.as_deref()).and_then(day),
            lang: metadata.lang,
            site_name: metadata.site,
            excerpt: metadata.description,
            image: metadata.image,
            kind: metadata.kind,
            dir: metadata.dir,
            published: metadata.published,
            modified: metadata.modified,
            canonical: metadata.canonical,
            license: metadata.license,
            markdown: page.markdown,
            text: page.text,
            full_text: full.then_some(page.full_text),
            dropped: page.dropped.into_iter().map(LeftOut::of).collect(),
            warnings: page.warnings.iter().map(ToString::to_string).collect(),
            sources: metadata.sources,
            cpu_ms,
        }
    }
}

/// Returns the day of a date or time. It is `YYYY-MM-DD`, as it is written there and not moved to
/// another zone.
fn day(published: &str) -> Option<String> {
    let day = published.get(..10)?;
    day.parse::<jiff::civil::Date>().ok().map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_the_day_that_is_written() {
        assert_eq!(day("2026-11-22T23:30:00-05:00").as_deref(), Some("2026-11-22"));
        assert_eq!(day("2026-11-22").as_deref(), Some("2026-11-22"));
        for none in ["", "2026", "yesterday…", "2026-13-01", "22.11.2026", "éééééé"] {
            assert_eq!(day(none), None);
        }
    }
}
