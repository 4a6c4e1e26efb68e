//! Chooses example texts and numbers for members by their names.

use super::{
    constraints::MemberConstraints, matching::matches, pattern, sample::sample, steps::Steps,
};

/// The number of characters by which generated texts may exceed the minimum.
const MAX_EXTRA: usize = 64;

/// Services whose ARNs contain no Region.
const WITHOUT_REGION: [&str; 7] =
    ["cloudfront", "globalaccelerator", "iam", "organizations", "route53", "s3", "sts"];

/// Texts by the suffix of a member's name; the first match takes precedence.
const KNOWN: &[(&str, &str)] = &[
    ("account_id", "123456789012"),
    ("tag_key", "team"),
    ("digest", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("media_type", "application/json"),
    ("policy", "{}"),
    ("policy_text", "{}"),
    ("policy_document", "{}"),
    ("json", "{}"),
    ("event_pattern", "{}"),
    ("dashboard_body", "{}"),
    ("template_body", "{}"),
    ("schedule_expression", "rate(1 day)"),
    ("url", "https://example.com"),
    ("uri", "https://example.com"),
    ("endpoint", "https://example.com"),
    ("email", "user@example.com"),
    ("contact", "user@example.com"),
    ("domain_name", "example.com"),
    ("domain", "example.com"),
    ("host_name", "www.example.com"),
    ("http_method", "GET"),
    ("ip_address", "192.0.2.1"),
    ("cidr", "192.0.2.0/24"),
    ("availability_zone", "us-east-1a"),
    ("region", "us-east-1"),
    ("role_arn", "arn:aws:iam::123456789012:role/example"),
    ("permissions_boundary", "arn:aws:iam::123456789012:policy/example"),
    // A number that is reserved for fiction.
    ("phone_number", "+12065550100"),
    ("user_name", "admin"),
    ("username", "admin"),
    ("password", "A-long-passw0rd"),
    ("description", "An example."),
    ("message", "An example."),
    ("version", "1"),
    ("path", "/"),
    ("key", "key"),
    ("value", "value"),
    ("name", "example"),
];

/// Returns a text for the member `name`, or `None` if none satisfies its constraints.
pub(super) fn text(
    signing_name: &str,
    name: &str,
    rules: &MemberConstraints<'_>,
    steps: &Steps,
) -> Option<String> {
    let words = name.trim_matches('_');
    let region = if WITHOUT_REGION.contains(&signing_name) { "" } else { "us-east-1" };
    let arn = format!("arn:aws:{signing_name}:{region}:123456789012:example");
    let is_end = |end: &str| {
        words.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
    };
    let known = KNOWN.iter().filter(|(end, _)| is_end(end)).map(|(_, text)| (*text).to_owned());
    let arn = is_end("arn").then_some(arn);
    let called = words.strip_suffix("_name").map(|thing| format!("my-{}", thing.replace('_', "-")));
    // A name of several words describes its value; some of those are also in the table.
    let (generic, special): (Vec<_>, Vec<_>) = known.partition(|text| text == "example");
    let plain = [words.replace('_', "-"), "example".to_owned()];
    let wishes = special.into_iter().chain(arn).chain(called).chain(generic).chain(plain);
    fitting(wishes, rules, steps)
}

/// The content of a blob.
pub(super) fn bytes(rules: &MemberConstraints<'_>, steps: &Steps) -> Option<String> {
    fitting(["content".to_owned()].into_iter(), rules, steps)
}

/// Returns a number for the member `name`, which may be outside of its range.
pub(super) fn number(name: &str) -> i64 {
    match name {
        _ if name.ends_with("port") => 80,
        _ if name.ends_with("days") => 30,
        _ if name.ends_with("max_results") => 100,
        _ => 1,
    }
}

/// Returns the first candidate that satisfies the constraints, or a generated text.
fn fitting(
    mut wishes: impl Iterator<Item = String>,
    rules: &MemberConstraints<'_>,
    steps: &Steps,
) -> Option<String> {
    let Some(pattern) = rules.pattern() else {
        let filler = || (0..MAX_EXTRA).map(|length| "a".repeat(length));
        return wishes.chain(filler()).find(|text| rules.accepts_length(text.chars().count()));
    };
    steps.take(pattern.len())?;
    // For an unsupported pattern, the name is the only hint.
    let Some(pattern) = pattern::read(pattern) else {
        return wishes.find(|text| rules.accepts_length(text.chars().count()));
    };
    let fits = |text: &String| {
        rules.accepts_length(text.chars().count()) && matches(&pattern, text, steps)
    };
    let made = (0..MAX_EXTRA).map_while(|more| sample(&pattern, more, steps));
    wishes.chain(made).find(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smithy::Traits;

    #[test]
    fn texts_fit_the_name_of_the_member_and_the_service() {
        let traits = Traits::default();
        let rules = MemberConstraints { member: &traits, target: &traits };
        let table = [
            ("eks", "resource_arn", "arn:aws:eks:us-east-1:123456789012:example"),
            ("iam", "resource_arn", "arn:aws:iam::123456789012:example"),
            ("iam", "role_arn", "arn:aws:iam::123456789012:role/example"),
            ("apigateway", "http_method", "GET"),
            ("eks", "cluster_name", "my-cluster"),
            ("eks", "name", "example"),
        ];
        for (service, name, expected) in table {
            let text = text(service, name, &rules, &Steps::new());
            assert_eq!(text.as_deref(), Some(expected), "{service} {name}");
        }
    }
}
