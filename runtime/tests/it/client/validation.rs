//! Validation of requests before they are sent.

use crate::support::config;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::SERVICE;
use longshore_runtime::{
    Client, Error, ErrorKind, Operation, Rule, Service, Unmodeled, Validation, ValidationError,
    Violation, validate, validate_with,
};

#[derive(Clone, PartialEq)]
struct PushRequest {
    name: String,
    parts: Vec<String>,
    token: Option<String>,
}

longshore_runtime::structure!(PushRequest, Request, {
    "name" => required(name) where (length(2..=5)),
    "parts" => required(parts) where (unique, each(length(..=3))),
    "clientToken" => some(token) where (length(36..=36)),
});

enum PushError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(PushError, Unmodeled, {});

impl Operation for PushRequest {
    const NAME: &'static str = "Push";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = PushError;

    fn with_idempotency_token(&self, token: impl FnOnce() -> String) -> Option<Self> {
        let filled = || Self { token: Some(token()), ..self.clone() };
        self.token.is_none().then(filled)
    }
}

fn push(name: &str, parts: impl IntoIterator<Item = String>) -> PushRequest {
    PushRequest { name: name.to_owned(), parts: parts.into_iter().collect(), token: None }
}

async fn call(
    server: &Server,
    validates: bool,
    request: &PushRequest,
) -> Result<(), Error<PushError>> {
    let config = config(&server.url).validate_requests(validates).build();
    Client::new(&config).call(request).await
}

