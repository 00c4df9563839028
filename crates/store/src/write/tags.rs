//! Changes a page's tags in its file. Everything else in the file stays, byte for byte.

use crate::error::StoreError;
use crate::layout::ARTICLE;
use crate::read::article::Article;
use crate::write::claim::Claim;
use crate::write::draft::together;

impl Claim {
    /// Adds and removes tags of a page's newest version. Returns the tags it then has.
    ///
    /// # Errors
    /// There is no such page, its file is unreadable, or the disk fails. Nothing was changed then.
    pub fn tag(&self, hash_url: &str, add: &[String], remove: &[String]) -> Result<Vec<String>, StoreError> {
        let absent = || StoreError::NoSuchPage(hash_url.to_owned());
        self.pages.child(hash_url)?.ok_or_else(absent)?;
        self.begin(hash_url)?;
        self.reconcile(hash_url)?;
        let page = self.pages.child(hash_url)?.ok_or_else(absent)?;
        let article = Article::read(&page, ARTICLE)?.ok_or_else(absent)?;
        if let Some(reason) = article.trouble {
            return Err(StoreError::Unreadable { path: article.path, reason });
        }
        let known = article.front.list("tags");
        let mut tags = together(known.clone(), add);
        tags.retain(|tag| !remove.iter().any(|gone| gone.trim() == tag));
        if tags == known {
            return Ok(tags);
        }
        let mut front = article.front.clone();
        if tags.is_empty() {
            front.remove("tags");
        } else {
            front.set_list("tags", &tags);
        }
        page.replace(ARTICLE, article.with_front(&front).as_bytes(), true)?;
        page.sync()?;
        Ok(tags)
    }
}
