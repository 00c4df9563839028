//! Tests pages of mailing lists, of comments, and of software that only schema.org's terms
//! describe.

use super::{Page, check};

pub(super) const PAGES: &[Page] = &[
    (
        "<body><h1>[Moss] Dripping</h1><b>Ada Byron</b> <i>Fri May 3 08:45:44 UTC 2024</i><!--beginarticle--><pre>Moss \
         drips.\n\n&gt; Does it?\nIt does.\n-- \nAda</pre><!--endarticle-->",
        &["pipermail", "Ada Byron · Fri May 3 08:45:44 UTC 2024 / Moss drips. / Does it? / It does."],
    ),
    (
        "<body><ul><li><em>From</em>: Ada Byron &lt;ada@example.org&gt;<li><em>Date</em>: Fri, 3 May 2024 08:45:44 \
         +0000</ul><!--X-Body-of-Message--><pre>Moss drips.</pre>",
        &["mhonarc", "Ada Byron · Fri, 3 May 2024 08:45:44 +0000 / Moss drips."],
    ),
    (
        "<div class=email><div class=email-header><span class=email-author><span class=name>Ada</span></span><div \
         class=email-date><span title='May 3, 2024 8:45 a.m.'>8:45 a.m.</span></div></div><div class=email-body>Moss \
         drips.<div class=quoted-switch>...</div></div><div class=email-info>0 / 0</div></div>",
        &["hyperkitty", "Ada · May 3, 2024 8:45 a.m. / Moss drips."],
    ),
    (
        "<div itemscope itemtype=https://schema.org/DiscussionForumPosting><span itemprop=author>ada</span><time \
         itemprop=datePublished datetime=2024-05-03T08:45:00Z>x</time><div itemprop=text>Moss drips.</div><div \
         itemscope itemtype=http://schema.org/Comment><span itemprop='author creator'><b itemprop=name>bea</b> \
         admin</span><div itemprop=commentText>Let it.</div></div></div>",
        &["microdata", "ada · 2024-05-03 08:45 UTC / Moss drips.", "bea / Let it."],
    ),
    (
        "<div itemscope itemtype=https://schema.org/QAPage><div itemscope itemtype=https://schema.org/Question><span \
         itemprop=author>ada</span><div itemprop=text>Why?</div><div itemscope itemprop=acceptedAnswer \
         itemtype=https://schema.org/Answer><span itemprop=author>bea</span><span itemprop=upvoteCount>7</span><p \
         itemprop=text>So.</p><div itemscope itemtype=https://schema.org/Comment><span itemprop=author>cy</span><p \
         itemprop=text>Ah.</p></div></div></div></div>",
        &["microdata", "ada / Why?", "bea · accepted answer · 7 votes / So.", "> cy / Ah."],
    ),
    (
        "<ol class=comment-list><li class=comment><div class=comment-author><b class=fn>Ada</b> <span class=says>\
         says:</span></div><div class=comment-metadata><time datetime=2024-05-03T08:45:00+00:00>May</time><a \
         class=edit-link>Edit</a></div><div class=comment-content><p>Moss drips.</div><div class=reply>Reply</div><ol>\
         <li class=comment><b class=fn>Bea</b><div class=comment-content>Let it.</div></ol></ol>",
        &["wordpress-comments", "Ada · 2024-05-03 08:45 UTC / Moss drips.", "> Bea / Let it."],
    ),
    (
        "<ol class=commentlist><li class=comment><div class=comment-body><div class=comment-author><b class=fn>Ada</b>\
         </div><div class=comment-meta><a>May 3, 2024 at 8:45 am</a></div><p>Moss drips.</p><p>On walls.</p></div><li \
         class=pingback><div class=comment-body><b class=fn>Moss weekly</b><p>Linked.</p></div></ol>",
        &["wordpress-comments", "Ada · May 3, 2024 at 8:45 am / Moss drips. / On walls.", "Moss weekly / Linked."],
    ),
    (
        "<ul class=comment-list><li class=comment><div class=comment-body><span class=fn>Ada</span><p>Moss drips.</p>\
         </div></ul>",
        &["wordpress-comments", "Ada / Moss drips."],
    ),
    (
        "<ul><li class=post><div class=post-byline><span class=author>Ada</span></div><div class=post-meta><a \
         class=time-ago title='Friday, May 3, 2024 8:45 AM'>a year ago</a></div><div class=post-message><p>Moss drips.\
         </div><a class=vote-up><span class=count>6</span></a><ul><li class=post><div class=post-byline><span \
         class=author>Bea</span></div><div class=post-message>Let it.</div></ul></ul>",
        &["disqus", "Ada · Friday, May 3, 2024 8:45 AM · 6 votes / Moss drips.", "> Bea / Let it."],
    ),
];

#[test]
fn lists_and_comments_are_read() {
    check(PAGES);
}

#[test]
fn what_declares_another_subject_is_no_discussion_for_its_answers() {
    let (html, _) = PAGES.iter().find(|(html, _)| html.contains("QAPage")).unwrap();
    for subject in ["FAQPage", "Product", "Recipe", "NewsArticle"] {
        let other = format!("<div itemscope itemtype=https://schema.org/{subject}></div>{html}");
        assert_eq!(super::transcript(&other, None), [""; 0], "{subject}");
    }
}
