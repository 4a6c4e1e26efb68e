//! Tests reading structures from XML.

use std::collections::BTreeMap;

use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::xml;
use crate::{Blob, Structure, Timestamp, UnrecognizedMember, codec};

#[derive(Debug, Clone, PartialEq)]
enum Choice {
    Text(String),
    Numbers(Vec<i32>),
    Unrecognized(UnrecognizedMember),
}

crate::union!(Choice, Unrecognized, {
    "text" => Text,
    "numbers" => Numbers xml "flat" as codec::List<codec::Integer>,
});

#[derive(Clone, PartialEq)]
struct Item {
    id: Option<String>,
    item: Option<Box<Item>>,
    count: Option<i32>,
    secret: Option<i32>,
    size: Option<i32>,
}

crate::structure!(Item, Default, {
    "id" => some(id xml "attribute" as codec::Same),
    "item" => some(item),
    "count" => some(count as codec::Integer),
    "secret" => some(secret as codec::Integer) where secret (),
    "size" => some(size xml "attribute" as codec::Integer),
});

#[derive(Clone, PartialEq)]
struct Order {
    text: Option<String>,
    flag: Option<bool>,
    count: Option<i64>,
    small: Option<i8>,
    ratio: Option<f64>,
    data: Option<Blob>,
    time: Option<Timestamp>,
    item: Option<Item>,
    choice: Option<Choice>,
    list: Vec<String>,
    items: Vec<Item>,
    flat: Vec<String>,
    grid: Vec<Vec<i32>>,
    map: BTreeMap<String, Item>,
    flat_map: BTreeMap<String, i32>,
}

crate::structure!(Order, Default, {
    "text" => some(text),
    "flag" => some(flag),
    "count" => some(count as codec::Integer),
    "small" => some(small as codec::Integer),
    "ratio" => some(ratio as codec::Float),
    "data" => some(data),
    "time" => some(time as codec::DateTime),
    "item" => some(item),
    "choice" => some(choice),
    "list" => value(list as codec::List),
    "items" => value(items xml "item i" as codec::List),
    "flat" => value(flat xml "flat" as codec::List),
    "grid" => value(grid xml "item row > item cell" as codec::List<codec::List<codec::Integer>>),
    "map" => value(map xml "map" as codec::Map),
    "flatMap" => value(flat_map xml "flat map key K value V" as codec::Map<codec::Integer>),
});

fn read(content: &str) -> Result<Order, DecodeProblem> {
    read_document(format!("<Result>\n{content}</Result>").as_bytes())
}

fn read_document<T: Structure>(body: &[u8]) -> Result<T, DecodeProblem> {
    let tree = xml::parse(body)?;
    let root = tree.root().expect("a root");
    xml::read(body, &tree, root)
}

/// Returns the text of the error from reading this content.
fn problem(content: &str) -> String {
    read(content).expect_err("an error").to_string()
}

#[test]
fn scalars_are_read_from_text() {
    let order = || Order::default();
    let time = |seconds| Some(Timestamp::from_seconds(seconds));
    let table = [
        ("", order()),
        ("<text>a &amp; b</text>", Order { text: Some("a & b".into()), ..order() }),
        ("<text/>", Order { text: Some(String::new()), ..order() }),
        ("<text> 7 </text>", Order { text: Some(" 7 ".into()), ..order() }),
        (
            "<text>a<![CDATA[<b>]]><!-- c -->d</text>",
            Order { text: Some("a<b>d".into()), ..order() },
        ),
        ("<text>1</text><text>2</text>", Order { text: Some("2".into()), ..order() }),
        ("<n:text xmlns:n='u' n:x='y'>1</n:text>", Order { text: Some("1".into()), ..order() }),
        ("<flag> true\n</flag>", Order { flag: Some(true), ..order() }),
        ("<flag>false</flag>", Order { flag: Some(false), ..order() }),
        ("<count>-9223372036854775808</count>", Order { count: Some(i64::MIN), ..order() }),
        ("<count> 3.0 </count>", Order { count: Some(3), ..order() }),
        ("<count>9007199254740991.0</count>", Order { count: Some((1 << 53) - 1), ..order() }),
        ("<ratio>18446744073709551615</ratio>", Order { ratio: Some(2_f64.powi(64)), ..order() }),
        ("<ratio>5</ratio>", Order { ratio: Some(5.0), ..order() }),
        ("<ratio>-2.5e3</ratio>", Order { ratio: Some(-2500.0), ..order() }),
        ("<ratio>-Infinity</ratio>", Order { ratio: Some(f64::NEG_INFINITY), ..order() }),
        ("<data>dmFsdWU=</data>", Order { data: Some("value".into()), ..order() }),
        ("<data/>", Order { data: Some("".into()), ..order() }),
        ("<time>1970-01-01T00:00:07Z</time>", Order { time: time(7), ..order() }),
        ("<time>1970-01-01T01:00:07+01:00</time>", Order { time: time(7), ..order() }),
        ("<time>Thu, 01 Jan 1970 00:00:07 GMT</time>", Order { time: time(7), ..order() }),
        ("<time>7</time>", Order { time: time(7), ..order() }),
        ("<other>1<x/></other>", order()),
        ("<count xmlns:i='u' i:nil='true'/>", order()),
        ("<count xmlns:i='u' i:nil=' 1 '>7</count>", order()),
        ("<count xmlns:i='u' i:nil='false'>7</count>", Order { count: Some(7), ..order() }),
        ("<count xmlns:i='u' i:nil='0'>7</count>", Order { count: Some(7), ..order() }),
    ];
    for (content, expected) in table {
        assert_eq!(read(content), Ok(expected), "{content}");
    }
}

