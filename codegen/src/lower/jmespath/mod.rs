//! JMESPath, as far as waiters use it.

mod parser;
#[cfg(test)]
mod tests;
mod token;
mod typed;

pub(super) use self::{
    parser::parse,
    typed::{PathType, Structs},
};
