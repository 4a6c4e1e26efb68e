//! The provider that runs a program.

use std::fmt;

use super::command::split;
use super::program::{ProgramError, run};
use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::credentials_object::{CredentialsObject, Format};

/// The only version of the output format.
const VERSION: i64 = 1;

/// Runs the program of a profile.
pub(in crate::providers) struct ProcessProvider {
    pub(in crate::providers) command: String,
    /// Where the command is configured, such as `credential_process in /home/me/.aws/config:3`.
    pub(in crate::providers) origin: String,
    /// The account to use if the program prints none.
    pub(in crate::providers) account_id: Option<String>,
}

impl ProcessProvider {
    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let found = self
            .credentials()
            .await
            .map_err(|problem| CredentialsError::failed(format!("{}: {problem}", self.origin)))?;
        Ok(match &self.account_id {
            Some(account_id) if found.account_id().is_none() => found.with_account_id(account_id),
            _ => found,
        })
    }

    async fn credentials(&self) -> Result<Credentials, String> {
        let (program, arguments) = split(&self.command)?;
        let output = run(&program, &arguments).await;
        let output = output.map_err(|error| describe(&program, &error))?;
        let object = CredentialsObject::parse(&output)?;
        if object.integer("Version") != Some(VERSION) {
            return Err(format!("the program must print \"Version\": {VERSION}"));
        }
        object.credentials(Format::Process, "process")
    }
}

/// Names the program but not its arguments, which may contain secrets.
fn describe(program: &str, error: &ProgramError) -> String {
    match error {
        ProgramError::NotStarted(error) => format!("cannot run {program:?}: {error}"),
        ProgramError::Runtime(missing) => missing.to_string(),
        ProgramError::Io(error) => format!("cannot read the output of {program:?}: {error}"),
        ProgramError::TimedOut(limit) => {
            format!("{program:?} did not end within {} s", limit.as_secs())
        }
        ProgramError::TooMuchOutput(limit) => {
            format!("{program:?} printed more than {limit} bytes")
        }
        ProgramError::Failed(status) => {
            format!("{program:?} failed ({status}); run it in a terminal to see its messages")
        }
    }
}

impl ProvideCredentials for ProcessProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(self.get())
    }
}

/// Omits the command, which may contain secrets.
impl fmt::Debug for ProcessProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProcessProvider").field(&self.origin).finish()
    }
}
