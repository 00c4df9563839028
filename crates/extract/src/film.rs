//! Recognises players of films that have a page of their own. The conversion to Markdown recognises
//! other players by their form.

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
