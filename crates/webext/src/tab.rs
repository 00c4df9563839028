//! A tab as the browser describes it. This file makes no browser calls.

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
}
