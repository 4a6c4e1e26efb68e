//! Checks repository policies and lifecycle policies. They are stored but not enforced.

use serde_json::Value;

use super::error::ApiError;

/// Rejects invalid repository policies.
pub(in crate::registry) fn check_repository_policy(text: &str) -> Result<(), ApiError> {
    let policy = object(text, "policyText")?;
    match policy.get("Statement") {
        Some(Value::Array(_) | Value::Object(_)) => Ok(()),
        _ => Err(ApiError::invalid_parameter("policyText has no Statement")),
    }
}

/// Rejects invalid lifecycle policies.
pub(in crate::registry) fn check_lifecycle_policy(text: &str) -> Result<(), ApiError> {
    let policy = object(text, "lifecyclePolicyText")?;
    let rules = policy.get("rules").and_then(Value::as_array).filter(|rules| !rules.is_empty());
    let rules =
        rules.ok_or_else(|| ApiError::invalid_parameter("lifecyclePolicyText has no rules"))?;
    let mut priorities = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let invalid = |what| {
            ApiError::invalid_parameter(format!("lifecyclePolicyText: rules[{index}] {what}"))
        };
        let priority = rule.get("rulePriority").and_then(Value::as_u64).filter(|it| *it > 0);
        let priority = priority.ok_or_else(|| invalid("has no rulePriority of 1 or more"))?;
        if priorities.contains(&priority) {
            return Err(invalid("has the rulePriority of another rule"));
        }
        priorities.push(priority);
        for member in ["selection", "action"] {
            if !rule.get(member).is_some_and(Value::is_object) {
                return Err(invalid(if member == "action" {
                    "has no action"
                } else {
                    "has no selection"
                }));
            }
        }
    }
    Ok(())
}

fn object(text: &str, member: &str) -> Result<Value, ApiError> {
    let json = serde_json::from_str::<Value>(text);
    let json = json
        .map_err(|error| ApiError::invalid_parameter(format!("{member} is not JSON: {error}")))?;
    match json.is_object() {
        true => Ok(json),
        false => Err(ApiError::invalid_parameter(format!("{member} is not a JSON object"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{check_lifecycle_policy, check_repository_policy};

    #[test]
    fn invalid_repository_policies_are_rejected() {
        for (text, message) in [
            ("{", Some("policyText is not JSON: EOF while parsing an object at line 1 column 1")),
            ("[]", Some("policyText is not a JSON object")),
            ("{}", Some("policyText has no Statement")),
            (r#"{"Version":"2008-10-17","Statement":[]}"#, None),
        ] {
            let error = check_repository_policy(text).err();
            assert_eq!(error.as_ref().map(super::ApiError::message), message, "{text}");
        }
    }

    #[test]
    fn lifecycle_rules_need_unique_priorities_a_selection_and_an_action() {
        let rule = |priority: u64| {
            format!(r#"{{"rulePriority":{priority},"selection":{{}},"action":{{}}}}"#)
        };
        for (rules, message) in [
            (String::new(), Some("lifecyclePolicyText has no rules")),
            (rule(0), Some("lifecyclePolicyText: rules[0] has no rulePriority of 1 or more")),
            (
                format!("{},{}", rule(1), rule(1)),
                Some("lifecyclePolicyText: rules[1] has the rulePriority of another rule"),
            ),
            (
                r#"{"rulePriority":1,"selection":{}}"#.to_owned(),
                Some("lifecyclePolicyText: rules[0] has no action"),
            ),
            (format!("{},{}", rule(1), rule(2)), None),
        ] {
            let error = check_lifecycle_policy(&format!(r#"{{"rules":[{rules}]}}"#)).err();
            assert_eq!(error.as_ref().map(super::ApiError::message), message);
        }
    }
}
