//! Tests pages of forums that anybody may install: phpBB, vBulletin and their relatives.

use super::{Page, check};

pub(super) const PAGES: &[Page] = &[
    (
        "<div class=post><dl class=postprofile><dd>Posts: 12</dl><div class=postbody><p class=author>by <strong><a \
         class=username>ada</a></strong> » <time datetime=2024-05-03T08:45:00+00:00>Fri</time></p><div class=content>\
         Moss drips.</div><div class=signature>sig</div><div class=notice>edited</div></div></div>",
        &["phpbb", "ada · 2024-05-03 08:45 UTC / Moss drips."],
    ),
    (
        "<body id=phpbb><div class=post><p class=author>by <strong>ada</strong> » 3 May 2024, 08:45</p><div \
         class=postbody><div class=content>Moss drips.</div><div class=attachbox>wall.jpg</div></div><ul class=\
         post-buttons><li>Quote</ul></div>",
        &["phpbb", "ada · 3 May 2024, 08:45 / Moss drips. / wall.jpg"],
    ),
    (
        "<div class=post><div class=author_information><span class=largetext><a>ada</a></span></div><div \
         class=post_author>x</div><span class=post_date>05-03-2024, 08:45 AM <span class=post_edit>(edited)</span>\
         </span><div class=post_body>Moss drips.</div><div class=signature>sig</div></div><div class='post classic'>\
         <div class=post_author><strong><a>bea</a></strong></div><div class=post_body>Let it.</div></div>",
        &["mybb", "ada · 05-03-2024, 08:45 AM / Moss drips.", "bea / Let it."],
    ),
    (
        "<div class=blockpost><h2><span>#1</span> <a href=#p1>2024-05-03 08:45:44</a></h2><div class=postleft><dl><dt>\
         <strong>ada</strong><dd>Member</dl></div><div class=postmsg><p>Moss drips.</p><p class=postedit>Last \
         edited</p></div><div class=postsignature>sig</div></div>",
        &["fluxbb", "ada · 2024-05-03 08:45:44 / Moss drips."],
    ),
    (
        "<div class=post_wrapper><div class=poster><h4><a>ada</a></h4></div><div class=postarea><div class=keyinfo>\
         <div class=smalltext>« Reply #1 on: May 03, 2024, 08:45 »</div></div><div class=post><div class=inner>Moss \
         drips.</div></div><div class=moderatorbar>IP</div><div class=signature>sig</div></div></div>",
        &["smf", "ada · May 03, 2024, 08:45 / Moss drips."],
    ),
    (
        "<div class=post_wrapper><div class=poster><h4>ada</h4></div><div class=postinfo><a class=smalltext>3 May \
         2024</a></div><div class=inner>Moss drips.<span class=modified>Last Edit</span></div></div>",
        &["smf", "ada · 3 May 2024 / Moss drips."],
    ),
    (
        "<table id=post1><tr><td class=thead>05-03-2024, 08:45 AM<tr><td><a class=bigusername>ada</a><div \
         class=vbmenu_popup>Find</div><td id=td_post_1><div id=post_message_1>Moss drips.</div></table>",
        &["vbulletin", "ada · 05-03-2024, 08:45 AM / Moss drips."],
    ),
    (
        "<li class=postcontainer><div class=postdate><span class=date>05-03-2024, <span>08:45</span></span></div><div \
         class=postdetails><div class=username_container><a class=username>ada</a></div><div class=postbody><div \
         id=post_message_1><blockquote class=postcontent>Moss drips.</blockquote></div></div></div><div \
         class=signaturecontainer>sig</div><div class=lastedited>x</div></li>",
        &["vbulletin", "ada · 05-03-2024, 08:45 / Moss drips."],
    ),
    (
        "<div class=postbit><div class=username_container><span class=guest>a guest</span></div><div \
         class=postbody><div id=post_message_2>Let it.</div></div></div>",
        &["vbulletin", "a guest / Let it."],
    ),
    (
        "<li class=postbitlegacy><div class=userinfo><div class=username_container><a class=username>bea</a></div>\
         </div><div class=postcontent>Let it.</div></li>",
        &["vbulletin", "bea / Let it."],
    ),
    (
        "<div class=b-post><div class=author>ada</div><div class=b-post__timestamp>3 May 2024</div><div \
         class='js-post__content-text'>Moss drips.</div><div class=b-post__content>.</div><div class=b-post__edited>\
         edited</div></div>",
        &["vbulletin", "ada · 3 May 2024 / Moss drips."],
    ),
    (
        "<ul><li><div id=p1 class=bbp-topic-header><span class=bbp-topic-post-date>May 3, 2024 at 8:45 am</span><span \
         class=bbp-admin-links>Edit</span></div><div><div class=bbp-topic-author><span class=bbp-author-name>\
         ada</span> <div class=bbp-author-role>Keymaster</div></div><div class=bbp-topic-content><p>Moss drips.</div>\
         </div><li><div class=bbp-reply-header><span class=bbp-reply-post-date>May 4, 2024 at 9:00 am</span></div>\
         <div><div class=bbp-reply-author>bea</div><div class=bbp-reply-content>Let it.<ul \
         class=bbp-reply-revision-log><li>log</ul></div></div></ul>",
        &["bbpress", "ada · May 3, 2024 at 8:45 am / Moss drips.", "bea · May 4, 2024 at 9:00 am / Let it."],
    ),
    (
        "<table id=pid7><tr><td><div class=authi><a class=xw1>小明</a></div><td><em id=authorposton7>发表于 \
         2024-5-3 08:45</em><table><tr><td class=t_f>苔藓在滴水。<div class=pstatus>本帖最后由 小明 编辑</div></table>\
         <div class=sign>签名</div></table>",
        &["discuz", "小明 · 2024-5-3 08:45 / 苔藓在滴水。"],
    ),
    (
        "<div id=Main><div class=box><div class=header><h1>苔藓</h1><small><a href=/member/ada>ada</a> · <span \
         title='2024-05-03 08:45:44 +08:00'>1 天前</span></small></div><div class=topic_content>苔藓在滴水。</div></div>\
         <div class=box><div id=r_1 class=cell><strong><a href=/member/bea>bea</a></strong> <span class=ago>2024-05-04 \
         09:00</span> <span class='small fade'>♥ 3</span><span class=no>1</span><div class=reply_content>让它滴。\
         <div class=thank_area>感谢</div></div></div></div></div>",
        &["v2ex", "ada · 2024-05-03 08:45+08:00 / 苔藓在滴水。", "bea · 2024-05-04 09:00 · ♥ 3 / 让它滴。"],
    ),
];

#[test]
fn boards_are_read() {
    check(PAGES);
}

#[test]
fn a_board_in_tables_is_read_in_the_order_of_its_posts() {
    let post = PAGES.iter().find(|(html, _)| html.contains("bigusername")).unwrap().0;
    let many: String =
        (1..=30).map(|n| post.replace("post1", &format!("post{n}")).replace("drips", &n.to_string())).collect();
    let lines = super::transcript(&many, None);
    let expected: Vec<String> = (1..=30).map(|n| format!("ada · 05-03-2024, 08:45 AM / Moss {n}.")).collect();
    assert_eq!(lines[1..], expected);
}
