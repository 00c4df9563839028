//! Extracts the page of a film on YouTube. It takes the channel, description, chapters, transcript
//! and comments, as far as the page shows them. Suggestions of other films and the player are left
//! out.

use dom_query::{Document, Matcher, NodeId, NodeRef};

use super::{Discussion, omissions, typed_lines};
use crate::fold::fold;
use cachette_dom::text::{short_text, single_line, solid_chars, visible_text};
use cachette_dom::{Step, Walk};

/// The element around the film's own data; pages of channels and lists lack it.
pub(super) const SIGN: &str = "ytd-watch-metadata";

const CHANNEL: &str = "ytd-watch-metadata ytd-channel-name #text";
const INFO: &str = "ytd-watch-metadata #info";
/// Where the description may be: shortened below the film, and whole in a panel beside it.
const DESCRIPTIONS: [&str; 4] = [
    "ytd-watch-metadata ytd-text-inline-expander > #expanded",
    "ytd-expandable-video-description-body-renderer #description",
    "ytd-watch-metadata ytd-text-inline-expander > yt-attributed-string",
    "ytd-watch-metadata ytd-text-inline-expander #snippet-text",
];
const PANEL: &str = "ytd-engagement-panel-section-list-renderer";
const PANEL_TITLE: &str = "#title-text";
/// A part of a panel, its time and its words.
const ROWS: [[&str; 3]; 3] = [
    ["ytd-macro-markers-list-item-renderer", "#time", "h4.macro-markers"],
    ["ytd-transcript-segment-renderer", ".segment-timestamp", ".segment-text"],
    [
        "transcript-segment-view-model",
        ".ytwTranscriptSegmentViewModelTimestamp",
        "span.ytAttributedStringHost, span.yt-core-attributed-string",
    ],
];
const COMMENTS: &str = "ytd-comments ytd-comment-thread-renderer #main";
/// The greatest length of a line of the transcript and of other short texts.
const MAX_LINE: usize = 2000;
/// How many panels are read.
const MAX_PANELS: usize = 24;
/// How many steps into an element a match is searched for.
const MAX_STEPS: usize = 400;

/// Extracts a film's page, and leaves the tree unchanged. Returns `None` if the page shows nothing
/// about the film.
pub(super) fn extract(document: &Document) -> Option<Discussion> {
    let document = document.clone();
    let root = document.tree.new_element("div").id;
    let mut taken = Vec::new();
    {
        let place = NodeRef { id: root, tree: &document.tree };
        let is_described = describe(&document, &place, &mut taken);
        let is_divided = divide(&document, &place, &mut taken);
        if !is_described && !is_divided {
            return None;
        }
        head(&document, &place, &mut taken);
        for comment in document.select(COMMENTS).nodes() {
            place.append_child(&document.tree.new_element("hr"));
            take(comment, &place, &mut taken);
        }
    }
    let omissions = omissions::beside(&document, &taken);
    Some(Discussion { omissions, ..Discussion::new(document, root, "video", "youtube") })
}

/// Moves an element to `place`, and remembers where it was.
fn take(node: &NodeRef<'_>, place: &NodeRef<'_>, taken: &mut Vec<NodeId>) {
    taken.extend(node.parent().map(|parent| parent.id));
    place.append_child(node);
}

/// Removes an element whose text is written elsewhere, and remembers where it was.
fn remove(node: &NodeRef<'_>, taken: &mut Vec<NodeId>) {
    taken.extend(node.parent().map(|parent| parent.id));
    node.remove_from_parent();
}

/// Writes the channel, the views and the date before everything else.
fn head(document: &Document, place: &NodeRef<'_>, taken: &mut Vec<NodeId>) {
    let tree = place.tree;
    let line = tree.new_element("p");
    if let Some(channel) = first_line(document, CHANNEL, taken) {
        let name = tree.new_element("strong");
        name.append_child(&tree.new_text(channel));
        line.append_child(&name);
    }
    if let Some(info) = first_line(document, INFO, taken) {
        let separator = if line.first_child().is_some() { " · " } else { "" };
        line.append_child(&tree.new_text(format!("{separator}{info}")));
    }
    match place.first_child() {
        Some(first) if line.first_child().is_some() => first.insert_before(&line),
        _ => {}
    }
}

