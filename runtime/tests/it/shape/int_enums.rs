//! Open integer enums.

use longshore_runtime::{UnrecognizedInt, codec, validate};
use serde_json::json;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Level {
    Cold,
    Low,
    High,
    Unrecognized(UnrecognizedInt),
}
longshore_runtime::int_enum!(Level, Unrecognized, { -1 => Cold, 1 => Low, 2 => High });

#[test]
fn each_number_maps_to_one_variant() {
    assert_eq!(Level::VALUES, [-1, 1, 2]);
    for value in Level::VALUES {
        let level = Level::from(*value);
        assert!(!matches!(level, Level::Unrecognized(_)), "{value}");
        assert_eq!((level.as_i32(), level.to_string()), (*value, value.to_string()));
        assert_eq!(level, *value);
    }
    let later = Level::from(7);
    assert_eq!(later, 7);
    assert_ne!(later, 8);
    assert_ne!(later, Level::High);
    let Level::Unrecognized(value) = &later else { panic!("{later:?}") };
    assert_eq!(value.as_i32(), 7);
    assert_eq!(format!("[{later:>3}]"), "[  7]");
}

#[test]
fn an_enum_is_an_integer_on_the_wire() {
    for (wire, level) in [("1", Level::Low), ("2.0", Level::High), ("-1e0", Level::Cold)] {
        assert_eq!(serde_json::from_str::<Level>(wire).expect("read"), level);
    }
    assert_eq!(serde_json::from_str::<Level>("2147483647").expect("read"), i32::MAX);
    for wire in ["1.5", "2147483648", "\"1\"", "null", "true", "[]", "{}"] {
        assert!(serde_json::from_str::<Level>(wire).is_err(), "{wire}");
    }
    let levels = [Level::Cold, Level::High, 9.into()];
    assert_eq!(serde_json::to_string(&levels).expect("written"), "[-1,2,9]");
}

#[derive(PartialEq)]
struct Levels {
    level: Level,
    some: Option<Level>,
    all: Vec<Level>,
    sparse: Vec<Option<Level>>,
    secret: Option<Level>,
}
longshore_runtime::structure!(Levels, {
    "level" => value(level) where (range(0..=1)),
    "some" => some(some),
    "all" => value(all as codec::List<codec::Same>) where (unique, each(range(1..))),
    "sparse" => value(sparse as codec::List<codec::Sparse<codec::Same>>),
    "secret" => some(secret) where secret (range(1..)),
});

#[test]
fn an_enum_can_be_a_member() {
    let levels: Levels = serde_json::from_value(json!({})).expect("read");
    // The value of an absent member.
    assert_eq!(levels.level, 0);
    let wire =
        json!({"level": 2, "some": null, "all": [1, 1, -1], "sparse": [null, 1.0], "secret": 0});
    let levels: Levels = serde_json::from_value(wire).expect("read");
    assert_eq!((&levels.some, &levels.sparse[..]), (&None, &[None, Some(Level::Low)][..]));
    assert_eq!(
        validate(&levels).unwrap_err().to_string(),
        "the request is not valid: level must be 0 to 1 and is 2; \
         all[1] must be unique and equals [0]; all[2] must be at least 1 and is -1; \
         secret must be at least 1"
    );
    let error = serde_json::from_str::<Levels>(r#"{"secret": 31.5}"#).unwrap_err().to_string();
    assert!(error.starts_with("the secret `secret` cannot be read"), "{error}");
}
