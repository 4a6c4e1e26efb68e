//! Signatures: published ones, those of another implementation, and rejected input.

mod differential;
mod generator;
mod published;
mod rejected_input;
mod repeated_signing;
mod sent_urls;
mod texts;
mod vectors;

use std::time::{Duration, SystemTime};

use longshore_runtime::sigv4::{Keys, Scope};

use crate::support::SECRET;

const KEYS: Keys<'_> =
    Keys { access_key_id: "AKIDEXAMPLE", secret_access_key: SECRET, session_token: None };

/// 2015-08-30 12:36:00 UTC.
fn scope() -> Scope<'static> {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160);
    Scope { region: "us-east-1", service: "service", time }
}
