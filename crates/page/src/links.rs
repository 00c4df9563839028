//! Resolves a page's links and images to absolute addresses without secrets. Resolved targets run
//! nothing, read no files, and were addresses before.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use cachette_address::{AddressError, image_address, without_secrets};
use url::{ParseError, Url};

use crate::assets::{Asset, Assets, Linked};
use crate::danger::{bare, has_scheme, is_dangerous, is_inline, is_small_image};
use crate::shared::{Paths, is_shared};
use cachette_markdown::ByteSet;

/// Schemes that a page's inert copy may link to. A link with any other scheme is lost, and its text
/// stays.
const LINKED: [&str; 22] = [
    "http", "https", "mailto", "tel", "sms", "geo", "ftp", "ftps", "sftp", "irc", "ircs", "xmpp", "matrix", "magnet",
    "news", "nntp", "gopher", "gemini", "urn", "doi", "sip", "webcal",
];
/// Characters that a parser leaves unchanged, in a path, a fragment and a host name.
const PATH: ByteSet = ByteSet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_.,~");
const PLACE: ByteSet = ByteSet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
const HOST: ByteSet = ByteSet::of(b"abcdefghijklmnopqrstuvwxyz0123456789-.");
/// The longest base that is used, because every relative link would contain it.
const MAX_BASE: usize = 4096;

/// Resolves the addresses of one page.
pub(crate) struct Links {
    base: Option<Url>,
    /// How many bytes resolved addresses may still add to the page.
    budget: Cell<usize>,
    /// The resources for the cache; `None` if none are to be stored.
    assets: Option<Assets>,
    linked: RefCell<Vec<Linked>>,
    /// Whether the page is an inert copy, which already shows shared files.
    pub(crate) is_copy: bool,
    /// Whether the page's own address could not be used.
    pub(crate) unreadable: bool,
}

impl Links {
    /// Makes a resolver for a page at `url` whose `<base href>` is `base`, both optional. `size` is
    /// the page's length in bytes.
    pub(crate) fn new(url: Option<&str>, base: Option<&str>, size: usize) -> Self {
        let address = url.map(|url| Url::parse(url).ok().filter(usable_base));
        let unreadable = matches!(address, Some(None));
        let address = address.flatten();
        let base = match (base, &address) {
            (Some(href), Some(address)) => {
                address.join(href).ok().filter(usable_base).or_else(|| Some(address.clone()))
            }
            (Some(href), None) => Url::parse(href).ok().filter(usable_base),
            (None, _) => address,
        };
        let budget = Cell::new(size.saturating_mul(4).saturating_add(1 << 20));
        Self { base, budget, assets: None, linked: RefCell::default(), is_copy: false, unreadable }
    }

    /// From now on, resolves pictures and sheets into the cache if they are among `assets`.
    pub(crate) fn keep(&mut self, assets: Option<Assets>) {
        self.assets = assets;
    }

    /// Returns the resources kept in the cache.
    pub(crate) fn assets(&self) -> Option<&Assets> {
        self.assets.as_ref()
    }

    /// Returns the files that were linked, and which of them `markdown` shows.
    pub(crate) fn into_assets(self, markdown: &str) -> (Vec<Asset>, Vec<Linked>) {
        let mut linked = self.linked.into_inner();
        let paths = Paths::new(linked.iter().enumerate().map(|(at, linked)| (linked.path.as_str(), at)));
        let shown: HashSet<usize> = paths.places(markdown).map(|(_, _, at)| at).collect();
        let mut at = 0..;
        linked.retain(|_| at.next().is_some_and(|at| shown.contains(&at)));
        (self.assets.map(Assets::into_used).unwrap_or_default(), linked)
    }

    /// Returns a picture's path in the cache; `None` if it is not there.
    pub(crate) fn stored(&self, src: &str) -> Option<String> {
        if self.is_copy && is_shared(src) {
            return Some(src.to_owned());
        }
        let assets = self.assets.as_ref()?;
        let src = bare(src);
        if has_scheme(&src, "data") {
            return assets.inline(&src);
        }
        let path = assets.image(self.absolute(&src)?.as_str())?;
        let address = self.image_elsewhere(&src)?;
        self.linked.borrow_mut().push(Linked { path: path.clone(), address });
        Some(path)
    }

