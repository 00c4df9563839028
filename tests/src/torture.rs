//! Contains the rigs that try to lose a page. They use kills and errors at every system call, power
//! cuts, crowds of hosts, hostile links, and other file systems. Each drives the real binary, then
//! reads the disk through the product's own library, and can be reproduced from a seed. These are
//! not tests: `tests/torture.rs` runs them in short, `cargo xtask torture` in full.

mod bystander;
mod crowd;
mod folding;
mod image;
mod ledger;
mod links;
mod power;
#[cfg(target_os = "linux")]
mod recorder;
mod run;
mod script;
mod syscalls;
mod tally;
mod workers;

pub use crowd::crowd;
pub use folding::folding;
pub use links::links;
pub use power::power_cuts;
pub use syscalls::{errors, kills};
pub use tally::Tally;
