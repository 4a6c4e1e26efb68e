//! Parses JMESPath, as far as waiters use it, and checks its types.

mod parser;
#[cfg(test)]
mod tests;
mod token;
mod typed;

pub(super) use self::{
    parser::parse,
    typed::{PathType, Structs},
};
