//! Holds everything that the parts of the browser extension share. This is the browser's calls, the
//! connection to the host, the messages between background and pages, the words, and the kit that
//! pages are made with. It has no job and no page of its own.

pub mod address;
pub mod api;
pub mod error;
pub mod host;
pub mod i18n;
pub mod json;
pub mod kit;
pub mod messages;
pub mod oneshot;
mod record;
pub mod search_shortcut;
pub mod setting;
pub mod tab;
pub mod task;
pub mod value;
pub mod wording;
