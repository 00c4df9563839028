//! `install`: lets browsers start this program. The necessary files are listed in
//! `install/table.rs`.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::command::{context::Context, error::CommandResult};
use crate::install::browser::Browser;
use crate::install::execution::{Outcome, carry_out};
use crate::install::place::{Os, Roots};
use crate::install::plan::{Plan, Step};
use crate::install::program;
use crate::install::selection::{found, parser};
use crate::install::table::BROWSERS;

/// Allow the browsers on this computer to start cachette
///
/// Writes a small file, the native-messaging manifest, for every browser that is found. It contains
/// the path of this program and allows only the Cachette extension to start it. Run it again after
/// moving the program.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cachette install                                 every browser that is found
  cachette install --browser firefox               only this browser, whether it is found or not
  cachette install --dry-run                       only print what would be done
  cachette install --dry-run --os windows          print what would be done on Windows
  cachette install --browser chromium --into DIR   write the manifest into DIR")]
pub struct InstallArgs {
    /// Only this browser, whether it is found or not
    #[arg(long, value_name = "NAME", value_parser = parser(), ignore_case = true)]
    browser: Option<&'static Browser>,
    /// Only print what would be done
    #[arg(long)]
    dry_run: bool,
    /// Print it for any computer with this system and for every browser (with --dry-run)
    #[arg(long, requires = "dry_run", conflicts_with = "into")]
    os: Option<Os>,
    /// Write the browser's manifest into this folder, created if necessary (for unusual profiles)
    #[arg(long, value_name = "DIR", requires = "browser")]
    into: Option<PathBuf>,
}

impl InstallArgs {
    /// Installs, or prints what an installation would do. The exit code is 1 if no browser is
    /// found, 3 if a file could not be written.
    ///
    /// # Errors
    /// Only those of writing to `out` and `err`.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        if let Some(os) = self.os {
            let roots = Roots::of_anyone(os);
            for browser in BROWSERS.iter().filter(|browser| self.browser.is_none_or(|chosen| chosen == *browser)) {
                write!(context.out, "{}", Plan::install(browser, &roots, program::of_anyone(os)))?;
            }
            return Ok(0);
        }
        let program = match program::path() {
            Ok(program) => program,
            Err(error) => {
                writeln!(context.err, "cachette: the path of this program is unknown: {error}")?;
                return Ok(3);
            }
        };
        let plans = match self.plans(&program) {
            Ok(plans) => plans,
            Err(error) => {
                writeln!(context.err, "cachette: {error}")?;
                return Ok(3);
            }
        };
        if plans.is_empty() {
            write_none_found(context.err)?;
            return Ok(1);
        }
        let mut code = 0;
        for plan in plans {
            if self.dry_run {
                write!(context.out, "{plan}")?;
            } else if !install(&plan, context.out, context.err)? {
                code = 3;
            }
        }
        Ok(code)
    }

    fn plans(&self, program: &str) -> io::Result<Vec<Plan>> {
        if let (Some(folder), Some(browser)) = (&self.into, self.browser) {
            return Ok(vec![Plan::install_into(browser, &std::path::absolute(folder)?, program)]);
        }
        let roots = Roots::here().ok_or_else(|| io::Error::other("the system names no home folder"))?;
        let browsers = self.browser.map_or_else(|| found(&roots), |chosen| vec![chosen]);
        Ok(browsers.into_iter().map(|browser| Plan::install(browser, &roots, program)).collect())
    }
}

/// Executes the plan and prints its one line; returns false if it failed.
fn install(plan: &Plan, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<bool> {
    let title = plan.browser.title;
    let mut changed = false;
    for step in &plan.steps {
        match carry_out(step) {
            Ok(outcome) => changed |= outcome == Outcome::Changed,
            Err(error) => {
                writeln!(err, "{title}: not installed, for {} could not be written: {error}", step.target())?;
                return Ok(false);
            }
        }
    }
    let files = plan.steps.iter().filter(|step| matches!(step, Step::Write { .. })).map(Step::target);
    let state = if changed { "installed" } else { "was installed already" };
    writeln!(out, "{title}: {state} ({})", files.collect::<Vec<_>>().join(", "))?;
    Ok(true)
}

fn write_none_found(err: &mut dyn Write) -> io::Result<()> {
    let titles: Vec<&str> = BROWSERS.iter().map(|browser| browser.title).collect();
    writeln!(
        err,
        "No browser was found for you on this computer (looked for {}); name one anyway with --browser NAME.",
        titles.join(", ")
    )
}
