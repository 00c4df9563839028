//! Finds the licence that a page declares, as an address or in words. Texts that merely mention
//! licences do not count.

use super::Resolve;
use super::scan::Scan;
use cachette_dom::text::single_line;

const MAX_LICENCE: usize = 300;

/// Returns the licence, as an absolute address if the page gives one.
pub(super) fn licence(scan: &Scan, web: &Resolve<'_>) -> Option<(&'static str, String)> {
    let items = scan.structured.items().filter(|item| item.is_main());
    let item = items.into_iter().find_map(|item| {
        let licence = item.texts("license").next().or_else(|| {
            let below = item.items("license").next()?;
            below.text("url").or_else(|| below.text("@id")).or_else(|| below.text("name"))
        })?;
        Some((item.origin().name(), licence.to_owned()))
    });
    let rel = || scan.licence.clone().map(|href| ("rel-license", href));
    let dublin = || {
        scan.meta(&["dcterms.license", "dc.rights.license", "dcterms.rights", "dc.rights", "dc:rights", "rights"])
            .map(|text| ("dc", text.to_owned()))
    };
    [item, rel(), dublin()].into_iter().flatten().find_map(|(source, licence)| Some((source, written(&licence, web)?)))
}

fn written(licence: &str, web: &Resolve<'_>) -> Option<String> {
    let licence = single_line(licence, MAX_LICENCE);
    // An address may lack its scheme; "CC BY 4.0" is not an address.
    let scheme = licence.split_once(':').is_some_and(|(before, _)| before.chars().all(|c| c.is_ascii_alphanumeric()));
    if scheme || licence.starts_with(['/', '.']) {
        return web(&licence).filter(|address| address.len() <= MAX_LICENCE);
    }
    Some(licence).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
