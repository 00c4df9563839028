//! Drops the boxes between an article's paragraphs that ask a reader for something before they show
//! what is behind them: consent to an embedded film, an address for letters, a subscription. Each
//! has something to tick or to fill in, and differs from the article's own parts.

use std::collections::HashMap;

use cachette_dom::{Step, Walk, name_of};

use super::evidence::Surroundings;
use super::outline::{At, Item, Outline};
use super::paragraph::is_paragraph;
use super::plan::Plan;
use super::reason::Reason;
use super::roles::Roles;

/// The longest such box, in characters.
const LONG: u32 = 900;
/// The longest one whose names say so too.
const NAMED: u32 = 2500;
/// The most paragraphs of such a box, and of a longer one.
const PARAGRAPHS: usize = 3;
const NAMED_PARAGRAPHS: usize = 2;
/// Such a box has less than this share of the article.
const SHARE: u32 = 3;
/// The roles whose names confirm the evidence.
const ASKING: Roles = Roles::OVERLAY.or(Roles::NEWSLETTER).or(Roles::CONSENT);

/// Drops the boxes that ask for something.
pub(super) fn drop(outline: &Outline<'_>, plan: &mut Plan) {
    let total = plan.chars(outline);
    let may_ask = |item: &Item| {
        let longest = if item.roles.any(ASKING) { NAMED } else { LONG };
        matches!(&*item.name, "div" | "section" | "aside" | "form" | "figure")
            && item.fields > 0
            && item.stops > 0
            && item.chars < longest
            && SHARE * item.chars < total
    };
    let surroundings = Surroundings::of(outline, plan, may_ask);
    // Boxes that ask say the same each time; posts and steps with controls of their own do not.
    let mut lengths: HashMap<u64, (u32, u32)> = HashMap::new();
    for (_, item) in outline.below(plan.root).filter(|(_, item)| may_ask(item)) {
        let (least, most) = lengths.entry(item.shape).or_insert((item.chars, item.chars));
        (*least, *most) = ((*least).min(item.chars), (*most).max(item.chars));
    }
    let differs = |item: &Item| {
        let length = lengths.get(&item.shape);
        length.is_some_and(|(least, most)| 4 * (most - least) > *least)
    };
    let mut until = 0;
    for at in plan.left(outline) {
        let Some(item) = outline.get(at).filter(|item| at >= until && at != plan.root && may_ask(item)) else {
            continue;
        };
        if surroundings.is_apart(item) && !differs(item) && outline.title(at).is_none() && asks(outline, at, item) {
            plan.drop(innermost(outline, at, item, may_ask), Reason::Controls);
            until = item.end;
        }
    }
}

/// Returns the innermost box that still has all fields of this one, and sentences. The text around
/// that box asks for nothing.
fn innermost(outline: &Outline<'_>, at: At, item: &Item, may_ask: impl Fn(&Item) -> bool) -> At {
    let mut innermost = at;
    let holds =
        |at: At, inner: &Item| inner.block && inner.fields == item.fields && may_ask(inner) && asks(outline, at, inner);
    while let Some((inner, _)) = outline.children(innermost).find(|(at, inner)| holds(*at, inner)) {
        innermost = inner;
    }
    innermost
}

/// Whether a box has something to tick or to fill in, and no part of a text but paragraphs.
fn asks(outline: &Outline<'_>, at: At, item: &Item) -> bool {
    let is_part = |part: &Item| matches!(&*part.name, "pre" | "table" | "dl" | "blockquote" | "h2" | "article");
    let is_long = item.chars >= LONG;
    // A list is one of ingredients, steps or choices; several headings head sections of a text.
    let has_list = || outline.below(at).any(|(_, part)| matches!(&*part.name, "ul" | "ol"));
    let is_named = item.roles.any(ASKING);
    if !is_named && (item.headings > 1 || has_list()) {
        return false;
    }
    if !is_long && outline.below(at).any(|(_, part)| is_part(part)) {
        return false;
    }
    let paragraphs = outline.below(at).filter(|(at, part)| part.is("p") && is_paragraph(outline, *at)).count();
    if paragraphs > if is_long { NAMED_PARAGRAPHS } else { PARAGRAPHS } {
        return false;
    }
    let Some(node) = outline.node(at) else { return false };
    Walk::new(node).any(|step| {
        let Step::Enter(field) = step else { return false };
        let kind = || field.attr("type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
        *name_of(&field) == *"input"
            && !field.has_attr("disabled")
            && !matches!(kind().as_str(), "hidden" | "button" | "submit" | "image" | "reset" | "range")
            // It only shows a note in the margin of a narrow window.
            && !field.has_class("margin-toggle")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::tests::left;

    const TEXT: &str = "<p>The ferry has crossed the lake since the bridge was given up, and nobody has counted how \
                        often it did so in all those years, not even the ferryman.</p>";
    const ASKS: &str = "<p>Here we show a film of another site. You may see it with a click.</p><input type=checkbox \
                        id=a><label for=a>Show films</label><p>Data may then go there. See <a href=/p>privacy</a>.</p>";

    fn kept(middle: &str) -> String {
        let html = format!("<article>{}{middle}{}</article>", TEXT.repeat(6), TEXT.repeat(6));
        left(&html, |outline, mut plan| {
            drop(outline, &mut plan);
            plan
        })
    }

    #[test]
    fn boxes_that_ask_for_something_go() {
        for middle in [
            format!("<div class=embed><div>{ASKS}</div></div>"),
            format!("<aside><h3>An external film</h3>{ASKS}</aside>"),
            "<div><p>Our letter comes once a week. It is short.</p><input type=email></div>".to_owned(),
            format!(
                "<div class=sign-in-box><h2>Read on</h2><ul>{}</ul><input type=email></div>",
                "<li>Sail free. </li>".repeat(90)
            ),
        ] {
            assert_eq!(kept(&middle).matches("The ferry").count(), 12, "{middle}");
            assert!(!kept(&middle).contains("film") && !kept(&middle).contains("letter"), "{middle}");
        }
    }

    #[test]
    fn parts_of_the_text_stay() {
        for middle in [
            "<div class=step><p>Close the hatch. Then wait.</p><button>Copy</button></div>",
            "<div class=post><p>Close the hatch. Then wait.</p><input></div><div class=post><p>I never did. It is \
             cold there, and nobody has ever thanked me for it, nor asked how it went.</p><input></div>",
            "<div class=step><ul><li><input type=checkbox> Close the hatch.<li><input type=checkbox> Wait.</ul></div>",
            "<div class=step><p>Close the hatch. Then wait.</p><div><p>Leave us your address. It is safe.</p><input \
             type=email></div></div>",
            "<figure><label for=a>+</label><input id=a type=checkbox class=margin-toggle><span>Close the hatch. Then \
             wait.</span></figure>",
            "<div class=todo><p>Close the hatch. Then wait.</p><input type=checkbox disabled></div>",
            "<div class=step><h2>Hatch</h2><p>Close the hatch. Then wait.</p><input></div>",
            "<div class=step><p>Close the hatch. Then wait.</p><pre>lock</pre><input></div>",
            &format!("<div class=newsletter><p>Close the hatch.</p>{}<input></div>", TEXT.repeat(5)),
        ] {
            assert!(kept(middle).contains("Close the hatch."), "{middle}");
        }
    }
}
