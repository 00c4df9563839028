//! A version that exists already, filed once more under its own bytes: out of the trash, by the same steps as a new one, so that no crash can
//! tear it and nothing that is there is overwritten.

use jiff::Timestamp;

use crate::article::Article;
use crate::claim::Claim;
use crate::commit::{Durable, Filing};
use crate::error::StoreError;
use crate::layout::{ARTICLE, CAPTURE, VERSIONS};
use crate::store::versions_in;

impl Claim {
    /// Files a version as it is, in its place by time. One that the page has, byte for byte, is not filed twice.
    pub(crate) fn put_back(
        &self,
        hash_url: &str,
        captured_at: Timestamp,
        file: &[u8],
        html: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        let mut staged = self.stage_for(hash_url)?;
        let written = (|| {
            let current = Article::read(&staged.page, ARTICLE)?;
            staged.versions = staged.page.child(VERSIONS)?;
            if current.as_ref().is_some_and(|current| current.file.as_bytes() == file) {
                return Ok(());
            }
            if let Some(versions) = &staged.versions {
                for version in versions_in(versions)?.iter().filter(|version| version.captured_at == captured_at) {
                    if versions.read(&format!("{}.md", version.stem()))?.as_deref() == Some(file) {
                        return Ok(());
                    }
                }
            }
            if current.as_ref().is_none_or(|current| captured_at > current.captured_at) {
                if let Some(html) = html {
                    staged.put(CAPTURE, html, true)?;
                }
                staged.put(ARTICLE, file, true)?;
                self.keep_former(&mut staged, current.as_ref(), Durable::Each)?;
                staged.retired = html.is_none();
            } else {
                staged.filed.filing = Filing::OlderVersion;
                staged.older = true;
                let stem = staged.free_stem(captured_at)?;
                if let Some(html) = html {
                    staged.put(&format!("{stem}.html"), html, true)?;
                }
                staged.put(&format!("{stem}.md"), file, true)?;
            }
            self.place(&mut staged)
        })();
        if let Err(error) = written {
            self.undo(&staged);
            return Err(error);
        }
        self.finish(&staged)
    }
}
