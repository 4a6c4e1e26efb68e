//! Credentials of a session of `aws login`: reads the token of the AWS CLI, which contains
//! credentials, and refreshes it through AWS Sign-In.
//!
//! It may import the modules that `providers` may import, and the files for clients, JSON files and
//! plans in `providers`.

mod cached_session;
mod dpop;
mod private_key;
mod provider;
mod refresh;

pub(super) use provider::LoginProvider;
