//! Tests which blocks of a page belong to the article whose text Readability found.

use super::*;
use crate::content::siblings;
use crate::content::tests::prose;
use cachette_dom::text::visible_text;

/// Returns the article of a page in which Readability kept everything in an element with `data-k`.
fn chosen_with(html: &str, title: &str, description: &str) -> Option<String> {
    let document = cachette_dom::parse(html).document;
    let kept = document.select("[data-k]");
    let texts =
        kept.nodes().iter().flat_map(NodeRef::descendants).filter(NodeRef::is_text).map(|node| node.id).collect();
    let cut = {
        let mut outline = Outline::of(&document);
        choose(&mut outline, &texts, title, description, siblings::join)?.resolve(&outline)?
    };
    cut.carry_out(&document);
    Some(visible_text(NodeRef { id: cut.root, tree: &document.tree }).replace('\n', " | "))
}

fn chosen(html: &str) -> String {
    chosen_with(html, "", "").unwrap()
}

/// Makes a paragraph that Readability kept, marked by a name.
fn kept(name: &str) -> String {
    format!(
        "<p data-k>{name}: the moss on the old wall has grown for years, and nobody has helped it. It drinks rain.</p>"
    )
}

fn names(text: &str) -> Vec<&str> {
    text.split(" | ").map(|line| line.split(':').next().unwrap()).collect()
}

#[test]
fn what_looks_like_content_between_the_kept_paragraphs_comes_back() {
    for block in [
        "<h2>X</h2>",
        "<pre>X</pre>",
        "<ul><li>X</ul>",
        "<table><tr><td>X</table>",
        "<blockquote>X</blockquote>",
        "<figure><img src=a.png><figcaption>X</figcaption></figure>",
        "<dl><dt>X</dl>",
        "<details>X</details>",
        "<p>X</p>",
        "<div><p>X is said here.</p></div>",
        "<aside><p>X is said here, in a box.</p></aside>",
        "<div class=share><p>X is what the heirs were to share.</p></div>",
        "<section class=comments><p>X is what the council said of it.</p></section>",
        "<div class=verse>X grows on the wall</div><div class=verse>and nobody</div><div class=verse>waters it</div>",
        "<h2 id=navigation>X</h2>",
        "<details><summary>X</summary><p>It is said here.</p></details>",
        "<div><p>X grows on <a href=/x>the walls of the mill</a>, where nobody <a href=/y>looks for it</a>.</p></div>",
        "<div><h3>X?</h3><p>It is <a href=/x>green</a>, <a href=/y>wet</a> and <a href=/z>old</a>. It says \
         so.</p></div>",
    ] {
        let text = chosen(&format!("<main><article>{}{block}{}</article></main>", kept("a"), kept("b")));
        assert!(text.contains(" | X"), "{block}: {text}");
    }
}

#[test]
fn what_surrounds_an_article_does_not_come_back_between_its_paragraphs() {
    for block in [
        "<div class=share>X it</div>",
        "<div class=newsletter><p>X is new every week.</p><input></div>",
        "<aside><p>X is <a href=/x>elsewhere on this site</a>.</p></aside>",
        "<div><p>X is asked for here.</p><input></div>",
        "<div><a href=/w><i>W</i></a><p>X grows on <a href=/x>the walls of the old mill</a>, you know.</p></div>",
        "<div><a href=/x><img src=x.png></a><h3><a href=/x>X</a></h3><p>It grows, they say.</p></div>",
        "<ul><li><a href=/x>X</a></ul>",
        "<h2><a href=/x>X</a></h2>",
        "<div>X without a sentence</div>",
        "<table><tr><td><a href=/x>X and more</a></table>",
        "<div class=comments><p>X is what I think.</p><textarea></textarea></div>",
        "<span>X</span>",
    ] {
        let html = format!("<main><article>{}{block}{}</article></main>", kept("a"), kept("b"));
        let text = chosen(&html);
        let inline = block.starts_with("<span");
        assert_eq!(text.contains('X'), inline, "{block}: {text}");
    }
}

