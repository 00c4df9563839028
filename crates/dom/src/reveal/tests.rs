//! Checks which hidden parts are shown.

use crate::parse;
use crate::text::visible_text;

const WORDS: &str = "The ferry leaves at noon, and it waits for nobody. ";

fn shown(html: &str) -> String {
    visible_text(parse(html).document.root())
}

fn is_shown(html: &str) -> bool {
    shown(&html.replace("WORDS", WORDS)).contains("waits for nobody")
}

#[test]
fn what_a_control_opens_is_shown() {
    for html in [
        "<h3><button aria-controls=a>When?</button></h3><div id=a hidden>WORDS</div>",
        "<a href='#a' aria-controls=a role=button>More</a><div id=a style='color:red;display:none'>WORDS</div>",
        "<main><header><button aria-controls='x a'>More</button></header><p id=a hidden>WORDS</main>",
        "<h3><button aria-expanded=false>When?</button></h3><div hidden>WORDS</div>",
        "<button aria-expanded=false>When?</button><div hidden>WORDS</div>",
        "<dl><dt>When?<dd hidden>WORDS<dt>Why?<dd hidden>Nobody knows.</dl>",
        "<h3>When?</h3><div class=b style='display:none'>WORDS</div><h3>Why?</h3><div class=b hidden>WORDS</div>",
    ] {
        assert!(is_shown(html), "{html}");
    }
}

#[test]
fn menus_forms_dialogs_and_links_stay_hidden() {
    for html in [
        "<button aria-controls=a aria-haspopup=true>Menu</button><div id=a hidden>WORDS</div>",
        "<nav><button aria-controls=a>Menu</button></nav><div id=a hidden>WORDS</div>",
        "<header><button aria-controls=a>Menu</button></header><div id=a hidden>WORDS</div>",
        "<button aria-controls=a>Menu</button><nav id=a hidden>WORDS</nav>",
        "<button aria-controls=a>Ask</button><div id=a role=dialog hidden>WORDS</div>",
        "<button aria-controls=a>Ask</button><div aria-modal=true><div id=a hidden>WORDS</div></div>",
        "<button aria-controls=a>Mail me</button><div id=a hidden>WORDS<input></div>",
        "<button aria-controls=a>More</button><div id=a hidden><a href=/b>WORDS</a></div>",
        "<h3>When?</h3><div class=b hidden>WORDS</div>",
        "<p>One.</p><div hidden>WORDS</div>",
        "<h2>When?</h2><p hidden>WORDS</p><h2>Why?</h2><p hidden>WORDS</p>",
    ] {
        assert!(!is_shown(html), "{html}");
    }
}

#[test]
fn a_page_that_waits_for_its_scripts_is_shown() {
    let long = WORDS.repeat(20);
    for html in [
        "<body style='visibility:hidden'><p>WORDS",
        "<html style='display: none !important'><p>WORDS",
        "<body hidden><p>WORDS",
        &format!("<h1>Ferry</h1><div style='display:none'><p>{long}</div><p>Loading…"),
    ] {
        assert!(is_shown(html), "{html}");
    }
    // Beside a text of its own, a hidden one is not the page's.
    assert!(!is_shown(&format!("<p>{}</p><div hidden>{long}</div>", "It rains. ".repeat(60))));
    assert!(!is_shown(&format!("<p>It rains.</p><div hidden>{long}<select></select></div>")));
    assert!(!is_shown(&format!("<p>It rains.</p><div hidden role=dialog>{long}</div>")));
}

#[test]
fn the_rest_of_a_style_stays() {
    let parsed = parse("<body style='color: red; DISPLAY:none;margin:0'>a");
    assert_eq!(&*parsed.document.body().unwrap().attr("style").unwrap(), "color:red;margin:0");
}

#[test]
fn many_nested_boxes_take_time_in_proportion() {
    let html = format!("{}{}", "<div hidden>a. ".repeat(400), "<dl><dt>a<dd hidden>b".repeat(2000));
    let steps = |times: usize| {
        let allowance = crate::steps::Allowance::new(u64::MAX);
        parse(&html.repeat(times));
        allowance.taken()
    };
    let (once, more) = (steps(1), steps(8));
    assert!(more < once * 12, "{once} {more}");
}
