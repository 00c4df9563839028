//! Counts the findings of a rig, in figures and sentences. It judges nothing.

use std::{collections::BTreeMap, fmt};

/// How many violations are printed in full; the others are counted.
const TOLD: usize = 20;

/// The figures of one rig.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The rig's name.
    pub name: &'static str,
    /// Faults that really occurred: kills, refused calls, cut states, killed hosts.
    pub struck: u64,
    /// Saves, removals and commands that were acknowledged in all runs.
    pub acknowledged: u64,
    /// The violations, one sentence each, with how to reproduce it.
    pub violations: Vec<String>,
    /// Other figures worth a line.
    pub notes: BTreeMap<String, u64>,
    /// Why the rig did not run here, if it did not.
    pub skipped: Option<String>,
}

impl Tally {
    /// Makes an empty tally.
    pub fn of(name: &'static str) -> Tally {
        Tally { name, ..Tally::default() }
    }

    /// Makes the tally of a rig that cannot run on this machine, with the reason.
    pub fn skipped(name: &'static str, why: impl Into<String>) -> Tally {
        Tally { name, skipped: Some(why.into()), ..Tally::default() }
    }

    /// Adds one to a figure.
    pub fn note(&mut self, what: &str) {
        *self.notes.entry(what.to_owned()).or_default() += 1;
    }

    /// Adds another tally's figures to these.
    pub fn add(&mut self, other: Tally) {
        self.struck += other.struck;
        self.acknowledged += other.acknowledged;
        self.violations.extend(other.violations);
        for (what, count) in other.notes {
            *self.notes.entry(what).or_default() += count;
        }
    }

    /// Whether the rig found no violations.
    pub fn is_clean(&self) -> bool {
        self.violations.is_empty()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(why) = &self.skipped {
            return write!(out, "{}: skipped, {why}", self.name);
        }
        write!(
            out,
            "{}: {} faults struck, {} acknowledged, {} violations",
            self.name,
            self.struck,
            self.acknowledged,
            self.violations.len()
        )?;
        for (what, count) in &self.notes {
            write!(out, "\n  {count} × {what}")?;
        }
        for violation in self.violations.iter().take(TOLD) {
            write!(out, "\n  VIOLATION: {violation}")?;
        }
        Ok(())
    }
}
