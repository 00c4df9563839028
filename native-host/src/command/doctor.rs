//! `doctor`: names every problem between browser, program and cache, and the command that solves
//! it. It solves nothing itself; the examination is in `install/checkup.rs`.

use cachette_cache::Home;

use crate::command::{context::Context, error::CommandResult};
use crate::install::browser::Browser;
use crate::install::checkup::{self, Finding, Grade};
use crate::install::place::{Os, Roots};
use crate::install::program;
use crate::install::selection::{found, parser};
use crate::install::table::BROWSERS;
use crate::sentence::sentence;

/// Find out why saving or searching does not work
///
/// Checks every browser that is found, its manifest, the cache's folder and the index, and prints
/// each problem with the command that solves it. The exit code is 0 without problems, otherwise 1.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cachette doctor                    check everything
  cachette doctor --browser vivaldi  check only this browser
  cachette doctor --dry-run          do not write to the cache's folder
  cachette doctor --dry-run --os macos
                                     print where browsers are searched for on macOS")]
pub struct DoctorArgs {
    /// Only this browser, whether it is found or not
    #[arg(long, value_name = "NAME", value_parser = parser(), ignore_case = true)]
    browser: Option<&'static Browser>,
    /// Do not test whether the cache's folder can be written to
    #[arg(long)]
    dry_run: bool,
    /// Print where browsers are searched for on this system (with --dry-run)
    #[arg(long, requires = "dry_run")]
    os: Option<Os>,
}

impl DoctorArgs {
    /// Examines everything and prints the findings. The exit code is 1 if there is a problem.
    ///
    /// # Errors
    /// Only those of writing to `out` and `err`.
    pub fn run(self, context: &mut Context<'_>) -> CommandResult {
        if let Some(os) = self.os {
            for browser in BROWSERS.iter().filter(|browser| self.browser.is_none_or(|chosen| chosen == *browser)) {
                writeln!(context.out, "{}:", browser.title)?;
                checkup::sought(browser, os).iter().try_for_each(|line| writeln!(context.out, "  {line}"))?;
            }
            return Ok(0);
        }
        let call = program::call();
        let mut findings = self.browsers(&call);
        findings.extend(match Home::resolve(context.home) {
            Ok(home) => checkup::home(&home, &call, !self.dry_run),
            Err(error) => vec![Finding::problem(sentence(&error), "set CACHETTE_HOME or give --home DIR".into())],
        });
        if context.home.is_none() && std::env::var_os("CACHETTE_HOME").is_some_and(|dir| !dir.is_empty()) {
            // Pages saved from such a browser would land in the platform's home and be missing in
            // this one.
            findings.push(Finding::note(
                "CACHETTE_HOME is set here; a browser uses this home only if it was started with it set, too.".into(),
            ));
        }
        for finding in &findings {
            let grade = match finding.grade {
                Grade::Fine => "ok     ",
                Grade::Note => "note   ",
                Grade::Problem => "TROUBLE",
            };
            writeln!(context.out, "{grade}  {}", finding.text)?;
            if let Some(mend) = &finding.mend {
                writeln!(context.out, "         To solve it: {mend}")?;
            }
        }
        let problems = findings.iter().filter(|finding| finding.grade == Grade::Problem).count();
        match problems {
            0 => writeln!(context.out, "All is well.")?,
            1 => writeln!(context.out, "There is 1 problem.")?,
            _ => writeln!(context.out, "There are {problems} problems.")?,
        }
        Ok(u8::from(problems > 0))
    }

    fn browsers(&self, call: &str) -> Vec<Finding> {
        let program = match program::path() {
            Ok(program) => program,
            Err(error) => return vec![Finding::problem(sentence(&error), "move the program to another folder".into())],
        };
        let version = env!("CARGO_PKG_VERSION");
        let mut findings = vec![Finding::fine(format!("This is cachette {version} ({program})."))];
        let Some(roots) = Roots::here() else {
            let text = "The system names no home folder, so no browser can be looked for.".to_owned();
            findings.push(Finding::problem(text, "set HOME".into()));
            return findings;
        };
        let browsers = match self.browser {
            Some(chosen) => {
                if !chosen.is_here(&roots) {
                    findings.push(Finding::note(format!("{} was not found on this computer.", chosen.title)));
                }
                vec![chosen]
            }
            None => found(&roots),
        };
        if browsers.is_empty() {
            let text = "No browser that Cachette knows was found for you on this computer.".to_owned();
            findings.push(Finding::problem(text, format!("{call} install --browser NAME")));
        }
        findings.extend(browsers.iter().flat_map(|browser| checkup::browser(browser, &roots, &program, call)));
        findings.extend(self.confined_only(&roots));
        findings
    }

    /// Finds the browsers that are installed only as a snap or Flatpak, which cannot start the
    /// host.
    fn confined_only(&self, roots: &Roots) -> Vec<Finding> {
        let others = BROWSERS.iter().filter(|browser| self.browser.is_none() && !browser.is_here(roots));
        others.filter_map(|browser| checkup::confinement(browser, roots)).collect()
    }
}
