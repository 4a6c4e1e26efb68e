//! Profiles for IAM Identity Center.

use super::{Case, of};

const ROLE: &str = "sso_account_id = 1\nsso_role_name = r\n";

#[test]
fn a_session_provides_start_url_and_region() {
    let session = "[sso-session corp]\nsso_start_url = https://s\nsso_region = x\n\
                   sso_registration_scopes = sso:account:access\n";
    let expected = "the profile p: sso 1/r https://s@~config:2 x@~config:3 session corp@~config:6";
    let profile = format!("[profile p]\nsso_session = corp\n{ROLE}");
    assert_eq!(of("p", &format!("{session}{profile}")), expected);
    // Equal values in the profile are fine; others are not.
    let equal = format!("{session}{profile}sso_region = x\nsso_start_url = https://s\n");
    assert_eq!(of("p", &equal), expected);
    for (name, line) in [("sso_region", 3), ("sso_start_url", 2)] {
        assert_eq!(
            of("p", &format!("{session}{profile}{name} = other\n")),
            format!(
                "error: the profile p: {name} in ~config:9 differs from that of the SSO session \
                 in ~config:{line}: remove it from the profile"
            )
        );
    }
    // Sections of the credentials file are profiles.
    let case = Case {
        config: &profile,
        credentials: session,
        variables: &[("AWS_PROFILE", "p")],
        ..Case::default()
    };
    assert!(case.plan().contains("no such session"), "{}", case.plan());
}

#[test]
fn a_profile_without_session_has_start_url_and_region_itself() {
    let config = format!("[profile p]\n{ROLE}sso_start_url = https://s\nsso_region = x\n");
    assert_eq!(of("p", &config), "the profile p: sso 1/r https://s@~config:4 x@~config:5");
}

#[test]
fn only_account_and_role_make_a_profile_use_sso() {
    let leftovers = "sso_session = s\nsso_start_url = https://s\nsso_region = us-east-1\n";
    let session = "[sso-session s]\nsso_start_url = https://x\nsso_region = eu-west-1\n";
    let keys = "aws_access_key_id = A\naws_secret_access_key = a\n";
    let expected = "the profile p: keys A@~config:5 a";
    assert_eq!(of("p", &format!("[profile p]\n{leftovers}{keys}{session}")), expected);
    let container = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1");
    let config = format!("[default]\nsso_region = us-east-1\n{keys}");
    let case = Case { config: &config, variables: &[container], ..Case::default() };
    assert_eq!(case.plan(), "the profile default: keys A@~config:3 a");
}

#[test]
fn a_missing_property_is_an_error() {
    let start_url = "sso_start_url = https://s\n";
    let account = "sso_account_id in ~config:2 needs";
    let table = [
        (
            "sso_account_id = 1\n".to_owned(),
            format!("{account} sso_role_name: add it to the profile"),
        ),
        (
            "sso_role_name = r\n".to_owned(),
            "sso_role_name in ~config:2 needs sso_account_id: add it to the profile".to_owned(),
        ),
        (ROLE.to_owned(), format!("{account} sso_start_url: add it to the profile")),
        (format!("{ROLE}{start_url}"), format!("{account} sso_region: add it to the profile")),
        (
            format!("{ROLE}{start_url}sso_region =\n"),
            format!("{account} sso_region: add it to the profile"),
        ),
        (
            format!("{ROLE}sso_session = my corp\n"),
            "sso_session in ~config:4 is \"my corp\", but there is no such session: add a section \
             `[sso-session \"my corp\"]` to the config file"
                .to_owned(),
        ),
        (
            format!("{ROLE}sso_session = s\n[sso-session s]\nsso_region = x\n"),
            "sso_session in ~config:4 needs sso_start_url: add it to the SSO session in ~config:5"
                .to_owned(),
        ),
        // The profile cannot complete the session, whose token belongs to its start URL.
        (
            format!("{ROLE}sso_session = s\nsso_region = x\n[sso-session s]\n{start_url}"),
            "sso_session in ~config:4 needs sso_region: add it to the SSO session in ~config:6"
                .to_owned(),
        ),
    ];
    for (properties, expected) in table {
        let found = of("p", &format!("[profile p]\n{properties}"));
        assert_eq!(found, format!("error: the profile p: {expected}"));
    }
}

#[test]
fn a_session_is_complete_even_if_it_is_not_used() {
    let keys = "aws_access_key_id = A\naws_secret_access_key = a\n";
    let config = format!("[default]\nsso_session = corp\n{keys}");
    let expected = "error: the profile default: sso_session in ~config:2 is \"corp\", but there is \
                    no such session: add a section `[sso-session corp]` to the config file";
    let in_environment = [("AWS_ACCESS_KEY_ID", "E"), ("AWS_SECRET_ACCESS_KEY", "e")];
    for variables in [&[][..], &in_environment] {
        assert_eq!(Case { config: &config, variables, ..Case::default() }.plan(), expected);
    }
    let config = format!("{config}[sso-session corp]\nsso_region = x\n");
    assert!(of("default", &config).contains("needs sso_start_url"));
}
