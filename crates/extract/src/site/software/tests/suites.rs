//! Tests pages of community suites: XenForo, Invision, WoltLab, Khoros and similar ones.

use super::{Page, check};

pub(super) const PAGES: &[Page] = &[
    (
        "<article class='message message--post' data-author=ada><div class=message-user><h4 class=message-name>ada</h4>\
         <div class=message-userExtras>Posts 9</div></div><header class=message-attribution><time \
         datetime=2024-05-03T08:45:00+0200 title='May 3, 2024 at 8:45 AM'>May 3</time></header><div class=message-body>\
         Moss drips.<div class=js-selectToQuoteEnd></div></div><div class=message-lastEdit>Last edited</div><footer \
         class=message-actionBar>Like</footer></article>",
        &["xenforo", "ada · 2024-05-03 08:45 / Moss drips."],
    ),
    (
        "<article class='message message--solution' data-author=bea><div class='message-body message-attribution'>Oil \
         it.</div><div class=contentVote-score data-value=4>4</div><div class='comment js-comment'><a \
         class=comment-user>cy</a><div class=comment-body>Thanks.</div></div></article>",
        &["xenforo", "bea · accepted answer · 4 votes / Oil it.", "> cy / Thanks."],
    ),
    (
        "<li class=message><div class=messageUserInfo><a class=username>ada</a></div><blockquote class=messageText>\
         Moss drips.<div class=messageTextEndMarker>.</div></blockquote><a class=DateTime title='May 3, 2024 at 8:45 \
         AM'>May 3</a></li>",
        &["xenforo", "ada · May 3, 2024 at 8:45 AM / Moss drips."],
    ),
    (
        "<article class='message--post message' data-author=ada><div class=message-body>Moss drips.</div></article>",
        &["xenforo", "ada / Moss drips."],
    ),
    (
        "<article class=MessageCard><a class=MessageCard__user-info__name>ada</a><div \
         class=MessageCard__date-created><time datetime=2024-05-03T08:45:00Z>x</time></div><div class=message-content>\
         <div class=message-body>Moss drips.</div><div class=message-signature>sig</div></div></article>",
        &["xenforo", "ada · 2024-05-03 08:45 UTC / Moss drips."],
    ),
    (
        "<article class=ipsComment><aside><h3 class=cAuthorPane_author><a>ada</a></h3></aside><time \
         datetime=2024-05-03T08:45:00Z>x</time><span class=ipsAnswers_votes>3</span><div data-role=commentContent><p>\
         Moss drips.<span class=ipsType_editedText>Edited</span></div><div data-role=memberSignature>sig</div><ul \
         class=ipsComment_controls><li>Quote</ul></article>",
        &["invision", "ada · 2024-05-03 08:45 UTC · 3 votes / Moss drips."],
    ),
    (
        "<article class='cPost cSolvedPost'><div class=ipsComment_header><h3>bea</h3></div><div \
         data-role=commentContent>Oil it.</div></article>",
        &["invision", "bea · accepted answer / Oil it."],
    ),
    (
        "<article class=ipsEntry><a class=ipsEntry__username>ada</a><time datetime=2024-05-03>x</time><div \
         class=ipsEntry__content><div class=ipsRichText>Moss drips.</div><div class=ipsEntry__controls>Quote</div>\
         </div></article>",
        &["invision", "ada · 2024-05-03 / Moss drips."],
    ),
    (
        "<article class='wbbPost message'><aside class=messageSidebar><a class=username>ada</a></aside><div \
         class=messageHeader><woltlab-core-date-time date=2024-05-03T08:45:00+00:00></woltlab-core-date-time></div>\
         <div class=messageText>Moss drips.<span class=quoteBoxIcon>i</span></div><div class=messageSignature>\
         sig</div><footer class=messageFooter>Like</footer></article>",
        &["woltlab", "ada · 2024-05-03 08:45 UTC / Moss drips."],
    ),
    (
        "<article class='wbbPost message'><div class=messageHeader><a class=username>bea</a><time class=datetime \
         datetime=2024-05-04T09:00:00+02:00>May 4th 2024</time></div><div class=messageText>Let it.</div></article>",
        &["woltlab", "bea · May 4th 2024 / Let it."],
    ),
    (
        "<div class=PostStream-item><article class=Post><div class=PostUser><h3 class=PostUser-name><span \
         class=username>ada</span></h3><div class=UserCard>card</div></div><li class=PostMeta><time \
         datetime=2024-05-03T08:45:00Z>x</time></li><div class=Post-body>Moss drips.</div><aside class=Post-actions>\
         Reply</aside></article></div>",
        &["flarum", "ada · 2024-05-03 08:45 UTC / Moss drips."],
    ),
    (
        "<div id=flarum-content><article><div class=PostUser><h3 class=PostUser-name>ada</h3></div><div \
         class=Post-body>Moss drips.</div></article></div>",
        &["flarum", "ada / Moss drips."],
    ),
    (
        "<li component=post data-username=ada data-timestamp=1714725944000><span component=post/vote-count>2</span>\
         <div component=post/content>Moss drips.</div><div component=post/signature>sig</div><div \
         component=post/actions>x</div></li>",
        &["nodebb", "ada · 2024-05-03 08:45 UTC · 2 votes / Moss drips."],
    ),
    (
        "<div class=lia-message-view-wrapper><a class=lia-user-name-link>ada</a><span class=DateTime><span \
         class=local-date>05-03-2024</span> <span>08:45 AM</span></span><span class=kudos-count-widget>1</span><div \
         class=lia-message-body-content>Moss drips.<div class=lia-message-signature>sig</div></div><div \
         class=lia-accepted-solution>Solved</div></div>",
        &["khoros", "ada · 05-03-2024 · 1 vote · accepted answer / Moss drips."],
    ),
    (
        "<div class=ItemDiscussion><span class=Author><a class=Username>ada</a></span><span class=DateCreated><time \
         datetime=2024-05-03T08:45:00+00:00>May</time></span><div class='Message userContent'>Moss drips.</div><div \
         class=Reactions>3</div></div>",
        &["vanilla", "ada · 2024-05-03 08:45 UTC / Moss drips."],
    ),
    (
        "<li class='ItemComment Item-Accepted'><span class=Author>bea</span><span class=DateCreated>May 4, 2024</span>\
         <div class=Message>Oil it.</div><div class=Signature>sig</div></li>",
        &["vanilla", "bea · May 4, 2024 · accepted answer / Oil it."],
    ),
];

#[test]
fn suites_are_read() {
    check(PAGES);
}

#[test]
fn the_theme_with_cards_is_tried_before_the_usual_one() {
    // Such cards are messages too, whose authors the usual shape does not find.
    let card = PAGES.iter().find(|(html, _)| html.contains("MessageCard")).unwrap();
    let both = card.0.replace("class=MessageCard>", "class='MessageCard message--post message'>");
    assert_eq!(super::transcript(&both, None), card.1);
}
