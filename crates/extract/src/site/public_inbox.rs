//! Extracts the mails of a public-inbox archive: one mail, or a whole thread. The archive writes
//! the head, the text and the foot of a mail into one `<pre>`, so selectors cannot tell them apart.

use dom_query::{Document, NodeId, NodeRef};

use super::post::Post;
use super::signatures::Signatures;
use super::{Discussion, omissions, thread};
use cachette_dom::text::single_line;
use cachette_dom::{Step, Walk, name_of};

/// The ids on the page of a mail: its text, and its place in the thread.
const MAIL: [&str; 2] = ["#b", "#t"];
/// The ids on the page of a thread: the mail that was asked for, and the overview.
const THREAD: [&str; 2] = ["#u", "#t"];
/// The longest name of an author, and the longest date.
const MAX_NAME: usize = 100;
/// How deep replies may be nested.
const MAX_LEVEL: usize = 64;

/// Returns the names by which such pages are recognised.
pub(super) fn signs() -> impl Iterator<Item = &'static str> {
    MAIL.into_iter().chain(THREAD)
}

/// Extracts the mails, and leaves the tree unchanged.
pub(super) fn extract(document: &Document, names: &Signatures) -> Option<Discussion> {
    let is_either = [MAIL, THREAD].iter().any(|ids| ids.iter().all(|id| names.has(id)));
    if !is_either {
        return None;
    }
    let copy = document.clone();
    let boxes: Vec<NodeId> = Walk::new(copy.root())
        .filter_map(|step| match step {
            Step::Enter(node) if name_of(&node) == *"pre" => Some(node.id),
            _ => None,
        })
        .collect();
    let posts: Vec<Post> = boxes.iter().filter_map(|id| mail(&NodeRef { id: *id, tree: &copy.tree })).collect();
    if posts.is_empty() {
        return None;
    }
    let discussion = thread::build(&copy, &posts, "public-inbox");
    let discussion = Some(discussion).filter(Discussion::has_posts)?;
    Some(Discussion { omissions: omissions::of(&copy, &posts), ..discussion })
}

/// Reads the mail in an element, and puts its text into an element of its own.
fn mail(pre: &NodeRef<'_>) -> Option<Post> {
    let is_alone = pre.id_attr().is_some_and(|id| &*id == "b");
    if !is_alone && !begins_mail(pre) {
        return None;
    }
    let (head, text) = split(pre)?;
    let from = line_after(&head, "From: ")?;
    let (author, date) = if is_alone {
        (from, line_after(&head, "Date: ")?)
    } else {
        let (name, rest) = from.rsplit_once(" @ ")?;
        (name, rest)
    };
    // Links follow a date: `(permalink / raw)`, or a tab and `[thread overview]`.
    let date = date.split(['\t', '(']).next().unwrap_or(date);
    let name = author.split('<').next().unwrap_or(author).trim().trim_matches('"');
    let name = if name.is_empty() { author } else { name };
    let levels = pre.ancestors_it(Some(4 * MAX_LEVEL)).filter(|above| name_of(above) == *"ul").count();
    Some(Post {
        author: Some(single_line(name, MAX_NAME)),
        date: Some(single_line(date, MAX_NAME)).filter(|date| !date.is_empty()),
        element: Some(pre.id),
        level: levels.min(MAX_LEVEL),
        body: vec![text],
        mail: true,
        ..Post::default()
    })
}

/// Whether an element begins with the sign that jumps to the end of its mail.
fn begins_mail(pre: &NodeRef<'_>) -> bool {
    let target = |node: &NodeRef<'_>| node.attr("href").is_some_and(|href| href.starts_with("#e"));
    pre.first_element_child().is_some_and(|first| {
        name_of(&first) == *"a" && target(&first) && first.id_attr().is_some_and(|id| id.starts_with('m'))
    })
}

