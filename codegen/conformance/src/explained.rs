//! Lists the moto errors that no generated example can avoid, each with its reason.

/// An error that moto returns even for the most valid request that can be built from the model.
struct Explained {
    /// The service, by the name of its folder in botocore.
    service: &'static str,
    /// A part of the error, in lower case.
    text: &'static str,
    reason: &'static str,
}

const fn row(service: &'static str, text: &'static str, reason: &'static str) -> Explained {
    Explained { service, text, reason }
}

const EXISTING: &str = "only the ID of an existing resource is valid";
const ARN: &str = "only the ARN of an existing resource is valid";
const TOKEN: &str = "only a token that the service returned is valid";
const SERVER: &str = "moto's response does not have the type of the model";
const CHECK: &str = "moto checks this differently than the service does";

const EXPLAINED: &[Explained] = &[
    row("acm", "not pem-encoded", "a real certificate and its key are needed"),
    row("application-autoscaling", "value 'none' at 'policytype'", CHECK),
    row("batch", "computeenvironmentorder is malformed", EXISTING),
    row("clouddirectory", "invalid arn", ARN),
    row("cognito-idp", "invalid token", TOKEN),
    row("datasync", "the request is not valid", ARN),
    row("datasync", "invalid request", ARN),
    row("directconnect", "found a boolean, in", SERVER),
    row("ds", "invalid subnet id(s)", EXISTING),
    row("emr", "is not valid", EXISTING),
    row("iot", "the request is not valid", ARN),
    row("lexv2-models", "latestbotversion at", SERVER),
    row("pinpoint", "creationdate at", SERVER),
    row("quicksight", "dashboard.version.sourceentityarn at", SERVER),
    row("servicecatalog-appregistry", "invalid or missing parameters", EXISTING),
    row("ssm", "invalid resource id", EXISTING),
    row("ssm", "invalid command id", EXISTING),
    row("sso-admin", "in permissionset.sessionduration", SERVER),
    row("swf", "invalid token", TOKEN),
    row("textract", "invalid job identifier", EXISTING),
    row("textract", "in documentmetadata.pages", SERVER),
    row("timestream-influxdb", "the union parameters has no member", SERVER),
    row("workspaces", "the request is invalid", EXISTING),
];

/// Returns the reason why no example can avoid the error, if it is known.
pub(crate) fn reason(service: &str, error: &str) -> Option<&'static str> {
    let error = error.to_lowercase();
    let is_known = |row: &&Explained| row.service == service && error.contains(row.text);
    EXPLAINED.iter().find(is_known).map(|row| row.reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_that_of_a_service_and_a_text() {
        let error = "GetDirectory: InvalidArnException: Invalid Arn (status 400)";
        assert_eq!(reason("clouddirectory", error), Some(ARN));
        assert_eq!(reason("swf", error), None);
        assert_eq!(reason("clouddirectory", "InvalidName: no"), None);
    }

    #[test]
    fn texts_are_in_lower_case() {
        for row in EXPLAINED {
            assert_eq!(row.text, row.text.to_lowercase());
        }
    }
}
