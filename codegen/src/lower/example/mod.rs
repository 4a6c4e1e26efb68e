//! An example request for each operation: that of the model if it has one, else a made-up one with the
//! required members.

mod constraints;
mod maker;
mod matching;
mod pattern;
mod request;
mod sample;
#[cfg(test)]
mod tests;
mod words;

pub(super) use self::request::Examples;
