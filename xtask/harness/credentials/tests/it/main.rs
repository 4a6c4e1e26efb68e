//! All tests of this package in one executable: the unit tests of the program's modules, which are
//! included here by path.

// Only the program uses all items of these modules.
#![allow(dead_code)]

#[path = "../../src/allowed.rs"]
mod allowed;
#[path = "../../src/botocore.rs"]
mod botocore;
#[path = "../../src/combination.rs"]
mod combination;
#[path = "../../src/grammar/mod.rs"]
mod grammar;
#[path = "../../src/home.rs"]
mod home;
#[path = "../../src/outcome.rs"]
mod outcome;
#[path = "../../src/random.rs"]
mod random;
#[path = "../../src/request.rs"]
mod request;
#[path = "../../src/responses.rs"]
mod responses;
#[path = "../../src/server.rs"]
mod server;
#[path = "../../src/shrink.rs"]
mod shrink;
