//! Tests the names and values of the fields of a form.

use std::collections::BTreeMap;

use crate::protocol::form::{self, Fields};
use crate::{Blob, Timestamp, codec};

#[derive(Clone, Default, PartialEq)]
struct Item {
    name: Option<String>,
    parts: Option<Vec<Item>>,
}

crate::structure!(Item, { "Name" => some(name), "Parts" => some(parts) });

#[derive(Clone, Default)]
struct Order {
    text: Option<String>,
    flag: Option<bool>,
    count: Option<i64>,
    ratio: Option<f64>,
    data: Option<Blob>,
    time: Option<Timestamp>,
    day: Option<Timestamp>,
    item: Option<Item>,
    list: Option<Vec<String>>,
    flat: Option<Vec<String>>,
    named: Option<Vec<Vec<String>>>,
    sparse: Option<Vec<Option<i32>>>,
    map: Option<BTreeMap<String, Item>>,
    flat_map: Option<BTreeMap<String, Vec<i32>>>,
}

crate::structure!(Order, {
    "Text" => some(text),
    "Flag" => some(flag),
    "Count" => some(count as codec::Integer),
    "Ratio" => some(ratio as codec::Float),
    "Data" => some(data),
    "Time" => some(time),
    "Day" => some(day as codec::DateTime),
    "Item" => some(item),
    "List" => some(list),
    "Flat" => some(flat xml "flat" as codec::Same),
    "Named" => some(named xml "item Row > item Cell" as codec::List<codec::List>),
    "Sparse" => some(sparse as codec::List<codec::Sparse<codec::Integer>>),
    "Map" => some(map xml "map" as codec::Map),
    "FlatMap" => some(flat_map xml "flat map key K value V > flat" as codec::Map<codec::List<codec::Integer>>),
});

fn written(order: &Order) -> String {
    let mut fields = Fields::default();
    form::write(order, &mut fields).expect("a form");
    fields.into_text()
}

#[test]
fn scalars_are_text() {
    let table: [(Order, &str); 14] = [
        (Order::default(), ""),
        (
            Order { text: Some("a b&c=d/\u{e9}~-._*".into()), ..Order::default() },
            "Text=a%20b%26c%3Dd%2F%C3%A9~-._%2A",
        ),
        (Order { text: Some(String::new()), ..Order::default() }, "Text="),
        (Order { flag: Some(false), count: Some(-7), ..Order::default() }, "Flag=false&Count=-7"),
        (Order { ratio: Some(0.5), ..Order::default() }, "Ratio=0.5"),
        (Order { ratio: Some(1e300), ..Order::default() }, "Ratio=1e300"),
        (Order { ratio: Some(f64::NAN), ..Order::default() }, "Ratio=NaN"),
        (Order { ratio: Some(f64::NEG_INFINITY), ..Order::default() }, "Ratio=-Infinity"),
        (Order { data: Some(Blob::from("value?")), ..Order::default() }, "Data=dmFsdWU%2F"),
        (Order { time: Some(Timestamp::from_seconds(0)), ..Order::default() }, "Time=0"),
        (
            Order { day: Some(Timestamp::from_seconds(0)), ..Order::default() },
            "Day=1970-01-01T00%3A00%3A00Z",
        ),
        (Order { time: Timestamp::new(1, 500_000_000), ..Order::default() }, "Time=1.5"),
        (Order { item: Some(Item::default()), ..Order::default() }, ""),
        (
            Order { item: Some(Item { name: Some("x".into()), parts: None }), ..Order::default() },
            "Item.Name=x",
        ),
    ];
    for (order, expected) in table {
        assert_eq!(written(&order), expected);
    }
}

#[test]
fn elements_are_numbered() {
    let words = || Some(vec!["a".to_owned(), "b".to_owned()]);
    let part = |name: &str| Item { name: Some(name.to_owned()), parts: None };
    let nested = Item { name: None, parts: Some(vec![part("a"), part("b")]) };
    let table = [
        (Order { list: words(), ..Order::default() }, "List.member.1=a&List.member.2=b"),
        (Order { list: Some(vec![]), ..Order::default() }, "List="),
        (Order { flat: words(), ..Order::default() }, "Flat.1=a&Flat.2=b"),
        (Order { flat: Some(vec![]), ..Order::default() }, "Flat="),
        (
            Order { named: Some(vec![vec!["a".into(), "b".into()], vec![]]), ..Order::default() },
            "Named.Row.1.Cell.1=a&Named.Row.1.Cell.2=b&Named.Row.2=",
        ),
        (
            Order { sparse: Some(vec![Some(1), None, Some(3)]), ..Order::default() },
            "Sparse.member.1=1&Sparse.member.2=&Sparse.member.3=3",
        ),
        (
            Order { item: Some(nested), ..Order::default() },
            "Item.Parts.member.1.Name=a&Item.Parts.member.2.Name=b",
        ),
    ];
    for (order, expected) in table {
        assert_eq!(written(&order), expected);
    }
}

#[test]
fn entries_are_numbered() {
    let item = |name: &str| Item { name: Some(name.to_owned()), parts: None };
    let map = BTreeMap::from([("a b".to_owned(), item("x")), ("c".to_owned(), item("y"))]);
    let flat_map = BTreeMap::from([("a".to_owned(), vec![1, 2])]);
    let table = [
        (
            Order { map: Some(map), ..Order::default() },
            "Map.entry.1.key=a%20b&Map.entry.1.value.Name=x\
             &Map.entry.2.key=c&Map.entry.2.value.Name=y",
        ),
        (Order { map: Some(BTreeMap::new()), ..Order::default() }, ""),
        (
            Order { flat_map: Some(flat_map), ..Order::default() },
            "FlatMap.1.K=a&FlatMap.1.V.1=1&FlatMap.1.V.2=2",
        ),
    ];
    for (order, expected) in table {
        assert_eq!(written(&order), expected);
    }
}