#[tokio::test]
async fn an_invalid_request_is_not_sent_if_validation_is_enabled() {
    let server = Server::start([]);
    let error = call(&server, true, &push("a", [])).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert_eq!(error.attempts(), 0);
    assert!(!error.is_retryable() && !error.is_throttling() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        "Push: the request is not valid: name must have 2 to 5 characters and has 1"
    );
    let source = error.find_cause::<ValidationError>();
    assert_eq!(source.map(|error| error.violations().len()), Some(1));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn validation_is_disabled_by_default() {
    let server = Server::start([CannedResponse::ok("{}")]);
    call(&server, false, &push("a", [])).await.unwrap();
    assert!(server.request().text().starts_with(r#"{"name":"a","#));
}

#[tokio::test]
async fn validation_checks_the_request_as_it_is_sent() {
    // A generated token is checked as well, and valid.
    let server = Server::start([CannedResponse::ok("{}")]);
    call(&server, true, &push("ab", [])).await.unwrap();
    let mut request = push("ab", []);
    request.token = Some("short".to_owned());
    let error = call(&server, true, &request).await.unwrap_err();
    assert!(error.to_string().contains("clientToken must have exactly 36 characters and has 5"));
    assert_eq!(server.requests().len(), 1);
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Color {
    Red,
    Green,
    Unrecognized(longshore_runtime::Unrecognized),
}
longshore_runtime::string_enum!(Color, Unrecognized, { "RED" => Red, "GREEN" => Green });

#[derive(Clone, PartialEq)]
struct PaintRequest {
    name: String,
    color: Option<Color>,
    secret: Option<String>,
}

longshore_runtime::structure!(PaintRequest, Request, {
    "name" => required(name) where (length(2..), pattern("^[a-z]+(-[a-z]+)*$")),
    "color" => some(color) where (),
    "secret" => some(secret) where secret(pattern("^[0-9]+$")),
});

enum PaintError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(PaintError, Unmodeled, {});

impl Operation for PaintRequest {
    const NAME: &'static str = "Paint";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = PaintError;
}

/// A request that violates a pattern twice and an enum once.
fn paint() -> PaintRequest {
    let (color, secret) = (Some(Color::from("BLUE")), Some("hunter2".to_owned()));
    PaintRequest { name: "A b".to_owned(), color, secret }
}

const STRICT: Validation = Validation::new().enum_values(true).patterns(true);

#[tokio::test]
async fn patterns_and_enum_values_are_checked_before_sending_only_on_request() {
    let server = Server::start([CannedResponse::ok("{}"), CannedResponse::ok("{}")]);
    let plain = config(&server.url).validate_requests(true).build();
    Client::new(&plain).call(&paint()).await.unwrap();
    let strict = plain.to_builder().validation(STRICT).build();
    let error = Client::new(&strict).call(&paint()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Paint: the request is not valid: name must match the pattern `^[a-z]+(-[a-z]+)*$` and is \
         \"A b\"; color must be one of \"RED\", \"GREEN\" and is \"BLUE\"; \
         secret must match the pattern `^[0-9]+$`"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
    let relaxed = strict.to_builder().validate_requests(false).build();
    Client::new(&relaxed).call(&paint()).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn each_of_the_additional_checks_is_selected_separately() {
    let rules = |validation| {
        let error = validate_with(&paint(), validation).expect_err("violations");
        error.violations().iter().map(|violation| violation.rule()).collect::<Vec<_>>()
    };
    assert_eq!(paint().validate(), Ok(()));
    assert_eq!(paint().validate_with(Validation::new()), Ok(()));
    assert_eq!(rules(Validation::new().enum_values(true)), [Rule::EnumValue]);
    assert_eq!(rules(Validation::new().patterns(true)), [Rule::Pattern, Rule::Pattern]);
    assert_eq!(rules(STRICT), [Rule::Pattern, Rule::EnumValue, Rule::Pattern]);
    // Other constraints are always checked.
    let short = PaintRequest { name: "a".to_owned(), color: Some(Color::Red), secret: None };
    assert_eq!(short.validate_with(STRICT).unwrap_err().violations()[0].rule(), Rule::Length);
}

#[test]
fn a_pattern_that_is_not_supported_is_not_checked() {
    struct Tag {
        text: String,
    }
    longshore_runtime::structure!(Tag, {
        "text" => value(text) where (pattern("(?i)[a-z&&[^b]]")),
    });
    assert_eq!(validate_with(&Tag { text: "1".to_owned() }, STRICT), Ok(()));
}

#[test]
fn long_texts_and_long_lists_of_values_are_truncated() {
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    enum Level {
        One,
        Unrecognized(longshore_runtime::UnrecognizedInt),
    }
    longshore_runtime::int_enum!(Level, Unrecognized, { 1 => One });
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    enum Letter {
        A,
        B,
        C,
        D,
        E,
        F,
        G,
        H,
        I,
        J,
        K,
        L,
        M,
        N,
        Unrecognized(longshore_runtime::Unrecognized),
    }
    longshore_runtime::string_enum!(Letter, Unrecognized, {
        "A" => A, "B" => B, "C" => C, "D" => D, "E" => E, "F" => F, "G" => G,
        "H" => H, "I" => I, "J" => J, "K" => K, "L" => L, "M" => M, "N" => N,
    });
    struct Values {
        level: Level,
        letters: Vec<Letter>,
        text: String,
    }
    longshore_runtime::structure!(Values, {
        "level" => value(level) where (),
        "letters" => value(letters) where (each()),
        "text" => value(text) where (pattern("^[0-9]$")),
    });
    let letters = vec![Letter::N, Letter::from("n")];
    let values = Values { level: Level::from(7), letters, text: "a".repeat(1000) };
    let error = validate_with(&values, STRICT).expect_err("violations");
    let violations: Vec<_> = error.violations().iter().map(ToString::to_string).collect();
    let text = "a".repeat(64);
    assert_eq!(
        violations,
        [
            "level must be 1 and is 7".to_owned(),
            "letters[1] must be one of \"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\", \"H\", \"I\", \
             \"J\", \"K\", \"L\" or 2 more and is \"n\""
                .to_owned(),
            format!("text must match the pattern `^[0-9]$` and is \"{text}\".."),
        ]
    );
}

#[test]
fn the_message_lists_only_the_first_violations() {
    let error = push("ab", (0..5000).map(|_| "long!".to_owned())).validate().unwrap_err();
    // All elements are too long, and all but the first are duplicates.
    assert_eq!(error.violations().len(), 9999);
    let line = error.to_string();
    assert!(line.ends_with("; and 9994 more"), "{line}");
    assert_eq!(line.matches("; ").count(), 5);
}

#[test]
fn large_lists_are_checked_for_duplicates_in_reasonable_time() {
    // Comparing all pairs would take five billion comparisons.
    let parts: Vec<_> = (0..100_000).map(|number| format!("{number:x}")).collect();
    let error = push("ab", parts).validate().unwrap_err();
    assert!(error.violations().iter().all(|violation| violation.path().starts_with("parts[")));
}

#[test]
fn map_keys_are_escaped_and_truncated_in_messages() {
    use std::collections::BTreeMap;
    struct Tags {
        tags: BTreeMap<String, String>,
    }
    longshore_runtime::structure!(Tags, {
        "tags" => value(tags) where (each(length(..=1))),
    });
    let keys = ["a\n\u{202e}b".to_owned(), "k".repeat(10_000)];
    let tags = Tags { tags: keys.into_iter().map(|key| (key, "long".to_owned())).collect() };
    let line = longshore_runtime::validate(&tags).unwrap_err().to_string();
    assert!(!line.contains(['\n', '\u{202e}']) && line.len() < 300, "{line}");
    assert!(
        line.contains(r#"tags["a\n\u{202e}b"] must have at most 1 character and has 4"#),
        "{line}"
    );
}

#[test]
fn violations_can_be_iterated() {
    let error = validate(&push("a", ["", "b", ""].map(str::to_owned))).unwrap_err();
    let by_reference: Vec<_> = (&error).into_iter().collect();
    assert_eq!(by_reference, error.violations().iter().collect::<Vec<_>>());
    let owned: Vec<Violation> = error.clone().into_iter().collect();
    assert!(!owned.is_empty());
    assert_eq!(owned, error.violations());
}
