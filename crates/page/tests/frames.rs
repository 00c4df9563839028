//! Tests frames that contain their page as text (`<iframe srcdoc>`). Their visible text is in every
//! form of the page, and their hidden text in none.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use cachette_page::{Options, Page, convert, full_text};

fn page(frame: &str) -> Page {
    let html =
        format!("<title>A</title><main><h1>A</h1><p>Before the frame.</p>{frame}<p>Behind the frame.</p></main>");
    let page = convert(&html, &Options { full: true, inert_html: true, ..Options::default() });
    assert_eq!(full_text(&html), page.full_text);
    page
}

#[test]
fn what_a_frame_shows_is_in_all_that_is_made_of_the_page() {
    for frame in [
        "<iframe srcdoc='<p>Within the frame.'></iframe>",
        "<iframe src=https://example.org/f SrcDoc='<p>Within the frame.'></iframe>",
        "<iframe srcdoc='<iframe srcdoc=&quot;<p>Within the frame.&quot;></iframe>'></iframe>",
        "<x-a><template shadowrootmode=open><iframe srcdoc='<p>Within the frame.'></iframe></template></x-a>",
    ] {
        let page = page(frame);
        let inert = page.inert_html.unwrap();
        for made in [&page.markdown, &page.full_text, &inert] {
            assert!(made.contains("Within the frame."), "{frame}: {made}");
        }
        assert!(!inert.contains("srcdoc"), "{inert}");
    }
}

#[test]
fn what_a_frame_hides_is_in_nothing() {
    let secrets = "<input type=hidden value=s3cret><input type=password value=s3cret><textarea>s3cret</textarea>\
        <!--s3cret--><script>s3cret</script>";
    let page = page(&format!("<iframe srcdoc='<p>Within the frame.{secrets}' name=s3cret></iframe>"));
    assert!(!format!("{page:?}").contains("s3cret"), "{page:?}");
}
