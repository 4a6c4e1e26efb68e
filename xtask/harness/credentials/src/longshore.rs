//! Runs combinations with Longshore, each in a process of its own.
//!
//! A process reads these variables as a user's program would, and a panic ends only the run of one
//! combination.

use std::error::Error;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use longshore::http::uri::{Authority, PathAndQuery};
use longshore::http::{Request, Response, Uri};
use longshore::{
    BoxFuture, Bytes, Client, Config, Endpoint, EndpointError, EndpointParameters, EndpointRules,
    Environment, HttpTransport, Operation, ProvideMfaCode, Proxies, Service, Transport,
    TransportError, TransportErrorKind, ecr, ecr::operation::DescribeRepositoriesError,
};

use crate::combination::Combination;
use crate::home;
use crate::outcome::Outcome;
use crate::request::ACCOUNT_ID;
use crate::server::Server;

/// The argument of the process that makes the call.
pub const CALL: &str = "call";

/// A call that takes longer is reported as an error instead of blocking the comparison.
const CALL_LIMIT: Duration = Duration::from_secs(30);

/// Starts a process for each combination.
#[derive(Debug)]
pub struct Longshore {
    program: PathBuf,
    home: PathBuf,
}

impl Longshore {
    /// Runs combinations with `program`, which is this program.
    #[must_use]
    pub fn new(program: &Path, home: PathBuf) -> Self {
        Self { program: program.to_owned(), home }
    }

    /// Runs a combination.
    pub fn run(&self, combination: &Combination) -> Result<Outcome, Box<dyn Error>> {
        let server = Server::start()?;
        let url = server.url();
        home::write(&self.home, combination, &url)?;
        let output = Command::new(&self.program)
            .args([CALL, &url])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(combination.environment(&url, &self.home))
            .stdin(Stdio::null())
            .output()?;
        let mut error = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            error = format!("{error}{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(Outcome::new(combination, &server.finish(), &url, error))
    }
}

/// Makes the call in this process and prints the error if it fails. `server` is the URL of the
/// scripted server.
pub fn call(server: &str) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let called = runtime.block_on(async {
        match tokio::time::timeout(CALL_LIMIT, describe_repositories(server)).await {
            Ok(Err(error)) => error.to_string(),
            Ok(Ok(())) => String::new(),
            Err(_) => format!("the call did not end within {} s", CALL_LIMIT.as_secs()),
        }
    });
    Ok(write!(io::stdout(), "{called}")?)
}

/// A device that always shows the same code, which botocore's process also uses.
struct MfaDevice;

impl ProvideMfaCode for MfaDevice {
    fn provide_mfa_code<'a>(
        &'a self,
        _: &'a str,
    ) -> BoxFuture<'a, Result<String, Box<dyn Error + Send + Sync>>> {
        Box::pin(async { Ok("123456".to_owned()) })
    }
}

/// The host of relative container URIs. It cannot be configured.
const CONTAINER_HOST: &str = "169.254.170.2";

/// The variable with a relative container URI.
const RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";

/// Sends requests for [`CONTAINER_HOST`] to the scripted server, as `botocore.py` does.
#[derive(Debug)]
struct Redirected {
    inner: HttpTransport,
    server: Uri,
}

impl Redirected {
    fn url(&self, original: &Uri) -> Result<Uri, Box<dyn Error + Send + Sync>> {
        if original.authority().is_none_or(|authority| authority != CONTAINER_HOST) {
            return Ok(original.clone());
        }
        let server = self.server.authority().map_or("", Authority::as_str);
        let path = original.path_and_query().map_or("", PathAndQuery::as_str);
        Ok(format!("http://{server}/link-local{path}").parse()?)
    }
}

impl Transport for Redirected {
    fn send(
        &self,
        mut request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        match self.url(request.uri()) {
            Ok(url) => {
                *request.uri_mut() = url;
                self.inner.send(request)
            }
            Err(error) => {
                let error = TransportError::new(TransportErrorKind::Unusable, error);
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}

async fn describe_repositories(server: &str) -> Result<(), Box<dyn Error>> {
    let environment = Environment::process();
    let mut builder = Config::builder().mfa_code(MfaDevice);
    if environment.get(RELATIVE_URI).is_some() {
        let inner = HttpTransport::builder().proxies(Proxies::from_environment(&environment)?);
        builder = builder.transport(Redirected { inner: inner.build(), server: server.parse()? });
    }
    let client = Client::new(&builder.load(&environment).await?);
    client.call(&DescribeRepositories).await?;
    Ok(())
}

/// `DescribeRepositories` of ECR without parameters, with the account ID of the credentials in a
/// header.
#[derive(Clone, PartialEq)]
struct DescribeRepositories;

longshore_runtime::structure!(DescribeRepositories, {});

const SERVICE: Service =
    ecr::SERVICE.endpoint_rules(EndpointRules::new(resolve_with_account).per_account());

impl Operation for DescribeRepositories {
    const NAME: &'static str = "DescribeRepositories";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = DescribeRepositoriesError;
}

fn resolve_with_account(parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
    let endpoint = ecr::SERVICE.resolve_endpoint(parameters)?;
    Ok(match parameters.get_account_id() {
        Some(account_id) => endpoint.header(ACCOUNT_ID, account_id),
        None => endpoint,
    })
}