#[test]
fn structures_and_unions_are_read() {
    let order = || Order::default();
    let item =
        |id: Option<&str>, count| Item { id: id.map(str::to_owned), count, ..Item::default() };
    let boxed = Item { item: Some(Box::new(item(None, Some(1)))), ..Item::default() };
    let table = [
        ("<item/>", Order { item: Some(Item::default()), ..order() }),
        ("<item>\n</item>", Order { item: Some(Item::default()), ..order() }),
        ("<item id='a&lt;'/>", Order { item: Some(item(Some("a<"), None)), ..order() }),
        ("<item><count>1</count></item>", Order { item: Some(item(None, Some(1))), ..order() }),
        ("<item><item><count>1</count></item></item>", Order { item: Some(boxed), ..order() }),
        // An attribute is not read from an element, nor an element from an attribute.
        ("<item count='1'><id>a</id></item>", Order { item: Some(Item::default()), ..order() }),
        ("<item id='a'><id>b</id></item>", Order { item: Some(item(Some("a"), None)), ..order() }),
        (
            "<choice><text>a</text></choice>",
            Order { choice: Some(Choice::Text("a".into())), ..order() },
        ),
        (
            "<choice><numbers>1</numbers><numbers>2</numbers></choice>",
            Order { choice: Some(Choice::Numbers(vec![1, 2])), ..order() },
        ),
    ];
    for (content, expected) in table {
        assert_eq!(read(content), Ok(expected), "{content}");
    }
    let unknown = read("<choice><later><a>1</a></later></choice>").expect("a union");
    assert!(
        matches!(unknown.choice, Some(Choice::Unrecognized(member)) if member.name() == "later")
    );
}

#[test]
fn lists_and_maps_are_read() {
    let order = || Order::default();
    let words = |all: &[&str]| all.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let count = |count| Item { count: Some(count), ..Item::default() };
    let map = BTreeMap::from([("a".to_owned(), count(1)), ("b".to_owned(), Item::default())]);
    let flat_map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    let table = [
        ("<list/><map/>", order()),
        ("<list></list><map>\n</map>", order()),
        (
            "<list><member>a</member><member/><other>x</other><member>b</member></list>",
            Order { list: words(&["a", "", "b"]), ..order() },
        ),
        (
            "<items><i><count>1</count></i><i/></items>",
            Order { items: vec![count(1), Item::default()], ..order() },
        ),
        (
            "<flat>a</flat><text>x</text><flat>b</flat><flat/>",
            Order { text: Some("x".into()), flat: words(&["a", "b", ""]), ..order() },
        ),
        (
            "<grid><row><cell>1</cell><cell>2</cell></row><row/></grid>",
            Order { grid: vec![vec![1, 2], vec![]], ..order() },
        ),
        (
            "<map><entry><key>b</key><value/></entry>\
             <entry><value><count>1</count></value><key>a</key></entry></map>",
            Order { map, ..order() },
        ),
        // An entry without a value is discarded, like `null` in JSON.
        (
            "<flatMap><K>a</K><V>1</V></flatMap><text>x</text><flatMap><K>b</K><V>2</V></flatMap>\
             <flatMap><K>c</K></flatMap>",
            Order { text: Some("x".into()), flat_map, ..order() },
        ),
    ];
    for (content, expected) in table {
        assert_eq!(read(content), Ok(expected), "{content}");
    }
}

