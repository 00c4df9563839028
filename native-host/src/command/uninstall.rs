//! `uninstall`: removes the manifests that `install` wrote, and nothing else. Saved pages are not
//! touched.

use std::io::{self, Write};

use crate::command::{context::Context, error::CommandResult};
use crate::install::browser::Browser;
use crate::install::execution::{Outcome, carry_out, foresee};
use crate::install::place::{Os, Roots};
use crate::install::plan::{Plan, Step};
use crate::install::selection::{found, parser};
use crate::install::table::BROWSERS;

/// Undo `cachette install`
///
/// Removes Cachette's manifests from the browsers' folders, so that browsers no longer start this
/// program. Saved pages are not touched, nor is a file of the same name that is not Cachette's.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cachette uninstall                       for every browser
  cachette uninstall --browser brave       only for this browser
  cachette uninstall --dry-run             only print what would be removed
  cachette uninstall --dry-run --os macos  print what would be removed on macOS")]
pub struct UninstallArgs {
    /// Only this browser
    #[arg(long, value_name = "NAME", value_parser = parser(), ignore_case = true)]
    browser: Option<&'static Browser>,
    /// Only print what would be done
    #[arg(long)]
    dry_run: bool,
    /// Print it for any computer with this system and for every browser (with --dry-run)
    #[arg(long, requires = "dry_run")]
    os: Option<Os>,
}

impl UninstallArgs {
    /// Uninstalls, or prints what that would do. The exit code is 3 if something could not be
    /// removed.
    ///
    /// # Errors
    /// Only those of writing to `out` and `err`.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        if let Some(os) = self.os {
            for plan in self.plans(&Roots::of_anyone(os), &[]) {
                write!(context.out, "{plan}")?;
            }
            return Ok(0);
        }
        let Some(roots) = Roots::here() else {
            writeln!(context.err, "cachette: the system names no home folder")?;
            return Ok(3);
        };
        // Some browsers read another browser's manifest: a manifest that a remaining browser reads
        // stays.
        let staying = match self.browser {
            Some(chosen) => found(&roots).into_iter().filter(|browser| *browser != chosen).collect(),
            None => Vec::new(),
        };
        if let Some(chosen) = self.browser.filter(|chosen| Plan::uninstall(chosen, &roots, &staying).steps.is_empty()) {
            writeln!(
                context.out,
                "{}: nothing removed, because another installed browser reads the same file.",
                chosen.title
            )?;
            return Ok(0);
        }
        let (mut code, mut removed) = (0, false);
        for plan in self.plans(&roots, &staying) {
            match uninstall(&plan, self.dry_run, context.out, context.err)? {
                Some(some) => removed |= some,
                None => code = 3,
            }
        }
        if !removed && code == 0 {
            let name = self.browser.map_or("any browser", |browser| browser.title);
            writeln!(context.out, "Cachette was not installed for {name}: nothing to remove.")?;
        }
        Ok(code)
    }

    fn plans(&self, roots: &Roots, staying: &[&'static Browser]) -> Vec<Plan> {
        let chosen = BROWSERS.iter().filter(|browser| self.browser.is_none_or(|chosen| chosen == *browser));
        chosen.map(|browser| Plan::uninstall(browser, roots, staying)).collect()
    }
}

/// Executes the plan, or prints it. Returns whether there was something to remove; `None` if that
/// failed.
fn uninstall(plan: &Plan, dry_run: bool, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Option<bool>> {
    let title = plan.browser.title;
    let mut found = Plan { browser: plan.browser, steps: Vec::new() };
    for step in &plan.steps {
        match if dry_run { foresee(step) } else { carry_out(step) } {
            Ok(Outcome::Changed) => found.steps.push(step.clone()),
            Ok(Outcome::AsBefore) => {}
            Ok(Outcome::NotOurs) => writeln!(err, "{title}: left alone, for it is not Cachette's: {}", step.target())?,
            Err(error) => {
                writeln!(err, "{title}: {} could not be removed: {error}", step.target())?;
                return Ok(None);
            }
        }
    }
    if found.steps.is_empty() {
        return Ok(Some(false));
    }
    if dry_run {
        write!(out, "{found}")?;
    } else {
        let targets: Vec<String> = found.steps.iter().map(Step::target).collect();
        writeln!(out, "{title}: uninstalled ({})", targets.join(", "))?;
    }
    Ok(Some(true))
}
