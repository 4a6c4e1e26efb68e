//! Structures in JSON bodies: the order of their members, and long lists.

mod long_lists;
mod order;
