//! The trait of callbacks for the codes of MFA devices.

use std::error::Error;

use crate::http::transport::BoxFuture;

/// The result of a callback.
type Provided = Result<String, Box<dyn Error + Send + Sync>>;

/// Provides codes of multi-factor authentication (MFA) devices.
///
/// Pass an implementation to [`ConfigBuilder::mfa_code`](crate::ConfigBuilder::mfa_code). It is
/// called for each `AssumeRole` request of a profile with `mfa_serial`. A code is valid for one
/// call and is neither stored nor logged.
///
/// ```
/// use std::io;
///
/// use longshore_runtime::{BoxFuture, Config, ProvideMfaCode};
///
/// /// Reads the code from the terminal.
/// struct Terminal;
///
/// impl ProvideMfaCode for Terminal {
///     fn provide_mfa_code<'a>(
///         &'a self,
///         serial: &'a str,
///     ) -> BoxFuture<'a, Result<String, Box<dyn std::error::Error + Send + Sync>>> {
///         Box::pin(async move {
///             eprint!("MFA code for {serial}: ");
///             let read = tokio::task::spawn_blocking(|| {
///                 let mut line = String::new();
///                 io::stdin().read_line(&mut line).map(|_| line)
///             });
///             Ok(read.await??)
///         })
///     }
/// }
///
/// let builder = Config::builder().mfa_code(Terminal);
/// # let _ = builder;
/// ```
pub trait ProvideMfaCode: Send + Sync {
    /// Returns the current code of the device with this serial number, which is the value of
    /// `mfa_serial`: the ARN of a virtual device or the number of a hardware device. White space
    /// around the code is ignored.
    ///
    /// # Errors
    /// Any error ends the credential chain. Its text is part of the error of the call.
    fn provide_mfa_code<'a>(&'a self, serial: &'a str) -> BoxFuture<'a, Provided>;
}