/// Splits a mail at the first empty line behind its sender, and before the links at its end.
/// Returns the head, and the element with the text.
fn split(pre: &NodeRef<'_>) -> Option<(String, NodeId)> {
    let (mut head, mut text) = (String::new(), None);
    let is_end = |node: &NodeRef<'_>| {
        name_of(node) == *"a"
            && node.id_attr().is_some_and(|id| id.starts_with('e'))
            && node.attr("href").is_some_and(|href| href.starts_with("#m"))
    };
    for part in pre.children_it(false).collect::<Vec<_>>() {
        let Some(text) = &text else {
            let said = part.text().to_string();
            let is_sent = head.starts_with("From: ") || head.contains("\nFrom: ");
            let end = Some(&said).filter(|_| part.is_text() && is_sent_by(&head, &said, is_sent));
            let end = end.and_then(|said| said.find("\n\n"));
            let Some((before, after)) = end.and_then(|at| said.split_at_checked(at)) else {
                head.push_str(&said);
                continue;
            };
            head.push_str(before);
            let holder = pre.tree.new_element("div");
            holder.append_child(&pre.tree.new_text(after.trim_start_matches('\n')));
            part.insert_before(&pre.tree.new_text(before));
            part.insert_before(&holder);
            part.remove_from_parent();
            text = Some(holder);
            continue;
        };
        if is_end(&part) {
            break;
        }
        text.append_child(&part);
    }
    Some((head, text?.id))
}

/// Whether the sender is named before the empty line that ends a head.
fn is_sent_by(head: &str, said: &str, is_sent: bool) -> bool {
    let before = said.split("\n\n").next().unwrap_or(said);
    is_sent || head.is_empty() && before.starts_with("From: ") || before.contains("\nFrom: ")
}

/// Returns the rest of the line that begins with a field's name.
fn line_after<'t>(head: &'t str, field: &str) -> Option<&'t str> {
    head.lines().find_map(|line| line.strip_prefix(field)).map(str::trim)
}

#[cfg(test)]
mod tests {
    use crate::site::tests::transcript;

    const FOOT: &str = "<hr><pre>end of thread, other threads:[<a href='../../'>newest</a>]\n\n<b id=t>Thread \
                        overview:</b> 2+ messages\n-- links below jump to the message on this page --\n</pre>";

    #[test]
    fn a_mail_alone_is_read() {
        let page = "<body><form action='../'><pre><a href='../'><b>harbour list archive</b></a></pre></form><pre \
                    id=b>From: Ada Bell &lt;ada@example.org&gt;\nTo: tides@example.org\nSubject: <a href='#r' \
                    id=t>the gauge</a>\nDate: Fri, 3 May 2024 08:45:00 +0200\t<a href='#r'>[thread \
                    overview]</a>\nMessage-ID: &lt;1@x&gt; (<a href=raw>raw</a>)\n\nThe gauge drips.\n\n<span \
                    class=q>&gt; Who says so?\n</span>I do.\n</pre><hr><pre>other threads</pre>";
        let expected =
            ["public-inbox", "Ada Bell · Fri, 3 May 2024 08:45:00 +0200 / The gauge drips. / Who says so? / I do."];
        assert_eq!(transcript(page, None), expected);
    }

    #[test]
    fn a_thread_keeps_who_answers_whom() {
        let mail = |id: &str, name: &str, text: &str| {
            format!(
                "<pre><a href=#e{id} id=m{id}>*</a> <b>the gauge</b>\n<b>@ 2024-05-03 {name}</b>\n  0 siblings\n\
                 From: {name} @ 2024-05-03  8:45 UTC (<a href=x>permalink</a> / <a href=raw>raw</a>)\n  To: tides\n\n\
                 {text}\n\n<a href=#m{id} id=e{id}>^</a> <a href=x>permalink</a>\t[flat|nested]</pre>"
            )
        };
        let (first, second) = (mail("1", "Ada Bell", "It drips."), mail("2", "Bo Reed", "Oil it."));
        let page = format!("<u id=u></u>{first}<ul><li>{second}</li></ul>{FOOT}");
        let expected =
            ["public-inbox", "Ada Bell · 2024-05-03 8:45 UTC / It drips.", "> Bo Reed · 2024-05-03 8:45 UTC / Oil it."];
        assert_eq!(transcript(&page, None), expected);
    }

    #[test]
    fn a_listing_on_a_page_with_such_ids_is_no_mail() {
        let page = "<h2 id=t>Mail</h2><pre id=b>Subject: the gauge\n\nFrom: nobody</pre><p id=u>Text.</p>";
        assert_eq!(transcript(page, None), [""; 0]);
    }
}
