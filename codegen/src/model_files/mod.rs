//! Handles models in files: finds services in folders, orders shapes, and removes prose.
//!
//! `longshore changes` and the commands `import` and `corpus` of xtask use it. It does not import
//! the modules that generate code.

pub mod discover;
pub mod order;
mod parts;
pub mod prose;
mod prose_places;
mod rules;
pub mod select;
