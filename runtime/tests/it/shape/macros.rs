//! The code that macros generate, including next to types with names of the prelude.

use std::collections::BTreeMap;

use longshore_runtime::{Error, Exception, OperationError, Unmodeled, Unrecognized, redacted};

/// Types whose names must not break generated code.
mod crowded {
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Option {
        Some,
        None,
        Ok,
        Unrecognized(longshore_runtime::Unrecognized),
    }
    longshore_runtime::string_enum!(Option, Unrecognized, {
        "some" => Some,
        "none" => None,
        "ok" => Ok,
    });

    #[derive(Clone, PartialEq)]
    pub struct Result {
        pub r#type: std::string::String,
    }

    longshore_runtime::structure!(Result, { "type" => value(r#type) });
    longshore_runtime::impl_exception!(Result, "Result", r#type);

    #[derive(Clone)]
    pub enum String {
        Box(Result),
        Unmodeled_(longshore_runtime::Unmodeled),
    }
    longshore_runtime::operation_error!(String, Unmodeled_, { "Result" => Box });

    // After the macros, which must work although these are in scope.
    #[allow(dead_code)]
    pub struct Box;
    #[allow(dead_code)]
    pub struct Vec;
}

use crowded::Option as Status;

#[test]
fn each_string_maps_to_one_variant() {
    assert_eq!(Status::VALUES, ["some", "none", "ok"]);
    for value in Status::VALUES {
        let status = Status::from(*value);
        assert!(!matches!(status, Status::Unrecognized(_)), "{value}");
        assert_eq!(status.as_str(), *value);
        assert_eq!(status.to_string(), *value);
        assert_eq!(Status::from((*value).to_owned()), status);
        assert_eq!(value.parse(), Ok(status));
    }
    let later = Status::from("later");
    assert_eq!(later, "later");
    assert_eq!(later, *"later");
    assert_ne!(Status::Some, "later");
    assert_eq!(later.as_ref(), "later");
    let Status::Unrecognized(value) = &later else { panic!("{later:?}") };
    assert_eq!(Unrecognized::as_str(value), "later");
    assert_eq!(format!("[{later:>7}]"), "[  later]");
}

#[test]
fn an_enum_is_a_string_on_the_wire_and_as_a_map_key() {
    let map: BTreeMap<Status, Status> =
        [(Status::Some, Status::None), ("x".into(), "y".into())].into();
    let wire = serde_json::to_string(&map).expect("written");
    assert_eq!(wire, r#"{"some":"none","x":"y"}"#);
    let read: BTreeMap<Status, Status> = serde_json::from_str(&wire).expect("read");
    assert_eq!(read, map);
    let value = serde_json::from_str::<serde_json::Value>(&wire).expect("read");
    assert_eq!(serde_json::from_value::<BTreeMap<Status, Status>>(value).expect("read"), map);
    assert!(serde_json::from_str::<Status>("1").is_err());
    assert!(serde_json::from_str::<Status>("null").is_err());
}

#[test]
fn an_exception_has_a_code_and_a_message() {
    let exception = crowded::Result { r#type: "text".to_owned() };
    assert_eq!(crowded::Result::CODE, "Result");
    assert_eq!(exception.message(), Some("text"));
    assert_eq!(exception.to_string(), "Result: text");
}

#[test]
fn an_error_enum_decodes_the_codes_it_lists() {
    assert_eq!(crowded::String::CODES, ["Result"]);
    let error = crowded::String::decode("Result", br#"{"type":"text"}"#).expect("listed");
    assert_eq!(error.to_string(), "Result: text");
    assert!(error.exception().is::<crowded::Result>());
    assert!(crowded::String::decode("Other", b"{}").is_none());
    assert_eq!((error.code(), error.message()), (Some("Result"), Some("text")));
    // A listed code selects its variant whatever the body is.
    for body in ["<html>", r#"{"type":7}"#, ""] {
        let error = crowded::String::decode("Result", body.as_bytes()).expect("listed");
        assert_eq!((error.code(), error.message()), (Some("Result"), None), "{body}");
    }

    let error = crowded::String::unmodeled(Unmodeled::new(418));
    assert_eq!(error.to_string(), "a response with status 418 and no error code");
    assert!(error.exception().is::<Unmodeled>());
    assert_eq!((error.code(), error.message()), (None, None));
}

/// Glob imports of the runtime and of another crate.
mod globs {
    pub mod other {
        pub mod serde {
            pub const MARK: u8 = 1;
        }
    }

    #[allow(unused_imports)]
    use longshore_runtime::*;
    use other::*;

    #[test]
    fn the_runtime_does_not_export_a_name_serde() {
        assert_eq!(serde::MARK, 1);
    }
}

#[test]
fn a_constructed_service_error_equals_a_received_one() {
    let exception = crowded::Result { r#type: "text".to_owned() };
    let error = Error::service_error("Put", 400, crowded::String::Box(exception));
    assert_eq!((error.code(), error.message()), (Some("Result"), Some("text")));
    assert_eq!((error.status(), error.attempts(), error.request_id()), (Some(400), 1, None));
    assert_eq!(error.to_string(), "Put: Result: text (status 400)");
    assert!(error.service().is_some() && !error.is_retryable());
}

#[test]
fn an_exception_is_printed_as_one_short_line() {
    let show = |text: &str| crowded::Result { r#type: text.to_owned() }.to_string();
    assert_eq!(show(""), "Result");
    assert_eq!(show(" "), "Result");
    assert_eq!(show("a\nb\u{2028}c\u{202e}d\u{2067}e"), "Result: a b c d e");
    let long = show(&"é".repeat(1000));
    assert!(long.len() < 520 && long.ends_with("é.."), "{long}");
    let mut unmodeled = Unmodeled::new(400);
    unmodeled.message = Some("\u{85}".to_owned());
    unmodeled.body = "a\r\nb\u{200f}c".to_owned();
    assert_eq!(unmodeled.to_string(), "a response with status 400 and no error code: a  b c");
}

#[test]
fn secrets_are_printed_as_redacted() {
    assert_eq!(format!("{:?}", redacted(&Some("secret"))), "[redacted]");
    assert_eq!(format!("{:?}", redacted(&None::<String>)), "None");
    assert_eq!(format!("{:?}", longshore_runtime::Redacted), "[redacted]");
}

/// Item macros work wherever items are allowed, and attributes of rows are kept.
#[test]
#[deny(unfulfilled_lint_expectations)]
fn macros_work_in_functions_and_keep_attributes() {
    #[derive(Clone, PartialEq)]
    struct Part {
        count: Option<i32>,
    }
    longshore_runtime::structure!(Part, Default, { "count" => some(count) });
    longshore_runtime::setters!(Part, {
        /// The number.
        #[deprecated = "count yourself"]
        count => option_exact(i32),
    });

    #[derive(Debug, Clone, PartialEq)]
    enum Choice {
        Parts(Vec<Part>),
        Text(std::string::String),
        Unrecognized(longshore_runtime::UnrecognizedMember),
    }
    longshore_runtime::constructors!(Choice, {
        parts => Parts list(Part),
        #[deprecated]
        text => Text into(std::string::String),
    });
    longshore_runtime::union!(Choice, Unrecognized, { "parts" => Parts, "text" => Text });

    #[expect(deprecated, reason = "the attribute is the test")]
    let part = Part::default().count(1);
    #[expect(deprecated, reason = "the attribute is the test")]
    let text = Choice::text("a");
    let wire = serde_json::to_string(&[Choice::parts([part]), text]).expect("written");
    assert_eq!(wire, r#"[{"parts":[{"count":1}]},{"text":"a"}]"#);
}
