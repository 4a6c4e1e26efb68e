//! Lists the differences that are intended.
//!
//! Each row has a predicate on the combination and the outcomes, because the numbers of
//! combinations change with the grammar. No row applies to calls that the two implementations sign
//! with different credentials.

use crate::combination::Combination;
use crate::outcome::{Difference, Outcome};

/// A kind of difference that is intended.
#[derive(Clone, Copy, Debug)]
pub struct Allowed {
    /// What the combination contains.
    pub kind: &'static str,
    /// Why Longshore differs.
    pub reason: &'static str,
    /// Returns true if the kind explains the difference.
    pub explains: fn(&Case<'_>) -> bool,
}

/// A difference between the outcomes of a combination.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    combination: &'a Combination,
    difference: Difference,
    longshore: &'a Outcome,
    botocore: &'a Outcome,
}

/// All intended differences.
const ALLOWED: [Allowed; 15] = [
    Allowed {
        kind: "AWS_REGION",
        reason: "botocore does not read this variable; the other AWS SDKs do",
        explains: |case| {
            let differs = case.difference == Difference::Other;
            case.combination.has_variable("AWS_REGION")
                && (differs || case.botocore.error.starts_with("NoRegionError"))
        },
    },
    Allowed {
        kind: "empty region",
        reason: "an empty setting counts as absent; botocore signs with an empty region",
        explains: |case| {
            let empty = ("AWS_DEFAULT_REGION".to_owned(), String::new());
            let is_empty = case.combination.variables.contains(&empty)
                || case.combination.has_empty_property("region");
            let is_cause = match case.difference {
                Difference::OnlyLongshoreFails => case.longshore.error.contains("region"),
                Difference::OnlyBotocoreFails => case.botocore.error.contains("Invalid endpoint"),
                _ => true,
            };
            is_empty && is_cause
        },
    },
    Allowed {
        kind: "repeated header or property",
        reason: "the last one counts; botocore refuses the file",
        explains: |case| {
            case.difference != Difference::OnlyLongshoreFails
                && case.botocore.error.starts_with("ConfigParseError")
                && case.combination.has_repetition()
        },
    },
    Allowed {
        kind: "empty key",
        reason: "a call is never signed with an empty access key ID or secret",
        explains: |case| {
            let keys = ["aws_access_key_id", "aws_secret_access_key"];
            case.difference == Difference::OnlyLongshoreFails
                && keys.iter().any(|key| case.combination.has_empty_property(key))
        },
    },
    Allowed {
        kind: "incomplete key pair",
        reason: "a secret access key without an access key ID is an error; botocore uses \
                 credentials that the profile does not name",
        explains: |case| {
            let error = &case.longshore.error;
            let is_half = error.contains("aws_access_key_id is missing for the key at")
                || error.contains("AWS_SECRET_ACCESS_KEY is set but AWS_ACCESS_KEY_ID is not");
            case.difference == Difference::OnlyLongshoreFails && is_half
        },
    },
    Allowed {
        kind: "source without a role",
        reason: "a source without role_arn is an error; botocore uses credentials that the \
                 profile does not name",
        explains: |case| {
            case.difference == Difference::OnlyLongshoreFails
                && case.longshore.error.contains("has no effect without role_arn")
        },
    },
    Allowed {
        kind: "value of several lines",
        reason: "a credential setting must be one line; botocore keeps the line break",
        explains: |case| {
            case.difference != Difference::OnlyBotocoreFails
                && case.longshore.error.contains("must be one line")
        },
    },
    Allowed {
        kind: "missing file",
        reason: "a file that a variable names must exist; botocore ignores a missing file and uses \
                 credentials that the profile does not name",
        explains: |case| {
            let names = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
            case.difference != Difference::OnlyBotocoreFails
                && names
                    .iter()
                    .any(|name| case.longshore.error.contains(&format!("it is named by {name}")))
        },
    },
    Allowed {
        kind: "token of another start URL",
        reason: "the token of an SSO session is for its start URL; botocore also uses it for others",
        explains: |case| {
            case.difference != Difference::OnlyBotocoreFails
                && case.longshore.error.contains("belongs to another sso_start_url")
        },
    },
    Allowed {
        kind: "invalid duration",
        reason: "an invalid duration_seconds is an error; botocore ignores it",
        explains: |case| {
            case.difference != Difference::OnlyBotocoreFails
                && case.longshore.error.contains("must be a whole number of seconds")
        },
    },
    Allowed {
        kind: "region of digits",
        reason: "a region may be any host name label; botocore rejects one that has only digits",
        explains: |case| {
            case.difference == Difference::OnlyBotocoreFails
                && case.botocore.error.starts_with("InvalidRegionError")
        },
    },
    Allowed {
        kind: "setting that is not a boolean",
        reason: "an invalid value is an error; botocore ignores it, or treats it as false",
        explains: |case| {
            case.difference == Difference::OnlyLongshoreFails
                && case.longshore.error.contains("must be true or false")
        },
    },
    Allowed {
        kind: "empty SSO setting",
        reason: "an empty property counts as absent; botocore sends it",
        explains: |case| {
            let names = ["sso_account_id", "sso_role_name", "sso_start_url", "sso_region"];
            case.difference == Difference::OnlyLongshoreFails
                && case.longshore.error.contains("sso_")
                && names.iter().any(|name| case.combination.has_empty_property(name))
        },
    },
    Allowed {
        kind: "incomplete web identity",
        reason: "a role with an empty token file, or with a token file and a credential source, \
                 is an error; botocore uses credentials that the profile does not name",
        explains: |case| {
            let has = |name| case.combination.has_property(name);
            let is_half = case.combination.has_empty_property("web_identity_token_file")
                || has("credential_source");
            case.difference == Difference::OnlyLongshoreFails
                && has("web_identity_token_file")
                && has("role_arn")
                && is_half
        },
    },
    Allowed {
        kind: "empty property",
        reason: "an empty property counts as absent; botocore uses the empty value and fails",
        explains: |case| {
            let sources = ["role_arn", "credential_process", "login_session", "aws_access_key_id"];
            let options = ["external_id", "role_session_name", "mfa_serial", "duration_seconds"];
            let sso = ["sso_region", "sso_start_url"];
            let mut names = sources.iter().chain(&options).chain(&sso);
            let is_refused = case.botocore.error.starts_with("ParamValidationError");
            (case.difference == Difference::OnlyBotocoreFails
                || case.difference == Difference::Other && is_refused)
                && names.any(|name| case.combination.has_empty_property(name))
        },
    },
];

