//! Makes up ARNs for examples.

/// Services whose ARNs contain no Region.
const WITHOUT_REGION: [&str; 7] =
    ["cloudfront", "globalaccelerator", "iam", "organizations", "route53", "s3", "sts"];

/// Services whose ARNs separate the type and the name of a resource with a colon, not a slash.
const WITH_COLON: [&str; 13] = [
    "autoscaling",
    "backup",
    "cloudwatch",
    "codedeploy",
    "dms",
    "elasticache",
    "lambda",
    "logs",
    "medialive",
    "mq",
    "rds",
    "secretsmanager",
    "states",
];

/// Services whose ARNs contain only the name of a resource, not its type.
const WITHOUT_TYPE: [&str; 5] = ["codecommit", "codepipeline", "s3", "sns", "sqs"];

const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";

/// The ARN of a role.
pub(super) const ROLE: &str = "arn:aws:iam::123456789012:role/example";

/// Returns ARNs of a service for a member `name`, most specific first. A member such as
/// `resource_arn` does not say which type of resource it identifies.
pub(super) fn candidates(signing_name: &str, name: &str) -> Vec<String> {
    let region = if WITHOUT_REGION.contains(&signing_name) { "" } else { REGION };
    let arn = |resource: &str| format!("arn:aws:{signing_name}:{region}:{ACCOUNT}:{resource}");
    let kind = name.strip_suffix("_arn").unwrap_or_default();
    let is_specific = !matches!(kind, "" | "resource") && !WITHOUT_TYPE.contains(&signing_name);
    let separator = if WITH_COLON.contains(&signing_name) { ':' } else { '/' };
    let specific =
        is_specific.then(|| arn(&format!("{}{separator}example", kind.replace('_', "-"))));
    specific.into_iter().chain([arn("example")]).collect()
}

/// Replaces each part of an ARN that was generated from a pattern with the usual one if the result
/// is valid.
pub(super) fn with_usual_parts(
    text: String,
    signing_name: &str,
    is_valid: impl Fn(&String) -> bool,
) -> String {
    let usual = [(1, "aws"), (2, signing_name), (3, REGION), (4, ACCOUNT)];
    usual.into_iter().fold(text, |text, (index, part)| {
        let mut parts: Vec<_> = text.splitn(6, ':').collect();
        if parts.len() < 6 || parts[0] != "arn" {
            return text;
        }
        parts[index] = part;
        Some(parts.join(":")).filter(|changed| is_valid(changed)).unwrap_or(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_name_the_type_of_the_resource_in_the_form_of_the_service() {
        let table: [(&str, &str, &[&str]); 6] = [
            (
                "eks",
                "cluster_arn",
                &[
                    "arn:aws:eks:us-east-1:123456789012:cluster/example",
                    "arn:aws:eks:us-east-1:123456789012:example",
                ],
            ),
            ("eks", "resource_arn", &["arn:aws:eks:us-east-1:123456789012:example"]),
            ("eks", "arn", &["arn:aws:eks:us-east-1:123456789012:example"]),
            (
                "rds",
                "db_proxy_arn",
                &[
                    "arn:aws:rds:us-east-1:123456789012:db-proxy:example",
                    "arn:aws:rds:us-east-1:123456789012:example",
                ],
            ),
            ("sns", "topic_arn", &["arn:aws:sns:us-east-1:123456789012:example"]),
            ("iam", "resource_arn", &["arn:aws:iam::123456789012:example"]),
        ];
        for (service, name, expected) in table {
            assert_eq!(candidates(service, name), expected, "{service} {name}");
        }
    }

    #[test]
    fn generated_arns_get_the_usual_parts_if_the_result_is_valid() {
        let table = [
            ("arn:e:g::j:l/c7", "arn:aws:eks:us-east-1:123456789012:l/c7"),
            ("arn:fixed:g::j:l/c7", "arn:fixed:eks:us-east-1:123456789012:l/c7"),
            ("arn:e:g", "arn:e:g"),
            ("urn:e:g::j:l/c7", "urn:e:g::j:l/c7"),
        ];
        for (text, expected) in table {
            let is_valid = |changed: &String| {
                !text.starts_with("arn:fixed") || changed.starts_with("arn:fixed")
            };
            assert_eq!(with_usual_parts(text.to_owned(), "eks", is_valid), expected);
        }
    }
}
