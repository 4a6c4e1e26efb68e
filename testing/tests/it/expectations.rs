//! Calls that a test expects, and what it reads where others come.

use crate::support::service::{
    ImageAlreadyExistsException, PingError, PingRequest, PutImageError, PutImageRequest,
    PutImageResponse, SERVICE,
};
use crate::support::told::{panic_of, told};
use longshore_runtime::{Client, Operation, Service, redacted};
use longshore_testing::Server;

fn put(name: &str) -> PutImageRequest {
    PutImageRequest::new(name, "a manifest")
}

fn response(size: i64) -> PutImageResponse {
    PutImageResponse { size, ..PutImageResponse::default() }
}

const WRONG: &str = "the server at URL was not called as expected:";

#[tokio::test]
async fn what_is_expected_comes_in_order_and_before_the_handler() {
    let server = Server::start();
    server.on(|_: PutImageRequest| async { Ok::<_, PutImageError>(response(3)) });
    server.expect(put("a")).answers(response(1));
    let exists = ImageAlreadyExistsException::default();
    server.expect(put("b")).fails(PutImageError::ImageAlreadyExistsException(exists));
    server.expect(PingRequest).answers(());

    let client = Client::new(&server.config());
    assert_eq!(client.call(&put("a")).await.expect("an answer").size, 1);
    // Of another operation, so it need not wait for its turn.
    client.call(&PingRequest).await.expect("an answer");
    let error = client.call(&put("b")).await.expect_err("an error");
    assert!(matches!(error.service(), Some(PutImageError::ImageAlreadyExistsException(_))));
    assert_eq!(client.call(&put("c")).await.expect("an answer").size, 3);
    server.verify();
}

#[tokio::test]
async fn another_request_is_told_of_with_the_lines_that_differ() {
    let server = Server::start();
    let line = line!() + 1;
    server.expect(put("team/app")).answers(response(1));
    let client = Client::new(&server.config());
    let mut request = put("team/app2");
    request.registry_id = Some("123456789012".to_owned());
    let error = client.call(&request).await.expect_err("an error");
    assert_eq!((error.code(), error.attempts()), (Some("UnexpectedCall"), 1));
    assert!(error.message().is_some_and(|message| message.contains("team/app2")), "{error:?}");
    let file = file!();
    let expected = format!(
        r#"{WRONG}

1. PutImage was called, and not as expected at {file}:{line}:12
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

2. PutImage was expected at {file}:{line}:12 and did not come
     PutImageRequest {{
         registry_id: None,
         repository_name: "team/app",
         image_manifest: "a manifest",
     }}"#
    );
    assert_eq!(told(&server), expected);
    // It is told once.
    server.verify();
}

#[tokio::test]
async fn the_right_call_may_come_after_a_wrong_one() {
    let server = Server::start();
    server.expect(put("a")).answers(response(1));
    let client = Client::new(&server.config());
    client.call(&put("b")).await.expect_err("an error");
    client.call(&put("a")).await.expect("an answer");
    assert!(!told(&server).contains("2. "));
}

#[tokio::test]
async fn a_line_that_is_long_is_shown_where_it_differs() {
    let server = Server::start();
    let manifest =
        |end: &str| PutImageRequest::new("a", "x".repeat(5000) + end + &"z".repeat(5000));
    server.expect(manifest("1")).answers(response(1));
    Client::new(&server.config()).call(&manifest("2")).await.expect_err("an error");
    let text = told(&server);
    let around = |middle: &str| format!("..{}{middle}{}..", "x".repeat(40), "z".repeat(119));
    assert!(
        text.contains(&format!("\n     - {}\n     + {}\n", around("1"), around("2"))),
        "{text}"
    );
    assert!(text.lines().all(|line| line.len() < 200), "{text}");
}