    /// Returns a style sheet's path in the cache.
    pub(crate) fn sheet(&self, href: &str) -> Option<String> {
        self.assets.as_ref()?.sheet(&self.absolute(&bare(href))?)
    }

    /// Returns a drawing (SVG) as a `data:` address, to be shown as a picture. Returns `None` if it
    /// is missing or is more than a picture.
    pub(crate) fn drawing(&self, src: &str) -> Option<String> {
        let assets = self.assets.as_ref()?;
        let src = bare(src);
        if has_scheme(&src, "data") {
            assets.inline_drawing(&src)
        } else {
            assets.drawing(self.absolute(&src)?.as_str())
        }
    }

    /// Resolves the plainest targets, which most are, with the same result as parsing. They are
    /// absolute, begin at the page's host, or name a place on the page. Such a place must be a mere
    /// name, which contains no secret.
    fn plain(&self, target: &str) -> Option<String> {
        let whole = target;
        let mark = memchr::memchr(b'#', target.as_bytes()).unwrap_or(target.len());
        let (target, place) = (target.get(..mark)?, target.get(mark + 1..));
        if place.is_some_and(|place| place.is_empty() || PLACE.find_other(place).is_some()) {
            return None;
        }
        if let Some(rest) = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://")) {
            let (host, path) = rest.split_at_checked(memchr::memchr(b'/', rest.as_bytes())?)?;
            return (is_plain_host(host) && is_plain_path(path)).then(|| whole.to_owned());
        }
        let base =
            self.base.as_ref().filter(|base| self.budget.get() > 0 && matches!(base.scheme(), "http" | "https"))?;
        let anonymous = base.username().is_empty() && base.password().is_none();
        if target.is_empty() && place.is_some() {
            let stays = anonymous && base.query().is_none() && is_plain_path(base.path());
            return stays.then(|| [&base[..url::Position::AfterPath], whole].concat());
        }
        (anonymous && is_plain_path(target)).then(|| [&base[..url::Position::BeforePath], whole].concat())
    }

    fn absolute(&self, target: &str) -> Option<Url> {
        let url = self.base.as_ref().map_or_else(|| Url::parse(target), |base| base.join(target)).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    }

    /// Returns the written target of a link; `None` if it must not be one.
    pub(crate) fn link(&self, href: &str) -> Option<String> {
        let href = bare(href);
        self.resolve(&href, without_secrets).filter(|target| !target.is_empty())
    }

    /// Returns the written target of a link in Markdown, where an unknown scheme is not a danger.
    /// It is `None` if it must not be one.
    pub(crate) fn any_link(&self, href: &str) -> Option<String> {
        if let Some(written) = self.plain(href) {
            return Some(self.charged(href, written));
        }
        if is_dangerous(href) || is_inline(href) {
            return None;
        }
        let href = bare(href);
        // Only a target that begins like a scheme can have one.
        let known = !href.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'))
            || LINKED.iter().any(|scheme| has_scheme(&href, scheme))
            || match Url::parse(&href) {
                Ok(url) => LINKED.contains(&url.scheme()),
                Err(_) => true,
            };
        if !known {
            return Some(href.into_owned());
        }
        self.parsed(&href, without_secrets).filter(|target| !target.is_empty())
    }

    /// Returns the written address of an image. If the image is stored in the cache, the address is
    /// there.
    pub(crate) fn image(&self, src: &str) -> Option<String> {
        self.stored(src).or_else(|| self.image_elsewhere(src))
    }

    fn image_elsewhere(&self, src: &str) -> Option<String> {
        let src = bare(src);
        if has_scheme(&src, "data") {
            return is_small_image(&src).then(|| src.into_owned());
        }
        let resolved = self.resolve(&src, image_address)?;
        let fetched = ["https://", "http://"].iter().any(|scheme| resolved.starts_with(scheme))
            || Url::parse(&resolved).is_err() && !resolved.is_empty();
        fetched.then_some(resolved)
    }

    /// Returns an absolute `http` or `https` address.
    pub(crate) fn web(&self, target: &str) -> Option<String> {
        let target = self.link(target)?;
        (target.starts_with("https://") || target.starts_with("http://")).then_some(target)
    }

    /// Charges the budget for the bytes that an address adds to the page.
    fn charged(&self, target: &str, written: String) -> String {
        self.budget.set(self.budget.get().saturating_sub(written.len().saturating_sub(target.len())));
        written
    }

    fn resolve(&self, target: &str, cleaned: Cleaned) -> Option<String> {
        if let Some(written) = self.plain(target) {
            return Some(self.charged(target, written));
        }
        self.parsed(target, cleaned)
    }

    /// Resolves a target as browsers do, whatever its form.
    fn parsed(&self, target: &str, cleaned: Cleaned) -> Option<String> {
        let base = self.base.as_ref().filter(|_| self.budget.get() > 0);
        let parsed = match base {
            Some(base) => base.join(target),
            None => Url::parse(target),
        };
        match parsed {
            Ok(url) if LINKED.contains(&url.scheme()) => Some(self.charged(target, clean(url, cleaned))),
            Ok(_) => None,
            Err(ParseError::RelativeUrlWithoutBase) => relative(target, cleaned),
            Err(_) => None,
        }
    }
}

