//! Tests pages of short messages, public and private.

use super::{Page, check};

pub(super) const PAGES: &[Page] = &[
    (
        "<div class=detailed-status><a><span class=display-name><strong>Ada</strong> <span>@ada</span></span></a><div \
         class=status__content><p>Moss!</div><div class=detailed-status__meta><a class=detailed-status__datetime>May \
         3, 2024, 12:00</a></div></div><div class=status><a class=status__relative-time><time \
         datetime=2024-05-03T12:05:00Z>5m</time></a><span class=display-name>Bea @bea@far.example</span><div \
         class=status__content><p>Green.</div><div class=status__action-bar>3</div></div>",
        &["mastodon", "Ada @ada · May 3, 2024, 12:00 / Moss!", "Bea @bea@far.example · 2024-05-03 12:05 UTC / Green."],
    ),
    (
        "<article data-testid=tweet><div data-testid=User-Name><div><a>Ada</a></div><div><a><p dir=ltr>@ada</p></a><a>\
         <time datetime=2024-05-03T12:00:00Z>May 3</time></a></div></div><div data-testid=tweetText>Moss!</div><div \
         role=link><div data-testid=User-Name>Bea</div><div data-testid=tweetText>Green.</div></div></article>",
        &["x", "Ada @ada · 2024-05-03 12:00 UTC / Moss! / Bea / Green."],
    ),
    (
        "<div data-testid=postThreadScreen><div data-testid=postThreadItem-by-ada.example><a href=/profile/ada><img>\
         </a><a href=/profile/ada><p>Ada</p><p>@ada.example</p></a><div data-word-wrap=1>Moss!</div><div><div \
         dir=auto>1:03 PM · May 3, 2024</div><button aria-label='Who can reply'>Everybody</button></div><p><a \
         href=/profile/ada/post/1/quotes>8 quotes</a> <a href=/profile/ada/post/1/liked-by>9 likes</a></div><div \
         data-testid=postThreadItem-by-bea.example><div><a href=/profile/bea>Bea</a> <a href=/profile/bea>\
         @bea.example</a></div><a href=/profile/bea/post/1 data-tooltip='May 3, 2024 at 3:30 PM'>1d</a><div \
         data-word-wrap=1>Green.</div><button data-testid=likeBtn>9</button></div></div>",
        &[
            "bluesky",
            "Ada @ada.example · 1:03 PM · May 3, 2024 / Moss!",
            "Bea @bea.example · May 3, 2024 at 3:30 PM / Green.",
        ],
    ),
    (
        "<h2 class=hP>Moss</h2><div class='adn ads'><span class=gD>Ada</span><span class=hb>to me</span><span \
         class=g3 title='May 3, 2024, 12:00 PM'>May 3, 2024, 12:00 PM</span><div class='a3s aiL'><p>Look.</p><img \
         src=a.jpg><div class=a6S>Download</div></div></div>",
        &["gmail", "Ada · May 3, 2024, 12:00 PM / to me / Look."],
    ),
];

#[test]
fn every_network_s_posts_are_read() {
    check(PAGES);
}

#[test]
fn a_post_has_one_handle_and_holders_are_found_at_once() {
    let names = (0..200).map(|nth| format!("<p dir=ltr>@{nth:06}</p>")).collect::<String>();
    let html = format!(
        "<article data-testid=tweet><div data-testid=User-Name><b>Ada</b><div>{names}</div></div><div \
         data-testid=tweetText>Moss.</div></article>"
    );
    let parsed = cachette_dom::parse(&html).document;
    let found = crate::site::extract(&parsed, Some("https://x.com/ada/status/1")).unwrap();
    let root = dom_query::NodeRef { id: found.root, tree: &found.document.tree };
    let text = cachette_dom::text::visible_text(root);
    assert!(text.contains("Ada @000000") && !text.contains("@000001"), "{text}");
    let work = |deep: usize| {
        let html = format!(
            "<article data-testid=tweet><div data-testid=User-Name><b>Ada</b></div><div data-testid=tweetText>Moss.\
             </div>{}{}{}</article>",
            "<div role=link>".repeat(deep),
            "<i></i>".repeat(2000),
            "</div>".repeat(deep)
        );
        let parsed = cachette_dom::parse(&html).document;
        let before = cachette_dom::steps::taken();
        crate::site::extract(&parsed, Some("https://x.com/ada/status/1")).unwrap();
        cachette_dom::steps::taken() - before
    };
    assert!(work(80) < 2 * work(1), "{} and {}", work(80), work(1));
}

#[test]
fn posts_in_posts_take_steps_in_proportion() {
    let work = |deep: usize| {
        let post = "<article data-testid=tweet><div data-testid=User-Name><b>Ada</b></div><div \
                    data-testid=tweetText>Moss.</div><div role=link>";
        let html = format!("{}{}", post.repeat(deep), "</div></article>".repeat(deep));
        let parsed = cachette_dom::parse(&html).document;
        let before = cachette_dom::steps::taken();
        crate::site::extract(&parsed, Some("https://x.com/ada/status/1")).unwrap();
        cachette_dom::steps::taken() - before
    };
    assert!(work(160) < 3 * work(80), "{} and {}", work(160), work(80));
}
