//! Interceptors: the order of hooks, the headers they add, errors and panics, and what they do not
//! see.

mod ends;
mod failures;
mod headers;
mod order;
mod recorder;
mod secrets;
