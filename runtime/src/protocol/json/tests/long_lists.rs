//! The capacity of long lists, which depends on the number of elements that may follow.

use crate::codec::List;
use crate::protocol::json;

#[derive(PartialEq)]
struct Names {
    names: Vec<String>,
}

crate::structure!(Names, {
    "names" => value(names as List),
});

fn read(names: &[&str], rest: &str) -> Vec<String> {
    let text = format!("{{\"names\":[\"{}\"],\"rest\":\"{rest}\"}}", names.join("\",\""));
    let value: Names = json::read(text.as_bytes()).unwrap_or_else(|_| panic!("{text}"));
    assert_eq!(value.names, names);
    value.names
}

#[test]
fn a_list_of_equal_elements_has_little_unused_capacity() {
    assert!((1000..1010).contains(&read(&["name"; 1000], "").capacity()));
    for length in [1, 63, 64, 65, 128, 255, 256, 257, 5000] {
        let capacity = read(&vec!["name"; length], "").capacity();
        assert!(capacity <= (2 * length).max(4), "{capacity} for {length}");
    }
}

#[test]
fn a_list_has_at_most_four_times_its_length() {
    let long = "long".repeat(1000);
    for length in [64, 65, 100, 300] {
        let capacity = read(&vec!["name"; length], &long.repeat(100)).capacity();
        assert!(capacity <= 4 * length, "{capacity} for {length}");
        let mixed = [vec![&*long; length], vec![""; 10 * length]].concat();
        assert!(read(&mixed, "").capacity() <= 2 * mixed.len());
    }
}
