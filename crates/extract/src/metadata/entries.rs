//! Reads the entries of a list that a page's JSON-LD declares: the things of a listing, or
//! questions with their answers. It does not compare them with what the page shows.

use super::structured::{Item, Origin, Structured};

/// A list of fewer entries is not the page's subject.
const LEAST: usize = 3;

/// An entry of a declared list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    /// Where it leads, as declared.
    pub(crate) address: Option<String>,
    /// What is said about it; the answer to a question.
    pub(crate) text: Option<String>,
}

/// Returns the entries of the longest list, or of the page's questions if it has no list.
pub(super) fn of(structured: &Structured) -> Vec<Entry> {
    let is_data = |item: &Item<'_>| item.origin() == Origin::JsonLd;
    let lists = structured.of_type(&["ItemList", "OfferCatalog"]).into_iter().filter(is_data);
    let lists = lists.map(|list| list.items("itemListElement").filter_map(entry).collect::<Vec<_>>());
    let questions = structured.of_type(&["FAQPage"]).into_iter().filter(is_data);
    let questions = questions.map(|page| page.items("mainEntity").filter_map(question).collect::<Vec<_>>());
    let longest =
        |all: &mut dyn Iterator<Item = Vec<Entry>>| all.max_by_key(Vec::len).filter(|entries| entries.len() >= LEAST);
    longest(&mut lists.into_iter()).or_else(|| longest(&mut questions.into_iter())).unwrap_or_default()
}

fn entry(place: Item<'_>) -> Option<Entry> {
    let inner = place.items("item").next();
    let text = |names: &[&str]| {
        let all = inner.into_iter().chain([place]);
        all.flat_map(|item| names.iter().filter_map(move |name| item.text(name))).next().map(str::to_owned)
    };
    Some(Entry { name: text(&["name", "headline"])?, address: text(&["url", "item"]), text: text(&["description"]) })
}

fn question(item: Item<'_>) -> Option<Entry> {
    let answer = ["acceptedAnswer", "suggestedAnswer"].iter().find_map(|name| item.items(name).next());
    let text = answer.and_then(|answer| answer.text("text")).map(str::to_owned);
    Some(Entry { name: item.text("name").or_else(|| item.text("text"))?.to_owned(), address: None, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(json: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let structured = Structured::default().read(&[json.to_owned()], None);
        of(&structured).into_iter().map(|entry| (entry.name, entry.address, entry.text)).collect()
    }

    fn list(entries: &[&str]) -> String {
        format!(r#"{{"@type":"ItemList","itemListElement":[{}]}}"#, entries.join(","))
    }

    #[test]
    fn both_forms_of_a_list_are_read() {
        let found = entries(&list(&[
            r#"{"@type":"ListItem","position":1,"name":"Cup","url":"/cup"}"#,
            r#"{"@type":"ListItem","item":{"@type":"Product","name":"Jug","url":"/jug","description":"Of clay."}}"#,
            r#"{"@type":"Product","name":"Bowl"}"#,
            r#"{"@type":"ListItem","url":"/nameless"}"#,
        ]));
        let some = |text: &str| Some(text.to_owned());
        let expected = [("Cup", some("/cup"), None), ("Jug", some("/jug"), some("Of clay.")), ("Bowl", None, None)];
        assert_eq!(found, expected.map(|(name, address, text)| (name.to_owned(), address, text)));
    }

    #[test]
    fn short_lists_and_crumbs_are_no_lists() {
        assert_eq!(entries(&list(&[r#"{"name":"Cup"}"#, r#"{"name":"Jug"}"#])), []);
        let crumbs = list(&[r#"{"name":"a"}"#, r#"{"name":"b"}"#, r#"{"name":"c"}"#]);
        assert_eq!(entries(&crumbs.replace("ItemList", "BreadcrumbList")), []);
        assert_eq!(entries("{}"), []);
    }

    #[test]
    fn questions_come_with_their_answers() {
        let question = r#"{"@type":"Question","name":"Why?","acceptedAnswer":{"@type":"Answer","text":"So."}}"#;
        let page = format!(r#"{{"@type":"FAQPage","mainEntity":[{question},{question},{question}]}}"#);
        assert_eq!(entries(&page), vec![("Why?".to_owned(), None, Some("So.".to_owned())); 3]);
    }
}
