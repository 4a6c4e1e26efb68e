//! Calls, waiters and decode errors with unions and documents.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::support::server::{CannedResponse, Server};
use crate::support::service::SERVICE;
use crate::support::{client, timed_client};
use longshore_runtime::wait::{Acceptor, Matcher, Path, State, Test};
use longshore_runtime::{Document, Operation, Service, Unmodeled, UnrecognizedMember, Waiter};

#[derive(Debug, Clone, PartialEq)]
enum Source {
    Url(String),
    Key(BTreeMap<String, String>),
    Unrecognized(UnrecognizedMember),
}
longshore_runtime::union!(Source, Unrecognized, {
    "url" => Url,
    "key" => Key where secret (),
});

#[derive(Clone)]
struct FindRequest {
    source: Source,
    settings: Document,
}
longshore_runtime::structure!(FindRequest, Request, {
    "source" => required(source),
    "settings" => value(settings),
});

#[derive(Clone, PartialEq)]
struct FindResponse {
    sources: Vec<Source>,
    main: Source,
    settings: Option<Document>,
}
longshore_runtime::structure!(FindResponse, {
    "sources" => value(sources),
    "main" => value(main),
    "settings" => some(settings),
});

enum FindError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(FindError, Unmodeled, {});

impl Operation for FindRequest {
    const NAME: &'static str = "Find";
    const SERVICE: &'static Service = &SERVICE;
    type Output = FindResponse;
    type Error = FindError;
}

fn request() -> FindRequest {
    let settings = vec![1.5.into(), u64::MAX.into(), Document::Null].into();
    FindRequest { source: Source::Url("a\"b".to_owned()), settings }
}

#[tokio::test]
async fn unions_and_documents_are_sent_and_received() {
    let server = Server::start([CannedResponse::ok(
        r#"{"sources": [{"url": "a"}, {"later": [1]}], "settings": {"a": [null, 1.0]}}"#,
    )]);
    let response = client(&server.url).call(&request()).await.unwrap();
    let body = r#"{"source":{"url":"a\"b"},"settings":[1.5,18446744073709551615,null]}"#;
    assert_eq!(server.request().text(), body);
    assert_eq!(response.sources[0], Source::Url("a".to_owned()));
    let settings = response.settings.expect("settings");
    assert_eq!(settings.to_string(), r#"{"a":[null,1.0]}"#);
    // The response lacks this required member.
    assert!(matches!(response.main, Source::Unrecognized(member) if member.name().is_empty()));
}

#[tokio::test]
async fn the_path_of_a_decode_error_enters_unions_and_stops_at_a_secret() {
    let table = [
        (r#"{"main": {"url": ["hunter2"]}}"#, "expected a string, found a list, in main.url"),
        (
            r#"{"main": {"key": {"a": "b", "hunter2": 5}}}"#,
            "expected a string, found an integer, in main.key",
        ),
        (
            r#"{"sources": [{"url": "a"}, {"key": "hunter2"}]}"#,
            "expected an object, found a string, in sources[1].key",
        ),
        (r#"{"sources": [{}]}"#, "decoded: the union Source has no member, in sources[0]"),
        (
            r#"{"sources": [{"url": "a", "later": "hunter2"}]}"#,
            r#"decoded: the union Source has two members, "url" and "later", in sources[0]"#,
        ),
    ];
    for (body, problem) in table {
        let server = Server::start([CannedResponse::ok(body)]);
        let error = client(&server.url).call(&request()).await.unwrap_err();
        let line = error.to_string();
        assert!(line.contains(&format!("{problem} at line 1")), "{line}");
        assert!(!format!("{line}{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_waiter_path_enters_unions_and_documents() {
    const ACCEPTORS: &[Acceptor] = &[
        Acceptor(
            State::Failure,
            Matcher::Output(
                "settings.state",
                Path::Fields(&["settings", "state"]),
                Test::StringEquals("gone"),
            ),
        ),
        Acceptor(
            State::Success,
            Matcher::InputOutput(
                "input.source.url == output.main.url",
                Path::Compare(
                    &Path::Fields(&["input", "source", "url"]),
                    longshore_runtime::wait::Comparison::Equal,
                    &Path::Fields(&["output", "main", "url"]),
                ),
                Test::BooleanEquals(true),
            ),
        ),
    ];
    let waiter = Waiter::new("Found", ACCEPTORS);
    let wait = async |bodies: &[&str]| {
        let server = Server::start(bodies.iter().map(CannedResponse::ok));
        let (client, _) = timed_client(&server, |config| config);
        client.wait(&request(), &waiter, Duration::from_secs(600)).await
    };
    let bodies = ["{}", r#"{"main": {"later": 1}}"#, r#"{"main": {"url": "a\"b"}}"#];
    assert_eq!(wait(&bodies).await.unwrap().attempts, 3);
    let error = wait(&["{}", r#"{"settings": {"state": "gone"}}"#]).await.unwrap_err();
    assert!(
        error.to_string().contains(r#"because settings.state is "gone" (2 attempts)"#),
        "{error}"
    );
}
