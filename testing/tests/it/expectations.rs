//! Expected calls, and the report on unexpected and missing ones.

use longshore_runtime::{Client, Operation, Service};
use longshore_testing::Server;

use crate::support::report::{panic_message, report};
use crate::support::service::{
    ImageAlreadyExistsException, PingError, PingRequest, PutImageError, PutImageRequest,
    PutImageResponse, SERVICE,
};

fn put(name: &str) -> PutImageRequest {
    PutImageRequest::new(name, "a manifest")
}

fn response(size: i64) -> PutImageResponse {
    PutImageResponse { size, ..PutImageResponse::default() }
}

const HEADING: &str = "the server at URL was not called as expected:";

#[tokio::test]
async fn expected_calls_are_matched_in_order_and_before_the_handler() {
    let server = Server::start();
    server.on(|_: PutImageRequest| async { Ok::<_, PutImageError>(response(3)) });
    server.expect(put("a")).returns(response(1));
    let exists = ImageAlreadyExistsException::default();
    server.expect(put("b")).fails(PutImageError::ImageAlreadyExistsException(exists));
    server.expect(PingRequest).returns(());

    let client = Client::new(&server.config());
    assert_eq!(client.call(&put("a")).await.expect("a response").size, 1);
    // The order applies to calls of the same operation only.
    client.call(&PingRequest).await.expect("a response");
    let error = client.call(&put("b")).await.expect_err("an error");
    assert!(matches!(error.service(), Some(PutImageError::ImageAlreadyExistsException(_))));
    assert_eq!(client.call(&put("c")).await.expect("a response").size, 3);
    server.verify();
}

#[tokio::test]
async fn a_different_request_is_reported_with_a_diff() {
    let server = Server::start();
    let line = line!() + 1;
    server.expect(put("team/app")).returns(response(1));
    let client = Client::new(&server.config());
    let mut request = put("team/app2");
    request.registry_id = Some("123456789012".to_owned());
    let error = client.call(&request).await.expect_err("an error");
    assert_eq!((error.code(), error.attempts()), (Some("UnexpectedCall"), 1));
    assert!(error.message().is_some_and(|message| message.contains("team/app2")), "{error:?}");
    let file = file!();
    let expected = format!(
        r#"{HEADING}

1. PutImage was called with a different request than expected at {file}:{line}:12
     --- expected
     +++ received
       PutImageRequest {{
     -     registry_id: None,
     -     repository_name: "team/app",
     +     registry_id: Some(
     +         "123456789012",
     +     ),
     +     repository_name: "team/app2",
           image_manifest: "a manifest",
       }}

2. PutImage was expected at {file}:{line}:12 but not called
     PutImageRequest {{
         registry_id: None,
         repository_name: "team/app",
         image_manifest: "a manifest",
     }}"#
    );
    assert_eq!(report(&server), expected);
    // Each entry is reported once.
    server.verify();
}

#[tokio::test]
async fn a_wrong_call_does_not_consume_the_expectation() {
    let server = Server::start();
    server.expect(put("a")).returns(response(1));
    let client = Client::new(&server.config());
    client.call(&put("b")).await.expect_err("an error");
    client.call(&put("a")).await.expect("a response");
    assert!(!report(&server).contains("2. "));
}

#[tokio::test]
async fn a_long_line_is_shown_around_its_difference() {
    let server = Server::start();
    let manifest =
        |end: &str| PutImageRequest::new("a", "x".repeat(5000) + end + &"z".repeat(5000));
    server.expect(manifest("1")).returns(response(1));
    Client::new(&server.config()).call(&manifest("2")).await.expect_err("an error");
    let text = report(&server);
    let around = |middle: &str| format!("..{}{middle}{}..", "x".repeat(40), "z".repeat(119));
    assert!(
        text.contains(&format!("\n     - {}\n     + {}\n", around("1"), around("2"))),
        "{text}"
    );
    assert!(text.lines().all(|line| line.len() < 200), "{text}");
}

