//! Tests which parts of a page are removed, and which stay.

use super::*;
use proptest::prelude::*;

fn left(html: &str) -> String {
    without_secrets(html).unwrap_or_else(|| html.to_owned())
}

#[test]
fn what_forms_hold_and_what_runs_is_taken_out() {
    for (html, expected) in [
        ("<input type=hidden name=a value=b>c", "<input type=hidden name=a  >c"),
        ("<INPUT TYPE='Password' VALUE='b'>", "<INPUT TYPE='Password'  >"),
        ("<input value=\"typed\" name=q>", "<input   name=q>"),
        ("<script>a()</script>b", "<script></script>b"),
        ("<script type=module src=/s?t=1 nonce=n>a</script>", "<script type=module    ></script>"),
        ("<SCRIPT type=text/template><b></SCRIPT>", "<SCRIPT type=text/template></SCRIPT>"),
        ("<script>'<!-- <script>' </script> --></script>b", "<script></script>b"),
        ("<p onclick='a()' class=x ONLOAD=b>c", "<p   class=x  >c"),
        ("<style nonce=n>a</style>", "<style  >a</style>"),
        ("<meta name=csrf-token content=x>", "<meta name=csrf-token  >"),
        (
            "<iframe srcdoc=\"<p>a<script>b</script>\"></iframe>",
            "<iframe srcdoc=\"&lt;p&gt;a&lt;script&gt;&lt;/script&gt;\"></iframe>",
        ),
        (
            "<iframe srcdoc='&lt;input type=hidden value=&quot;s&quot;>'></iframe>",
            "<iframe srcdoc='&lt;input type=hidden  &gt;'></iframe>",
        ),
        ("<svg><script>a()</script></svg>b", "<svg><script>0</script></svg>b"),
        ("<noscript><input type=hidden value=a></noscript>", "<noscript><input type=hidden  ></noscript>"),
        (
            "<template shadowrootmode=open><script>a</script></template>",
            "<template shadowrootmode=open><script></script></template>",
        ),
    ] {
        assert_eq!(left(html), expected);
    }
}

#[test]
fn all_else_is_left_as_it_is() {
    for html in [
        "<script type='application/ld+json'>{\"a\":\"</b>\"}</script>",
        "<script type=application/json id=__NEXT_DATA__>{}</script>",
        "<script type=\"math/tex; mode=display\">x<y</script>",
        "<script type=&#97;>a</script>",
        "<input type=submit value=Send><li value=3>a<button value=b>c",
        "<textarea><script>a</script></textarea>b</script>",
        "<title><script></title>b</script>",
        "<style>/*<script>*/</style>b</script>",
        "<xmp><script></xmp>b</script>",
        "<!-- <script> -->b</script>",
        "<p title='<script>'>b</script>",
        "<p title=\"x onclick='a'\">on='b' onclick=c",
        "<plaintext><script>a</script>",
        "<script>unfinished",
        "<script></script>",
        "<svg><script/>text</svg></script>",
        "<svg><script>a<!-- </script> -->text</script></svg>",
        "<svg><script></svg><title><svg><script>a</script></svg><body onload=a>",
        "<svg><title><p></svg><script/>text</script>",
        "<noscript><!-- </noscript><script> -->b</script>",
        "<noscript><script>a</script></noscript>",
        "<math></svg><script>a('<b>')</script>",
        "<noscript><p></noscript><script>a</script>",
        "<p a onclick=b =c>",
        "<p on='a' on-tap=b once-x=c>",
        "<iframe srcdoc='&eacute;<script>a</script>'></iframe>",
        "a < b, c <3 & d",
    ] {
        assert_eq!(without_secrets(html), None, "{html}");
    }
}

#[test]
fn a_page_in_frames_in_frames_is_read_so_deep_and_no_deeper() {
    let mut html = "<input type=hidden value=a>".to_owned();
    for _ in 0..40 {
        html = format!("<iframe srcdoc=\"{}\"></iframe>", html.replace('&', "&amp;").replace('"', "&quot;"));
        if html.len() > 1_000_000 {
            break;
        }
    }
    left(&html);
}

#[test]
fn what_a_reader_sees_is_the_same_afterwards() {
    for html in [
        "<p>Grüße, 面包, خبز &amp; 🦀</p><script>a()</script><p>after</p>",
        "<form><label>Name <input value=\"x\"></label><button value=go>Send</button></form>end",
        "<ul><li value=3>three</ul><script src=x></script>end",
        "<table><tr><td onclick=a>cell</table>",
    ] {
        let seen = |html: &str| {
            let (mut out, mut inside, mut script) = (String::new(), false, false);
            for part in html.split_inclusive(['<', '>']) {
                let words = part.trim_end_matches(['<', '>']);
                script = if inside { words.starts_with("script") } else { script };
                if !inside && !script {
                    out.push_str(words);
                }
                inside = part.ends_with('<');
            }
            out
        };
        assert_eq!(seen(&left(html)), seen(html), "{html}");
        assert_ne!(left(html), html);
    }
}

#[test]
fn a_field_s_secret_is_taken_whatever_the_kind_of_field() {
    for kind in ["text", "hidden", "password", "email", "tel", "search", "number", "date", "checkbox", "", "nonsense"] {
        let html = format!("<input type='{kind}' value='secret'>");
        assert!(!left(&html).contains("secret"), "{kind}");
    }
    for kind in ["submit", "button", "reset", "SUBMIT"] {
        let html = format!("<input type='{kind}' value='Label'>");
        assert_eq!(without_secrets(&html), None, "{kind}: people read it");
    }
}

#[test]
fn tokens_of_forms_are_taken_by_their_usual_names() {
    for (name, is_secret) in [
        ("csrf-token", true),
        ("_csrf", true),
        ("XSRF-TOKEN", true),
        ("csrf-param", true),
        ("description", false),
        ("author", false),
        ("surf", false),
    ] {
        let html = format!("<meta name=\"{name}\" content=\"value\">");
        assert_eq!(without_secrets(&html).is_some(), is_secret, "{name}");
    }
}

proptest! {
    #[test]
    fn nothing_is_added_and_a_second_time_nothing_is_taken(
        html in "(<|</|<!--|-->|<p |<input |type=hidden |value=x|script|<script>|</script>|svg|<svg>|</svg>|noscript>|>\
                 |\"|'|=| |/|onclick=b|é|<iframe srcdoc=\"|&lt;|]]>|<!\\[CDATA\\[){0,60}",
        any in any::<String>(),
    ) {
        for html in [html, any] {
            let once = left(&html);
            if !html.contains("srcdoc") {
                prop_assert!(once.len() <= html.len() + html.matches('=').count());
            }
            prop_assert_eq!(left(&once).trim().len(), once.trim().len());
        }
    }
}
