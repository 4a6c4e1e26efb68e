//! What the macros write, also beside types with the names of the prelude.

use std::collections::BTreeMap;
use std::error::Error as _;

use longshore_runtime::{Exception, OperationError, Unmodelled, Unrecognized, redacted};

/// Everything here has a name that generated code must not stumble over.
mod crowded {
    use longshore_runtime::{MapAccess, ReadMembers, SerializeMap, Structure, WriteMembers};

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

    #[derive(Debug, Clone, PartialEq)]
    pub struct Result {
        pub r#type: std::string::String,
    }

    impl Structure for Result {
        const SHAPE: &'static str = "Result";

        fn empty() -> Self {
            Self { r#type: "".into() }
        }

        fn write<M: SerializeMap>(&self, map: &mut M) -> std::result::Result<(), M::Error> {
            map.put("type", &self.r#type)
        }

        fn read<'de, M: MapAccess<'de>>(
            &mut self,
            key: &str,
            map: &mut M,
        ) -> std::result::Result<bool, M::Error> {
            match key {
                "type" => map.take_into(&mut self.r#type)?,
                _ => return Ok(false),
            }
            Ok(true)
        }
    }
    longshore_runtime::impl_serde!(Result);
    longshore_runtime::impl_exception!(Result, "Result", r#type);

    #[derive(Debug, Clone, PartialEq)]
    pub enum String {
        Box(Result),
        Unmodelled_(longshore_runtime::Unmodelled),
    }
    longshore_runtime::operation_error!(String, Unmodelled_, { "Result" => Box });

    // Last, so that the macros above see them all.
    #[allow(dead_code)]
    pub struct Box;
    #[allow(dead_code)]
    pub struct Vec;
}

use crowded::Option as Status;

#[test]
fn an_enum_has_one_form_for_each_value() {
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
    assert_eq!(later.as_ref(), "later");
    let Status::Unrecognized(value) = &later else { panic!("{later:?}") };
    assert_eq!(Unrecognized::as_str(value), "later");
    assert_eq!(format!("[{later:>7}]"), "[  later]");
}

#[test]
fn an_enum_is_a_string_on_the_wire_also_as_a_key() {
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
fn an_exception_knows_its_code_and_message() {
    let exception = crowded::Result { r#type: "text".to_owned() };
    assert_eq!(crowded::Result::CODE, "Result");
    assert_eq!(exception.message(), Some("text"));
    assert_eq!(exception.to_string(), "Result: text");
}

#[test]
fn an_error_enum_reads_what_it_lists() {
    assert_eq!(crowded::String::CODES, ["Result"]);
    let error = crowded::String::decode("Result", br#"{"type":"text"}"#).expect("listed");
    assert_eq!(error.to_string(), "Result: text");
    assert!(error.source().is_some_and(|source| source.is::<crowded::Result>()));
    assert!(crowded::String::decode("Other", b"{}").is_none());
    assert!(crowded::String::decode("Result", b"<html>").is_none());
    assert!(crowded::String::decode("Result", br#"{"type":7}"#).is_none());
    assert!(crowded::String::decode("Result", b"").is_some());

    let error = crowded::String::unmodelled(Unmodelled::new(418));
    assert_eq!(error.to_string(), "an answer of status 418 without an error code");
    assert!(error.source().is_some_and(|source| source.is::<Unmodelled>()));
}

#[test]
fn secrets_are_printed_as_such() {
    assert_eq!(format!("{:?}", redacted(&Some("secret"))), "[redacted]");
    assert_eq!(format!("{:?}", redacted(&None::<String>)), "None");
    assert_eq!(format!("{:?}", longshore_runtime::Redacted), "[redacted]");
}
