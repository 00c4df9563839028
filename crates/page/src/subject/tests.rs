//! Tests which part of a page becomes its article, and which warnings the choice gives. How
//! extraction finds it is tested in `cachette-extract`.

use crate::{Options, Page, Warning, convert};

fn article(html: &str) -> Page {
    convert(html, &Options { url: Some("https://example.org/a/"), ..Options::default() })
}

fn whole(html: &str) -> Page {
    convert(html, &Options { url: Some("https://example.org/a/"), full: true, ..Options::default() })
}

const SENTENCE: &str = "The moss on the old wall has grown, year after year, without anybody's help. ";

/// A page whose main content is one article.
fn blog() -> String {
    format!(
        "<title>Moss</title><nav><a href=/>Home</a> <a href=/about>About</a></nav><article><h1>Moss</h1><p>{0}</p>\
         <p>{0}</p><p>{0}</p></article><footer>Imprint</footer>",
        SENTENCE.repeat(6)
    )
}

/// A page of a few words.
const NOTE: &str = "<title>Gate</title><p>The gate is shut on Sundays.</p><p>Ring twice.</p>";

/// A page that shows nothing, with this JSON-LD.
fn shell(data: &str) -> String {
    format!(
        "<title>App</title><script type=application/ld+json>{data}</script><body><div id=root></div><script>x</script>"
    )
}

#[test]
fn a_recognised_article_is_all_there_is() {
    let page = article(&blog());
    assert!(page.warnings.is_empty(), "{:?}", page.warnings);
    assert!(page.text.contains("The moss") && !page.text.contains("Imprint"), "{}", page.text);
    assert!(!page.markdown.contains("Imprint") && !page.markdown.contains("About"), "{}", page.markdown);
    assert!(page.full_text.contains("Imprint") && page.full_text.contains("About"));
}

#[test]
fn a_page_without_an_article_is_taken_whole_and_says_so() {
    let page = article(NOTE);
    assert_eq!(page.markdown, "The gate is shut on Sundays.\n\nRing twice.\n");
    assert_eq!(page.text, page.full_text);
    let doubts = [Warning::NoArticle, Warning::Unsure, Warning::ExtractionFailed];
    assert!(page.warnings.iter().filter(|warning| doubts.contains(warning)).count() <= 1, "{:?}", page.warnings);
}

#[test]
fn a_whole_page_that_was_asked_for_is_no_flaw() {
    for html in [blog(), NOTE.to_owned()] {
        let page = whole(&html);
        assert!(page.warnings.is_empty(), "{:?}", page.warnings);
        assert_eq!(page.text, page.full_text);
    }
}

#[test]
fn a_page_that_shows_nothing_gives_the_text_that_its_data_declare() {
    let html = shell(&format!("{{\"@type\":\"Article\",\"articleBody\":\"{}\"}}", SENTENCE.repeat(4)));
    for page in [article(&html), whole(&html)] {
        assert!(page.markdown.contains("The moss on the old wall"), "{}", page.markdown);
        assert!(page.text.contains("The moss on the old wall"), "{}", page.text);
        assert_eq!(page.full_text, "", "nobody sees it on the page");
        assert!(page.warnings.contains(&Warning::EmptyPage), "{:?}", page.warnings);
        assert!(page.warnings.contains(&Warning::Declared), "{:?}", page.warnings);
    }
}

#[test]
fn a_declaration_is_text_and_no_markup() {
    let html = shell(
        "{\"@type\":\"Article\",\"articleBody\":\"[x](javascript:run) **is** a line that is long enough to be kept. \
         # None of it is a title, and <img src=x onerror=run()> is no picture.\"}",
    );
    let page = article(&html);
    assert!(
        page.markdown.contains("\\[x\\](javascript:run)") && page.markdown.contains("\\*\\*is"),
        "{}",
        page.markdown
    );
    assert!(!page.markdown.contains("<img"), "{}", page.markdown);
}

#[test]
fn a_page_that_shows_and_declares_nothing_is_empty() {
    for html in ["", "<body></body>", "<title>App</title><body><div id=root></div>", &shell("{broken")] {
        let page = article(html);
        assert!(page.warnings.contains(&Warning::EmptyPage), "{html}: {:?}", page.warnings);
        assert!(!page.warnings.contains(&Warning::Declared), "{html}: {:?}", page.warnings);
        assert_eq!((page.markdown.as_str(), page.text.as_str()), ("", ""), "{html}");
    }
}

#[test]
fn a_picture_alone_is_no_empty_page() {
    for html in ["<img src=a.png alt=a>", "<canvas></canvas>", "<svg><path d=M0/></svg>", "<video src=v.mp4></video>"] {
        assert!(!article(html).warnings.contains(&Warning::EmptyPage), "{html}");
    }
}

#[test]
fn a_discussion_is_rebuilt_post_by_post_unless_the_whole_page_is_asked_for() {
    let post = |at: usize| {
        format!(
            "<div class='comment' itemprop=comment itemscope itemtype=https://schema.org/Comment><span itemprop=author \
             itemscope itemtype=https://schema.org/Person><b itemprop=name>Reader {at}</b></span> <time \
             itemprop=dateCreated datetime=2024-05-0{at}>May {at}</time><div itemprop=text>Post {at}. {SENTENCE}</div>\
             </div>"
        )
    };
    let html = format!(
        "<title>Moss?</title><nav>Menu</nav><div itemscope itemtype=https://schema.org/DiscussionForumPosting><h1 \
         itemprop=headline>Moss?</h1>{}</div><footer>Imprint</footer>",
        (1..6).map(post).collect::<String>()
    );
    let page = article(&html);
    assert_eq!(page.metadata.kind.as_deref(), Some("discussion"), "{}", page.markdown);
    assert!(page.markdown.contains("Reader 3") && !page.markdown.contains("Imprint"), "{}", page.markdown);
    let words = |text: &str| text.matches("Post ").count();
    assert_eq!((words(&page.markdown), words(&page.text)), (5, 5));
    let whole = whole(&html);
    assert!(whole.markdown.contains("Imprint") && whole.markdown.contains("Menu"), "{}", whole.markdown);
}

#[test]
fn captions_are_in_the_article_and_not_in_its_running_text() {
    let html = blog().replace(
        "</article>",
        &format!(
            "<figure><img src=/wall.png alt=Wall><figcaption>The wall in spring.</figcaption></figure><p>{}</p>\
             </article>",
            SENTENCE.repeat(6)
        ),
    );
    let page = article(&html);
    assert!(page.markdown.contains("The wall in spring.") && page.full_text.contains("The wall in spring."));
    assert!(!page.text.contains("The wall in spring."), "{}", page.text);
}
