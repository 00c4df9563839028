//! Tests that a product page keeps one price, the description and the specification.

use super::*;
use crate::content::tests::left;

const ABOUT: &str = "<h1>Cup</h1><p>A cup of clay, thrown by hand on a kick wheel, for tea and for coffee, and glazed \
                     with ash from the orchard behind the house.</p>";

/// Returns what is left of a product page below its description.
fn rest(html: &str) -> String {
    let text = left(&format!("<main>{ABOUT}{html}</main>"), |outline, plan| choose(outline, plan));
    text.split_once("the house.").map_or(text.as_str(), |(_, rest)| rest).trim_start_matches(" | ").to_owned()
}

#[test]
fn the_first_price_stays_and_short_scraps_go() {
    for (html, expected) in [
        ("<div>12 €</div>", "12 €"),
        ("<div class=price>twelve</div>", "twelve"),
        ("<div>12 €</div><div>15 €</div>", "12 €"),
        ("<div>In stock</div><div class=p>12 €</div><div class=s>Ships soon</div>", "12 €"),
        ("<div>US$ 12.50</div>", "US$ 12.50"),
        ("<div>1,200円</div>", "1,200円"),
        ("<div>12</div>", ""),
    ] {
        assert_eq!(rest(html), expected, "{html}");
    }
}

#[test]
fn specifications_and_sentences_stay_however_short() {
    for (html, expected) in [
        ("<ul><li>Clay</ul>", "Clay"),
        ("<table><tr><th>Height<td>9 cm</table>", "Height 9 cm"),
        ("<dl><dt>Height<dd>9 cm</dl>", "Height | 9 cm"),
        ("<p>Dishwasher safe</p>", "Dishwasher safe"),
        ("<div>Made in May.</div>", "Made in May."),
        ("<h2>Care</h2><p>By hand.</p>", "Care | By hand."),
        ("<h3><button aria-expanded=true>Care</button></h3><p>By hand.</p>", "Care | By hand."),
        ("<ul><li><div>Clay</div></ul>", "Clay"),
        ("<table><tr><td><div>9 cm</div></table>", "9 cm"),
        (
            "<div>A line of text that is long enough to be a part of it</div>",
            "A line of text that is long enough to be a part of it",
        ),
        ("<pre>H 9</pre>", "H 9"),
    ] {
        assert_eq!(rest(html), expected, "{html}");
    }
}

#[test]
fn the_shop_around_the_product_goes() {
    for html in [
        "<div class=reviews><p class=author>Ada, <time>4 May</time></p><p>I like this cup. It is green.</p></div>",
        "<div class=related-products><p><a href=/b>A bowl of clay</a> as well.</p></div>",
        "<div class=share><p>Share it with a friend.</p><button>Share</button></div>",
        "<div class=add-to-cart><p>Choose a colour first.</p><input></div>",
        "<nav class=breadcrumb><p>Home of cups.</p></nav>",
        "<form><label><input>Blue</label><label><input>Red</label><label><input>Green</label></form>",
        "<section><h2>Customers also bought</h2><p><img src=b>A bowl of clay, thrown by hand as well.</p></section>",
    ] {
        assert_eq!(rest(html).trim(), "", "{html}");
    }
    let row: String = (0..5)
        .map(|n| format!("<div class=tile><a href=/{n}><img src={n}>A bowl of clay as well, {n}.</a></div>"))
        .collect();
    assert_eq!(rest(&format!("<div>{row}</div>")), "");
}

#[test]
fn text_that_is_only_called_like_a_shop_s_part_stays() {
    for html in [
        "<div class=reviews><p>I like this cup a lot. It is green.</p></div>",
        "<section class=share><h2>Sharing</h2><p>Two can drink from it. It is large.</p></section>",
        "<section class=review-guide><p class=meta>Weight.</p><p>Heavy.</p><p class=meta>Care.</p></section>",
        "<h2 id=reviews>Reviews of clay</h2><p>It is as old as fire.</p>",
        "<div class=v>Green as the</div><div class=v>wall</div><div class=v>and never dry</div>",
    ] {
        let text = rest(html);
        assert!(html.split(['<', '>']).skip(2).step_by(2).all(|words| text.contains(words)), "{html}: {text}");
    }
}

#[test]
fn a_box_with_a_shop_s_name_stays_if_it_holds_the_product() {
    let titled = format!("<main><div class=cart>{ABOUT}</div>{}</main>", crate::content::tests::prose(8));
    assert!(left(&titled, |outline, plan| choose(outline, plan)).contains("kick wheel"));
    let most = "<main><h1>Cup</h1><div class=review><p>A review that is most of the page, and all that there is to be \
                read.</p></div></main>";
    assert!(left(most, |outline, plan| choose(outline, plan)).contains("most of the page"));
}
