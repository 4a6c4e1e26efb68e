//! Makes up ARNs for examples.

/// Services whose ARNs contain no Region.
const WITHOUT_REGION: [&str; 7] =
    ["cloudfront", "globalaccelerator", "iam", "organizations", "route53", "s3", "sts"];

/// Services whose ARNs contain no account.
const WITHOUT_ACCOUNT: [&str; 2] = ["route53", "s3"];

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
    let (region, account) = (region(signing_name), account(signing_name));
    let arn = |resource: &str| format!("arn:aws:{signing_name}:{region}:{account}:{resource}");
    let kind = name.strip_suffix("_arn").unwrap_or_default();
    let is_specific = !matches!(kind, "" | "resource") && !WITHOUT_TYPE.contains(&signing_name);
    let separator = if WITH_COLON.contains(&signing_name) { ':' } else { '/' };
    let specific =
        is_specific.then(|| arn(&format!("{}{separator}example", kind.replace('_', "-"))));
    specific.into_iter().chain([arn("example")]).collect()
}

/// The Region in the ARNs of a service, which may be empty.
fn region(signing_name: &str) -> &'static str {
    if WITHOUT_REGION.contains(&signing_name) { "" } else { REGION }
}

/// The account in the ARNs of a service, which may be empty.
fn account(signing_name: &str) -> &'static str {
    if WITHOUT_ACCOUNT.contains(&signing_name) { "" } else { ACCOUNT }
}

/// Replaces each part of an ARN that was generated from a pattern with the usual one if the result
/// is valid.
pub(super) fn with_usual_parts(
    text: String,
    signing_name: &str,
    is_valid: impl Fn(&String) -> bool,
) -> String {
    // Some patterns require a part that other ARNs of the service lack, so both are tried.
    let (region, account) = (region(signing_name), account(signing_name));
    let usual =
        [(1, "aws"), (2, signing_name), (3, REGION), (3, region), (4, ACCOUNT), (4, account)];
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
        let table: [(&str, &str, &[&str]); 7] = [
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
            ("s3", "bucket_arn", &["arn:aws:s3:::example"]),
        ];
        for (service, name, expected) in table {
            assert_eq!(candidates(service, name), expected, "{service} {name}");
        }
    }

    #[test]
    fn generated_arns_get_the_usual_parts_if_the_result_is_valid() {
        let table = [
            ("eks", "arn:e:g::j:l/c7", "arn:aws:eks:us-east-1:123456789012:l/c7"),
            ("eks", "arn:fixed:g::j:l/c7", "arn:fixed:eks:us-east-1:123456789012:l/c7"),
            ("eks", "arn:e:g", "arn:e:g"),
            ("eks", "urn:e:g::j:l/c7", "urn:e:g::j:l/c7"),
            ("iam", "arn:e:g:h:j:l/c7", "arn:aws:iam::123456789012:l/c7"),
            ("route53", "arn:e:g:h:j:l/c7", "arn:aws:route53:::l/c7"),
            ("s3", "arn:e:g:h:j:l/c7", "arn:aws:s3:::l/c7"),
        ];
        for (service, text, expected) in table {
            let is_valid = |changed: &String| {
                !text.starts_with("arn:fixed") || changed.starts_with("arn:fixed")
            };
            assert_eq!(with_usual_parts(text.to_owned(), service, is_valid), expected);
        }
        let has_region = |arn: &String| arn.contains(":us-") || arn.contains(":h:");
        let text = with_usual_parts("arn:e:g:h:j:l/c7".to_owned(), "s3", has_region);
        assert_eq!(text, "arn:aws:s3:us-east-1::l/c7");
    }
}
