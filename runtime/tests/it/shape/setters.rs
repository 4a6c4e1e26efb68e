//! What the setters of structures accept.

use std::collections::BTreeMap;

use longshore_runtime::{Blob, Timestamp, setters, string_enum, structure};

#[derive(Debug, Clone, PartialEq)]
enum Level {
    Low,
    Unrecognized(longshore_runtime::Unrecognized),
}
string_enum!(Level, Unrecognized, { "LOW" => Low });

#[derive(Clone, PartialEq)]
struct Part {
    text: Option<String>,
    inner: Option<Box<Part>>,
}
structure!(Part, Default, { "text" => some(text), "inner" => some(inner) });
setters!(Part, {
    /// The text.
    text => option(String),
    /// The inner part.
    inner => option_boxed(Part),
});

/// A type of a caller that converts to a part.
struct Own;

impl From<Own> for Part {
    fn from(_: Own) -> Self {
        Self::default().text("own")
    }
}

#[derive(Clone, PartialEq)]
struct Thing {
    name: String,
    count: i32,
    names: Vec<String>,
    sizes: Vec<i64>,
    tags: BTreeMap<String, String>,
    text: Option<String>,
    level: Option<Level>,
    part: Option<Part>,
    blob: Option<Blob>,
    time: Option<Timestamp>,
    limit: Option<i64>,
    ratio: Option<f32>,
    flag: Option<bool>,
    list: Option<Vec<String>>,
    parts: Option<Vec<Part>>,
    numbers: Option<Vec<i64>>,
    nested: Option<Vec<Vec<String>>>,
    map: Option<BTreeMap<String, i32>>,
}
structure!(Thing, Default, {
    "name" => value(name),
    "count" => value(count),
    "names" => value(names),
    "sizes" => value(sizes),
    "tags" => value(tags),
    "text" => some(text),
    "level" => some(level),
    "part" => some(part),
    "blob" => some(blob),
    "time" => some(time),
    "limit" => some(limit),
    "ratio" => some(ratio),
    "flag" => some(flag),
    "list" => some(list),
    "parts" => some(parts),
    "numbers" => some(numbers),
    "nested" => some(nested),
    "map" => some(map),
});
setters!(Thing, {
    /// The name.
    name => into(String),
    /// The count.
    count => exact(i32),
    /// The names.
    names => list(String),
    /// The sizes.
    sizes => exact_list(i64),
    /// The tags.
    tags => map(String, String),
    /// The text.
    text => option(String),
    /// The level.
    level => option(Level),
    /// The part.
    part => option(Part),
    /// The blob.
    blob => option(Blob),
    /// The time.
    time => option(Timestamp),
    /// The limit.
    limit => option_exact(i64),
    /// The ratio.
    ratio => option_exact(f32),
    /// The flag.
    flag => option_exact(bool),
    /// The list.
    list => option(Vec<String>),
    /// The parts.
    parts => option(Vec<Part>),
    /// The numbers.
    numbers => option(Vec<i64>),
    /// The nested lists.
    nested => option(Vec<Vec<String>>),
    /// The map.
    map => option(BTreeMap<String, i32>),
});

fn thing() -> Thing {
    Thing::default()
}

#[test]
fn setters_of_required_members_take_values() {
    let set = thing().name("a").count(5).names(["b"]).sizes([1, 5_000_000_000]).tags([("k", "v")]);
    assert_eq!((set.name.as_str(), set.count), ("a", 5));
    assert_eq!((set.names, set.sizes), (vec!["b".to_owned()], vec![1, 5_000_000_000]));
    assert_eq!(set.tags.get("k").map(String::as_str), Some("v"));
}

#[test]
fn setters_of_optional_members_take_a_value_or_an_option() {
    let owned = || "a".to_owned();
    let kept = owned();
    let text = [
        thing().text("a"),
        thing().text(owned()),
        thing().text(&kept),
        thing().text('a'),
        thing().text(Some("a")),
        thing().text(Some(owned())),
        thing().text(Some(&kept)),
        thing().text(if owned().is_empty() { None } else { Some(owned()) }),
    ];
    for set in text {
        assert_eq!(set.text.as_deref(), Some("a"));
    }
    assert_eq!(thing().text("a").text(None::<&str>).text, None);

    for set in [thing().level("LOW"), thing().level(Level::Low), thing().level(Some("LOW"))] {
        assert_eq!(set.level, Some(Level::Low));
    }
    for set in [thing().part(Own), thing().part(Some(Own)), thing().part(Part::from(Own))] {
        assert_eq!(set.part.and_then(|part| part.text).as_deref(), Some("own"));
    }
    assert_eq!(Part::default().inner(Some(Own)).inner, Some(Box::new(Part::from(Own))));
    assert_eq!(thing().blob(Some(vec![1])).blob, Some(Blob::from(vec![1])));
    assert_eq!(thing().time(Some(Timestamp::from_seconds(1))).time.map(|t| t.seconds()), Some(1));
}

#[test]
fn numbers_and_booleans_need_no_suffix_and_no_type() {
    let set = thing().limit(5_000_000_000).ratio(0.5).flag(true);
    assert_eq!((set.limit, set.ratio, set.flag), (Some(5_000_000_000), Some(0.5), Some(true)));
    let set = set.limit(Some(1)).ratio(None).flag(None);
    assert_eq!((set.limit, set.ratio, set.flag), (Some(1), None, None));
}

#[test]
fn optional_lists_and_maps_take_iterators_and_options_of_them() {
    let expected = Some(vec!["a".to_owned()]);
    let lists = [
        thing().list(["a"]),
        thing().list(vec!["a".to_owned()]),
        thing().list("a".split(',')),
        thing().list(Some(["a"])),
        thing().list(expected.clone()),
        thing().list(expected.as_deref()),
    ];
    for set in lists {
        assert_eq!(set.list, expected);
    }
    assert_eq!(thing().list(None::<Vec<String>>).list, None);
    assert_eq!(thing().parts([Own]).parts.map(|parts| parts.len()), Some(1));
    assert_eq!(thing().numbers([1, 2]).numbers, Some(vec![1, 2]));
    assert_eq!(thing().nested(Some([["a".to_owned()]])).nested, Some(vec![vec!["a".to_owned()]]));

    let expected = Some(BTreeMap::from([("a".to_owned(), 1)]));
    for set in
        [thing().map([("a", 1)]), thing().map(Some([("a", 1)])), thing().map(expected.clone())]
    {
        assert_eq!(set.map, expected);
    }
}

/// Generic code passes on what it takes.
#[test]
fn generic_code_can_call_setters() {
    fn set(text: impl Into<String>, other: Option<impl Into<String>>) -> Thing {
        thing().text(text).text(other)
    }
    assert_eq!(set("a", Some("b")).text.as_deref(), Some("b"));
}
