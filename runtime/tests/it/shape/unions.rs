//! Unions: reading, writing, validation and secrets.

use std::collections::BTreeMap;

use longshore_runtime::{Blob, Document, Timestamp, Union, UnrecognizedMember, codec, validate};
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq)]
enum Contents {
    StringValue(String),
    Ratio(f64),
    Nothing,
    Name(String),
    Password(Secret),
    Data(Blob),
    Time(Timestamp),
    List(Vec<Contents>),
    Sparse(Vec<Option<f64>>),
    Map(BTreeMap<String, Contents>),
    Inner(Box<Contents>),
    Structure(Box<Holder>),
    Any(Document),
    Unrecognized(UnrecognizedMember),
}
longshore_runtime::union!(Contents, Unrecognized, {
    "stringValue" => StringValue,
    "ratio" => Ratio as codec::Float,
    "nothing" => Nothing(),
    "name" => Name where (length(1..=3)),
    "password" => Password where secret (),
    "data" => Data,
    "time" => Time as codec::DateTime where (),
    "list" => List where (length(..=3), unique, each()),
    "sparse" => Sparse as codec::List<codec::Sparse<codec::Float>>,
    "map" => Map where (each()),
    "inner" => Inner where (),
    "structure" => Structure where (),
    "any" => Any,
});

/// A structure with several secrets.
#[derive(Clone, PartialEq)]
struct Secret {
    text: Option<String>,
    texts: BTreeMap<String, String>,
}
longshore_runtime::structure!(Secret, {
    "text" => some(text) where (length(8..)),
    "texts" => value(texts) where (each(length(8..))),
});

#[derive(Clone, PartialEq)]
struct Holder {
    contents: Contents,
    others: Vec<Contents>,
    boxed: Option<Box<Contents>>,
}
longshore_runtime::structure!(Holder, {
    "contents" => value(contents) where (),
    "others" => value(others) where (each()),
    "boxed" => some(boxed) where (),
});

fn read(wire: &str) -> Result<Contents, String> {
    serde_json::from_str(wire).map_err(|error| error.to_string())
}

fn name(text: &str) -> Contents {
    Contents::Name(text.to_owned())
}

fn holder(contents: Contents) -> Box<Holder> {
    Box::new(Holder { contents, others: Vec::new(), boxed: None })
}

