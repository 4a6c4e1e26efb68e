//! awsQuery on the wire: forms, XML responses, and XML errors.

use longshore_runtime::{ErrorKind, Timestamp};

use crate::support::client;
use crate::support::query_service::{
    CloseVaultRequest, OpenVaultError, OpenVaultRequest, OpenVaultResponse, VaultClosedException,
};
use crate::support::server::{CannedResponse, Server};
use crate::support::signature::expected_authorization;

/// Returns the error of a call that receives this response.
async fn failure(status: u16, body: &str) -> longshore_runtime::Error<OpenVaultError> {
    let server = Server::start([CannedResponse::new(status, &[], body)]);
    client(&server.url).call(&OpenVaultRequest::default()).await.expect_err("an error")
}

#[tokio::test]
async fn a_request_is_a_signed_form() {
    let body = "<OpenVaultResponse><OpenVaultResult/></OpenVaultResponse>";
    let server = Server::start([CannedResponse::ok(body)]);
    let request = OpenVaultRequest {
        name: Some("a b&c=\u{e9}".into()),
        keys: Some(vec!["x".into(), "y".into()]),
        tags: Some([("k".into(), "v".into())].into()),
        until: Some(Timestamp::from_seconds(0)),
    };
    client(&server.url).call(&request).await.expect("a response");
    let sent = server.request();
    assert_eq!(sent.line, "POST / HTTP/1.1");
    assert_eq!(sent.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(
        sent.text(),
        "Action=OpenVault&Version=2011-06-15&Name=a%20b%26c%3D%C3%A9&Keys.1=x&Keys.2=y\
         &Tags.entry.1.key=k&Tags.entry.1.value=v&Until=1970-01-01T00%3A00%3A00Z"
    );
    assert!(sent.headers.iter().all(|(name, _)| name != "x-amz-target"));
    assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/"));
}

#[tokio::test]
async fn the_result_is_in_an_element_of_its_own() {
    let body = "<?xml version='1.0'?>\n<OpenVaultResponse xmlns='https://vault.example/'>\
        <OpenVaultResult><Token>a&amp;b</Token><Expires>2024-01-01T00:00:00Z</Expires>\
        <Drawers><Drawer>1</Drawer><Drawer>2</Drawer></Drawers><Later><x/></Later></OpenVaultResult>\
        <ResponseMetadata><RequestId>r1</RequestId></ResponseMetadata></OpenVaultResponse>";
    let server = Server::start([CannedResponse::ok(body)]);
    let response = client(&server.url).call(&OpenVaultRequest::default()).await;
    let expected = OpenVaultResponse {
        token: Some("a&b".into()),
        expires: Some(Timestamp::from_seconds(1_704_067_200)),
        drawers: vec![1, 2],
    };
    assert_eq!(response.expect("a response"), expected);
}

#[tokio::test]
async fn an_operation_without_output_accepts_every_response_of_the_operation() {
    for body in [
        "",
        "<CloseVaultResponse/>",
        "<CloseVaultResponse><ResponseMetadata/></CloseVaultResponse>",
        "<CloseVaultResponse><CloseVaultResult/></CloseVaultResponse>",
        "<v:CloseVaultResponse xmlns:v='https://vault.example/'/>",
    ] {
        let server = Server::start([CannedResponse::ok(body)]);
        client(&server.url).call(&CloseVaultRequest {}).await.expect(body);
        assert_eq!(server.request().text(), "Action=CloseVault&Version=2011-06-15");
    }
}

/// Errors in responses with a success status.
const ERRORS: [&str; 3] = [
    "<ErrorResponse><Error><Code>hidden</Code></Error></ErrorResponse>",
    "<Response><Errors><Error><Code>hidden</Code></Error></Errors></Response>",
    "<Error><Code>hidden</Code></Error>",
];

#[tokio::test]
async fn an_operation_without_output_rejects_other_documents() {
    let other = [
        ("<OpenVaultResponse/>", "it is not a response of the operation"),
        ("<Response/>", "it is not a response of the operation"),
        ("<html/>", "it is not a response of the operation"),
        ("<CloseVaultResponse>", "it ends too early"),
        (
            "<CloseVaultResponse><Errors><Error><Code>hidden</Code></Error></Errors>\
             </CloseVaultResponse>",
            "it is an error, but the status indicates success",
        ),
    ];
    let errors = ERRORS.map(|body| (body, "it is an error, but the status indicates success"));
    for (body, expected) in other.into_iter().chain(errors) {
        let server = Server::start([CannedResponse::ok(body)]);
        let error = client(&server.url).call(&CloseVaultRequest {}).await.expect_err(body);
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!error.to_string().contains("hidden"), "{error}");
    }
}

