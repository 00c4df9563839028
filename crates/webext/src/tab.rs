//! Describes a tab as the browser does. It makes no browser calls.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Unreadable, unreadable};

/// A tab. It has no address if the extension may not see it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tab {
    /// Its number.
    pub id: i32,
    /// The address that it shows.
    pub url: Option<String>,
    /// Whether it is in a private window.
    pub incognito: bool,
    /// `loading` or `complete`.
    pub status: Option<String>,
}

impl Tab {
    /// Checks whether the tab's page may be read, as far as its address says.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the reason.
    pub fn readable(&self) -> Result<(), Error> {
        let private = self.incognito.then_some(Unreadable::Private);
        private.or_else(|| unreadable(self.url.as_deref())).map_or(Ok(()), |reason| Err(Error::Unreadable(reason)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_window_is_refused_whatever_it_shows() {
        let tab = Tab { id: 1, url: Some("https://example.org/".into()), incognito: true, status: None };
        assert_eq!(tab.readable(), Err(Error::Unreadable(Unreadable::Private)));
        assert_eq!(Tab { incognito: false, ..tab }.readable(), Ok(()));
    }

    #[test]
    fn a_tab_whose_address_is_hidden_is_tried() {
        let tab: Tab = serde_json::from_str(r#"{"id":4,"incognito":false,"status":"complete","index":0}"#).unwrap();
        assert_eq!(tab.readable(), Ok(()));
    }

    #[test]
    fn a_tab_is_read_as_either_browser_describes_it() {
        use crate::value::tests::parse_natively;

        let full =
            r#"{"id":4,"url":"https://example.org/","incognito":true,"status":"loading","title":"T","mutedInfo":{}}"#;
        let tab = parse_natively::<Tab>(full).unwrap();
        assert_eq!((tab.id, tab.url.as_deref(), tab.incognito), (4, Some("https://example.org/"), true));
        assert_eq!(tab.status.as_deref(), Some("loading"));
        let hidden = parse_natively::<Tab>(r#"{"id":-1}"#).unwrap();
        assert_eq!((hidden.id, hidden.url, hidden.incognito, hidden.status), (-1, None, false, None));
        for text in ["null", "7", r#"{"id":"4"}"#, r#"{"id":4,"incognito":null}"#, r#"{"id":4,"url":7}"#] {
            assert!(parse_natively::<Tab>(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_tab_says_why_it_cannot_be_read() {
        for (url, expected) in [
            ("https://example.org/", Ok(())),
            ("file:///home/me/a.html", Ok(())),
            ("about:blank", Err(Unreadable::Browser)),
            ("view-source:https://example.org/", Err(Unreadable::Source)),
            ("https://addons.mozilla.org/", Err(Unreadable::Store)),
        ] {
            let tab = Tab { url: Some(url.into()), ..Tab::default() };
            assert_eq!(tab.readable(), expected.map_err(Error::Unreadable), "{url}");
            let private = Tab { incognito: true, ..tab };
            assert_eq!(private.readable(), Err(Error::Unreadable(Unreadable::Private)), "{url}");
        }
    }
}
