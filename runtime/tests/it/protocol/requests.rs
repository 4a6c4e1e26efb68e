//! awsJson requests on the wire: bytes, headers, signatures and connections.

use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingRequest, PutImageRequest, PutImageResponse};
use crate::support::signature::expected_authorization;
use crate::support::{SECRET, TOKEN, client, config};
use longshore_runtime::{Config, Environment};

#[tokio::test]
async fn a_request_has_exactly_the_awsjson_headers_and_body() {
    let server = Server::start([CannedResponse::ok(r#"{"digest":"sha256:1","size":7}"#)]);
    let request = PutImageRequest::new("team/app", "{\"a\":\"ü\"}");
    let response = client(&server.url).call(&request).await.expect("a response");
    assert_eq!(response.digest.as_deref(), Some("sha256:1"));
    assert_eq!(response.size, 7);

    let sent = server.request();
    assert_eq!(sent.line, "POST / HTTP/1.1");
    let body = r#"{"repositoryName":"team/app","imageManifest":"{\"a\":\"ü\"}"}"#;
    assert_eq!(sent.text(), body);
    assert_eq!(sent.header("content-length"), body.len().to_string());
    assert_eq!(sent.header("content-type"), "application/x-amz-json-1.1");
    assert_eq!(sent.header("x-amz-target"), "TestRegistry_V20150921.PutImage");
    assert_eq!(sent.header("host"), server.url.trim_start_matches("http://"));
    assert_eq!(sent.header("amz-sdk-request"), "attempt=1; max=3");
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        sent.header("user-agent"),
        format!("longshore/{version} test-registry-public/2015-09-21")
    );
    assert_eq!(sent.header("x-amz-security-token"), TOKEN);
    let mut names: Vec<_> = sent.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let expected = [
        "amz-sdk-invocation-id",
        "amz-sdk-request",
        "authorization",
        "content-length",
        "content-type",
        "host",
        "user-agent",
        "x-amz-date",
        "x-amz-security-token",
        "x-amz-target",
    ];
    assert_eq!(names, expected);
}

#[tokio::test]
async fn the_signature_matches_an_independent_computation() {
    let server = Server::start([CannedResponse::ok("{}")]);
    client(&server.url).call(&PutImageRequest::new("a", "b")).await.expect("a response");
    let sent = server.request();
    assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/"));
}

#[tokio::test]
async fn the_signature_covers_the_endpoint_path() {
    let server = Server::start([CannedResponse::ok("{}"), CannedResponse::ok("{}")]);
    for url in ["/custom", "/custom/"] {
        let client = client(&format!("{}{url}", server.url));
        client.call(&PutImageRequest::new("a", "b")).await.expect("a response");
    }
    for sent in server.requests() {
        assert_eq!(sent.line, "POST /custom/ HTTP/1.1");
        assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/custom/"));
    }
}

#[tokio::test]
async fn every_call_has_its_own_invocation_id() {
    let server = Server::start([CannedResponse::ok(""), CannedResponse::ok("")]);
    let client = client(&server.url);
    client.call(&PingRequest).await.expect("a response");
    client.call(&PingRequest).await.expect("a response");
    let ids: Vec<_> = server
        .requests()
        .iter()
        .map(|sent| sent.header("amz-sdk-invocation-id").to_owned())
        .collect();
    assert_ne!(ids[0], ids[1]);
    for id in ids {
        let parts: Vec<_> = id.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{id}");
        assert!(id.chars().all(|c| c == '-' || c.is_ascii_hexdigit()), "{id}");
        assert_eq!(&id[14..15], "4", "{id}");
        assert!("89ab".contains(&id[19..20]), "{id}");
    }
}

#[tokio::test]
async fn an_operation_without_input_sends_an_empty_object() {
    let server = Server::start([CannedResponse::ok("")]);
    let client = client(&server.url);
    let () = client.call(&PingRequest).await.expect("a response");
    let sent = server.request();
    assert_eq!(sent.text(), "{}");
    assert_eq!(sent.header("content-type"), "application/x-amz-json-1.0");
}

#[tokio::test]
async fn clients_of_one_configuration_share_connections() {
    let server = Server::start((0..3).map(|_| CannedResponse::ok("{}")));
    let config = config(&server.url).build();
    for client in [longshore_runtime::Client::new(&config), longshore_runtime::Client::new(&config)]
    {
        client.call(&PingRequest).await.expect("a response");
    }
    let elsewhere = config.to_builder().region("us-east-1").build();
    longshore_runtime::Client::new(&elsewhere).call(&PingRequest).await.expect("a response");
    assert!(server.requests().iter().all(|sent| sent.connection == 0));
    assert!(server.requests()[2].header("authorization").contains("/us-east-1/"));
}

#[tokio::test]
async fn an_empty_response_is_decoded_as_an_empty_structure() {
    let bodies = ["", " \r\n", "{}", "null", " null\n"];
    let server = Server::start(bodies.map(CannedResponse::ok));
    let client = client(&server.url);
    for _ in bodies {
        let response = client.call(&PutImageRequest::new("a", "b")).await.expect("a response");
        assert_eq!(response, PutImageResponse::default());
    }
}

#[tokio::test]
async fn a_chunked_response_is_read() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                   9\r\n{\"size\": \r\n3\r\n42}\r\n0\r\n\r\n";
    let server = Server::start([CannedResponse::raw(chunked)]);
    let response = client(&server.url).call(&PutImageRequest::new("a", "b")).await;
    assert_eq!(response.expect("a response").size, 42);
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_can_be_spawned() {
    let server = Server::start([CannedResponse::ok("{}")]);
    let client = client(&server.url);
    let task = tokio::spawn(async move { client.call(&PutImageRequest::new("a", "b")).await });
    task.await.expect("no panic").expect("a response");
}

#[tokio::test]
async fn a_call_can_be_configured_by_the_environment_alone() {
    let server = Server::start([CannedResponse::ok("{}"), CannedResponse::ok("{}")]);
    let variables = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", SECRET),
        ("AWS_ENDPOINT_URL_TEST_REGISTRY_PUBLIC", &server.url),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:1/elsewhere"),
    ];
    let token = [("AWS_SESSION_TOKEN", TOKEN)];
    for more in [&[][..], &token[..]] {
        let environment: Environment = variables.iter().chain(more).copied().collect();
        let config = Config::builder().load(&environment).await.expect("a configuration");
        let client = longshore_runtime::Client::new(&config);
        client.call(&PutImageRequest::new("a", "b")).await.expect("a response");
    }
    let sent = server.requests();
    assert!(!sent[0].headers.iter().any(|(name, _)| name == "x-amz-security-token"));
    assert_eq!(sent[1].header("x-amz-security-token"), TOKEN);
    for sent in sent {
        assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/"));
    }
}
