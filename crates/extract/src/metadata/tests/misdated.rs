//! Tests dates that do not belong to the page, each beside one that does.

use super::*;

#[test]
fn dates_in_a_box_about_the_subject_are_not_the_page_s() {
    let founded = "<tr><th>Founded</th><td>4 May 1998<span class='bday dtstart published'>1998-05-04</span></td></tr>";
    for class in ["infobox vcard", "infobox", "portable-infobox"] {
        let body = format!("<h1>Example Works</h1><table class='{class}'>{founded}</table><p>Text");
        assert_eq!(read(&page("", &body)).published, None, "{class}");
    }
    let author = "<tr><th>Author:</th><td>By Karl May</td></tr>";
    assert_eq!(read(&page("", &format!("<h1>A Novel</h1><table class=infobox>{author}</table>"))).author, None);
    let own = "<h1>Example Works</h1><div class=info><span class=published>1998-05-04</span></div><p>Text";
    assert_eq!(read(&page("", own)).published.as_deref(), Some("1998-05-04"), "another box is the page's");
}

#[test]
fn a_time_of_publication_that_copies_the_change_yields_to_an_earlier_one() {
    let data = |published: &str| {
        data(&format!(r#"{{"@type":"Article","datePublished":"{published}","dateModified":"2026-06-01"}}"#))
    };
    let card = "<meta property=article:published_time content=2026-05-04>";
    let published = |head: &str| read(&page(head, "")).published;
    assert_eq!(published(&format!("{}{card}", data("2026-06-01"))).as_deref(), Some("2026-05-04"));
    assert_eq!(published(&format!("{}{card}", data("2026-05-20"))).as_deref(), Some("2026-05-20"));
    assert_eq!(published(&data("2026-06-01")).as_deref(), Some("2026-06-01"), "without another it counts");
    let copied = "<meta property=article:published_time content=2026-06-02>\
                  <meta property=article:modified_time content=2026-06-02>";
    let shown = "<h1>Walls</h1><time datetime=2026-06-02>2 June 2026</time>";
    let html = page(&format!("{}{copied}", data("2026-05-20")), shown);
    assert_eq!(read(&html).published.as_deref(), Some("2026-05-20"), "two copies of the change agree on nothing");
}

#[test]
fn a_date_in_the_text_agrees_with_the_month_in_the_address() {
    let body = "<h1>Walls</h1><p>Moss</p><footer><p>Published 4 March 2025</p></footer><p>Ada Byron, 21 May 2026</p>";
    let published = |address: &str| read_at(&page("", body), address).published;
    assert_eq!(published("https://example.org/2026/05/walls").as_deref(), Some("2026-05-21"));
    assert_eq!(
        published("https://example.org/2024/01/walls").as_deref(),
        published("https://example.org/walls").as_deref()
    );
    let one = page("", "<h1>Walls</h1><p>Published 4 March 2025</p>");
    let found = read_at(&one, "https://example.org/2026/05/walls").published;
    assert_eq!(found.as_deref(), Some("2025-03-04"), "the only date counts");
}

#[test]
fn two_copies_of_changes_leave_the_earlier_day() {
    let data = data(r#"{"@type":"Article","datePublished":"2026-06-06","dateModified":"2026-06-06"}"#);
    let card = "<meta property=article:published_time content=2026-06-04>\
                <meta property=article:modified_time content=2026-06-04>";
    let shown = "<h1>Walls</h1><time itemprop=datePublished datetime=2026-06-06></time>";
    let metadata = read(&page(&format!("{data}{card}"), shown));
    assert_eq!(metadata.published.as_deref(), Some("2026-06-04"));
}

#[test]
fn another_time_of_day_is_no_display_of_the_publication() {
    let head = data(r#"{"@type":"Article","datePublished":"2026-05-04T17:00:00Z"}"#);
    for (shown, expected) in [
        ("<time datetime=2026-05-05T09:46:00Z>5 May 2026</time>", "2026-05-04T17:00:00Z"),
        ("<time datetime=2026-05-05>5 May 2026</time>", "2026-05-05"),
    ] {
        let metadata = read(&page(&head, &format!("<h1>Walls</h1>{shown}")));
        assert_eq!(metadata.published.as_deref(), Some(expected), "{shown}");
    }
}
