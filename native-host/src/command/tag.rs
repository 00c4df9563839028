//! `tag`: adds tags to a page, removes them, prints them.

use cachette_cache::Cache;
use clap::Args;

use super::{
    context::Context,
    error::{CliError, CommandResult, DONE},
    input::saved_page,
    terminal::line,
};

/// Add tags to a saved page, remove them, and print its tags
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cachette tag https://example.org/a +rust +reading
  cachette tag https://example.org/a -reading
  cachette tag ed1c97a9")]
pub struct TagArgs {
    /// The page's address or hash
    #[arg(value_name = "URL|HASH")]
    page: String,
    /// +TAG adds a tag, -TAG removes it
    #[arg(value_name = "±TAG", allow_hyphen_values = true)]
    tags: Vec<String>,
}

impl TagArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CliError`].
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        let (add, remove) = signed(&self.tags)?;
        let mut cache = context.open()?;
        let page = saved_page(&mut cache, &self.page)?;
        for tag in tagged(&mut cache, &page.hash_url, &add, &remove)? {
            writeln!(context.out, "{}", line(&tag))?;
        }
        Ok(DONE)
    }
}

fn tagged(cache: &mut Cache, hash: &str, add: &[String], remove: &[String]) -> Result<Vec<String>, CliError> {
    Ok(cache.tag(hash, add, remove)?)
}

fn signed(tags: &[String]) -> Result<(Vec<String>, Vec<String>), CliError> {
    let (mut add, mut remove) = (Vec::new(), Vec::new());
    for tag in tags {
        let (list, name) = match (tag.strip_prefix('+'), tag.strip_prefix('-')) {
            (Some(name), _) => (&mut add, name),
            (_, Some(name)) if !name.starts_with('-') => (&mut remove, name),
            _ => {
                return Err(CliError::Usage(format!("“{}”: write +TAG to add a tag, -TAG to take it away", line(tag))));
            }
        };
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            return Err(CliError::Usage("a tag has a name of printable characters".to_owned()));
        }
        list.push(name.trim().to_owned());
    }
    Ok((add, remove))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_decides_what_becomes_of_a_tag() {
        let words = |words: &[&str]| signed(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(words(&["+a", "-b", "+c d"]).unwrap(), (vec!["a".into(), "c d".into()], vec!["b".into()]));
        for wrong in ["a", "+", "-", "--", "--all", "+\u{7}", "+ ", ""] {
            assert!(matches!(words(&[wrong]), Err(CliError::Usage(_))), "{wrong}");
        }
    }
}