/// The kind that explains the difference between the outcome of Longshore and that of botocore.
#[must_use]
pub fn find(
    combination: &Combination,
    longshore: &Outcome,
    botocore: &Outcome,
) -> Option<&'static Allowed> {
    let difference = longshore.difference(botocore)?;
    let case = Case { combination, difference, longshore, botocore };
    ALLOWED
        .iter()
        .find(|allowed| difference != Difference::OtherIdentity && (allowed.explains)(&case))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Signature;

    fn signed(id: &str) -> Outcome {
        let signature = Signature { access_key_id: id.to_owned(), ..Signature::default() };
        Outcome { signature: Some(signature), called: true, ..Outcome::default() }
    }

    fn kind(variable: &str, longshore: &Outcome, botocore: &Outcome) -> Option<&'static str> {
        let variables = vec![(variable.to_owned(), "x".to_owned())];
        let combination = Combination { variables, ..Combination::default() };
        find(&combination, longshore, botocore).map(|allowed| allowed.kind)
    }

    #[test]
    fn another_identity_is_never_intended() {
        let [a, b] = ["A", "B"].map(signed);
        assert_eq!(kind("AWS_REGION", &a, &b), None);
    }

    #[test]
    fn a_difference_without_a_row_is_not_intended() {
        let (a, mut refused) = (signed("A"), Outcome::default());
        assert_eq!(kind("AWS_REGION", &a, &refused), None);
        refused.error = "NoRegionError: You must specify a region.".to_owned();
        assert_eq!(kind("AWS_REGION", &a, &refused), Some("AWS_REGION"));
        assert_eq!(kind("AWS_PROFILE", &a, &refused), None);
        assert_eq!(kind("AWS_REGION", &a, &a), None);
    }
}
