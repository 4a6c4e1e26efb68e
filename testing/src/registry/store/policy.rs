//! The policies of a repository: looked at, kept, and never acted upon.

use serde_json::Value;

use super::refusal::Refusal;

/// Refuses what is no policy of who may do what.
pub(in crate::registry) fn check_access(text: &str) -> Result<(), Refusal> {
    let policy = object(text, "policyText")?;
    match policy.get("Statement") {
        Some(Value::Array(_) | Value::Object(_)) => Ok(()),
        _ => Err(Refusal::parameter("policyText has no Statement")),
    }
}

/// Refuses what is no policy of which images go when.
pub(in crate::registry) fn check_lifecycle(text: &str) -> Result<(), Refusal> {
    let policy = object(text, "lifecyclePolicyText")?;
    let rules = policy.get("rules").and_then(Value::as_array).filter(|rules| !rules.is_empty());
    let rules = rules.ok_or_else(|| Refusal::parameter("lifecyclePolicyText has no rules"))?;
    let mut priorities = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let refused =
            |what| Refusal::parameter(format!("lifecyclePolicyText: rules[{index}] {what}"));
        let priority = rule.get("rulePriority").and_then(Value::as_u64).filter(|it| *it > 0);
        let priority = priority.ok_or_else(|| refused("has no rulePriority of 1 or more"))?;
        if priorities.contains(&priority) {
            return Err(refused("has the rulePriority of another rule"));
        }
        priorities.push(priority);
        for member in ["selection", "action"] {
            if !rule.get(member).is_some_and(Value::is_object) {
                return Err(refused(if member == "action" {
                    "has no action"
                } else {
                    "has no selection"
                }));
            }
        }
    }
    Ok(())
}

fn object(text: &str, member: &str) -> Result<Value, Refusal> {
    let json = serde_json::from_str::<Value>(text);
    let json = json.map_err(|error| Refusal::parameter(format!("{member} is no JSON: {error}")))?;
    match json.is_object() {
        true => Ok(json),
        false => Err(Refusal::parameter(format!("{member} is no JSON object"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{check_access, check_lifecycle};

    #[test]
    fn policies_are_looked_at() {
        for (text, message) in [
            ("{", Some("policyText is no JSON: EOF while parsing an object at line 1 column 1")),
            ("[]", Some("policyText is no JSON object")),
            ("{}", Some("policyText has no Statement")),
            (r#"{"Version":"2008-10-17","Statement":[]}"#, None),
        ] {
            let refusal = check_access(text).err();
            assert_eq!(refusal.as_ref().map(super::Refusal::message), message, "{text}");
        }
    }

    #[test]
    fn rules_have_priorities_of_their_own_a_selection_and_an_action() {
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
            let refusal = check_lifecycle(&format!(r#"{{"rules":[{rules}]}}"#)).err();
            assert_eq!(refusal.as_ref().map(super::Refusal::message), message);
        }
    }
}