#[test]
fn a_block_before_or_after_the_kept_ones_comes_back_only_if_it_looks_like_them() {
    let other = "<p>x: before.</p>";
    let text = chosen(&format!("<main><article>{other}{}{}{other}</article></main>", kept("a"), kept("b")));
    assert_eq!(names(&text), ["a", "b"]);
    let boxed = |name: &str, keep: &str| {
        format!(
            "<div class=cell><p {keep}>{name}: the moss on the old wall has grown for years, and it drinks rain. It is \
                 green, wet and very old. Nobody knows who planted it there.</p></div>"
        )
    };
    let html =
        format!("<main>{}{}{}{}</main>", boxed("a", ""), boxed("b", "data-k"), boxed("c", "data-k"), boxed("d", ""));
    assert_eq!(names(&chosen(&html)), ["a", "b", "c", "d"]);
}

#[test]
fn what_is_between_blocks_that_came_back_comes_back() {
    let long = |name: &str, keep: &str| {
        format!(
            "<p {keep}>{name}: the moss on the old wall has grown for years, and it drinks rain. It is green, wet and \
             very old. Nobody knows who planted it there, or when.</p>"
        )
    };
    let short = "<p>x: it is wet.</p>";
    let html = format!(
        "<main>{}{}{}{short}{}{short}</main>",
        long("a", "data-k"),
        long("b", "data-k"),
        long("c", ""),
        long("d", "")
    );
    assert_eq!(names(&chosen(&html)), ["a", "b", "c", "x", "d"]);
    let headed = format!("<main><h2>x</h2>{}{}<h2>y</h2><p>z.</p></main>", long("a", "data-k"), kept("b"));
    assert_eq!(names(&chosen(&headed)), ["x", "a", "b"]);
}

#[test]
fn several_paragraphs_between_the_heading_and_the_chosen_text_were_lost_by_mistake() {
    let lost = |name: &str| {
        format!(
            "<section><p>{name}: it is green in May, and in June it is greener than that, or so the miller \
             says.</p></section>"
        )
    };
    let page = |lost: &str| format!("<main><h1>Moss</h1>{lost}<div>{}</div><div>{}</div></main>", kept("a"), kept("b"));
    let left =
        |lost: &str| chosen(&page(lost)).split(" | ").filter(|line| *line != "Moss").collect::<Vec<_>>().join(" | ");
    assert_eq!(names(&left(&[lost("x"), lost("y"), lost("z")].concat())), ["x", "y", "z", "a", "b"]);
    assert_eq!(names(&left(&[lost("x"), lost("y")].concat())), ["a", "b"]);
}

#[test]
fn the_smallest_element_around_the_article_is_its_root() {
    let html = format!("<body><p>top</p><div><p>x: y.</p><section>{}{}</section></div>", kept("a"), kept("b"));
    assert_eq!(names(&chosen(&html)), ["a", "b"]);
    let stray = format!(
        "<body><div><b data-k>by</b></div><div><section>{}{}{}{}</section><p>x: y.</p></div>",
        kept("a"),
        kept("b"),
        kept("c"),
        kept("d")
    );
    assert_eq!(names(&chosen(&stray)), ["a", "b", "c", "d"], "a stray line does not widen it");
    assert_eq!(chosen_with("<p>nothing was kept</p>", "", ""), None);
}

#[test]
fn of_several_stories_the_one_with_the_page_s_title_counts() {
    let story = |title: &str| format!("<article><h1>{title}</h1>{}{}</article>", kept(title), kept("more"));
    let html = format!("<main>{}{}{}</main>", story("Moss"), story("Ivy"), story("Fern"));
    for (title, expected) in [("Ivy", "Ivy"), ("ivy!", "Ivy"), ("Moss", "Moss")] {
        let text = chosen_with(&html, title, "").unwrap();
        assert_eq!(names(&text)[0], expected, "{title}");
        assert!(!text.contains("Fern"), "{text}");
    }
    for title in ["", "Another"] {
        let text = chosen_with(&html, title, "").unwrap();
        assert!(text.contains("Moss") && text.contains("Fern"), "{title:?}: {text}");
    }
    let alone = format!("<main><div>{}</div></main>", story("Moss"));
    assert!(chosen_with(&alone, "Ivy", "").unwrap().contains("Moss"));
}

