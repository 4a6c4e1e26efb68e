//! The wire format of requests and responses: operations and services, awsJson bodies, error bodies
//! and exceptions.
//!
//! This module encodes and decodes, and sends nothing. It may import `sigv4` and the modules below it.

pub(crate) mod compression;
pub(crate) mod error_body;
pub(crate) mod error_class;
pub(crate) mod exception;
pub(crate) mod headers;
pub(crate) mod impl_exception;
pub(crate) mod json;
pub(crate) mod operation;
mod operation_error;
mod service_error;
pub(crate) mod unmodelled;
