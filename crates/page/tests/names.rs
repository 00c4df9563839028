//! Tests that parts of an article stay although their name or phrase resembles boilerplate. Beside
//! it is real boilerplate, which must go. The pages are made here, of twelve skeletons, a manual
//! and a shop among them.

use cachette_page::{Options, convert};

/// Names of classes and ids, by section.
const NAMES: &str = include_str!("../../extract/src/content/class_names/names.txt");
/// Lists of phrases.
const PHRASES: [&str; 8] = [
    include_str!("../../extract/src/content/phrases/labels.txt"),
    include_str!("../../extract/src/content/phrases/leads_away.txt"),
    include_str!("../../extract/src/content/phrases/asks.txt"),
    include_str!("../../extract/src/content/phrases/rights.txt"),
    include_str!("../../extract/src/content/phrases/about_the_page.txt"),
    include_str!("../../extract/src/content/phrases/appendices.txt"),
    include_str!("../../extract/src/content/phrases/before_names.txt"),
    include_str!("../../extract/src/content/phrases/credits.txt"),
];

/// Pages with a place for a block among their paragraphs (`{slot}`), one for real boilerplate
/// beside the article (`{junk}`), and a paragraph of their own (`{p}`).
const SKELETONS: [&str; 12] = [
    "<main><article><h1>Moss on walls</h1>{p}{p}{slot}{p}{p}</article></main>{junk}",
    "<main><h1>Moss on walls</h1><div class=entry-content>{p}{p}{slot}{p}{p}</div></main>{junk}",
    "<div id=page><div id=content><h1>Moss on walls</h1>{p}{p}{slot}{p}{p}</div>{junk}</div>",
    "<article><header><h1>Moss on walls</h1></header><section><h2>One</h2>{p}{p}</section>{slot}<section><h2>\
     Two</h2>{p}{p}\
     </section></article>{junk}",
    "<div class=wrap><div class=post><h1>Moss on walls</h1><div class=text>{p}</div><div class=text>{p}</div>\
     {slot}<div \
     class=text>{p}</div><div class=text>{p}</div></div>{junk}</div>",
    "<main><article><h1>Moss on walls</h1>{p}<h2>One</h2>{p}{slot}{p}<h2>Two</h2>{p}<p>It ends here, at \
     last.</p></article>\
     {junk}</main>",
    "<main><div class=row><div class=col><h1>Moss on walls</h1>{p}{p}{slot}{p}{p}</div><div class=col>\
     {junk}</div></div></main>",
    "<table><tr><td><h1>Moss on walls</h1>{p}{p}{slot}{p}{p}</table>{junk}",
    "<main role=main><article class=h-entry><h1 class=p-name>Moss on walls</h1><div class=e-content>\
     {p}{p}{slot}{p}{p}</div>\
     </article></main>{junk}",
    "<body class='page sidebar-right'><div class='layout has-sidebar'><main><h1>Moss on walls</h1>\
     {p}{p}{slot}{p}{p}</main>\
     {junk}</div></body>",
    "<meta name=generator content='Sphinx 7.2'><div class=document><div class=body role=main><h1>Moss on \
     walls</h1>{p}{p}{slot}{p}{p}</div></div>{junk}",
    "<div itemscope itemtype='https://schema.org/Product'><main><h1>Moss on walls</h1><p class=price>€ \
     5.00</p><form class=cart><button>Add to cart</button></form>{p}{p}{slot}{p}{p}</main></div>{junk}",
];

/// Blocks that an author may write with a name (`{name}`). Each says KEPT once.
const PLACES: [&str; 15] = [
    "<h2 class={name}>KEPT of the wall</h2><p>Moss grows on it.</p>",
    "<h2 id={name}>KEPT of the wall</h2><p>Moss grows on it.</p>",
    "<p>As <span class={name}>KEPT</span> has written of the wall, it is green.</p>",
    "<p>As <a rel=author class={name} href=/a>KEPT</a> has written of the wall, it is green.</p>",
    "<table><tr><th>Wall<th>Moss<tr><td class={name}>KEPT<td>60 %</table>",
    "<table><tr><th>Wall<th>Moss<tr class={name}><td>KEPT<td>60 %</table>",
    "<table><tr><th>Wall<th>Moss<tr><td><div class={name}>KEPT</div><td>60 %</table>",
    "<dl><dt>Moss<dd><div class={name}>KEPT of it</div></dl>",
    "<section id={name}><h2>{name}</h2><pre>// KEPT to the end of the line</pre></section>",
    "<ul><li class={name}>KEPT of it<li class={name}>the rest of it</ul>",
    "<section id={name}><h2>{name}</h2><p>KEPT is what the wall is made of. It is old, and it was never dry.</p>\
     </section>",
    "<section class={name}><h2>Stones</h2><p>KEPT is what the wall is made of. It is old, and it was never \
     dry.</p></section>",
    "<aside class={name}><p>KEPT is what the wall is made of. It is old, and it was never dry.</p></aside>",
    "<div class='{name} box'><p>KEPT is what the wall is made of. It is old, and it was never dry.</p></div>",
    "<p class={name}>KEPT is what the wall is made of. It is old, and it was never dry.</p>",
];

