//! Recognises embedded players whose films have a page of their own. The conversion to Markdown
//! recognises other players by their form.

/// Returns the address of a film's own page, for known players.
pub fn watchable(target: &str) -> Option<String> {
    let (_, rest) = target.split_once("://")?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let id = |rest: &str| Some(rest.split(['?', '&', '/', '#']).next().filter(|id| !id.is_empty())?.to_owned());
    if let Some(rest) =
        rest.strip_prefix("youtube.com/embed/").or_else(|| rest.strip_prefix("youtube-nocookie.com/embed/"))
    {
        return Some(format!("https://www.youtube.com/watch?v={}", id(rest)?));
    }
    let rest = rest.strip_prefix("player.vimeo.com/video/")?;
    Some(format!("https://vimeo.com/{}", id(rest)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_leads_to_its_film_s_own_page() {
        for (target, page) in [
            ("https://www.youtube.com/embed/abcdefghijk", Some("https://www.youtube.com/watch?v=abcdefghijk")),
            ("http://youtube.com/embed/abcdefghijk?start=3", Some("https://www.youtube.com/watch?v=abcdefghijk")),
            ("https://www.youtube-nocookie.com/embed/a-_k/", Some("https://www.youtube.com/watch?v=a-_k")),
            ("https://www.youtube.com/embed/ak&list=x#t=3", Some("https://www.youtube.com/watch?v=ak")),
            ("https://player.vimeo.com/video/12345?h=x", Some("https://vimeo.com/12345")),
            ("https://www.youtube.com/embed/", None),
            ("https://www.youtube.com/embed/?v=ak", None),
            ("https://www.youtube.com/watch?v=ak", None),
            ("https://player.vimeo.com/video/", None),
            ("https://vimeo.com/12345", None),
            ("https://example.org/youtube.com/embed/ak", None),
            ("https://notyoutube.com/embed/ak", None),
            ("//www.youtube.com/embed/ak", None),
            ("youtube.com/embed/ak", None),
            ("", None),
        ] {
            assert_eq!(watchable(target).as_deref(), page, "{target}");
        }
    }
}
