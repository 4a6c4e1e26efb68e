//! Functions that several test modules use.

pub mod c2j;
