//! Answers which page an address means. It gives the canonical form of an address and the hash that
//! names its folder. It fetches nothing, re-encodes nothing and knows no file; parsing is WHATWG's,
//! by the `url` crate or by the browser.
//!
//! The canonical form is the parsed address without user info, known trackers, known secrets, and a
//! fragment that is not a route (`routes.rs` has the rules). The names are closed lists
//! (`trackers.txt`, `secrets.txt`, `signatures.txt`). Lists and rules change only together with the
//! home's format number, because a change gives pages new hashes.
//!
//! ```
//! # #[cfg(feature = "parser")] {
//! use cachette_address::Address;
//! let address = Address::parse("https://me:pw@example.org/a?utm_source=x&id=7#top")?;
//! assert_eq!(address.url(), "https://example.org/a?id=7");
//! assert_eq!(address.captured_url(), "https://example.org/a?utm_source=x&id=7#top");
//! # }
//! # Ok::<(), cachette_address::AddressError>(())
//! ```

mod cleaning;
pub mod digest;
mod parameter_names;
mod parts;
mod routes;

use thiserror::Error;

use crate::cleaning::Sweep;
use crate::parts::Parts;

/// An address that can be kept: its canonical form, the address that the browser showed, and the
/// hash.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    url: String,
    captured_url: String,
    hash_url: String,
    site: String,
    lost_secrets: bool,
}

/// The reason why a text is not an address that can be kept. It contains no part of the address
/// except the scheme, because addresses contain secrets.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AddressError {
    /// The text is not an absolute address, or (for [`Address::from_href`]) not in a parser's
    /// serialised form.
    #[error("this is not a complete web address")]
    Invalid,
    /// Addresses of this kind are not kept.
    #[error("addresses of the kind “{scheme}:” cannot be saved; only http, https and file can")]
    Unsupported {
        /// The scheme in lower case, without its colon, cut after 32 characters.
        scheme: String,
    },
}

impl Address {
    /// Reads an address as a person or a page writes it. White space around it, and tabs or line
    /// breaks in it, are dropped, as the WHATWG rules say.
    ///
    /// # Errors
    /// [`AddressError::Invalid`] if it does not parse as an absolute address,
    /// [`AddressError::Unsupported`] for schemes other than http, https and file.
    #[cfg(feature = "parser")]
    pub fn parse(input: &str) -> Result<Address, AddressError> {
        let parsed = url::Url::parse(input).map_err(|_| AddressError::Invalid)?;
        Address::from_href(parsed.as_str())
    }

    /// Reads an address that a WHATWG parser has serialised: a browser's `URL.href`, or
    /// `url::Url::as_str`. It uses only the text, so both give the same result.
    ///
    /// # Errors
    /// As `parse`. Text that no parser serialises (relative, upper-case scheme, white space) is
    /// [`AddressError::Invalid`].
    pub fn from_href(href: &str) -> Result<Address, AddressError> {
        let parts = Parts::of(href)?;
        let url = parts.join(Sweep::Canonical);
        let hash_url = digest::sha256_hex(url.as_bytes());
        let captured_url = parts.join(Sweep::Secrets);
        let lost_secrets = captured_url != href;
        Ok(Address { url, captured_url, hash_url, site: parts.site().to_owned(), lost_secrets })
    }

    /// The canonical form, which identifies the page.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address as the parser serialised it, without user info and secrets. It still has
    /// trackers and the fragment; the canonical form is [`Address::url`].
    pub fn captured_url(&self) -> &str {
        &self.captured_url
    }

    /// Whether the original address had user info or a secret, which [`Address::captured_url`]
    /// lacks. It is also `true` for the few addresses in which parsers differ and which were
    /// therefore changed: in doubt, the change counts as a secret.
    pub fn has_lost_secrets(&self) -> bool {
        self.lost_secrets
    }

    /// The lower-case hexadecimal SHA-256 of [`Address::url`]: 64 characters.
    pub fn hash_url(&self) -> &str {
        &self.hash_url
    }

    /// The host without a leading `www.` and without a port; empty for a file.
    pub fn site(&self) -> &str {
        &self.site
    }
}

/// The address of an image, as a WHATWG parser has serialised it. It lacks user info and secrets,
/// but keeps the signature without which it is not shown.
///
/// # Errors
/// As [`Address::from_href`].
pub fn image_address(href: &str) -> Result<String, AddressError> {
    Ok(Parts::of(href)?.join(Sweep::Unsigned))
}

/// A serialised address without user info and secrets. It is the [`Address::captured_url`] of that
/// address, for callers that need no hash.
///
/// # Errors
/// As [`Address::from_href`].
pub fn without_secrets(href: &str) -> Result<String, AddressError> {
    Ok(Parts::of(href)?.join(Sweep::Secrets))
}

/// Whether the text has the form of a `hash_url`: 64 lower-case hexadecimal digits.
pub fn is_hash_url(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