#[test]
fn a_union_is_an_object_with_one_member() {
    let inner = r#"{"structure":{"contents":{"ratio":0.5},"others":[]}}"#;
    let table = [
        (r#"{"stringValue":"a"}"#, Contents::StringValue("a".to_owned())),
        (r#"{"ratio":"-Infinity"}"#, Contents::Ratio(f64::NEG_INFINITY)),
        (r#"{"nothing":{}}"#, Contents::Nothing),
        (r#"{"name":""}"#, name("")),
        (r#"{"data":"Zm9v"}"#, Contents::Data("foo".into())),
        (r#"{"time":"1970-01-01T00:00:01Z"}"#, Contents::Time(Timestamp::from_seconds(1))),
        (
            r#"{"list":[{"nothing":{}},{"list":[]}]}"#,
            Contents::List(vec![Contents::Nothing, Contents::List(vec![])]),
        ),
        (r#"{"sparse":[1.5,null,"NaN"]}"#, Contents::Sparse(vec![])),
        (r#"{"map":{"k":{"name":"a"}}}"#, Contents::Map([("k".to_owned(), name("a"))].into())),
        (
            r#"{"inner":{"inner":{"nothing":{}}}}"#,
            Contents::Inner(Box::new(Contents::Inner(Box::new(Contents::Nothing)))),
        ),
        (inner, Contents::Structure(holder(Contents::Ratio(0.5)))),
        (
            r#"{"any":[null,{"a":18446744073709551615}]}"#,
            Contents::Any(Document::from(json!([null, {"a": u64::MAX}]))),
        ),
    ];
    for (wire, value) in table {
        let union = read(wire).expect(wire);
        if !wire.contains("NaN") {
            assert_eq!(union, value);
        }
        assert_eq!(serde_json::to_string(&union).expect("written"), wire);
        // This also works with formats whose keys are not borrowed.
        let value = serde_json::to_value(&union).expect("written");
        assert_eq!(value.to_string(), wire);
        assert!(serde_json::from_value::<Contents>(value).is_ok());
        assert!(serde_json::from_reader::<_, Contents>(wire.as_bytes()).is_ok());
    }
}

#[test]
fn null_and_the_type_member_are_ignored() {
    let table = [
        r#"{"__type":"a#Contents","name":"a"}"#,
        r#"{"name":"a","stringValue":null,"ratio":null,"nothing":null,"any":null,"later":null}"#,
        r#"{"name":"a","__type":{"deep":[1e400]}}"#,
        r#"{"name":"b","name":"a"}"#,
        r#"{"n\u0061me":"a"}"#,
    ];
    for wire in table {
        assert_eq!(read(wire), Ok(name("a")), "{wire}");
    }
    // The content of a unit member is ignored.
    assert_eq!(read(r#"{"nothing":{"later":[1]}}"#), Ok(Contents::Nothing));
}

#[test]
fn exactly_one_member_is_required() {
    for wire in ["{}", r#"{"__type":"a"}"#, r#"{"name":null}"#, r#"{"later":null}"#] {
        let error = read(wire).expect_err(wire);
        assert!(error.starts_with("the union Contents has no member at line 1"), "{error}");
    }
    let error = read(r#"{"name":"a","__type":"b","nothing":{}}"#).expect_err("refused");
    assert!(
        error.starts_with(r#"the union Contents has two members, "name" and "nothing" at"#),
        "{error}"
    );
    let error = read(r#"{"later":1,"name":"a"}"#).expect_err("refused");
    assert!(error.contains(r#"two members, "later" and "name""#), "{error}");
    let long = format!(r#"{{"name":"a","\u202e\n{}":1}}"#, "x".repeat(10_000));
    let error = read(&long).expect_err("refused");
    assert!(error.contains(r#""name" and "\u{202e}\nx"#) && error.len() < 200, "{error}");
}

#[test]
fn invalid_values_are_rejected() {
    for wire in ["[]", "1", "\"text\"", "null"] {
        let error = read(wire).expect_err(wire);
        assert!(error.contains("expected an object for the union Contents"), "{error}");
    }
    for wire in [
        r#"{"nothing":1}"#,
        r#"{"nothing":"x"}"#,
        r#"{"nothing":[]}"#,
        r#"{"ratio":"x"}"#,
        r#"{"list":[null]}"#,
    ] {
        assert!(read(wire).is_err(), "{wire}");
    }
}

#[test]
fn an_unknown_member_is_kept_and_only_its_name_is_printed() {
    let wire = r#"{"later":{"hunter2":[1,null,-0.0]}}"#;
    let union = read(wire).expect("read");
    let Contents::Unrecognized(member) = &union else { panic!("{union:?}") };
    assert_eq!(member.name(), "later");
    assert!(member.value().get("hunter2").is_some());
    assert_eq!(format!("{union:?}"), r#"Unrecognized(UnrecognizedMember { name: "later", .. })"#);
    assert_eq!(serde_json::to_string(&union).expect("written"), wire);
    assert!(
        !union.is_empty()
            && union == union.clone()
            && union != read(r#"{"later":1}"#).expect("read")
    );
    assert!(validate(&union).is_ok());
}

#[test]
fn an_absent_union_is_unrecognized_and_empty() {
    let holder: Holder = serde_json::from_str("{}").expect("read");
    let Contents::Unrecognized(member) = &holder.contents else { panic!("{holder:?}") };
    assert_eq!((member.name(), member.value()), ("", &Document::Null));
    assert!(holder.contents.is_empty() && !Contents::Nothing.is_empty());
    // The written form is read as the same value.
    let wire = serde_json::to_string(&holder).expect("written");
    assert_eq!(wire, r#"{"contents":null,"others":[]}"#);
    assert_eq!(serde_json::from_str::<Holder>(&wire).expect("read"), holder);
}

#[test]
fn nesting_is_limited() {
    let nested =
        |depth: usize| "{\"inner\":".repeat(depth) + "{\"nothing\":{}}" + &"}".repeat(depth);
    assert!(read(&nested(100)).is_ok());
    assert!(read(&nested(128)).unwrap_err().contains("recursion"));
    let later = format!("{{\"later\":{}", "[".repeat(100_000));
    assert!(read(&later).unwrap_err().contains("recursion"));
}

#[test]
fn constraints_are_checked_inside_unions() {
    let bad = || name("long");
    let map = Contents::Map([("k".to_owned(), bad())].into());
    let list = Contents::List(vec![name("a"), bad(), name("a")]);
    let request = Holder {
        contents: Contents::Inner(Box::new(bad())),
        others: vec![Contents::Nothing, map, list, Contents::Structure(holder(bad()))],
        boxed: Some(Box::new(bad())),
    };
    let error = validate(&request).unwrap_err();
    let paths: Vec<_> = error.violations().iter().map(|violation| violation.path()).collect();
    assert_eq!(
        paths,
        [
            "contents.inner.name",
            "others[1].map[\"k\"].name",
            "others[2].list[2]",
            "others[2].list[1].name",
            "others[3].structure.contents.name",
            "boxed.name",
        ]
    );
    assert_eq!(
        error.violations()[0].to_string(),
        "contents.inner.name must have 1 to 3 characters and has 4"
    );
    // A union on its own is checked as well.
    assert_eq!(validate(&bad()).unwrap_err().violations()[0].path(), "name");
}

#[test]
fn no_error_shows_a_secret() {
    let wires = [
        r#"{"password":"hunter2"}"#,
        r#"{"password":{"text":["hunter2"]}}"#,
        r#"{"password":{"texts":{"hunter2":1}}}"#,
        r#"{"password":{"texts":["hunter2"]}}"#,
    ];
    for wire in wires {
        let error = read(wire).expect_err(wire);
        assert!(error.starts_with("the secret `password` cannot be read: expected "), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
        let error = serde_json::from_str::<Holder>(&format!(r#"{{"contents":{wire}}}"#));
        assert!(!error.unwrap_err().to_string().contains("hunter2"));
    }
    let texts = [("hunter2".to_owned(), "short".to_owned())].into();
    let secret = Secret { text: Some("hunter2".to_owned()), texts };
    let error = validate(&*holder(Contents::Password(secret))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request is not valid: contents.password.text must have at least 8 characters; \
         contents.password.texts[redacted] must have at least 8 characters"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn a_union_is_an_object_in_other_formats() {
    let union = Contents::List(vec![name("a"), Contents::Nothing]);
    let value: Value = serde_json::to_value(&union).expect("written");
    assert_eq!(value.pointer("/list/0/name"), Some(&json!("a")));
}

/// A union and variants with names of the prelude.
mod crowded {
    #[derive(Debug, Clone, PartialEq)]
    pub enum Option {
        Some(i32),
        None,
        Ok(std::boxed::Box<Option>),
        Unrecognized_(longshore_runtime::UnrecognizedMember),
    }
    longshore_runtime::union!(Option, Unrecognized_, {
        "some" => Some as longshore_runtime::codec::Integer where (range(1..)),
        "none" => None(),
        "ok" => Ok,
    });

    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Result {
        Ok,
        Err,
        Unrecognized_(longshore_runtime::UnrecognizedInt),
    }
    longshore_runtime::int_enum!(Result, Unrecognized_, { 0 => Ok, 1 => Err });

    /// A union without known members.
    #[derive(Debug, Clone, PartialEq)]
    pub enum Nothing {
        Unrecognized(longshore_runtime::UnrecognizedMember),
    }
    longshore_runtime::union!(Nothing, Unrecognized, {});
}

#[test]
fn variants_can_have_names_of_the_prelude() {
    let union: crowded::Option = serde_json::from_str(r#"{"ok":{"some":0.0}}"#).expect("read");
    let crowded::Option::Ok(inner) = &union else { panic!("{union:?}") };
    assert!(validate(&**inner).is_err());
    assert_eq!(crowded::Result::from(1), crowded::Result::Err);
    assert!(serde_json::from_str::<crowded::Nothing>(r#"{"a":1}"#).is_ok());
}
