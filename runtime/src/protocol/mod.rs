//! The wire format of requests and responses: operations and services, one module per protocol, and
//! what several protocols share: bodies in JSON, XML and forms, and members in the HTTP message.
//!
//! This module encodes and decodes, and sends nothing. It may import `sigv4` and the modules below
//! it. A protocol, such as `aws_json`, imports the bodies, such as `json`, and no other protocol.

pub(crate) mod aws_json;
#[cfg(feature = "aws-query")]
pub(crate) mod aws_query;
pub(crate) mod checksum;
pub(crate) mod compression;
pub(crate) mod decode_problem;
pub(crate) mod error_class;
pub(crate) mod error_metadata;
pub(crate) mod exception;
#[cfg(feature = "aws-query")]
mod form;
pub(crate) mod framing;
pub(crate) mod headers;
pub(crate) mod http_binding;
pub(crate) mod impl_exception;
pub(crate) mod json;
pub(crate) mod operation;
mod operation_error;
#[expect(clippy::module_inception, reason = "the module is named after its main type")]
pub(crate) mod protocol;
#[cfg(feature = "server")]
pub(crate) mod received_request;
pub(crate) mod rest_json;
mod scalars;
pub(crate) mod service;
mod service_error;
pub(crate) mod text_scalar;
pub(crate) mod unmodeled;
pub(crate) mod unsupported;
#[cfg(feature = "server")]
pub(crate) mod url_text;
pub(crate) mod wire;
mod with_name;
#[cfg(feature = "aws-query")]
mod xml;
