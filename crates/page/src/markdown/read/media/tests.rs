//! Tests how sound, film and embedded pages become links. `image/tests.rs` tests images.

use super::super::tests::{check, check_page};
use super::*;

#[test]
fn embedded_content_is_a_link_with_the_best_name_that_it_has() {
    check_page(&[
        ("<video src=/f.mp4 title='The moss grows'></video>", "[The moss grows](https://example.org/f.mp4)"),
        ("<video src=/f.mp4 aria-label='The moss'></video>", "[The moss](https://example.org/f.mp4)"),
        ("<video src=/f.mp4 title=' '></video>", "[Video](https://example.org/f.mp4)"),
        ("<video><source src=/f.mp4><source src=/f.webm></video>", "[Video](https://example.org/f.mp4)"),
        ("<audio src=/s.mp3></audio>", "[Audio](https://example.org/s.mp3)"),
        ("<iframe src=https://www.maps.example/x?y></iframe>", "[maps.example](https://www.maps.example/x?y)"),
        ("<iframe data-src=https://maps.example/x></iframe>", "[maps.example](https://maps.example/x)"),
        ("<embed src=/f.pdf>", "[example.org](https://example.org/f.pdf)"),
        ("<object data=/f.pdf title=Plan></object>", "[Plan](https://example.org/f.pdf)"),
    ]);
}

#[test]
fn embedded_content_without_an_address_leaves_its_title_or_its_fallback() {
    check_page(&[
        ("<p>a<video></video>", "a"),
        ("<p>a<iframe src=about:blank></iframe>", "a"),
        ("<p>a<iframe src='blob:https://example.org/1' title='A film'></iframe>", "a\n\nA film"),
        ("<p>a<iframe src=javascript:x></iframe>", "a"),
        ("<p>a<iframe src='#top' title='A film'></iframe>", "a\n\nA film"),
        ("<object><p>Read it <a href=/f>here</a></object>", "Read it [here](https://example.org/f)"),
        ("<object data=/f.pdf><p>Read it here</object>", "[example.org](https://example.org/f.pdf)"),
    ]);
}

#[test]
fn hidden_frames_and_pixels_are_no_content() {
    check_page(&[
        ("<p>a<iframe hidden src=https://ads.example/></iframe>", "a"),
        ("<p>a<iframe style='display:none' src=https://ads.example/></iframe>", "a"),
        ("<p>a<iframe width=1 height=1 src=https://ads.example/></iframe>", "a"),
        ("<p>a<iframe width=0 height=0 src=https://ads.example/></iframe>", "a"),
    ]);
}

#[test]
fn a_film_has_lines_of_its_own_but_in_a_link_or_a_cell_it_is_text() {
    check(&[
        ("<p>a <video src=f.mp4></video> b", "a\n\n[Video](f.mp4)\n\nb"),
        ("<a href=/x><video src=f.mp4></video></a>", "[Video](/x)"),
        ("<table><tr><th>a<tr><td>b<video src=f.mp4></video></table>", "| a |\n| --- |\n| b<br>[Video](f.mp4) |"),
        ("<ul><video src=f.mp4></video></ul>", "- [Video](f.mp4)"),
    ]);
}

#[test]
fn a_known_player_is_the_page_of_its_film() {
    check_page(&[
        (
            "<iframe src=https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1></iframe>",
            "[youtube.com](https://www.youtube.com/watch?v=abcdefghijk)",
        ),
        (
            "<iframe src=//www.youtube.com/embed/abcdefghijk title='A film'></iframe>",
            "[A film](https://www.youtube.com/watch?v=abcdefghijk)",
        ),
    ]);
}

/// Whether the only frame of a piece of HTML belongs to the content.
fn is_content(html: &str) -> bool {
    let parsed = cachette_dom::parse(html);
    let frame = parsed.document.select_single("iframe");
    let node = frame.nodes().first().copied().unwrap_or_else(|| panic!("no frame: {html}"));
    let element = node.element_ref().unwrap_or_else(|| panic!("no element: {html}"));
    is_player(&node, &element)
}

#[test]
fn a_frame_belongs_to_the_content_by_its_address_or_its_surroundings() {
    for html in [
        "<iframe src=https://film.example/embed/1></iframe>",
        "<iframe src=https://player.film.example/1></iframe>",
        "<iframe data-src=//embed.film.example/1></iframe>",
        "<figure><iframe src=https://film.example/1></iframe></figure>",
        "<div class=video-player><p><iframe src=https://film.example/1></iframe></div>",
        "<div class=embed-box><iframe src=https://film.example/1></iframe></div>",
    ] {
        assert!(is_content(html), "{html}");
    }
    for html in [
        "<iframe src=https://ads.example/1></iframe>",
        "<iframe></iframe>",
        "<iframe src=/embed/1></iframe>",
        "<iframe hidden src=https://film.example/embed/1></iframe>",
        "<iframe width=1 height=1 src=https://film.example/embed/1></iframe>",
        "<figure><div><div><div><iframe src=https://film.example/1></iframe></div></div></div></figure>",
        "<iframe src=https://www.youtube.com/embed/abcdefghijk></iframe>",
    ] {
        assert!(!is_content(html), "{html}");
    }
}
