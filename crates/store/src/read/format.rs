//! Reads and writes the home's format number. It changes no page.
//!
//! 1. The first format. A home without a number has it too.
//! 2. Named routes (`#inbox/7`) belong to the canonical address. `versions/readdressing.rs` brings
//!    the pages of the first format here.

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{FORMAT, FORMAT_BYTES, PAGES, is_temp_name};

/// The format number that this program writes.
const OWN: u32 = 2;
/// The text in the number's place while pages are re-addressed. It is not a number. Programs of the
/// first format refuse a home whose number they cannot read, so they change nothing meanwhile.
const UNDERWAY: &str = "2, from 1";

/// A home's format, compared with the program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// The program's own, or that of a home without any page.
    Own,
    /// An older one, or one that is being replaced: the pages are to be re-addressed.
    Older,
    /// One that this program does not know.
    Newer,
}

impl Format {
    /// Reads the format of a home.
    pub(crate) fn of(root: &Folder) -> Result<Format, StoreError> {
        let Some(bytes) = root.read_within(FORMAT, FORMAT_BYTES)? else {
            return Ok(if root.has(PAGES)? { Format::Older } else { Format::Own });
        };
        let text = std::str::from_utf8(&bytes).map(|text| text.trim_start_matches('\u{FEFF}').trim());
        Ok(match text.map(|text| (text, text.parse::<u32>())) {
            Ok((UNDERWAY, _)) => Format::Older,
            Ok((_, Ok(number))) if number < OWN => Format::Older,
            Ok((_, Ok(OWN))) => Format::Own,
            _ => Format::Newer,
        })
    }

    /// Writes the number if it is missing.
    pub(crate) fn write_if_missing(root: &Folder) -> Result<(), StoreError> {
        if root.has(FORMAT)? {
            return Ok(());
        }
        match Format::write(root, &OWN.to_string()) {
            // Another process did the same, and has swept this one's file.
            Err(_) if root.has(FORMAT)? => Ok(()),
            written => written,
        }
    }

    /// Records durably that the pages are being re-addressed. Older programs change nothing from
    /// then on.
    pub(crate) fn write_underway(root: &Folder) -> Result<(), StoreError> {
        Format::write(root, UNDERWAY)?;
        root.sync()
    }

    /// Records durably that all pages have the program's own format.
    pub(crate) fn write_own(root: &Folder) -> Result<(), StoreError> {
        Format::write(root, &OWN.to_string())?;
        root.sync()
    }

    fn write(root: &Folder, text: &str) -> Result<(), StoreError> {
        root.replace(FORMAT, format!("{text}\n").as_bytes(), true)?;
        Format::sweep(root).map(drop)
    }

    /// Removes the passing files of writers that a crash cut off. Returns how many it removed.
    pub(crate) fn sweep(root: &Folder) -> Result<u64, StoreError> {
        let mut swept = 0;
        for name in root.names()?.iter().filter(|name| is_temp_name(name) && name.ends_with(FORMAT)) {
            root.remove(name)?;
            swept += 1;
        }
        Ok(swept)
    }
}
