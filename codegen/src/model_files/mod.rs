//! Handles models in files: finds services in folders, orders shapes, and removes prose.
//!
//! `longshore changes` and the commands `import` and `corpus` of xtask share it. It does not depend
//! on generated code.

pub mod discover;
pub mod order;
mod parts;
pub mod prose;
mod prose_places;
mod rules;
pub mod select;
