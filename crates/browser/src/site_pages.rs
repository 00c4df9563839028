//! The loopback site's pages. `site` has its sockets.

use std::path::PathBuf;

use crate::{
    home::repository,
    visit::{Answer, Visit},
};

/// A word in the article's body and nowhere else.
pub const ARTICLE_WORD: &str = "quillwort";

/// The article's title.
pub const ARTICLE_TITLE: &str = "The hiding place of links";

/// A word of the page behind the login.
pub const MEMBERS_WORD: &str = "saxifrage";

/// A word that only the script of the rendered page writes.
pub const RENDERED_WORD: &str = "marchantia";

/// A word of the page under a strict content security policy.
pub const STRICT_WORD: &str = "liverwort";

/// Returns the answer to one request.
pub fn page(visit: &Visit) -> Answer {
    let (path, query) = visit.path.split_once('?').unwrap_or((&visit.path, ""));
    match path {
        "/" | "/article" => html(article()),
        "/links" => html(links(query)),
        "/login" => Answer {
            headers: vec![
                "Content-Type: text/html; charset=utf-8".to_owned(),
                "Set-Cookie: strict=s3cr3t; Path=/; HttpOnly; SameSite=Strict".to_owned(),
                "Set-Cookie: lax=s3cr3t; Path=/; HttpOnly; SameSite=Lax".to_owned(),
            ],
            ..html(document(
                "Welcome",
                "<p>You are logged in. <a id=members href=/members>To the members' page</a></p>",
            ))
        },
        "/members" if visit.cookie.contains("strict=s3cr3t") && visit.cookie.contains("lax=s3cr3t") => html(members()),
        "/badge.png" if visit.cookie.contains("strict=s3cr3t") => gallery("moss.png"),
        "/members" => Answer {
            status: "403 Forbidden",
            ..html(document("Stop", "<h1>Members only</h1><p>Log in first, please.</p>"))
        },
        "/rendered" => html(rendered()),
        "/moved" => Answer { status: "302 Found", headers: vec!["Location: /article".to_owned()], body: Vec::new() },
        "/missing" => Answer {
            status: "404 Not Found",
            ..html(document("Not found", "<h1>Not found</h1><p>Nothing is here.</p>"))
        },
        "/paper.pdf" => Answer {
            status: "200 OK",
            headers: vec!["Content-Type: application/pdf".to_owned()],
            body: b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".to_vec(),
        },
        "/strict" => Answer {
            headers: vec![
                "Content-Type: text/html; charset=utf-8".to_owned(),
                "Content-Security-Policy: default-src 'none'; script-src 'none'; sandbox".to_owned(),
            ],
            ..html(document("Strict", &paragraphs("Strict", STRICT_WORD)))
        },
        "/framed" => html(framed()),
        "/restless" => html(restless()),
        "/big" => html(big(query.split('&').next().and_then(|bytes| bytes.parse().ok()).unwrap_or(100_000))),
        "/dot.png" => {
            Answer { status: "200 OK", headers: vec!["Content-Type: image/png".to_owned()], body: DOT.to_vec() }
        }
        path if path.starts_with("/gallery/") => gallery(path.trim_start_matches("/gallery/")),
        _ => Answer { status: "404 Not Found", headers: Vec::new(), body: Vec::new() },
    }
}

/// Makes an article's HTML of about `bytes` bytes, the same for the same size.
pub fn big(bytes: usize) -> String {
    let mut body = String::with_capacity(bytes + 4096);
    body.push_str("<article><h1>A page of some length</h1>");
    let mut section = 0;
    while body.len() < bytes {
        section += 1;
        body.push_str(&format!(
            "<h2 id=\"s{section}\">Section {section}</h2><p>Paragraph {section} tells of <a \
             href=\"/big#s{section}\">link \
             {section}</a>, of <em>moss</em> and of <code>word{section}</code>, at a length that articles have: \
             links die, \
             pages move, and what was read once is wanted again years later, when nobody serves it any more.</p>\
             <ul><li>first of {section}</li><li>second of {section}</li></ul>\n"
        ));
    }
    body.push_str("</article>");
    document("A page of some length", &body)
}

/// Returns the folder of the gallery's pages.
pub fn gallery_folder() -> PathBuf {
    repository().join("tests/gallery")
}

/// Returns a file of the gallery.
fn gallery(name: &str) -> Answer {
    let kind = match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    match std::fs::read(gallery_folder().join(name)) {
        Ok(body) if !name.contains('/') => {
            Answer { status: "200 OK", headers: vec![format!("Content-Type: {kind}")], body }
        }
        _ => Answer { status: "404 Not Found", headers: Vec::new(), body: Vec::new() },
    }
}

fn html(body: String) -> Answer {
    Answer {
        status: "200 OK",
        headers: vec!["Content-Type: text/html; charset=utf-8".to_owned(), "Cache-Control: no-store".to_owned()],
        body: body.into_bytes(),
    }
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
         <body>{body}</body></html>\n"
    )
}

