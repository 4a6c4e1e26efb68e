//! All tests of this package in one executable: the unit tests of the program's modules, which are
//! included here by path, and a short run of the program.

// Only the program uses all items of these modules.
#![allow(dead_code)]

#[path = "../../src/caller.rs"]
mod caller;
#[path = "../../src/date.rs"]
mod date;
#[path = "../../src/fault.rs"]
mod fault;
#[path = "../../src/gauges.rs"]
mod gauges;
#[path = "../../src/judge.rs"]
mod judge;
#[path = "../../src/report.rs"]
mod report;
#[path = "../../src/respond.rs"]
mod respond;
#[path = "../../src/server.rs"]
mod server;
#[path = "../../src/settings.rs"]
mod settings;
mod short_run;
#[path = "../../src/stale.rs"]
mod stale;
