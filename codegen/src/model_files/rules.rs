//! Replaces the error messages of endpoint rules with our own, built from the conditions that lead
//! to them.

use serde_json::Value;

/// The message of an error whose conditions are not known.
pub(super) const NO_ENDPOINT: &str = "no endpoint for this configuration";

/// Rewrites the message of every error in a rule set.
pub(super) fn rewrite_errors(rule_set: &mut Value) {
    if let Some(rules) = rule_set.get_mut("rules").and_then(Value::as_array_mut) {
        rewrite_rules(rules, &[]);
    }
}

fn rewrite_rules(rules: &mut [Value], way: &[String]) {
    // Rules are tried in order, so a later rule is reached only if the conditions of the earlier
    // ones failed.
    let mut failed = Vec::new();
    for rule in rules {
        let conditions = rule["conditions"].as_array().cloned().unwrap_or_default();
        let held: Vec<String> =
            conditions.iter().map(|condition| describe(condition, true)).collect();
        let way: Vec<String> = way.iter().chain(&held).cloned().collect();
        if rule.get("error").is_some() {
            let rest = if held.is_empty() { failed.as_slice() } else { &[] };
            rule["error"] = error_text(&way, rest).into();
        } else if let Some(rules) = rule.get_mut("rules").and_then(Value::as_array_mut) {
            rewrite_rules(rules, &way);
        }
        if let [condition] = conditions.as_slice() {
            failed.push(describe(condition, false));
        }
    }
}

fn error_text(way: &[String], rest: &[String]) -> String {
    let facts: Vec<&str> = way.iter().chain(rest).map(String::as_str).collect();
    if facts.is_empty() {
        return NO_ENDPOINT.to_owned();
    }
    format!("{NO_ENDPOINT}: {}", facts.join(", "))
}

/// Describes a condition that held or failed.
fn describe(condition: &Value, holds: bool) -> String {
    let arguments = condition["argv"].as_array().cloned().unwrap_or_default();
    let name = |index: usize| arguments.get(index).map(operand).unwrap_or_default();
    let is = if holds { "is" } else { "is not" };
    match condition["fn"].as_str().unwrap_or_default() {
        "isSet" => format!("{} {is} set", name(0)),
        "booleanEquals" => {
            let (flag, other) = match arguments.as_slice() {
                [Value::Bool(flag), _] => (*flag, name(1)),
                [_, Value::Bool(flag)] => (*flag, name(0)),
                _ => return format!("{} {is} equal to {}", name(0), name(1)),
            };
            format!("{other} is {}", flag == holds)
        }
        "stringEquals" => format!("{} {is} {}", name(0), name(1)),
        "aws.partition" => format!("the partition of {} {is} known", name(0)),
        "not" => arguments.first().map(|inner| describe(inner, !holds)).unwrap_or_default(),
        other => {
            let all: Vec<String> = arguments.iter().map(operand).collect();
            let holds = if holds { "holds" } else { "does not hold" };
            format!("{other}({}) {holds}", all.join(", "))
        }
    }
}

/// Describes an argument: a parameter by its name, an attribute by its path.
fn operand(argument: &Value) -> String {
    match argument {
        Value::String(text) => text.clone(),
        Value::Object(fields) => match (fields.get("ref"), fields.get("fn"), fields.get("argv")) {
            (Some(Value::String(name)), _, _) => name.clone(),
            (_, Some(Value::String(name)), Some(Value::Array(argv))) => {
                let all: Vec<String> = argv.iter().map(operand).collect();
                if name == "getAttr" {
                    all.join(".")
                } else {
                    format!("{name}({})", all.join(", "))
                }
            }
            _ => argument.to_string(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn errors_list_the_conditions() {
        let is_set = |name: &str| json!({"fn": "isSet", "argv": [{"ref": name}]});
        let is_true = |name: &str| json!({"fn": "booleanEquals", "argv": [{"ref": name}, true]});
        let error = |conditions: Value| json!({"conditions": conditions, "error": "upstream's"});
        let mut rules = json!({"rules": [
            {"conditions": [is_set("Endpoint")], "rules": [error(json!([is_true("UseFIPS")]))]},
            {"conditions": [is_set("Region")], "rules": []},
            error(json!([])),
        ]});
        rewrite_errors(&mut rules);
        let inner = "no endpoint for this configuration: Endpoint is set, UseFIPS is true";
        let last = "no endpoint for this configuration: Endpoint is not set, Region is not set";
        assert_eq!(rules["rules"][0]["rules"][0]["error"], inner);
        assert_eq!(rules["rules"][2]["error"], last);
    }

    #[test]
    fn conditions_read_as_sentences() {
        let attribute = json!({"fn": "getAttr", "argv": [{"ref": "Partition"}, "supportsFIPS"]});
        let cases = [
            (
                json!({"fn": "booleanEquals", "argv": [true, attribute]}),
                "Partition.supportsFIPS is true",
                "Partition.supportsFIPS is false",
            ),
            (
                json!({"fn": "aws.partition", "argv": [{"ref": "Region"}]}),
                "the partition of Region is known",
                "the partition of Region is not known",
            ),
            (
                json!({"fn": "not", "argv": [{"fn": "isSet", "argv": [{"ref": "A"}]}]}),
                "A is not set",
                "A is set",
            ),
            (json!({"fn": "stringEquals", "argv": [{"ref": "A"}, "b"]}), "A is b", "A is not b"),
            (
                json!({"fn": "parseURL", "argv": [{"ref": "A"}]}),
                "parseURL(A) holds",
                "parseURL(A) does not hold",
            ),
        ];
        for (condition, held, failed) in cases {
            assert_eq!(describe(&condition, true), held);
            assert_eq!(describe(&condition, false), failed);
        }
    }
}
