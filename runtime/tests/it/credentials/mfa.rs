//! Codes of MFA devices, which a callback provides for each `AssumeRole` request.

use std::error::Error;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use crate::support::credential_sources::{
    BASE, ENDPOINT_VARIABLE, assert_no_secret_logged, assert_signed, assume_role_response, call,
    call_with, home,
};
use crate::support::log_collector::ThreadLog;
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::PingRequest;
use longshore_runtime::{BoxFuture, Client, Config, ProvideMfaCode, RetryConfig, blocking};

const DEVICE: &str = "arn:aws:iam::1:mfa/me";

/// A device that returns `codes` in order and then fails. Records the requested serial numbers.
#[derive(Clone, Default)]
struct Device {
    codes: Arc<Mutex<Vec<&'static str>>>,
    serials: Arc<Mutex<Vec<String>>>,
}

impl Device {
    fn new(codes: &[&'static str]) -> Self {
        let codes = codes.iter().rev().copied().collect();
        Self { codes: Arc::new(Mutex::new(codes)), ..Self::default() }
    }

    fn serials(&self) -> Vec<String> {
        self.serials.lock().expect("the serials").clone()
    }
}

impl ProvideMfaCode for Device {
    fn provide_mfa_code<'a>(
        &'a self,
        serial: &'a str,
    ) -> BoxFuture<'a, Result<String, Box<dyn Error + Send + Sync>>> {
        Box::pin(async move {
            self.serials.lock().expect("the serials").push(serial.to_owned());
            let code = self.codes.lock().expect("the codes").pop();
            Ok(code.ok_or("the device is gone")?.to_owned())
        })
    }
}

/// A profile whose role needs an MFA code.
fn home_with_role() -> TempDir {
    home(&format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n\
         mfa_serial = {DEVICE}\nduration_seconds = 43200\nexternal_id = x-1\n{BASE}"
    ))
}

fn parameters(request: &ReceivedRequest) -> Vec<String> {
    let names = ["DurationSeconds=", "ExternalId=", "SerialNumber=", "TokenCode="];
    let sent = request.text().split('&');
    let mut sent: Vec<_> =
        sent.filter(|pair| names.iter().any(|name| pair.starts_with(name))).collect();
    sent.sort_unstable();
    sent.into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn the_code_is_sent_with_the_options_of_the_role() {
    let log = ThreadLog::start();
    let sts = Server::start([assume_role_response("AssumeRole")]);
    let home = home_with_role();
    // A line read from a terminal ends with a line break.
    let device = Device::new(&["012345\n"]);
    let builder = Config::builder().mfa_code(device.clone());
    let variables = [("AWS_ENDPOINT_URL_STS", sts.url.as_str())];
    assert_signed(&call_with(builder, home.path(), &variables).await.expect("a request"), "r-1");
    let request = sts.request();
    let expected = [
        "DurationSeconds=43200",
        "ExternalId=x-1",
        "SerialNumber=arn%3Aaws%3Aiam%3A%3A1%3Amfa%2Fme",
        "TokenCode=012345",
    ];
    assert_eq!(parameters(&request), expected);
    assert!(request.header("authorization").contains("Credential=BASE/"));
    assert_eq!(device.serials(), [DEVICE]);
    assert_no_secret_logged(&log);
    assert!(!log.text().contains("012345"), "{}", log.text());
}

#[tokio::test]
async fn without_a_callback_the_profile_is_an_error_without_a_request() {
    let sts = Server::start([]);
    let variables = [("AWS_ENDPOINT_URL_STS", sts.url.as_str())];
    let line = call(home_with_role().path(), &variables).await.expect_err("an error");
    assert!(line.contains("mfa_serial in ") && line.contains("config:5 needs a code"), "{line}");
    assert!(line.contains("set a callback with `ConfigBuilder::mfa_code`"), "{line}");
    assert_eq!(sts.requests().len(), 0);
}

/// In a chain of roles, each code is used before the next one is requested, because codes are valid
/// for a short time.
#[tokio::test]
async fn each_role_of_a_chain_has_its_own_device() {
    let responses = [assume_role_response("AssumeRole"), assume_role_response("AssumeRole")];
    let sts = Server::start(responses);
    let home = home(&format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/last\nsource_profile = middle\n\
         mfa_serial = device-of-last\n\
         [profile middle]\nrole_arn = arn:aws:iam::1:role/first\nsource_profile = base\n\
         mfa_serial = device-of-first\n{BASE}"
    ));
    let device = Device::new(&["111111", "222222"]);
    let builder = Config::builder().mfa_code(device.clone());
    let variables = [("AWS_ENDPOINT_URL_STS", sts.url.as_str())];
    assert_signed(&call_with(builder, home.path(), &variables).await.expect("a request"), "r-1");
    let sent: Vec<_> = sts.requests().iter().map(parameters).collect();
    let expected = [
        ["SerialNumber=device-of-first", "TokenCode=111111"],
        ["SerialNumber=device-of-last", "TokenCode=222222"],
    ];
    assert_eq!(sent, expected);
    assert_eq!(device.serials(), ["device-of-first", "device-of-last"]);
}

