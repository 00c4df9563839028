//! Tests pages of questions and answers, of link aggregators and forges.

use super::{Page, check};

pub(super) const PAGES: &[Page] = &[
    (
        "<div class=question id=q><div class=post-layout><div class=js-vote-count data-value=12>12</div><div \
         class=js-post-body><p>How does moss drink?<button>Copy</button></p></div><div class=owner><div \
         class=user-action-time>asked <span class=relativetime title='2024-05-03 08:45:44Z'>May 3</span></div><div \
         class=user-details><a href=/u/1>ada</a></div></div></div><ul class=comments-list><li class=comment><span \
         class=comment-score>1</span><span class=comment-copy>Which moss?</span><a class=comment-user>bea</a><span \
         class=comment-date><span class=relativetime-clean title='2024-05-04 10:00:00Z, License'>May 4</span></span>\
         </ul></div><div class='answer accepted-answer'><div class=js-vote-count data-value=-1>-1</div><div \
         class=js-post-body><p>By its leaves.</p><div class=js-post-notice>Improve this answer.</div></div><div \
         class=user-details itemprop=author><a>cy</a></div></div>",
        &[
            "stack-exchange",
            "ada · 2024-05-03 08:45 UTC · 12 votes / How does moss drink?",
            "> bea · 2024-05-04 10:00 UTC · 1 vote / Which moss?",
            "cy · accepted answer · -1 votes / By its leaves.",
        ],
    ),
    (
        "<div class=question><div class=js-post-body>Why?</div><div class=owner><div class=user-details><a>ada</a>\
         </div></div></div>",
        &["stack-exchange", "ada / Why?"],
    ),
    (
        "<div class=topic-post><div class=names><span class=full-name>Ada B.</span> <span class=username><a \
         href=/u/ada>ada</a></span></div><a class=post-date><span class=relative-date data-time=1714725944000>\
         3d</span></a><div class=cooked><p>It snaps.<div class=quote-controls>expand</div></div></div><div \
         class=topic-post><div class=names><span class=full-name>Bea</span></div><span class=accepted-text>\
         Solution</span><a class=post-date title='4 May 2024'>2d</a><div class=cooked><p>Oil it.</div><div \
         class=user-signature>My sig</div></div><div class='topic-post'><div class=small-action>pinned</div></div>",
        &["discourse", "ada · 2024-05-03 08:45 UTC / It snaps.", "Bea · 4 May 2024 · accepted answer / Oil it."],
    ),
    (
        "<noscript></noscript><div class=crawler-post><span class=creator itemprop=author><span itemprop=name>\
         ada</span> </span><time class=post-time datetime=2024-05-03T08:45:00Z>May 3</time><div class=post><p>It \
         snaps.</div><span class=post-likes>2 Likes</span><div class=crawler-linkback-list>elsewhere</div></div><div \
         class=crawler-post itemprop=acceptedAnswer><span class=creator>Bea</span><div class=post>Oil it.<aside \
         class=accepted-answer>quoted</aside></div></div>",
        &["discourse", "ada · 2024-05-03 08:45 UTC · 2 Likes / It snaps.", "Bea · accepted answer / Oil it."],
    ),
    (
        "<div class=QuestionHeader-detail><div class=QuestionRichText>How does moss drink?</div></div><div \
         class=AnswerItem><div class=AuthorInfo-name>Ada</div><div class=RichContent-inner><p>By its leaves.</div><div \
         class=ContentItem-time>发布于 2014-04-30 18:24</div><div class=RichContent-actions>9</div></div>",
        &["zhihu", "How does moss drink?", "Ada · 2014-04-30 18:24 / By its leaves."],
    ),
    (
        "<shreddit-post author=ada score=12 created-timestamp=2024-05-03T08:45:00.000000+0000><div slot=credit-bar>\
         r/moss</div><div slot=text-body><p>Look at this.</p></div></shreddit-post><shreddit-comment author=bea \
         depth=0 score=1><div slot=commentMeta><time datetime=2024-05-03T09:00:00Z>1h</time></div><div slot=comment>\
         <p>Green.</div><shreddit-comment author=ada depth=1><div slot=comment>Very.</div>\
         <shreddit-comment-action-row>Reply</shreddit-comment-action-row></shreddit-comment></shreddit-comment>",
        &[
            "reddit",
            "ada · 2024-05-03 08:45 UTC · 12 points / Look at this.",
            "bea · 2024-05-03 09:00 UTC · 1 point / Green.",
            "> ada / Very.",
        ],
    ),
    (
        "<shreddit-post author=ada><a slot=title>T</a><a class=post-link href=https://e.example/x>e.example/x</a>\
         </shreddit-post><shreddit-comment-tree></shreddit-comment-tree>",
        &["reddit", "ada / e.example/x"],
    ),
    (
        "<div class='thing link'><div class=midcol><div class='score likes'>9</div><div class='score unvoted'>8</div>\
         </div><div class=entry><a class=title href=https://e.example/x>Moss walls</a><p class=tagline><time \
         datetime=2024-05-03T08:45:00Z>1y</time> by <a class=author>ada</a></div></div><div class=commentarea><div \
         class='thing comment'><p class=parent>up</p><p class=tagline><a class=author>bea</a></p><div \
         class=usertext-body>Green.</div><div class='thing comment'><p class=tagline><a class=author>cy</a></p><div \
         class=usertext-body>Wet.</div><ul class=flat-list><li>reply</ul></div></div></div>",
        &["reddit", "ada · 2024-05-03 08:45 UTC · 8 points / Moss walls", "bea / Green.", "> cy / Wet."],
    ),
    (
        "<table class=fatitem><tr><td><span class=titleline><a href=https://e.example/x>Moss walls</a> <i>\
         (e.example)</i></span><tr><td><span class=score>5 points</span> <a class=hnuser>ada</a> <span class=age \
         title='2024-05-03T08:45:00 1714725900'>3 hours ago</span></table><table><tr class=comtr><td indent=0><td><a \
         class=hnuser>bea</a><div class=commtext>Green.<div class=reply>reply</div></div><tr class=comtr><td><img \
         width=40><td><a class=hnuser>cy</a><div class=commtext>Wet.</div><tr class=comtr><td indent=2><td><a \
         class=hnuser>di</a><div class=commtext>Old.</div><tr class=comtr><td indent=1><td><a class=hnuser>ed</a><div \
         class=commtext>New.</div></table>",
        &[
            "hacker-news",
            "ada · 2024-05-03 08:45 · 5 points / Moss walls",
            "bea / Green.",
            "> cy / Wet.",
            "> > di / Old.",
            "> ed / New.",
        ],
    ),
    (
        "<li class=story><a class=upvoter>7</a><span class=link><a class=u-url href=https://e.example>Moss</a></span>\
         <a class=domain>e.example</a><div class=byline>by <a class=u-author>ada</a> <time title='2024-05-03 08:45:00 \
         -0500'>1y</time></div></li><ol><li class=comments_subtree><div class=byline><a class=u-author>bea</a></div>\
         <div class=comment_text><p>Green.</div><ol><li class=comments_subtree><a class=u-author>cy</a><div \
         class=comment_text>Wet.</div></ol></ol>",
        &["lobsters", "ada · 2024-05-03 08:45 · 7 points / Moss", "bea / Green.", "> cy / Wet."],
    ),
    (
        "<div class=timeline-comment><a class=author>ada</a><relative-time datetime=2024-05-03T08:45:00Z>last \
         year</relative-time><div class=comment-body><p>It breaks.<clipboard-copy>c</clipboard-copy></div><div \
         class=comment-reactions>5</div></div><div class=timeline-comment><a data-hovercard-url=/users/bea>bea</a>\
         <span class=discussion-answer-badge>Answer</span><div class=comment-body>Fixed.</div></div>",
        &["github", "ada · 2024-05-03 08:45 UTC / It breaks.", "bea · accepted answer / Fixed."],
    ),
    (
        "<div data-testid=issue-viewer-issue-container><a data-testid=issue-body-header-author>ada</a><div \
         data-testid=markdown-body><p>It breaks.</div></div><div class=react-issue-comment><a data-testid=avatar-link>\
         bea</a><relative-time datetime=2024-05-04>now</relative-time><div class=markdown-body>Mended.</div></div>\
         <div class=react-issue-body><div class=markdown-body></div></div>",
        &["github", "ada / It breaks.", "bea · 2024-05-04 / Mended."],
    ),
    (
        "<div class=detail-page-description><span class=author>Ada</span><time datetime=2024-05-03T08:45:00Z>x</time>\
         <div class=description><div class=md>It breaks.</div><p class=edited-text>edited</div></div><ul><li \
         class='note system-note'><div class=note-body><div class=md>closed</div></div><li class=note><span \
         class=note-header-author-name>Bea</span><div class=note-body><div class=md>Mended.<div class=note-awards>\
         1</div></div></div></ul>",
        &["gitlab", "Ada · 2024-05-03 08:45 UTC / It breaks.", "Bea / Mended."],
    ),
    (
        "<li class='timeline-entry note'><a class=author-name-link>Ada</a><div class=note-text>Try it.</div></li>",
        &["gitlab", "Ada / Try it."],
    ),
    (
        "<div class=post-listing><a class=person-listing>ada</a><span class=moment-time>3 May 2024</span><div \
         id=postContent><div class=md-div>Look.</div></div></div><ul><li class=comment><div class=comment-node><a \
         class=person-listing>bea</a><div class=comment-content>Green.</div><div class=comment-bottom-btns>x</div>\
         </div><ul><li class=comment><a class=person-listing>cy</a><div class=comment-content>Wet.</div></ul></ul>",
        &["lemmy", "ada · 3 May 2024 / Look.", "bea / Green.", "> cy / Wet."],
    ),
];

#[test]
fn questions_forges_and_chats_are_read() {
    check(PAGES);
}

#[test]
fn a_chat_that_was_pasted_into_a_page_is_part_of_that_page() {
    let pasted =
        "<article><p>I asked it.</p><div data-message-author-role=assistant><div class=markdown>So.</div></div>";
    check(&[(pasted, &[])]);
}

#[test]
fn a_snippet_with_comments_is_no_issue() {
    let html = PAGES.iter().find(|(html, _)| html.contains("timeline-comment")).unwrap().0;
    let gist = format!("<div class=gist-content><pre>x</pre></div>{html}");
    assert_eq!(super::transcript(&gist, Some("https://gist.github.com/ada/1")), [""; 0]);
}