#[tokio::test]
async fn an_unexpected_call_is_reported_with_the_registered_operations() {
    let server = Server::start();
    let client = Client::new(&server.config());
    client.call(&put("a secret")).await.expect_err("an error");
    server.on(|_: PingRequest| async { Ok::<_, PingError>(()) });
    client.call(&put("a secret")).await.expect_err("an error");
    let members = "     its members: imageManifest, repositoryName";
    let expected = format!(
        "{HEADING}\n\n1. PutImage was called, but it has no handler (`on`) and is not expected (`expect`)\n{members}\n\n\
         2. PutImage was called, but it has no handler (`on`) and is not expected (`expect`); handlers: Ping\n{members}"
    );
    assert_eq!(report(&server), expected);

    server.expect(put("a")).returns(response(1));
    client.call(&put("a")).await.expect("a response");
    client.call(&put("b")).await.expect_err("an error");
    let expected = format!(
        r#"{HEADING}

1. PutImage was called more often than expected
     PutImageRequest {{
         registry_id: None,
         repository_name: "b",
         image_manifest: "a manifest",
     }}"#
    );
    assert_eq!(report(&server), expected);
}

mod other {
    use super::*;

    const OTHER: Service = SERVICE.target_prefix("OtherService");

    #[derive(Clone)]
    pub struct PingRequest {}
    longshore_runtime::structure!(PingRequest, Request, Default, {});

    impl Operation for PingRequest {
        const NAME: &'static str = "Ping";
        const SERVICE: &'static Service = &OTHER;
        type Output = ();
        type Error = PingError;
    }
}

#[tokio::test]
async fn operations_with_the_same_name_are_reported_with_their_services() {
    let server = Server::start();
    server.on(|_: other::PingRequest| async { Ok(()) });
    server.on(|_: PutImageRequest| async { Ok::<_, PutImageError>(response(1)) });
    Client::new(&server.config()).call(&PingRequest).await.expect_err("an error");
    let expected = format!(
        "{HEADING}\n\n1. Ping of TestRegistry_V20150921 was called, but it has no handler (`on`) and is not expected (`expect`); \
         handlers: Ping of OtherService, PutImage"
    );
    assert_eq!(report(&server), expected);
}

#[tokio::test]
async fn dropping_the_server_fails_the_test() {
    let server = Server::start();
    server.expect(PingRequest).returns(());
    let text = panic_message(|| drop(server));
    assert!(
        text.contains("1. Ping was expected at ") && text.ends_with("     PingRequest"),
        "{text}"
    );

    let server = Server::start();
    Client::new(&server.config()).call(&PingRequest).await.expect_err("an error");
    assert!(panic_message(|| drop(server)).contains("1. Ping was called, but it has no handler"));
    assert_eq!(panic_message(|| drop(Server::start())), "");
}

mod login {
    use super::*;

    #[derive(Clone)]
    pub struct LoginRequest {
        pub password: Option<String>,
        pub token: Option<String>,
    }
    longshore_runtime::structure!(LoginRequest, Default, {
        "password" => some(password) where secret (),
        "clientToken" => some(token),
    });

    impl Operation for LoginRequest {
        const NAME: &'static str = "Login";
        const SERVICE: &'static Service = &SERVICE;
        type Output = ();
        type Error = PingError;

        fn with_idempotency_token(&self, token: impl FnOnce() -> String) -> Option<Self> {
            let none = self.token.is_none();
            none.then(|| Self { token: Some(token()), ..self.clone() })
        }
    }

    pub fn login(password: &str, token: Option<&str>) -> LoginRequest {
        LoginRequest { password: Some(password.to_owned()), token: token.map(str::to_owned) }
    }
}

#[tokio::test]
async fn a_difference_in_a_secret_is_not_printed() {
    let server = Server::start();
    server.expect(login::login("hunter1", None)).returns(());
    Client::new(&server.config()).call(&login::login("hunter2", None)).await.expect_err("an error");
    let text = report(&server);
    assert!(
        text.contains("the difference is in a value that is not printed: a secret, or the end of a long blob\n"),
        "{text}"
    );
    assert!(!text.contains("hunter"), "{text}");
}

#[tokio::test]
async fn an_idempotency_token_of_the_client_is_ignored() {
    let server = Server::start();
    let client = Client::new(&server.config());
    server.expect(login::login("a", None)).returns(());
    client.call(&login::login("a", None)).await.expect("a response");
    server.expect(login::login("a", Some("mine"))).returns(());
    client.call(&login::login("a", Some("mine"))).await.expect("a response");
    server.expect(login::login("a", Some("mine"))).returns(());
    client.call(&login::login("a", Some("yours"))).await.expect_err("an error");
    let text = report(&server);
    assert!(text.contains("-         \"mine\",\n     +         \"yours\","), "{text}");
}