#[tokio::test]
async fn an_output_with_members_needs_its_element() {
    let missing = "the element OpenVaultResult is missing";
    let table = [
        ("", "it ends too early"),
        ("<OpenVaultResponse/>", missing),
        ("<OpenVaultResponse><Token>hidden</Token></OpenVaultResponse>", missing),
        (
            "<CloseVaultResponse><CloseVaultResult/></CloseVaultResponse>",
            "it is not a response of the operation",
        ),
        ("<OpenVaultResult/>", "it is not a response of the operation"),
    ];
    let errors = ERRORS.map(|body| (body, "it is an error, but the status indicates success"));
    for (body, expected) in table.into_iter().chain(errors) {
        let error = failure(200, body).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
        let text = error.to_string();
        assert!(text.contains(expected) && !text.contains("hidden"), "{text}");
    }
    // As in botocore, the name of the root is not checked.
    let body = "<Other><OpenVaultResult><Token>t</Token></OpenVaultResult></Other>";
    let server = Server::start([CannedResponse::ok(body)]);
    let response = client(&server.url).call(&OpenVaultRequest::default()).await;
    assert_eq!(response.expect("a response").token.as_deref(), Some("t"));
}

#[tokio::test]
async fn exceptions_are_found_by_their_code() {
    for body in [
        "<ErrorResponse><Error><Type>Sender</Type><Code>VaultClosed</Code><Message>come back</Message>\
         <Hours>8</Hours></Error><RequestId>r1</RequestId></ErrorResponse>",
        "<Response><Errors><Error><Code>VaultClosed</Code><Message>come back</Message>\
         <Hours>8</Hours></Error></Errors><RequestID>r1</RequestID></Response>",
        // With a byte order mark.
        "\u{feff}<ErrorResponse><Error><Code>VaultClosed</Code><Message>come back</Message>\
         <Hours>8</Hours></Error><RequestId>r1</RequestId></ErrorResponse>",
        // Without the end tags.
        "<ErrorResponse><RequestId>r1</RequestId><Error><Code>VaultClosed</Code>\
         <Message>come back</Message><Hours>8</Hours>",
    ] {
        let error = failure(403, body).await;
        assert_eq!((error.code(), error.request_id()), (Some("VaultClosed"), Some("r1")), "{body}");
        let expected = VaultClosedException { message: Some("come back".into()), hours: Some(8) };
        match error.service() {
            Some(OpenVaultError::Closed(exception)) => assert_eq!(*exception, expected),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_member_that_cannot_be_read_does_not_hide_an_exception() {
    let body = "<ErrorResponse><Error><Code>VaultClosed</Code><Hours>many</Hours>\
        <Message>m</Message></Error></ErrorResponse>";
    let error = failure(400, body).await;
    let expected = VaultClosedException { message: Some("m".into()), hours: None };
    assert!(matches!(error.service(), Some(OpenVaultError::Closed(found)) if *found == expected));
}

#[tokio::test]
async fn other_errors_have_their_code_and_the_body() {
    let body = "<ErrorResponse><Error><Code>Elsewhere</Code><Message>no such vault</Message></Error></ErrorResponse>";
    let error = failure(400, body).await;
    assert_eq!(error.code(), Some("Elsewhere"));
    assert!(error.to_string().starts_with("OpenVault: Elsewhere: no such vault"), "{error}");
    let error = failure(400, "<html><body>Not here</body></html>").await;
    assert_eq!(error.code(), None);
    assert!(
        matches!(error.service(), Some(OpenVaultError::Unmodeled(error)) if error.body.contains("Not here"))
    );
}

#[tokio::test]
async fn a_success_that_is_not_a_response_is_an_error() {
    let table = [
        ("<html><body>Sign in</body></html>", "it is not a response of the operation"),
        ("Sign in", "it is not XML"),
        ("{\"Token\": \"t\"}", "it is not XML"),
        (
            "<!DOCTYPE x [<!ENTITY a 'b'>]><OpenVaultResponse>&a;</OpenVaultResponse>",
            "document type",
        ),
        ("<OpenVaultResponse><OpenVaultResult><Token>hidden", "it ends too early, in"),
        (
            "<OpenVaultResponse><OpenVaultResult><Drawers><Drawer>1</Drawer><Drawer>hidden</Drawer>\
             </Drawers></OpenVaultResult></OpenVaultResponse>",
            "expected an integer, found a string, in Drawers.Drawer[1] at line 1",
        ),
    ];
    for (body, expected) in table {
        let error = failure(200, body).await;
        let text = format!("{:#}", anyhow::Error::new(error));
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("hidden"), "{text}");
    }
    let deep = "<OpenVaultResponse>".to_owned() + &"<a>".repeat(100_000);
    let error = failure(200, &deep).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
}
