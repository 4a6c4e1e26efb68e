//! Finds the references that must be set for a condition to be true.
//!
//! Rules that were published before the language required `isSet` call functions on parameters that
//! may be unset. A function with an unset reference is false, so its rule does not apply.

use serde_json::Value;

use super::function::KnownFunction;

/// Returns the names that must be set for a condition, which is a function object, to be true.
pub(super) fn references(condition: &Value) -> Vec<&str> {
    let mut names = Vec::new();
    of_function(condition, &mut names);
    names
}

fn of_function<'v>(function: &'v Value, names: &mut Vec<&'v str>) {
    let known = function.get("fn").and_then(Value::as_str).and_then(KnownFunction::find);
    let arguments = function.get("argv").and_then(Value::as_array).map(Vec::as_slice);
    let (Some(known), Some(arguments)) = (known, arguments) else { return };
    if let Some(only) = known.decided_by(arguments) {
        of_function(only, names);
    } else if known.needs_arguments() {
        arguments.iter().for_each(|argument| of_argument(argument, names));
    }
}

fn of_argument<'v>(argument: &'v Value, names: &mut Vec<&'v str>) {
    match argument {
        Value::String(text) => names.extend(of_template(text)),
        Value::Object(object) => match object.get("ref").and_then(Value::as_str) {
            Some(name) => names.push(name),
            // A test of an unset reference is false, and false is a valid argument.
            None if is_test(argument) => {}
            None => of_function(argument, names),
        },
        _ => {}
    }
}

/// Returns true for a function whose result is a boolean that is never unset.
pub(super) fn is_test(argument: &Value) -> bool {
    let name = argument.get("fn").and_then(Value::as_str);
    name.and_then(KnownFunction::find).is_some_and(KnownFunction::is_test)
}

/// The names in the braces of a template. The template is checked when it is lowered.
fn of_template(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| {
        let (inside, _) = part.split_once('}')?;
        Some(inside.split_once('#').map_or(inside, |(name, _)| name))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_condition_needs_what_its_functions_need() {
        let region = || json!({"ref": "Region"});
        let label = |argument: Value| json!({"fn": "isValidHostLabel", "argv": [argument, false]});
        let equals = |a: Value, b: Value| json!({"fn": "booleanEquals", "argv": [a, b]});
        let cases: [(Value, &[&str]); 10] = [
            (label(region()), &["Region"]),
            (label(json!("{Region}.{url#authority}")), &["Region", "url"]),
            (equals(region(), json!({"ref": "Flag"})), &["Region", "Flag"]),
            (equals(label(region()), json!(true)), &["Region"]),
            (equals(json!(true), label(region())), &["Region"]),
            (equals(label(region()), json!(false)), &[]),
            (json!({"fn": "not", "argv": [label(region())]}), &[]),
            (json!({"fn": "isSet", "argv": [region()]}), &[]),
            (json!({"fn": "coalesce", "argv": [region(), "x"]}), &[]),
            (
                json!({"fn": "getAttr", "argv": [{"fn": "aws.parseArn", "argv": [region()]}, "x"]}),
                &["Region"],
            ),
        ];
        for (condition, wanted) in cases {
            assert_eq!(references(&condition), wanted, "{condition}");
        }
    }
}
