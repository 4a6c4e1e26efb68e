//! Finds an example request for each operation: the model's own if it has one, or else a made-up
//! one with the required members.

mod additions;
mod alternatives;
mod constraints;
mod exclusive;
mod maker;
mod matching;
mod pattern;
mod request;
mod sample;
mod steps;
#[cfg(test)]
mod tests;
mod words;

pub(super) use self::request::Examples;
