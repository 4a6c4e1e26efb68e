//! Interceptors: the order of hooks, the headers that they add, errors and panics, and hidden
//! secrets.

mod ends;
mod failures;
mod headers;
mod order;
mod recorder;
mod secrets;