fn article() -> String {
    let nav = "<nav><a href=\"/\">Home</a> <a href=\"/links\">Links</a></nav>";
    let body = format!(
        "{nav}<main><article><h1>{ARTICLE_TITLE}</h1>{}<p><img src=\"/dot.png\" alt=\"A dot\" width=\"64\" \
         height=\"64\">\
         The dot stands for all the pictures of this page, and <a href=\"members?x=1\">a relative link</a> \
         leads on from it, to what only\
         members may read.</p></article></main><footer>Printed on moss.</footer>",
        paragraphs(ARTICLE_TITLE, ARTICLE_WORD)
    );
    document(ARTICLE_TITLE, &body)
}

fn members() -> String {
    let picture = "<img src=\"badge.png\" alt=\"A badge\" width=\"240\">";
    let body = format!("<article><h1>For members</h1>{picture}{}</article>", paragraphs("For members", MEMBERS_WORD));
    document("For members", &body)
}

/// Makes large link targets one below the other, which a mouse can hit. They lead to the site of
/// the query, otherwise to this one.
fn links(site: &str) -> String {
    let targets = ["article", "members", "rendered", "moved", "missing", "paper.pdf", "strict"];
    let links: String = targets
        .iter()
        .map(|target| {
            let id = target.split('.').next().unwrap_or(target);
            let style = "font-size:28px";
            format!("<p><a id=\"{id}\" href=\"{site}/{target}\" style=\"{style}\">To the page {target}</a></p>")
        })
        .collect();
    document("Links", &links)
}

/// Makes an empty shell until its script has run, like client-rendered pages.
fn rendered() -> String {
    let body = format!(
        "<div id=\"root\"></div><script>setTimeout(() => {{ const root = document.getElementById('root');\
         const article = document.createElement('article'); const h1 = document.createElement('h1');\
         h1.textContent = 'Rendered late'; article.append(h1); for (let i = 0; i < 6; i++) {{\
         const p = document.createElement('p'); p.textContent = 'Paragraph ' + i + ' was written by a script \
         and tells, ' +\
         'at the length of a paragraph, of ' + '{}' + ', a plant of wet walls.'; article.append(p); }}\
         root.append(article); }}, 300);</script>",
        // The word is split, because no byte sequence from the server may contain it.
        RENDERED_WORD.split_at_checked(5).map(|(a, b)| format!("{a}' + '{b}")).unwrap_or_default()
    );
    document("Rendered", &body)
}

/// Makes a page that changes its DOM and its title all the time. Its address changes at every
/// hundredth change only, because browsers limit how often it may. Every state of it shows the same
/// number twice.
fn restless() -> String {
    let body = format!(
        "<article><h1>Restless <span id=\"three\">0</span></h1><p>State <b id=\"one\">0</b>.</p>{}<p>State <b \
         id=\"two\">0</b>, the same.</p></article>\
         <script>let n = 0; setInterval(() => {{ n++; one.textContent = n; two.textContent = n; three.textContent = n;\
         const extra = document.createElement('p'); extra.textContent = 'Extra paragraph ' + n;\
         document.querySelector('article').append(extra); if (n % 3 === 0) extra.remove();\
         if (n % 100 === 0) history.pushState({{}}, '', '/restless?state=' + n); document.title = 'Restless ' + \
         n; }}, 1);</script>",
        paragraphs("Restless", "tumbleweed")
    );
    document("Restless", &body)
}

/// Makes a page of which two things cannot be kept. The extension notices the page in a frame, and
/// the host the width of a table's cell.
fn framed() -> String {
    let body = format!(
        "<article><h1>Framed</h1>{}<table><tr><th colspan=\"1000000000\">Wide</th></tr><tr><td>a</td><td>b</td></tr>\
         </table></article><iframe src=\"/strict\" width=\"400\" height=\"300\"></iframe>",
        paragraphs("Frames", "hornwort")
    );
    document("Framed", &body)
}

fn paragraphs(topic: &str, word: &str) -> String {
    format!(
        "<p>{topic}: links die, and the pages behind them with them. Who has kept a copy reads on; who has not is left \
         with a name and a regret. This paragraph says so at the length that a paragraph of an article has.</p>\
         <p>A second paragraph mentions {word}, once, in the middle of a sentence about the plants that grow on \
         the walls \
         of old libraries, where nobody looks for them and where they are found again all the same.</p>\
         <p>A third paragraph ends the matter: what is saved as a file stays readable, can be searched, and \
         asks for no \
         server, no account and no permission of anybody, today or in twenty years.</p>"
    )
}

/// A PNG of one pixel.
const DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\
    \0\0\0\x0cIDATx\x9cc\xd0\xab5\x02\0\x01\xba\0\xde\xc4\x8a\xbf\x88\0\0\0\0IEND\xaeB`\x82";