#[tokio::test]
async fn a_call_that_nobody_prepared_names_what_is() {
    let server = Server::start();
    let client = Client::new(&server.config());
    client.call(&put("a secret")).await.expect_err("an error");
    server.on(|_: PingRequest| async { Ok::<_, PingError>(()) });
    client.call(&put("a secret")).await.expect_err("an error");
    let members = "     its members: imageManifest, repositoryName";
    let expected = format!(
        "{WRONG}\n\n1. PutImage was called, and nothing is prepared for it by `on` or `expect`\n{members}\n\n\
         2. PutImage was called, and nothing is prepared for it by `on` or `expect`; there are handlers for Ping\n{members}"
    );
    assert_eq!(told(&server), expected);

    server.expect(put("a")).answers(response(1));
    client.call(&put("a")).await.expect("an answer");
    client.call(&put("b")).await.expect_err("an error");
    let expected = format!(
        r#"{WRONG}

1. PutImage was called once more than was expected
     PutImageRequest {{
         registry_id: None,
         repository_name: "b",
         image_manifest: "a manifest",
     }}"#
    );
    assert_eq!(told(&server), expected);
}

mod other {
    use super::*;

    const OTHER: Service = SERVICE.target_prefix("OtherService");

    #[derive(Debug, Clone)]
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
async fn an_operation_of_the_same_name_is_named_with_its_service() {
    let server = Server::start();
    server.on(|_: other::PingRequest| async { Ok(()) });
    server.on(|_: PutImageRequest| async { Ok::<_, PutImageError>(response(1)) });
    Client::new(&server.config()).call(&PingRequest).await.expect_err("an error");
    let expected = format!(
        "{WRONG}\n\n1. Ping of TestRegistry_V20150921 was called, and nothing is prepared for it by `on` or `expect`; \
         there are handlers for Ping of OtherService, PutImage"
    );
    assert_eq!(told(&server), expected);
}

#[tokio::test]
async fn a_server_that_is_dropped_fails_the_test() {
    let server = Server::start();
    server.expect(PingRequest).answers(());
    let text = panic_of(|| drop(server));
    assert!(
        text.contains("1. Ping was expected at ") && text.ends_with("     PingRequest"),
        "{text}"
    );

    let server = Server::start();
    Client::new(&server.config()).call(&PingRequest).await.expect_err("an error");
    assert!(panic_of(|| drop(server)).contains("1. Ping was called, and nothing is prepared"));
    assert_eq!(panic_of(|| drop(Server::start())), "");
}

mod login {
    use super::*;

    #[derive(Clone)]
    pub struct LoginRequest {
        pub password: Option<String>,
        pub token: Option<String>,
    }
    longshore_runtime::structure!(LoginRequest, Default, {
        "password" => some(password),
        "clientToken" => some(token),
    });

    impl std::fmt::Debug for LoginRequest {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("LoginRequest")
                .field("password", &redacted(&self.password))
                .field("token", &self.token)
                .finish()
        }
    }

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
async fn a_secret_that_differs_is_not_shown() {
    let server = Server::start();
    server.expect(login::login("hunter1", None)).answers(());
    Client::new(&server.config()).call(&login::login("hunter2", None)).await.expect_err("an error");
    let text = told(&server);
    assert!(
        text.contains("they differ in what is not shown: a secret, or the rest of a long blob\n"),
        "{text}"
    );
    assert!(!text.contains("hunter"), "{text}");
}

#[tokio::test]
async fn a_token_that_the_client_has_made_is_expected() {
    let server = Server::start();
    let client = Client::new(&server.config());
    server.expect(login::login("a", None)).answers(());
    client.call(&login::login("a", None)).await.expect("an answer");
    server.expect(login::login("a", Some("mine"))).answers(());
    client.call(&login::login("a", Some("mine"))).await.expect("an answer");
    server.expect(login::login("a", Some("mine"))).answers(());
    client.call(&login::login("a", Some("yours"))).await.expect_err("an error");
    let text = told(&server);
    assert!(text.contains("-         \"mine\",\n     +         \"yours\","), "{text}");
}
