//! How requests and responses are written: operations and services, awsJson bodies, error bodies
//! and exceptions.
//!
//! Encodes and decodes, and sends nothing. May import `sigv4` and the rooms below.

pub(crate) mod compression;
pub(crate) mod error_body;
pub(crate) mod error_class;
pub(crate) mod exception;
pub(crate) mod headers;
pub(crate) mod json;
pub(crate) mod operation;