/// Moves the longest form of the description to `place`.
fn describe(document: &Document, place: &NodeRef<'_>, taken: &mut Vec<NodeId>) -> bool {
    let found = DESCRIPTIONS.iter().filter_map(|selector| document.select(selector).nodes().first().copied());
    let measured: Vec<(usize, NodeRef<'_>)> =
        found.map(|node| (solid_chars(&visible_text(node)), node)).filter(|(chars, _)| *chars > 0).collect();
    // Among equally long ones, the first counts.
    let best = measured.iter().copied().reduce(|best, other| if other.0 > best.0 { other } else { best });
    let Some((_, description)) = best else { return false };
    // The other forms that only repeat its beginning are removed.
    let whole = fold(&visible_text(description));
    let is_beginning = |node: &NodeRef<'_>| whole.starts_with(&fold(visible_text(*node).trim_end_matches(['.', '…'])));
    let is_part = |node: &NodeRef<'_>| node.ancestors(None).iter().any(|above| above.id == description.id);
    for (_, other) in measured.iter().filter(|(_, node)| node.id != description.id) {
        if is_beginning(other) && !is_part(other) {
            remove(other, taken);
        }
    }
    let block = place.tree.new_element("div");
    place.append_child(&block);
    take(&description, &block, taken);
    typed_lines::split(description, |_| true);
    true
}

/// Writes the panels that divide the film by time: chapters and transcript.
fn divide(document: &Document, place: &NodeRef<'_>, taken: &mut Vec<NodeId>) -> bool {
    let mut known: Vec<Vec<Row>> = Vec::new();
    for panel in document.select(PANEL).nodes().iter().take(MAX_PANELS) {
        for selectors in ROWS {
            let rows = rows(panel, selectors, taken);
            if rows.is_empty() {
                continue;
            }
            let title = Matcher::new(PANEL_TITLE).ok().and_then(|title| find(panel, &title));
            if let Some(title) = &title {
                remove(title, taken);
            }
            // Some panels show the same chapters.
            if known.contains(&rows) {
                continue;
            }
            if let Some(title) = title.as_ref().and_then(line_of) {
                let heading = place.tree.new_element("h2");
                heading.append_child(&place.tree.new_text(title));
                place.append_child(&heading);
            }
            let list = place.tree.new_element("ul");
            place.append_child(&list);
            for row in &rows {
                let item = place.tree.new_element("li");
                let mark = place.tree.new_element(if row.target.is_some() { "a" } else { "span" });
                if let Some(target) = &row.target {
                    mark.set_attr("href", target);
                }
                mark.append_child(&place.tree.new_text(row.time.as_str()));
                item.append_child(&mark);
                item.append_child(&place.tree.new_text(format!(" {}", row.words)));
                list.append_child(&item);
            }
            known.push(rows);
        }
    }
    !known.is_empty()
}

/// A chapter, or a line of the transcript.
#[derive(PartialEq, Eq)]
struct Row {
    time: String,
    target: Option<String>,
    words: String,
}

/// Takes the rows of a panel, which are removed from it.
fn rows(panel: &NodeRef<'_>, [row, time, words]: [&str; 3], taken: &mut Vec<NodeId>) -> Vec<Row> {
    let all = [row, time, words, "a"].map(|selector| Matcher::new(selector).ok());
    let [Some(row), Some(time), Some(words), Some(link)] = all else { return Vec::new() };
    let (mut rows, mut read) = (Vec::new(), Vec::new());
    let mut walk = Walk::new(*panel);
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        if !node.is_match(&row) {
            continue;
        }
        walk.skip_children();
        let line = |matcher: &Matcher| find(&node, matcher).and_then(|found| Some((line_of(&found)?, found)));
        if let Some((words, said)) = line(&words) {
            let target = find(&node, &link).and_then(|link| Some(link.attr("href")?.to_string()));
            let (time, shown) = line(&time).unzip();
            read.push((node, [Some(said), shown]));
            rows.push(Row { time: time.unwrap_or_default(), target, words });
        }
    }
    for ((row, parts), written) in read.iter().zip(&rows) {
        parts.iter().flatten().for_each(|part| remove(part, taken));
        // Some rows repeat their words. Anything else in them is left out, and so listed.
        let rest = line_of(row).is_some_and(|rest| rest != written.words);
        if !rest {
            remove(row, taken);
        }
    }
    rows
}

/// Returns the first match near the beginning of an element.
fn find<'t>(root: &NodeRef<'t>, matcher: &Matcher) -> Option<NodeRef<'t>> {
    Walk::new(*root).take(MAX_STEPS).find_map(|step| match step {
        Step::Enter(node) if node.is_match(matcher) => Some(node),
        _ => None,
    })
}

fn first_line(document: &Document, selector: &str, taken: &mut Vec<NodeId>) -> Option<String> {
    let node = document.select(selector).nodes().first().copied()?;
    let line = line_of(&node)?;
    remove(&node, taken);
    Some(line)
}