#[test]
fn errors_have_a_path_and_contain_no_values() {
    let table = [
        ("<flag>yes</flag>", "expected a boolean, found a string, in flag at line 2 column 1"),
        ("<count>x</count>", "expected an integer, found a string, in count at line 2 column 1"),
        ("<count/>", "expected an integer, found a string, in count at line 2 column 1"),
        (
            "<count>1.5</count>",
            "expected an integer, found a number with a fraction, in count at line 2 column 1",
        ),
        (
            "<count>9007199254740993.0</count>",
            "expected an integer, found a float that is too large to be exact, in count at line 2 column 1",
        ),
        (
            "<count>-9223372036854775809</count>",
            "expected an integer, found a float that is too large to be exact, in count at line 2 column 1",
        ),
        (
            "<count>9223372036854775808</count>",
            "expected an integer, found a number out of range for i64, in count at line 2 column 1",
        ),
        (
            "<small>300</small>",
            "expected an integer, found a number out of range for i8, in small at line 2 column 1",
        ),
        (
            "<data>?</data>",
            "expected a base64 string, found a string that is not base64, in data at line 2 column 1",
        ),
        (
            "<time>noon</time>",
            "expected a timestamp, found a string that is not a date and time, in time at line 2 column 1",
        ),
        ("<text><a/></text>", "expected text, found other elements, in text at line 2 column 1"),
        (
            "<item>x</item>",
            "expected an object for the structure Item, found a string, in item at line 2 column 1",
        ),
        ("<list>x</list>", "expected elements, found text, in list at line 2 column 1"),
        (
            "<items><i/>\n <i><item><count>x</count></item></i></items>",
            "expected an integer, found a string, in items.i[1].item.count at line 3 column 11",
        ),
        (
            "<grid><row><cell>1</cell><cell>x</cell></row></grid>",
            "expected an integer, found a string, in grid.row.cell[1] at line 2 column 26",
        ),
        (
            "<map><entry><value/></entry></map>",
            "expected an entry with a key, found none, in map.entry at line 2 column 6",
        ),
        (
            "<item><secret>hidden</secret></item>",
            "expected an integer, found a string, in item.secret at line 2 column 1",
        ),
        ("<choice/>", "the union Choice has no member, in choice at line 2 column 1"),
        (
            "<items><i size='1'/><i size='hidden'/></items>",
            "expected an integer, found a string, in items.i[1].size at line 2 column 21",
        ),
    ];
    for (content, expected) in table {
        assert_eq!(problem(content), expected, "{content}");
    }
}

#[test]
fn syntax_errors_have_a_position() {
    let problem = |body: &[u8]| read_document::<Order>(body).expect_err("an error").to_string();
    let table: [(&[u8], &str); 9] = [
        (b"{\"a\": 1}", "it is not XML, at line 1 column 9"),
        (b"<Result>\n<text>a</Result>", "it is not XML, at line 2 column 17"),
        (b"<Result>\n<item><count>1", "it ends too early, in item.count at line 2 column 15"),
        (
            b"<Result>\n<text>&nbsp;</text></Result>",
            "it has an unknown entity, in text at line 2 column 13",
        ),
        (
            b"<!DOCTYPE html>\n<html></html>",
            "it has a document type declaration, at line 1 column 16",
        ),
        (b"<Result><text>caf\xe9</text></Result>", "it is not UTF-8, at line 1 column 18"),
        (b"\xef\xbb\xbf<Result>", "it ends too early, at line 1 column 9"),
        (b"\xff\xfe<\0a\0/\0>\0", "it is not UTF-8, at line 1 column 1"),
        (b"\x1f\x8b\x08\0", "it is not UTF-8, at line 1 column 2"),
    ];
    for (body, expected) in table {
        assert_eq!(problem(body), expected, "{}", String::from_utf8_lossy(body));
    }
    let deep = problem(&b"<a>".repeat(1000));
    assert!(deep.starts_with("elements are nested more than 127 levels deep, in a.a."), "{deep}");
}

#[test]
fn members_are_read_leniently() {
    let text = "<Error><count>x</count><text>a</text><later>1</later><flat>b</flat>";
    let tree = xml::parse_leniently(text);
    let order: Order = xml::read_leniently(&tree, tree.root().expect("a root"));
    let flat = vec!["b".to_owned()];
    assert_eq!(order, Order { text: Some("a".into()), flat, ..Order::default() });
}

#[test]
fn the_serde_form_of_described_members_is_that_of_other_members() {
    let json = r#"{"list":["a"],"items":[{"id":"x"}],"flat":["b"],"grid":[[1]],"map":{"k":{}},"flatMap":{"k":1}}"#;
    let order: Order = serde_json::from_str(json).expect("an order");
    assert_eq!(serde_json::to_string(&order).expect("JSON"), json);
    let nulls: Order =
        serde_json::from_str(r#"{"flat": null, "item": {"id": null}}"#).expect("nulls");
    assert_eq!(nulls, Order { item: Some(Item::default()), ..Order::default() });
}
