//! The additions to the user agent: the application ID and the names of libraries.

#[cfg(feature = "credential-chain")]
use crate::support::credential_sources::{BASE, assume_role_response, call, home};
use crate::support::log_collector::ThreadLog;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use crate::support::{config, load};
use longshore_runtime::{Client, Config, ConfigBuilder};

type Variables<'a> = &'a [(&'a str, &'a str)];

const VARIABLE: &str = "AWS_SDK_UA_APP_ID";

/// The end of the user agent of a call, after the service.
async fn suffix(config: impl AsyncFn(ConfigBuilder) -> Config) -> String {
    let server = Server::start([CannedResponse::ok("{}")]);
    let config = config(self::config(&server.url)).await;
    Client::new(&config).call(&PingRequest).await.expect("a response");
    let sent = server.request();
    let agent = sent.header("user-agent");
    let (_, suffix) = agent.split_once("test-registry-public/2015-09-21").expect("the service");
    assert!(!sent.header("authorization").contains("user-agent"));
    suffix.to_owned()
}

#[tokio::test]
async fn the_application_id_comes_from_code_the_variable_or_the_profile() {
    let property = "sdk_ua_app_id = profile app";
    let variable = [(VARIABLE, "variable")];
    let table: [(Option<&str>, Variables<'_>, &str, &str); 7] = [
        (None, &[], "", ""),
        (None, &[], property, " app/profile-app"),
        (None, &variable, property, " app/variable"),
        (Some("co/de"), &variable, property, " app/co-de"),
        (Some(""), &variable, property, ""),
        (None, &[(VARIABLE, "")], property, " app/profile-app"),
        (None, &[(VARIABLE, "a\r\nb#é")], "", " app/a--b--"),
    ];
    for (code, variables, profile, expected) in table {
        let found = suffix(async |config| {
            let config = code.into_iter().fold(config, ConfigBuilder::app_id);
            load(config, variables, profile).await
        });
        assert_eq!(found.await, expected, "{code:?} {variables:?} {profile:?}");
    }
}

#[tokio::test]
async fn parts_follow_the_application_id() {
    let found = suffix(async |config| {
        config
            .user_agent_part("mirror tool", "1.2/3")
            .app_id("shop")
            .user_agent_part("beta", "")
            .user_agent_part("", "1.2")
            .build()
    });
    assert_eq!(found.await, " app/shop mirror-tool/1.2-3 beta");
}

#[tokio::test]
async fn a_long_application_id_is_sent_with_a_warning() {
    let [long, longest] = [51, 50].map(|length| "é".repeat(length));
    for (id, warnings) in [(&long, 2), (&longest, 0)] {
        let log = ThreadLog::start();
        let sent = "-".repeat(id.chars().count());
        let found = suffix(async |config| load(config, &[(VARIABLE, id)], "").await).await;
        assert_eq!(found, format!(" app/{sent}"));
        suffix(async |config| config.app_id(id).build()).await;
        let text = log.text();
        let lines = text.lines().filter(|line| line.contains("the application ID from"));
        assert_eq!(lines.count(), warnings, "{text}");
        let origins = [VARIABLE, "the configuration in code"];
        assert!(warnings == 0 || origins.iter().all(|origin| text.contains(origin)), "{text}");
    }
}

#[cfg(feature = "credential-chain")]
#[tokio::test]
async fn requests_for_credentials_have_the_same_additions() {
    let sts = Server::start([assume_role_response("AssumeRole")]);
    let home = home(&format!(
        "[default]\nregion = r-1\nsdk_ua_app_id = shop\nrole_arn = arn:aws:iam::1:role/r\n\
         source_profile = base\n{BASE}"
    ));
    let variables = [("AWS_ENDPOINT_URL_STS", sts.url.as_str())];
    let sent = call(home.path(), &variables).await.expect("a request");
    for sent in [sent, sts.request()] {
        assert!(sent.header("user-agent").ends_with(" app/shop"), "{}", sent.header("user-agent"));
    }
}