/// Whether a path is already written as a parser would write it, and contains nothing that must be
/// removed.
fn is_plain_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && PATH.find_other(path).is_none()
        && memchr::memchr_iter(b'.', path.as_bytes()).all(|at| path.as_bytes().get(at.wrapping_sub(1)) != Some(&b'/'))
}

/// Whether a host name is already in written form: no number, no port, nothing to decode.
fn is_plain_host(host: &str) -> bool {
    let mut last: &[u8] = &[];
    HOST.find_other(host).is_none()
        && host.as_bytes().split(|byte| *byte == b'.').all(|label| {
            last = label;
            !label.is_empty() && !label.starts_with(b"xn--")
        })
        && last.first().is_some_and(u8::is_ascii_lowercase)
}

fn usable_base(url: &Url) -> bool {
    !url.cannot_be_a_base()
        && url.as_str().len() <= MAX_BASE
        && matches!(url.scheme(), "http" | "https" | "file" | "ftp")
}

/// A function that removes the secrets from an address on the web.
type Cleaned = fn(&str) -> Result<String, AddressError>;

/// Writes an address without its secrets. Most addresses cannot contain one and are written
/// unchanged.
fn clean(mut url: Url, cleaned: Cleaned) -> String {
    let anonymous = url.username().is_empty() && url.password().is_none() && !url.path().contains(['^', '|']);
    if anonymous && url.query().is_none() && url.fragment().is_none_or(|fragment| !fragment.contains(['=', '?'])) {
        return url.into();
    }
    if matches!(url.scheme(), "http" | "https")
        && let Ok(written) = cleaned(url.as_str())
    {
        return written;
    }
    // Both calls fail only if there is nothing to remove.
    let _ = (url.set_username(""), url.set_password(None));
    if url.scheme() == "mailto" {
        // The recipient and the subject are visible on the page. The body of the mail may be meant
        // for a machine, like codes to unsubscribe.
        let subject = url.query_pairs().find(|(name, _)| name.eq_ignore_ascii_case("subject"));
        let subject = subject.map(|(_, subject)| subject.into_owned());
        url.set_query(None);
        if let Some(subject) = subject {
            url.query_pairs_mut().append_pair("subject", &subject);
            let query = url.query().unwrap_or("").replace('+', "%20");
            url.set_query(Some(&query));
        }
    }
    url.into()
}

/// Returns a relative target of a page whose address is unknown. Backslashes at its start would
/// name another machine's share.
fn relative(target: &str, cleaned: Cleaned) -> Option<String> {
    if target.starts_with("\\") || target.starts_with("/\\") || target.chars().any(char::is_control) {
        return None;
    }
    let somewhere = Url::parse("https://relative.invalid/").ok()?.join(target).ok()?;
    let before = somewhere.as_str().to_owned();
    let left = clean(somewhere, cleaned);
    if left == before {
        return Some(target.to_owned());
    }
    let path = target.split(['?', '#']).next().unwrap_or("");
    let rest = left.find(['?', '#']).and_then(|at| left.get(at..)).unwrap_or("");
    Some(format!("{path}{rest}"))
}

#[cfg(test)]
mod tests;
