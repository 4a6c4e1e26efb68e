//! Requests to STS for roles: their parameters, chains of roles, and errors.

use crate::support::credential_sources::{
    BASE, EXPIRATION, assert_signed, assume_role_response, call, home,
};
use crate::support::server::{CannedResponse, Server};
use crate::support::{SECRET, TOKEN};

#[tokio::test]
async fn options_of_a_role_are_sent() {
    let sts = Server::start([assume_role_response("AssumeRole")]);
    let home = home(&format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n\
         duration_seconds = 900\nexternal_id = an id\n{BASE}"
    ));
    let variables = [("AWS_ENDPOINT_URL_STS", sts.url.as_str())];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
    let body = sts.request().text().to_owned();
    for expected in ["DurationSeconds=900", "ExternalId=an%20id", "RoleSessionName=longshore-"] {
        assert!(body.contains(expected), "{body}");
    }
    assert!(!body.contains("SerialNumber"), "{body}");
}

#[tokio::test]
async fn each_role_signs_the_request_for_the_next() {
    let first = CannedResponse::new(
        200,
        &[],
        format!(
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>FIRST</AccessKeyId>\
             <SecretAccessKey>s</SecretAccessKey><SessionToken>first-token</SessionToken>\
             <Expiration>{EXPIRATION}</Expiration></Credentials></AssumeRoleResult>\
             </AssumeRoleResponse>"
        ),
    );
    let sts = Server::start([first, assume_role_response("AssumeRole")]);
    let home = home(&format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/last\nsource_profile = middle\n\
         [profile middle]\nrole_arn = arn:aws:iam::1:role/first\nsource_profile = base\n{BASE}"
    ));
    let variables = [("AWS_ENDPOINT_URL_STS", sts.url.as_str())];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
    let requests = sts.requests();
    let roles = requests.iter().map(|request| {
        (request.text().contains("role%2Ffirst"), request.header("authorization")[..33].to_owned())
    });
    let expected = [(true, "BASE/"), (false, "FIRST")]
        .map(|(is_first, key)| (is_first, format!("AWS4-HMAC-SHA256 Credential={key}")));
    assert_eq!(roles.collect::<Vec<_>>(), expected);
    assert_eq!(requests[1].header("x-amz-security-token"), "first-token");
}

#[tokio::test]
async fn unusable_responses_are_errors_without_secrets() {
    let expired = assume_role_response("AssumeRole");
    let expired = String::from_utf8(expired.bytes).expect("text").replace("2096", "2016");
    let incomplete = format!(
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>FOUND</AccessKeyId>\
         <SessionToken>{TOKEN}</SessionToken><Expiration>{EXPIRATION}</Expiration></Credentials>\
         </AssumeRoleResult></AssumeRoleResponse>"
    );
    let html = format!("<html><p>{SECRET}<p></html>");
    for (response, expected) in [
        (CannedResponse::raw(expired), "the credentials expired at 2016-10-02"),
        (CannedResponse::ok(incomplete), "incomplete"),
        (CannedResponse::ok(html), "config:4: "),
        (CannedResponse::ok(""), "config:4: "),
    ] {
        let sts = Server::start([response]);
        let container = Server::start([]);
        let home = home(&format!(
            "[default]\nregion = r-1\nmax_attempts = 1\nrole_arn = arn:aws:iam::1:role/r\n\
             source_profile = base\n{BASE}"
        ));
        let variables = [
            ("AWS_ENDPOINT_URL_STS", sts.url.as_str()),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url.as_str()),
        ];
        let line = call(home.path(), &variables).await.expect_err("an error");
        assert!(line.contains("the profile default: role_arn in "), "{line}");
        assert!(line.contains(expected), "{line}");
        assert!(!line.contains(SECRET) && !line.contains(TOKEN), "{line}");
        assert_eq!((sts.requests().len(), container.requests().len()), (1, 0));
    }
}
