//! Tests the names that colliding names get.

use super::{super::*, Make};

/// Claims a name for each wire name of a row, in order.
fn claim_all(mut scope: Scope, make: Make, rows: &[(&str, &str)]) {
    for (wire, expected) in rows {
        assert_eq!(scope.claim(make(wire)).to_string(), *expected, "for {wire:?}");
    }
}

#[test]
fn the_first_of_colliding_fields_has_no_number() {
    let rows = [
        ("imageID", "image_id"),
        ("imageId", "image_id_2"),
        ("ImageID", "image_id_3"),
        ("tag", "tag"),
        // The earlier claim wins, even over a wire name that is spelled the same.
        ("image_id_2", "image_id_2_2"),
        ("image_id_4", "image_id_4"),
        ("IMAGE_ID", "image_id_5"),
    ];
    claim_all(Scope::words(), field, &rows);
}

#[test]
fn a_later_member_never_changes_earlier_names() {
    let wires = ["aB", "a_b", "A_B", "a_b_2", "AB", "aB2", "a_b_2_2", "ab", "a_B_2"];
    let names = |count| {
        let mut scope = Scope::words();
        wires[..count].iter().map(|wire| scope.claim(field(wire))).collect::<Vec<_>>()
    };
    let all = names(wires.len());
    for count in 0..wires.len() {
        assert_eq!(names(count), all[..count]);
    }
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
}

#[test]
fn numbered_names_need_no_mark() {
    let rows = [
        ("type", "r#type"),
        ("Type", "type_2"),
        ("self", "self_"),
        ("Self", "self_2"),
        ("new", "new_"),
        ("New", "new_2"),
        ("new_2", "new_2_2"),
        ("1", "_1"),
        ("+", "plus"),
        ("+_", "plus_underscore"),
        ("1.", "_1_2"),
        ("", "empty"),
        ("empty", "empty_2"),
    ];
    claim_all(Scope::words(), field, &rows);
    claim_all(Scope::words(), module, &[("type", "type_"), ("Type", "type_2"), ("con", "con_")]);
}

#[test]
fn the_first_of_colliding_values_has_no_number() {
    let rows = [
        ("foo", "Foo"),
        ("Foo", "Foo2"),
        ("FOO", "Foo3"),
        ("foo2", "Foo2_2"),
        ("foo_2", "Foo2_3"),
        ("a.1", "A1"),
        ("a/1", "A1_2"),
        ("a12", "A12"),
        ("Self", "Self_"),
        ("SELF", "Self2"),
        ("Unrecognized", "UnrecognizedValue"),
        ("UNRECOGNIZED", "UnrecognizedValue2"),
        ("text ", "Text"),
        ("text", "Text2"),
        ("", "Empty"),
        ("EMPTY", "Empty2"),
        ("2018", "_2018"),
        ("2018 ", "_2018_2"),
    ];
    claim_all(Scope::camel(), variant, &rows);
}

#[test]
fn the_first_of_colliding_types_has_no_number() {
    let rows = [
        ("Image", "Image"),
        ("image", "Image2"),
        ("ImageID", "ImageID"),
        ("ImageId", "ImageId"),
        ("Option", "OptionShape"),
        ("OptionShape", "OptionShape2"),
    ];
    claim_all(Scope::camel(), type_name, &rows);
    let rows = [("ImageID", "image_id"), ("ImageId", "image_id_2"), ("image_id_2", "image_id_2_2")];
    claim_all(Scope::words(), module, &rows);
    claim_all(Scope::words(), constant, &[("Ready", "READY"), ("ready", "READY_2")]);
}

#[test]
fn numbers_are_found_quickly_for_many_collisions() {
    let mut scope = Scope::words();
    let last = (0..50_000).map(|_| scope.claim(field("id"))).last().unwrap();
    assert_eq!(last.as_str(), "id_50000");
}
