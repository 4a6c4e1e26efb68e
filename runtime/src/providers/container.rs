//! Credentials of a container (ECS and EKS), from an HTTP endpoint that environment variables name.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, Uri, header};

use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::display::error_chain::messages;
use crate::providers::credentials_object::{CredentialsObject, Format};
use crate::providers::provider_request::send;
use crate::providers::small_file;
use crate::{Environment, Transport};

const RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// The endpoint of relative URIs.
const ENDPOINT: &str = "http://169.254.170.2";

/// Hosts other than the loopback addresses to which the token may be sent without TLS.
const HOSTS: [&str; 4] = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost"];

/// The time limit of one request: two seconds for the connection, and two for the response.
const LIMIT: Duration = Duration::from_secs(4);

const DELAY_BETWEEN_ATTEMPTS: Duration = Duration::from_secs(1);

/// Provides credentials from the endpoint that the environment variables name.
pub(super) struct ContainerProvider {
    pub(super) environment: Environment,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) max_attempts: u32,
}

impl ContainerProvider {
    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let Some(uri) = uri(&self.environment) else {
            let reason = format!("neither {RELATIVE_URI} nor {FULL_URI} is set");
            return Err(CredentialsError::not_configured(reason));
        };
        let uri = uri.map_err(CredentialsError::failed)?;
        let mut attempt = 1;
        loop {
            let problem = match self.request(&uri).await {
                Ok(credentials) => return Ok(credentials),
                Err(Problem::Final(problem)) => return Err(CredentialsError::failed(problem)),
                Err(Problem::Transient(problem)) => problem,
            };
            if attempt >= self.max_attempts {
                return Err(CredentialsError::failed(format!("{problem} (at {uri})")));
            }
            attempt += 1;
            tokio::time::sleep(DELAY_BETWEEN_ATTEMPTS).await;
        }
    }

    async fn request(&self, uri: &Uri) -> Result<Credentials, Problem> {
        let request = Request::get(uri.clone()).header(header::ACCEPT, "application/json");
        let request = match token(&self.environment).map_err(Problem::Final)? {
            Some(token) => request.header(header::AUTHORIZATION, token),
            None => request,
        };
        let request = request.body(Bytes::new()).map_err(|error| {
            Problem::Final(format!("the URL of the container is invalid: {error}"))
        })?;
        let response = send(&*self.transport, request, LIMIT).await.map_err(|error| {
            let text = messages(Some(&error)).join(": ");
            if error.is_retryable() { Problem::Transient(text) } else { Problem::Final(text) }
        })?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(Problem::Transient(format!("the endpoint returned HTTP {status}")));
        }
        let object = CredentialsObject::parse(response.body()).map_err(Problem::Transient)?;
        object.credentials(Format::Metadata, "container").map_err(Problem::Final)
    }
}

/// Why a request provided no credentials.
enum Problem {
    Final(String),
    /// Another attempt may succeed.
    Transient(String),
}

/// Returns the URI in the variables; `None` if there is none.
fn uri(environment: &Environment) -> Option<Result<Uri, String>> {
    if let Some(relative) = environment.get(RELATIVE_URI) {
        if !relative.starts_with('/') {
            return Some(Err(format!("{RELATIVE_URI} must start with a slash")));
        }
        return Some(
            format!("{ENDPOINT}{relative}")
                .parse()
                .map_err(|error| format!("{RELATIVE_URI} is not a valid path: {error}")),
        );
    }
    Some(check(environment.get(FULL_URI)?))
}

fn check(uri: &str) -> Result<Uri, String> {
    let uri: Uri = uri.parse().map_err(|error| format!("{FULL_URI} is not a URL: {error}"))?;
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    match uri.scheme_str() {
        Some("https") if !host.is_empty() => Ok(uri),
        Some("http") if is_allowed(host) => Ok(uri),
        Some("http") => Err(format!(
            "the host {host:?} in {FULL_URI} is not allowed without TLS: use https, a loopback \
             address, or one of {}",
            HOSTS.join(", ")
        )),
        _ => Err(format!("{FULL_URI} must be a URL that starts with http:// or https://")),
    }
}

fn is_allowed(host: &str) -> bool {
    let is_loopback = host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    is_loopback || HOSTS.contains(&host)
}

/// Returns the value of the header `Authorization`. The file is read for each request, because its
/// contents change.
fn token(environment: &Environment) -> Result<Option<HeaderValue>, String> {
    let (token, name) = if let Some(file) = environment.get(TOKEN_FILE) {
        let text = small_file::read_text(file.as_ref())
            .map_err(|error| format!("cannot read the file {file:?} in {TOKEN_FILE}: {error}"))?;
        (text, TOKEN_FILE)
    } else if let Some(token) = environment.get(TOKEN) {
        (token.to_owned(), TOKEN)
    } else {
        return Ok(None);
    };
    let mut value = HeaderValue::from_str(&token).map_err(|_| {
        format!(
            "the token in {name} contains a line break or another character that a header \
                 cannot contain"
        )
    })?;
    value.set_sensitive(true);
    Ok(Some(value))
}

impl ProvideCredentials for ContainerProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(self.get())
    }
}

/// Omits the transport, whose `Debug` may print requests.
impl fmt::Debug for ContainerProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContainerProvider")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_some_hosts_are_allowed_without_tls() {
        for allowed in [
            "http://127.0.0.1/a",
            "http://127.9.9.9:80/a",
            "http://[::1]:1/a",
            "http://localhost/a",
            "http://169.254.170.2/a",
            "http://169.254.170.23/v1/credentials",
            "http://[fd00:ec2::23]/v1/credentials",
            "https://example.com/a",
        ] {
            assert_eq!(check(allowed).expect("a URI").to_string(), allowed);
        }
        for refused in [
            "http://example.com/a",
            "http://169.254.169.254/a",
            "http://169.254.170.2.example.com/a",
            "http://127.0.0.1@example.com/a",
            "http://localhost.example.com/a",
            "http://[::2]/a",
            "ftp://127.0.0.1/a",
            "127.0.0.1/a",
            "/a",
            "http://",
            "nonsense",
        ] {
            let error = check(refused).expect_err(refused);
            assert!(error.contains(FULL_URI), "{error}");
        }
    }

    #[test]
    fn a_relative_uri_takes_precedence_and_stays_at_the_endpoint() {
        let environment = |relative: &str| {
            [(RELATIVE_URI, relative), (FULL_URI, "http://127.0.0.1/b")].into_iter().collect()
        };
        let found = uri(&environment("/a?b=c")).expect("set").expect("a URI");
        assert_eq!(found, "http://169.254.170.2/a?b=c");
        for refused in ["@example.com/a", ".example.com/a", "a"] {
            uri(&environment(refused)).expect("set").expect_err(refused);
        }
        assert_eq!(uri(&environment("")).expect("set").expect("a URI"), "http://127.0.0.1/b");
        assert!(uri(&Environment::default()).is_none());
    }
}
