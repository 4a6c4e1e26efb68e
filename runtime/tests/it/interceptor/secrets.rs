//! The secrets that are hidden from interceptors.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::support::rest_service::{ItemError, SERVICE};
use crate::support::server::{CannedResponse, Server};
use crate::support::{SECRET, TOKEN, config};
use longshore_runtime::intercept::{
    AttemptEnd, AttemptRequest, CallEnd, CallInfo, HookResult, Interceptor,
};
use longshore_runtime::transport::http::HeaderValue;
use longshore_runtime::{Client, Operation, RetryConfig, Service};

/// A request with public and secret members in every place.
#[derive(Clone, PartialEq)]
struct UnlockRequest {
    shop: Option<String>,
    color: Option<String>,
    key: Option<String>,
    keys: Option<Vec<String>>,
    hints: Option<BTreeMap<String, String>>,
    pin: Option<String>,
}

longshore_runtime::structure!(UnlockRequest, Request, {
    "shop" => some(shop) at label("shop"),
    "color" => some(color) at header("X-Color"),
    "key" => some(key) at header("X-Key") where secret (),
    "keys" => some(keys) at header("X-Keys") where secret (),
    "hints" => some(hints) at prefix_headers("X-Hint-") where secret (),
    "pin" => some(pin) where secret (),
});

#[derive(Clone, PartialEq)]
struct UnlockResponse {
    color: Option<String>,
    key: Option<String>,
    hints: Option<BTreeMap<String, String>>,
}

longshore_runtime::structure!(UnlockResponse, {
    "color" => some(color) at header("X-Color"),
    "key" => some(key) at header("X-Key") where secret (),
    "hints" => some(hints) at prefix_headers("X-Hint-") where secret (),
});

impl Operation for UnlockRequest {
    const NAME: &'static str = "Unlock";
    const SERVICE: &'static Service = &SERVICE;
    type Output = UnlockResponse;
    type Error = ItemError;

    longshore_runtime::rest_json!(POST "/shops/{shop}/unlock", request, response);
}

/// Records everything that an interceptor can read, as text.
#[derive(Debug, Default)]
struct Sees(Mutex<String>);

impl Sees {
    fn see(&self, thing: &dyn std::fmt::Debug) {
        *self.0.lock().expect("the text") += &format!("{thing:?}\n");
    }

    fn text(&self) -> String {
        self.0.lock().expect("the text").clone()
    }
}

impl Interceptor for Sees {
    fn call_started(&self, call: &CallInfo<'_>) -> HookResult {
        self.see(call);
        Ok(())
    }

    fn before_signing(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        let mut value = HeaderValue::from_static("secret-of-an-interceptor");
        value.set_sensitive(true);
        attempt.add_header("x-own", value)?;
        self.see(attempt);
        Ok(())
    }

    fn before_sending(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        for name in ["Authorization", "X-Amz-Security-Token", "X-Key", "X-Own", "x-hint-a"] {
            assert_eq!(attempt.headers().get(name), None, "{name}");
        }
        self.see(attempt);
        let headers = attempt.headers();
        let by_reference: Vec<_> = (&headers).into_iter().collect();
        assert!(
            by_reference.iter().all(|(name, value)| headers.get(name.as_str()) == Some(*value))
        );
        assert!(headers.iter().eq(by_reference) && headers.iter().next().is_some());
        self.see(&headers.iter());
        self.see(&headers);
        Ok(())
    }

    fn attempt_ended(&self, end: &AttemptEnd<'_>) {
        self.see(end);
    }

    fn call_ended(&self, end: &CallEnd<'_>) {
        self.see(end);
    }
}

fn request() -> UnlockRequest {
    UnlockRequest {
        shop: Some("hidden-path".to_owned()),
        color: Some("green".to_owned()),
        key: Some("hidden-key".to_owned()),
        keys: Some(vec!["hidden-list".to_owned()]),
        hints: Some([("hiddenname".to_owned(), "hidden-hint".to_owned())].into()),
        pin: Some("hidden-pin".to_owned()),
    }
}

/// Returns everything that an interceptor can read of a call with this response.
async fn seen(response: CannedResponse) -> String {
    let server = Server::start([response]);
    let sees = Arc::new(Sees::default());
    let config = config(&server.url).retry(RetryConfig::disabled()).interceptor(Arc::clone(&sees));
    let _ = Client::new(&config.build()).call(&request()).await;
    // The headers were sent.
    let sent = server.request();
    assert_eq!((sent.header("x-key"), sent.header("x-keys")), ("hidden-key", "hidden-list"));
    assert_eq!(sent.header("x-hint-hiddenname"), "hidden-hint");
    assert_eq!(sent.header("x-own"), "secret-of-an-interceptor");
    let text = sees.text();
    let secrets = [SECRET, TOKEN, "AWS4-HMAC", "Signature", "hidden", "secret"];
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    text
}

#[tokio::test]
async fn a_successful_call_shows_no_secret() {
    let headers = [
        ("x-color", "blue"),
        ("X-Key", "hidden-response-key"),
        ("x-hint-hidden", "hidden-response-hint"),
        ("set-cookie", "hidden=1"),
        ("x-other", "other-value"),
    ];
    let text = seen(CannedResponse::new(200, &headers, r#"{"text":"hidden"}"#)).await;
    for shown in ["green", "blue", "other-value", "amz-sdk-invocation-id", "status: Some(200)"] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
}

#[tokio::test]
async fn an_error_response_of_a_rest_protocol_shows_only_the_usual_headers() {
    let headers = [
        ("x-amzn-requestid", "id-7"),
        ("x-amzn-errortype", "NotFoundException"),
        ("x-retry-in", "hidden-member"),
        ("retry-after", "17"),
    ];
    let text = seen(CannedResponse::new(404, &headers, r#"{"message":"hidden"}"#)).await;
    for shown in ["id-7", "NotFoundException", "\"17\""] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
}
