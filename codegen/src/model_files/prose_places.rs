//! Lists the keys that the schemas of traits define as prose, and removes them from a trait's value.
//!
//! A key with the same name elsewhere is a fact: the name of a parameter or waiter, or a key in a
//! document, a default or the parameters of a test case.

use serde_json::{Map, Value};

use super::rules::NO_ENDPOINT;

/// A key with prose in the value of a trait.
struct Place {
    /// The trait.
    of: &'static str,
    /// The path from the value of the trait to the objects that may have the key.
    way: &'static [Step],
    key: &'static str,
    treatment: Treatment,
}

/// A step from a JSON value to values in it.
enum Step {
    /// To the field of this name.
    Field(&'static str),
    /// To each element of a list or value of a map.
    Each,
    /// To each element of the list with this name and, recursively, of lists with this name in the
    /// elements.
    Nested(&'static str),
}

/// How to treat the prose.
enum Treatment {
    Remove,
    /// The key is required, so it gets a text of our own.
    Replace(&'static str),
}

use Step::{Each, Field, Nested};
use Treatment::{Remove, Replace};

const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const DIAGRAM: &str = "smithy.rules#endpointBdd";
const TESTS: &str = "smithy.rules#endpointTests";

const PARAMETER: &[Step] = &[Field("parameters"), Each];
const PARAMETER_DEPRECATION: &[Step] = &[Field("parameters"), Each, Field("deprecated")];
const TEST_RESULT: &[Step] = &[Field("testCases"), Each, Field("expect")];

const PLACES: [Place; 14] = [
    documentation("smithy.api#enum", &[Each]),
    documentation("smithy.rules#clientContextParams", &[Each]),
    documentation("smithy.waiters#waitable", &[Each]),
    documentation(RULE_SET, PARAMETER),
    documentation(RULE_SET, &[Nested("rules")]),
    documentation(DIAGRAM, PARAMETER),
    documentation(DIAGRAM, &[Field("results"), Each]),
    documentation(TESTS, &[Field("testCases"), Each]),
    Place { of: "smithy.api#deprecated", way: &[], key: "message", treatment: Remove },
    Place { of: "smithy.api#recommended", way: &[], key: "reason", treatment: Remove },
    Place { of: RULE_SET, way: PARAMETER_DEPRECATION, key: "message", treatment: Remove },
    Place { of: DIAGRAM, way: PARAMETER_DEPRECATION, key: "message", treatment: Remove },
    Place {
        of: DIAGRAM,
        way: &[Field("results"), Each],
        key: "error",
        treatment: Replace(NO_ENDPOINT),
    },
    Place { of: TESTS, way: TEST_RESULT, key: "error", treatment: Replace(NO_ENDPOINT) },
];

const fn documentation(of: &'static str, way: &'static [Step]) -> Place {
    Place { of, way, key: "documentation", treatment: Remove }
}

/// Removes the prose from the value of a trait.
pub(super) fn strip(id: &str, value: &mut Value) {
    for place in PLACES.iter().filter(|place| place.of == id) {
        visit(value, place.way, &|fields| match place.treatment {
            Remove => fields.retain(|name, _| name != place.key),
            Replace(text) => {
                if let Some(prose) = fields.get_mut(place.key) {
                    *prose = text.into();
                }
            }
        });
    }
}

/// Calls `treat` with the fields of every object at the end of the path.
fn visit(value: &mut Value, way: &[Step], treat: &dyn Fn(&mut Map<String, Value>)) {
    let Some((step, rest)) = way.split_first() else {
        return value.as_object_mut().map_or((), treat);
    };
    match (step, value) {
        (Field(name), Value::Object(fields)) => {
            fields.get_mut(*name).into_iter().for_each(|value| visit(value, rest, treat));
        }
        (Each, Value::Object(fields)) => {
            fields.values_mut().for_each(|value| visit(value, rest, treat));
        }
        (Each, Value::Array(elements)) => {
            elements.iter_mut().for_each(|element| visit(element, rest, treat));
        }
        (Nested(name), Value::Object(fields)) => {
            let elements = fields.get_mut(*name).and_then(Value::as_array_mut);
            for element in elements.into_iter().flatten() {
                visit(element, rest, treat);
                visit(element, way, treat);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Each case is a trait, its value, and the value without prose. `"-"` stands for prose.
    #[test]
    fn only_prose_is_removed() {
        let table = [
            // A waiter and the parameters may have the name of the key.
            (
                "smithy.waiters#waitable",
                json!({"documentation": {"documentation": "-", "acceptors": [
                    {"matcher": {"output": {"path": "documentation", "expected": "documentation"}}}
                ]}}),
                json!({"documentation": {"acceptors": [
                    {"matcher": {"output": {"path": "documentation", "expected": "documentation"}}}
                ]}}),
            ),
            (
                "smithy.rules#clientContextParams",
                json!({"documentation": {"type": "string", "documentation": "-"}}),
                json!({"documentation": {"type": "string"}}),
            ),
            (
                RULE_SET,
                json!({
                    "parameters": {
                        "documentation": {"type": "string", "default": "documentation"},
                        "Old": {
                            "type": "string",
                            "documentation": "-",
                            "deprecated": {"message": "-", "since": "1"},
                        },
                    },
                    "rules": [{"documentation": "-", "rules": [{
                        "documentation": "-",
                        "endpoint": {"url": "a", "properties": {"documentation": "a", "error": "b"}},
                    }]}],
                }),
                json!({
                    "parameters": {
                        "documentation": {"type": "string", "default": "documentation"},
                        "Old": {"type": "string", "deprecated": {"since": "1"}},
                    },
                    "rules": [{"rules": [{
                        "endpoint": {"url": "a", "properties": {"documentation": "a", "error": "b"}},
                    }]}],
                }),
            ),
            (
                DIAGRAM,
                json!({
                    "parameters": {"A": {"documentation": "-"}},
                    "results": [
                        {"documentation": "-", "error": "-"},
                        {"endpoint": {"url": "a", "properties": {"error": "b"}}},
                    ],
                }),
                json!({
                    "parameters": {"A": {}},
                    "results": [
                        {"error": NO_ENDPOINT},
                        {"endpoint": {"url": "a", "properties": {"error": "b"}}},
                    ],
                }),
            ),
            (
                TESTS,
                json!({"testCases": [
                    {
                        "documentation": "-",
                        "params": {"documentation": "a", "error": "b"},
                        "operationInputs": [{"operationParams": {"documentation": "a", "error": "b"}}],
                        "expect": {"error": "-"},
                    },
                    {"expect": {"endpoint": {"url": "a", "properties": {"documentation": "a"}}}},
                ]}),
                json!({"testCases": [
                    {
                        "params": {"documentation": "a", "error": "b"},
                        "operationInputs": [{"operationParams": {"documentation": "a", "error": "b"}}],
                        "expect": {"error": NO_ENDPOINT},
                    },
                    {"expect": {"endpoint": {"url": "a", "properties": {"documentation": "a"}}}},
                ]}),
            ),
            ("smithy.api#default", json!({"documentation": "a"}), json!({"documentation": "a"})),
            (
                "smithy.rules#staticContextParams",
                json!({"documentation": {"value": "a"}}),
                json!({"documentation": {"value": "a"}}),
            ),
            ("own.namespace#trait", json!({"documentation": "a"}), json!({"documentation": "a"})),
            (
                "smithy.api#enum",
                json!([{"value": "documentation", "documentation": "-"}]),
                json!([{"value": "documentation"}]),
            ),
            ("smithy.api#deprecated", json!({"message": "-", "since": "1"}), json!({"since": "1"})),
            ("smithy.api#recommended", json!({"reason": "-"}), json!({})),
        ];
        for (id, mut value, expected) in table {
            strip(id, &mut value);
            assert_eq!(value, expected, "{id}");
        }
    }

    #[test]
    fn a_value_of_another_shape_is_unchanged() {
        for place in PLACES {
            for value in [json!(null), json!("documentation"), json!([[]]), json!({"a": [1]})] {
                let mut stripped = value.clone();
                strip(place.of, &mut stripped);
                assert_eq!(stripped, value, "{}", place.of);
            }
        }
    }
}
