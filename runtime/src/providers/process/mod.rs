//! Credentials that a program prints (`credential_process`).
//!
//! Nothing that the program prints appears in an error, because it may be a secret.

mod command;
mod program;
mod provider;

pub(super) use provider::ProcessProvider;