fn line_of(node: &NodeRef<'_>) -> Option<String> {
    short_text(node, 8 * MAX_LINE)?;
    Some(single_line(&visible_text(*node), MAX_LINE)).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_dom::parse;

    const HEAD: &str = "<ytd-watch-metadata><ytd-channel-name><p id=text>Canal Talks</p></ytd-channel-name><p id=info>\
                        14K views</p><ytd-text-inline-expander><p id=snippet-text>A talk about locks.\nIt is\
                        </p></ytd-text-inline-expander></ytd-watch-metadata>";

    fn lines(html: &str) -> Option<Vec<String>> {
        let film = extract(&parse(html).document)?;
        let root = NodeRef { id: film.root, tree: &film.document.tree };
        Some(visible_text(root).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }

    #[test]
    fn the_longest_description_is_kept_with_its_lines() {
        assert_eq!(lines(HEAD).unwrap(), ["Canal Talks · 14K views", "A talk about locks.", "It is"]);
        let whole = "<ytd-expandable-video-description-body-renderer><div id=description>A talk about locks.\nIt is \
                     long.</div></ytd-expandable-video-description-body-renderer>";
        let both = lines(&format!("{HEAD}{whole}")).unwrap();
        assert_eq!(both, ["Canal Talks · 14K views", "A talk about locks.", "It is long."]);
    }

    #[test]
    fn chapters_and_transcript_keep_their_times() {
        let panels = "<ytd-engagement-panel-section-list-renderer><h2 id=title-text>Chapters</h2>\
                      <ytd-macro-markers-list-item-renderer><a href='/watch?v=a&t=6s'><h4 \
                      class=macro-markers>Gates</h4><h4 class=problem-walkthroughs>Gates</h4><p id=time>0:06</p></a>\
                      </ytd-macro-markers-list-item-renderer></ytd-engagement-panel-section-list-renderer>\
                      <ytd-engagement-panel-section-list-renderer><h2 id=title-text>Transcript</h2>\
                      <ytd-transcript-segment-renderer><p class=segment-timestamp>0:00</p><p class=segment-text>Good\n\
                      evening.</p></ytd-transcript-segment-renderer></ytd-engagement-panel-section-list-renderer>";
        let read = lines(&format!("{HEAD}{panels}")).unwrap();
        assert_eq!(read[3..], ["Chapters", "0:06 Gates", "Transcript", "0:00 Good evening."]);
    }

    #[test]
    fn a_description_keeps_the_beginning_that_is_a_part_of_it() {
        let page = "<ytd-watch-metadata><ytd-text-inline-expander><div id=expanded><p id=snippet-text>A talk about \
                    locks.</p><p>It is long.</p></div></ytd-text-inline-expander></ytd-watch-metadata>";
        assert_eq!(lines(page).unwrap(), ["A talk about locks.", "It is long."]);
    }

    #[test]
    fn words_of_a_row_that_are_not_written_are_listed() {
        let page = format!(
            "{HEAD}<ytd-engagement-panel-section-list-renderer><ytd-transcript-segment-renderer><p \
             class=segment-timestamp>0:00</p><p class=speaker>Ada Bell</p><p class=segment-text>Good evening.</p>\
             </ytd-transcript-segment-renderer></ytd-engagement-panel-section-list-renderer>"
        );
        let film = extract(&parse(&page).document).unwrap();
        let listed: Vec<&str> = film.omissions.list.iter().map(|one| one.begins.as_str()).collect();
        assert_eq!(listed, ["Ada Bell"]);
    }

    #[test]
    fn only_what_is_not_written_is_listed_as_left_out() {
        let page = format!(
            "<header>Sign in</header>{HEAD}<ytd-engagement-panel-section-list-renderer><h2 id=title-text>Chapters</h2>\
             <ytd-macro-markers-list-item-renderer><h4 class=macro-markers>Gates</h4><p id=time>0:06</p>\
             </ytd-macro-markers-list-item-renderer><p>Sync to video time</p>\
             </ytd-engagement-panel-section-list-renderer><div id=related><p>Another film</p></div>"
        );
        let film = extract(&parse(&page).document).unwrap();
        let listed: Vec<&str> = film.omissions.list.iter().map(|one| one.begins.as_str()).collect();
        assert_eq!(listed, ["Sign in", "Sync to video time", "Another film"]);
    }

    #[test]
    fn a_page_that_shows_nothing_about_a_film_is_none() {
        assert_eq!(lines("<ytd-watch-metadata><h1>Locks</h1></ytd-watch-metadata>"), None);
    }
}