/// The second call uses the cached credentials. A configuration that needs new credentials needs a
/// new code.
#[tokio::test]
async fn a_code_is_used_for_one_request() {
    let responses = [assume_role_response("AssumeRole"), assume_role_response("AssumeRole")];
    let sts = Server::start(responses);
    let service = Server::start([(); 3].map(|()| CannedResponse::ok("{}")));
    let home = home_with_role();
    let variables = [
        ("HOME", home.path().to_str().expect("text")),
        ("AWS_ENDPOINT_URL_STS", &sts.url),
        (ENDPOINT_VARIABLE, &service.url),
    ];
    let device = Device::new(&["111111", "222222"]);
    let builder = Config::builder().mfa_code(device.clone());
    let config = builder.load(&variables.into_iter().collect()).await.expect("loaded");
    let other_region = config.to_builder().region("r-2").build();
    for config in [&config, &config, &other_region] {
        Client::new(config).call(&PingRequest).await.expect("a response");
    }
    let sent: Vec<_> = sts.requests().iter().map(|it| parameters(it).pop()).collect();
    assert_eq!(sent, ["TokenCode=111111", "TokenCode=222222"].map(|code| Some(code.to_owned())));
    // Configurations with different callbacks do not share credentials.
    let other = Device::new(&[]);
    let derived = config.to_builder().mfa_code(other.clone()).build();
    Client::new(&derived).call(&PingRequest).await.expect_err("no code");
    assert_eq!((device.serials().len(), other.serials().len()), (2, 1));
}

#[tokio::test]
async fn a_callback_that_fails_ends_the_chain() {
    let table: [(&[&str], &str); 5] = [
        (&[], "config:5: the callback for the MFA code failed: the device is gone"),
        (&[" \n"], "config:5: the callback must return an MFA code of 6 digits"),
        (&["98765"], "an MFA code of 6 digits"),
        (&["98765x"], "an MFA code of 6 digits"),
        (&["\u{661}\u{662}\u{663}"], "an MFA code of 6 digits"),
    ];
    for (codes, expected) in table {
        let (sts, container) = (Server::start([]), Server::start([]));
        let builder = Config::builder().mfa_code(Device::new(codes));
        let variables = [
            ("AWS_ENDPOINT_URL_STS", sts.url.as_str()),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url.as_str()),
        ];
        let line = call_with(builder, home_with_role().path(), &variables).await;
        let line = line.expect_err("an error");
        assert!(line.contains("the profile default: role_arn in "), "{line}");
        assert!(line.contains(expected) && !line.contains("98765"), "{line}");
        assert_eq!((sts.requests().len(), container.requests().len()), (0, 0));
    }
}

/// The callback is not called if the credentials for the request are missing.
#[tokio::test]
async fn the_source_of_the_credentials_comes_before_the_code() {
    let sts = Server::start([CannedResponse::new(403, &[], "<html>no</html>")]);
    let home = home(&format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/last\nsource_profile = middle\n\
         mfa_serial = {DEVICE}\n\
         [profile middle]\nrole_arn = arn:aws:iam::1:role/first\nsource_profile = base\n{BASE}"
    ));
    let device = Device::new(&["111111"]);
    let builder = Config::builder().mfa_code(device.clone()).retry(RetryConfig::disabled());
    let variables = [("AWS_ENDPOINT_URL_STS", sts.url.as_str())];
    let line = call_with(builder, home.path(), &variables).await.expect_err("an error");
    assert!(line.contains("role_arn in ") && line.contains("403"), "{line}");
    assert_eq!((sts.requests().len(), device.serials().len()), (1, 0));
}

#[test]
fn blocking_clients_use_the_callback() {
    let sts = Server::start([assume_role_response("AssumeRole")]);
    let service = Server::start([CannedResponse::ok("{}")]);
    let home = home_with_role();
    let variables = [
        ("HOME", home.path().to_str().expect("text")),
        ("AWS_ENDPOINT_URL_STS", &sts.url),
        (ENDPOINT_VARIABLE, &service.url),
    ];
    let builder = Config::builder().mfa_code(Device::new(&["012345"]));
    let config = builder.load_blocking(&variables.into_iter().collect()).expect("loaded");
    blocking::Client::new(&config).call(&PingRequest).expect("a response");
    assert_signed(&service.request(), "r-1");
    assert_eq!(parameters(&sts.request()).pop().as_deref(), Some("TokenCode=012345"));
}
