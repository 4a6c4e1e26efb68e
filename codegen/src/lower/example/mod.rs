//! Finds an example request for each operation: the model's own if it has one, or else a made-up
//! one with the required members.

mod additions;
mod alternatives;
mod arn;
mod constraints;
mod exclusive;
mod identifiers;
mod maker;
mod matching;
mod request;
mod sample;
mod steps;
#[cfg(test)]
mod tests;
mod values;
mod words;

pub(super) use self::request::Examples;
