//! Exceptions that their model marks as retryable or whose message is a secret.

use crate::support::server::{CannedResponse, Server};
use crate::support::service::{ImageAlreadyExistsException, SERVICE};
use crate::support::timed_client;
use longshore_runtime::{Error, Operation, OperationError, Service, Unmodeled};

/// An exception whose message is a secret.
#[derive(Clone, PartialEq, Default)]
struct WhisperException {
    message: Option<String>,
}
longshore_runtime::structure!(WhisperException, { "message" => some(message) where secret () });
longshore_runtime::impl_exception!(WhisperException, "WhisperException");

enum TryError {
    Busy(ImageAlreadyExistsException),
    Slow(ImageAlreadyExistsException),
    Final(ImageAlreadyExistsException),
    Whisper(WhisperException),
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(TryError, Unmodeled, {
    "BusyException" => Busy (retryable),
    "SlowException" | "Test.Slow" | "Slow" => Slow (throttling),
    "FinalException" => Final,
    "WhisperException" | "Test.Whisper" => Whisper (retryable) where (secret),
});

#[derive(Clone)]
struct TryRequest {}
longshore_runtime::structure!(TryRequest, Request, Default, {});

impl Operation for TryRequest {
    const NAME: &'static str = "Try";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = TryError;
}

/// The error of a call whose attempts all get this body.
async fn call_error(body: &str) -> Error<TryError> {
    let server = Server::start((0..9).map(|_| CannedResponse::new(400, &[], body)));
    timed_client(&server, |config| config)
        .0
        .call(&TryRequest::default())
        .await
        .expect_err("an error")
}

#[test]
fn retryable_and_secret_codes_are_constants_of_the_error_type() {
    assert_eq!(
        TryError::RETRYABLE,
        [("BusyException", false), ("SlowException", true), ("WhisperException", false)]
    );
    assert_eq!(TryError::SECRET, ["WhisperException"]);
}

#[test]
fn debug_prints_the_exception() {
    let error = TryError::decode("FinalException", b"{\"message\": \"no\"}").expect("listed");
    let exception = "ImageAlreadyExistsException { message: Some(\"no\") }";
    assert_eq!(format!("{error:?}"), format!("ImageAlreadyExistsException({exception})"));
    let error = TryError::decode("WhisperException", b"{\"message\": \"x\"}").expect("listed");
    assert_eq!(format!("{error:?}"), "WhisperException(WhisperException { message: [redacted] })");
    let error = TryError::unmodeled(Unmodeled::new(400));
    assert!(format!("{error:?}").starts_with("Unmodeled(Unmodeled { status: 400, "));
}

#[test]
fn errors_are_equal_if_their_variants_and_contents_are() {
    let read = |code: &str, body: &str| TryError::decode(code, body.as_bytes()).expect("listed");
    let errors = [
        read("BusyException", "{}"),
        read("SlowException", "{}"),
        read("BusyException", "{\"message\": \"a\"}"),
        read("WhisperException", "{\"message\": \"a\"}"),
        TryError::unmodeled(Unmodeled::new(400)),
        TryError::unmodeled(Unmodeled::new(500)),
    ];
    for (position, error) in errors.iter().enumerate() {
        for (other_position, other) in errors.iter().enumerate() {
            assert_eq!(error == other, position == other_position, "{error:?} {other:?}");
        }
    }
    assert_eq!(read("Slow", "{}"), errors[1]);
}

#[test]
fn an_exception_can_have_several_codes() {
    let codes = [
        "BusyException",
        "SlowException",
        "Test.Slow",
        "Slow",
        "FinalException",
        "WhisperException",
        "Test.Whisper",
    ];
    assert_eq!(TryError::CODES, codes);
    for code in ["SlowException", "Test.Slow", "Slow"] {
        let error = TryError::decode(code, b"{}").expect("listed");
        assert!(matches!(error, TryError::Slow(_)));
        assert_eq!(error.code(), Some("SlowException"));
    }
    assert!(TryError::decode("Test.Busy", b"{}").is_none());
}

#[tokio::test(start_paused = true)]
async fn an_exception_is_retryable_if_its_model_says_so() {
    let table = [
        ("BusyException", true, false),
        ("SlowException", true, true),
        ("FinalException", false, false),
        ("ThrottlingException", true, true),
        ("AnythingElse", false, false),
    ];
    for (code, retryable, throttling) in table {
        let error = call_error(&format!(r#"{{"__type": "{code}"}}"#)).await;
        assert_eq!(
            (error.is_retryable(), error.is_throttling()),
            (retryable, throttling),
            "{code}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_secret_message_is_not_printed() {
    for name in ["message", "Message", "errorMessage"] {
        let body = format!(r#"{{"__type": "WhisperException", "{name}": "hunter2"}}"#);
        let error = call_error(&body).await;
        assert!(matches!(error.service(), Some(TryError::Whisper(_))));
        assert_eq!(error.message(), None);
        let shown = format!("{error} {error:?} {:?}", error.service());
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    let body = r#"{"__type": "WhisperException", "message": "hunter2"}"#;
    let Some(TryError::Whisper(whisper)) = call_error(body).await.into_service() else {
        panic!("another error");
    };
    assert_eq!(whisper.message.as_deref(), Some("hunter2"));
}
