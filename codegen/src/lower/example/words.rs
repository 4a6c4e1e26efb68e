//! Chooses example texts and numbers for members by their names.

use super::{
    arn,
    constraints::MemberConstraints,
    matching::{matches, matches_whole},
    sample::sample,
    steps::Steps,
};
use crate::lower::pattern;

/// The number of characters by which generated texts may exceed the minimum.
const MAX_EXTRA: usize = 64;

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
    ("template_body", r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#),
    ("schedule_expression", "rate(1 day)"),
    ("url", "https://example.com"),
    ("uri", "https://example.com"),
    ("endpoint", "https://example.com"),
    ("email", "user@example.com"),
    ("email_address", "user@example.com"),
    ("contact", "user@example.com"),
    ("domain_name", "example.com"),
    ("domain", "example.com"),
    ("host_name", "www.example.com"),
    ("http_method", "GET"),
    ("ip_address", "192.0.2.1"),
    ("cidr", "192.0.2.0/24"),
    ("availability_zone", "us-east-1a"),
    ("region", "us-east-1"),
    ("role_arn", arn::ROLE),
    ("service_role", arn::ROLE),
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
    let is_end = |end: &str| {
        words.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
    };
    let known = KNOWN.iter().filter(|(end, _)| is_end(end)).map(|(_, text)| (*text).to_owned());
    let arns = || arn::candidates(signing_name, words);
    let is_arn = is_end("arn");
    let named = if is_arn { arns() } else { Vec::new() };
    let called = words.strip_suffix("_name").map(|thing| format!("my-{}", thing.replace('_', "-")));
    let spellings = |text: String| [text.replace('-', "_"), text].into_iter().rev();
    let called = called.into_iter().flat_map(spellings);
    // A name of several words describes its value; some of those are also in the table.
    let (generic, special): (Vec<_>, Vec<_>) = known.partition(|text| text == "example");
    let plain = spellings(words.replace('_', "-")).chain(["example".to_owned()]);
    let wishes = special.into_iter().chain(named).chain(called).chain(generic).chain(plain);
    let needs_arn = !is_arn && rules.pattern().is_some_and(|pattern| pattern.contains("arn"));
    let role = || words.ends_with("role").then(|| arn::ROLE.to_owned());
    let others = if needs_arn { role().into_iter().chain(arns()).collect() } else { Vec::new() };
    fitting(signing_name, &Candidates { wishes: wishes.collect(), others }, rules, steps)
}

/// Texts for a member, the most helpful ones first.
struct Candidates {
    /// Texts that the name of the member suggests.
    wishes: Vec<String>,
    /// ARNs, for a member whose name does not suggest one but whose pattern requires one.
    others: Vec<String>,
}

/// The content of a blob.
pub(super) fn bytes(rules: &MemberConstraints<'_>, steps: &Steps) -> Option<String> {
    let wishes = vec!["content".to_owned()];
    fitting("", &Candidates { wishes, others: Vec::new() }, rules, steps)
}

/// Returns the name of an element of the list `name`.
pub(super) fn singular(name: &str) -> &str {
    let end = if name.ends_with("sses") { "es" } else { "s" };
    name.strip_suffix(end).unwrap_or(name)
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
///
/// Services apply most patterns to the whole value, although patterns are not anchored in Smithy,
/// so a candidate that matches as a whole takes precedence.
fn fitting(
    signing_name: &str,
    candidates: &Candidates,
    rules: &MemberConstraints<'_>,
    steps: &Steps,
) -> Option<String> {
    let wishes = &candidates.wishes;
    let has_length = |text: &String| rules.accepts_length(text.chars().count());
    let Some(pattern) = rules.pattern() else {
        let filler = (0..MAX_EXTRA).map(|length| "a".repeat(length));
        return wishes.iter().cloned().chain(filler).find(has_length);
    };
    steps.take(pattern.len())?;
    // For an unsupported pattern, the name is the only hint.
    let Some(pattern) = pattern::read(pattern) else {
        return wishes.iter().find(|text| has_length(text)).cloned();
    };
    let fits = |text: &String| has_length(text) && matches(&pattern, text, steps);
    let fits_whole = |text: &String| has_length(text) && matches_whole(&pattern, text, steps);
    let mut whole = wishes.iter().chain(&candidates.others);
    let wish = whole.find(|text| fits_whole(text));
    let wish = wish.or_else(|| wishes.iter().find(|text| fits(text)));
    wish.cloned().or_else(|| {
        let mut made = (0..MAX_EXTRA).map_while(|more| sample(&pattern, more, steps));
        let text = made.find(fits)?;
        Some(arn::with_usual_parts(text, signing_name, fits_whole))
    })
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
            ("eks", "cluster_arn", "arn:aws:eks:us-east-1:123456789012:cluster/example"),
            ("iam", "role_arn", "arn:aws:iam::123456789012:role/example"),
            ("codebuild", "service_role", "arn:aws:iam::123456789012:role/example"),
            ("apigateway", "http_method", "GET"),
            ("eks", "cluster_name", "my-cluster"),
            ("eks", "name", "example"),
        ];
        for (service, name, expected) in table {
            let text = text(service, name, &rules, &Steps::new());
            assert_eq!(text.as_deref(), Some(expected), "{service} {name}");
        }
    }
    #[test]
    fn texts_match_the_whole_pattern_if_possible() {
        let target = Traits::default();
        let table = [
            ("domain_name", r"[a-z][a-z0-9\-]+", "my-domain"),
            ("role", r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-z]+", arn::ROLE),
            ("policy", r"[\u0009\u0020-\u00FF]+", "{}"),
            ("name", r"\S", "example"),
            ("baseline_id", r"[a-z0-9:/-]{20,128}", "abcdefghijklmnopqrst"),
            ("status_code", r"[1-5]\d\d", "123"),
            ("field_name", r"\w+", "my_field"),
            ("client_id", r"\w+", "client_id"),
            (
                "portal_arn",
                r"arn:[a-z]+:[a-z-]+:[a-z0-9-]*:\d{12}:[a-z]+/[a-f0-9]{4}",
                "arn:aws:eks:us-east-1:123456789012:w/1f0f",
            ),
        ];
        for (name, pattern, expected) in table {
            let member = Traits([("smithy.api#pattern".to_owned(), pattern.into())].into());
            let rules = MemberConstraints { member: &member, target: &target };
            let text = text("eks", name, &rules, &Steps::new());
            assert_eq!(text.as_deref(), Some(expected), "{name} {pattern}");
        }
    }
    #[test]
    fn an_element_has_the_singular_of_the_name_of_its_list() {
        let table = [("tags", "tag"), ("to_addresses", "to_address"), ("data", "data")];
        for (name, expected) in table {
            assert_eq!(singular(name), expected);
        }
    }
}
