//! The integration tests of the generator, one module per subject.

mod api;
mod c2j;
mod c2j_corrections;
mod c2j_http;
mod c2j_metadata;
mod c2j_xml;
#[cfg(feature = "cli")]
mod cli;
mod conformance;
mod examples;
mod generator;
mod hostile;
mod made_up_examples;
mod output;
mod passed_over;
mod public_types;
mod read;
mod redaction;
mod rejects;
mod snapshots;
mod support;
