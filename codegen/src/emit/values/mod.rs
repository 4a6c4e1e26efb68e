//! Types and values as tokens, and the examples made of them.

pub(super) mod example;
pub(super) mod literal;
pub(super) mod ty;
pub(super) mod value;
