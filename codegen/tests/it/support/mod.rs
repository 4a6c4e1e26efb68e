//! What tests of several subjects share.

pub mod c2j;
