//! The documentation of generated items: texts, constraints in words, links and trees of members.

pub(super) mod comment;
pub(super) mod constraint_words;
pub(super) mod link_targets;
pub(super) mod member_docs;
pub(super) mod operation_links;
pub(super) mod page;
pub(super) mod topics;
pub(super) mod tree;
