//! Support for the tests of the server: a service, HTTP without a client, and reports.

pub mod raw;
pub mod report;
pub mod service;