#[test]
fn a_lead_above_the_article_is_recognised_by_name_place_or_the_page_s_summary() {
    const LEAD: &str = "Nobody planted it, and nobody waters it; yet the old wall by the mill is green. It always was.";
    for (lead, description, is) in [
        (format!("<p class=lead>{LEAD}</p>"), "", true),
        (format!("<div class=standfirst><div>{LEAD}</div></div>"), "", true),
        (format!("<p>{LEAD}</p>"), "", true),
        (format!("<div>{LEAD}</div>"), "", false),
        (format!("<div>{LEAD}</div>"), LEAD, true),
        (format!("<p class=share>{LEAD}</p>"), LEAD, false),
        (format!("<div class=related><p>{LEAD}</p></div>"), "", false),
        (format!("<div class=share><p>{LEAD}</p></div>"), "", true),
        (format!("<div class=post-meta><time>4 May</time><p>{LEAD}</p></div>"), "", true),
        (format!("<p><a href=/x>{LEAD}</a></p>"), "", false),
        ("<p>Too short.</p>".to_owned(), "", false),
        ("<p class=lead>Nobody planted it, and it is green.</p>".to_owned(), "", false),
        (format!("<p>Sign up for our newsletter. {LEAD}</p>"), "", false),
    ] {
        let html = format!(
            "<body><header><h1>Moss</h1>{lead}</header><div><section>{}{}</section></div>",
            kept("a"),
            kept("b")
        );
        let text = chosen_with(&html, "Moss", description).unwrap();
        assert_eq!(text.contains("Nobody planted it"), is, "{lead} {description}: {text}");
        assert!(text.contains("b: the moss"), "{text}");
    }
    let before = format!("<body><p class=lead>{LEAD}</p><h1>Moss</h1><section>{}{}</section>", kept("a"), kept("b"));
    assert!(!chosen_with(&before, "Moss", "").unwrap().contains("Nobody"), "a lead is below the title");
}

#[test]
fn the_article_of_a_region_is_around_its_paragraphs() {
    let of_html = |html: &str| {
        let document = cachette_dom::parse(html).document;
        let mut outline = Outline::of(&document);
        let mut region = Plan::new(&outline, outline.first("main").unwrap());
        if let Some(at) = outline.first("aside") {
            region.drop(at, Reason::Unlike);
        }
        let cut = of_region(&mut outline, &region, "").and_then(|plan| plan.resolve(&outline))?;
        cut.carry_out(&document);
        Some(visible_text(NodeRef { id: cut.root, tree: &document.tree }).replace('\n', " | "))
    };
    let paragraphs = [kept("b"), kept("c")].concat();
    let html = format!("<main><p>Menu</p><div>{}<aside>{}</aside>{paragraphs}</div></main>", kept("a"), kept("x"));
    assert_eq!(names(&of_html(&html).unwrap()), ["a", "b", "c"]);
    assert_eq!(of_html("<main><p>Hardly any text is here. None.</p></main>"), None);
}

#[test]
fn readability_runs_on_a_copy_whose_nodes_are_the_page_s() {
    let html = format!("<head><title>Moss</title></head><body><article>{}</article></body>", prose(4).repeat(4));
    let document = cachette_dom::parse(&html).document;
    let before = document.html();
    let candidates = crate::metadata::candidates(&document, &crate::Provenance::default(), &|_| None);
    let found = run_readability(&document, &candidates).unwrap();
    assert_eq!(document.html(), before);
    let own: HashSet<NodeId> = document.root().descendants_it().filter(NodeRef::is_text).map(|node| node.id).collect();
    assert!(!found.texts.is_empty() && found.texts.iter().any(|id| own.contains(id)));
}
