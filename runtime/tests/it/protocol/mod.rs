//! Requests and errors on the wire.

mod aws_query;
mod checksums;
mod compression;
mod decode_errors;
mod error_bodies;
mod error_responses;
mod invalid_headers;
mod invalid_xml;
mod large_blobs;
mod modeled_errors;
mod query_compatible;
mod requests;
mod rest_json;
mod rest_json_payloads;
