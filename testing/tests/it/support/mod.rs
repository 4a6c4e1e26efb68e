//! What the tests share.

pub mod raw;
pub mod service;
pub mod told;
