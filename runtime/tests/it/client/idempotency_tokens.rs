//! Idempotency tokens.

use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::{PingRequest, SERVICE};
use crate::support::{client, timed_client};
use longshore_runtime::{Client, Operation, Service, Unmodeled};
use serde_json::Value;

#[derive(Clone, PartialEq)]
struct StartRequest {
    token: Option<String>,
}

longshore_runtime::structure!(StartRequest, Request, {
    "clientToken" => some(token),
});

enum StartError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(StartError, Unmodeled, {});

impl Operation for StartRequest {
    const NAME: &'static str = "Start";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = StartError;

    fn with_idempotency_token(&self, token: impl FnOnce() -> String) -> Option<Self> {
        self.token.is_none().then(|| Self { token: Some(token()) })
    }
}

/// The tokens of the requests that are sent.
async fn sent<'a>(requests: impl IntoIterator<Item = &'a StartRequest>) -> Vec<String> {
    let server = Server::start((0..9).map(|_| CannedResponse::ok("{}")));
    let client: Client = client(&server.url);
    for request in requests {
        client.call(request).await.unwrap();
    }
    let token = |body: &str| {
        let body: Value = serde_json::from_str(body).unwrap();
        body["clientToken"].as_str().unwrap().to_owned()
    };
    server.requests().iter().map(|request| token(request.text())).collect()
}

#[tokio::test]
async fn every_call_generates_its_own_token() {
    let request = StartRequest { token: None };
    let tokens = sent([&request, &request.clone(), &request]).await;
    for token in &tokens {
        let parts: Vec<_> = token.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{token}");
        assert!(token.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'), "{token}");
        assert_eq!(&token[14..15], "4", "{token}");
        assert!(matches!(&token[19..20], "8" | "9" | "a" | "b"), "{token}");
    }
    assert!(tokens[0] != tokens[1] && tokens[1] != tokens[2] && tokens[0] != tokens[2]);
    // The request of the caller is not changed.
    assert_eq!(request, StartRequest { token: None });
}

/// Forked processes and cloned virtual machines start with the same state.
#[tokio::test]
async fn tokens_and_call_ids_do_not_depend_on_the_state_of_the_process() {
    let server = Server::start((0..2).map(|_| CannedResponse::ok("{}")));
    for _ in 0..2 {
        fastrand::seed(7);
        client(&server.url).call(&StartRequest { token: None }).await.unwrap();
    }
    let sent = server.requests();
    assert_ne!(sent[0].text(), sent[1].text());
    let id = "amz-sdk-invocation-id";
    assert_ne!(sent[0].header(id), sent[1].header(id));
}

/// The token lets a service recognize a request that it has already processed.
#[tokio::test(start_paused = true)]
async fn all_attempts_of_a_call_use_the_same_token() {
    let server = Server::start([
        CannedResponse::unavailable(),
        CannedResponse::unavailable(),
        CannedResponse::ok("{}"),
        CannedResponse::ok("{}"),
    ]);
    let client = timed_client(&server, |config| config).0;
    for _ in 0..2 {
        client.call(&StartRequest { token: None }).await.unwrap();
    }
    let sent = server.requests();
    let bodies: Vec<_> = sent.iter().map(ReceivedRequest::text).collect();
    assert!(bodies[0] == bodies[1] && bodies[1] == bodies[2], "{bodies:?}");
    assert!(bodies[0].contains("clientToken") && bodies[2] != bodies[3], "{bodies:?}");
}

#[test]
fn an_unneeded_token_is_not_generated() {
    let mine = StartRequest { token: Some("mine".to_owned()) };
    assert_eq!(mine.with_idempotency_token(|| unreachable!("a token")), None);
    assert_eq!(PingRequest.with_idempotency_token(|| unreachable!("a token")), None);
}

#[tokio::test]
async fn a_token_set_by_the_caller_is_kept() {
    let mine = StartRequest { token: Some("mine".to_owned()) };
    let empty = StartRequest { token: Some(String::new()) };
    assert_eq!(sent([&mine, &mine, &empty]).await, ["mine", "mine", ""]);
}