/// Blocks that an author may write with a phrase (`{phrase}`).
const SENTENCES: [&str; 8] = [
    "<p>{phrase} KEPT of the wall, which was never dry in all those years, and which nobody has helped.</p>",
    "<p>{phrase} <code>KEPT</code> of it:</p><pre>moss --dry</pre>",
    "<h2>{phrase} KEPT</h2><p>Moss grows on it.</p>",
    "<p>See the <a href=/n>{phrase} KEPT</a> for more of it, and the one before it.</p>",
    "<dl><dt>{phrase}(KEPT)<dd>moss of it</dl>",
    "<ul><li>{phrase} KEPT of it<li>the rest of it</ul>",
    "<dl><dt>{phrase} KEPT<dd>moss of it</dl>",
    "<div class=v>Green as the wall</div><div class=v>{phrase} KEPT</div><div class=v>and never dry</div>",
];

/// Real boilerplate. Each says JUNK.
const JUNK: [&str; 12] = [
    "<nav><a href=/a>JUNK one</a> <a href=/b>Two</a></nav>",
    "<aside class=related-posts><h3>Related</h3><ul><li><a href=/a>JUNK on walls</a><li><a href=/b>Ivy</a></ul>\
     </aside>",
    "<div class=share-buttons><a href=/s>JUNK</a> <a href=/t>Share</a></div>",
    "<div class=newsletter><p>JUNK in your inbox. It is free.</p><form><input type=email><button>Go</button>\
     </form></div>",
    "<footer><p>© 2026 JUNK. All rights reserved.</p></footer>",
    "<section class=comments><h2>2 comments</h2><div class=comment><b class=author>Ada</b> <time>4 May</time><p>\
     JUNK, I \
     think. It is wrong.</p></div><form><textarea></textarea></form></section>",
    "<div class=cookie-notice><p>We use cookies for JUNK. They are small.</p><button>Accept</button></div>",
    "<div class=breadcrumbs><a href=/>JUNK</a> › <a href=/a>Walls</a></div>",
    "<div class=tags><a href=/t/a>JUNK</a> <a href=/t/b>walls</a></div>",
    "<div class=advert>JUNK</div>",
    "<ul class=pagination><li><a href=/1>JUNK</a><li><a href=/2>2</a></ul>",
    "<div class=teasers><div><a href=/x><img src=x.png></a><h3><a href=/x>JUNK on the wall</a></h3><p>It \
     grew.</p></div></div>",
];

/// A paragraph of the article; `nth` makes each differ from the others.
fn paragraph(nth: usize) -> String {
    format!(
        "<p>The moss on the old wall number {nth} has grown for years, and nobody has helped it to, though many \
        came by. It \
         drinks the rain of {nth} winters, and in the summers it waits.</p>"
    )
}

fn page(skeleton: usize, slot: &str, junk: &str) -> String {
    let skeleton = SKELETONS.get(skeleton % SKELETONS.len()).copied().unwrap_or_default();
    let mut html = skeleton.replace("{slot}", slot).replace("{junk}", junk);
    let mut nth = 0;
    while html.contains("{p}") {
        nth += 1;
        html = html.replacen("{p}", &paragraph(nth), 1);
    }
    format!("<html><head><title>Moss on walls</title></head><body>{html}</body></html>")
}

fn markdown(html: &str) -> String {
    convert(html, &Options { url: Some("https://example.org/moss/walls"), ..Options::default() }).markdown
}

/// Returns the entries of a list without its comments and sections; a `_` at an end is a blank.
fn entries(list: &str) -> impl Iterator<Item = String> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '[']));
    lines.map(|line| line.trim_end_matches('_').to_owned())
}

/// Puts each word in each of the `places`, where `mark` is. Returns the pages that lose it.
fn lost(words: impl Iterator<Item = String>, places: &[&str], mark: &str) -> Vec<String> {
    let mut lost = Vec::new();
    for (nth, word) in words.enumerate() {
        for (at, place) in places.iter().enumerate() {
            let slot = place.replace(mark, &word);
            let junk = JUNK.get((nth + at) % JUNK.len()).copied().unwrap_or_default();
            if !markdown(&page(nth + at, &slot, junk)).contains("KEPT") {
                lost.push(format!("{slot} in skeleton {}", (nth + at) % SKELETONS.len()));
            }
        }
    }
    lost
}

#[test]
fn the_last_skeletons_are_a_manual_and_a_product() {
    let kind = |skeleton: usize| convert(&page(skeleton, "", ""), &Options::default()).metadata.kind;
    assert_eq!([kind(10), kind(11)].map(|kind| kind.unwrap_or_default()), ["documentation", "product"]);
}

#[test]
fn nothing_of_an_article_is_lost_for_its_name() {
    // Names of text for screen readers only hide it on every page that uses them.
    let unseen = NAMES.find("[UNSEEN]").unwrap();
    let (before, after) = NAMES.split_at(unseen);
    let seen = [before, after.split_once("\n\n").unwrap().1].concat();
    let lost = lost(entries(&seen), &PLACES, "{name}");
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn nothing_of_an_article_is_lost_for_its_phrases() {
    let lost = lost(PHRASES.iter().copied().flat_map(entries), &SENTENCES, "{phrase}");
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn boilerplate_beside_an_article_still_goes() {
    let mut left = Vec::new();
    let mut all = 0;
    for skeleton in 0..SKELETONS.len() {
        for junk in JUNK {
            for slot in [PLACES[10].replace("{name}", "cookies"), "<p>Moss is green.</p>".to_owned(), String::new()] {
                all += 1;
                if markdown(&page(skeleton, &slot, junk)).contains("JUNK") {
                    left.push(format!("{junk} in skeleton {skeleton}"));
                }
            }
        }
    }
    assert!(50 * left.len() <= all, "{} of {all} left: {left:#?}", left.len());
}
