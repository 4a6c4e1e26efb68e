//! The properties of a profile.

use std::collections::BTreeSet;

use super::{Properties, SESSIONS};
use crate::random::Random;

/// A way to configure credentials.
#[derive(Clone, Copy)]
enum Source {
    Keys,
    HalfKeys,
    RoleFromProfile,
    RoleFromProvider,
    WebIdentity,
    SsoSession,
    LegacySso,
    HalfSso,
    Process,
    Login,
    Nothing,
}

/// The sources; frequent ones are listed several times.
const SOURCES: [Source; 20] = [
    Source::Keys,
    Source::Keys,
    Source::Keys,
    Source::Keys,
    Source::Keys,
    Source::RoleFromProfile,
    Source::RoleFromProfile,
    Source::RoleFromProfile,
    Source::RoleFromProfile,
    Source::RoleFromProfile,
    Source::RoleFromProvider,
    Source::WebIdentity,
    Source::SsoSession,
    Source::SsoSession,
    Source::LegacySso,
    Source::HalfSso,
    Source::Process,
    Source::Login,
    Source::HalfKeys,
    Source::Nothing,
];

/// Generates the properties of the profile `names[index]`, which may refer to any profile. Most
/// refer to a later profile, and the last profile usually has keys; otherwise, nearly all chains
/// would be cycles.
pub(super) fn properties(random: &mut Random, names: &[&str], index: usize) -> Properties {
    let later = &names[index + 1..];
    let names = if !later.is_empty() && random.chance(85) { later } else { names };
    let needs_keys = index > 0 && later.is_empty() && random.chance(70);
    let mut properties = Properties::new();
    if random.chance(60) {
        add(&mut properties, "region", random.pick(&["eu-west-1", "us-west-2", "us-east-1"]));
    }
    // Two sources in one profile test the precedence.
    for _ in 0..=usize::from(random.chance(18)) {
        let source = match SOURCES[random.below(SOURCES.len())] {
            _ if needs_keys => Source::Keys,
            Source::RoleFromProfile if later.is_empty() && random.chance(70) => Source::Keys,
            source => source,
        };
        add_source(random, &mut properties, source, names);
    }
    if random.chance(15) {
        let account_ids = ["222222222222", "222222222222", ""];
        add(&mut properties, "aws_account_id", random.pick(&account_ids));
    }
    if random.chance(10) {
        add_endpoint(random, &mut properties);
    }
    // A repeated property is an error in botocore, so it must be rare.
    let mut known = BTreeSet::new();
    properties.retain(|(name, _)| known.insert(name.clone()));
    if random.chance(5) {
        let name = random.pick(&[
            "output",
            "cli_pager",
            "aws_session_token",
            "source_profile",
            "role_arn",
            "web_identity_token_file",
            "sso_region",
            "sso_start_url",
            "duration_seconds",
        ]);
        add(&mut properties, name, random.pick(&["", "json", "dev"]));
    }
    properties
}

fn add(properties: &mut Properties, name: &str, value: &str) {
    properties.push((name.to_owned(), value.to_owned()));
}

fn add_source(random: &mut Random, to: &mut Properties, source: Source, names: &[&str]) {
    match source {
        Source::Keys => {
            add(to, "aws_access_key_id", &format!("AKIA{}", random.below(1000)));
            add(to, "aws_secret_access_key", random.pick(&["secret", "se/cr+et=", "a#b;c"]));
            if random.chance(25) {
                add(to, "aws_session_token", random.pick(&["file-token", "to=ken", ""]));
            }
        }
        // What is left of a template.
        Source::HalfKeys if random.chance(20) => {
            add(to, "aws_access_key_id", "");
            add(to, "aws_secret_access_key", "");
        }
        Source::HalfKeys => {
            let name = random.pick(&["aws_access_key_id", "aws_secret_access_key"]);
            add(to, name, random.pick(&["AKIAHALF", ""]));
        }
        Source::RoleFromProfile => {
            add_role(random, to);
            let missing = random.chance(6);
            let source = if missing { "bse" } else { random.pick(names) };
            add(to, "source_profile", source);
        }
        Source::RoleFromProvider => {
            add_role(random, to);
            let source = ["Environment", "Ec2InstanceMetadata", "EcsContainer", "Elsewhere", ""];
            let count = if random.chance(80) { 3 } else { source.len() };
            add(to, "credential_source", source[random.below(count)]);
        }
        Source::WebIdentity => {
            add_role(random, to);
            add(to, "web_identity_token_file", token_file(random));
        }
        Source::SsoSession => {
            let known = SESSIONS[random.below(SESSIONS.len())];
            add(to, "sso_session", if random.chance(6) { "unknown" } else { known });
            add_sso_role(random, to);
            if random.chance(15) {
                add(to, "sso_region", random.pick(&["eu-west-1", "us-west-2"]));
                add(to, "sso_start_url", "https://corp.example/start");
            }
        }
        Source::LegacySso => {
            add(to, "sso_start_url", "https://legacy.example/start");
            add(to, "sso_region", "eu-west-1");
            add_sso_role(random, to);
        }
        Source::HalfSso => {
            let name =
                random.pick(&["sso_start_url", "sso_region", "sso_account_id", "sso_role_name"]);
            add(to, name, random.pick(&["eu-west-1", "123456789012"]));
        }
        Source::Process => add(to, "credential_process", process(random)),
        Source::Login => {
            let user = random.pick(&["active", "active", "stale", "half", "missing"]);
            add(to, "login_session", &format!("arn:aws:iam::123456789012:user/{user}"));
        }
        Source::Nothing => {}
    }
}

fn add_role(random: &mut Random, to: &mut Properties) {
    let role = random.pick(&["reader", "writer", "admin"]);
    add(to, "role_arn", &format!("arn:aws:iam::123456789012:role/{role}"));
    if random.chance(15) {
        add(to, "role_session_name", random.pick(&["my-session", "a@b.c", ""]));
    }
    if random.chance(12) {
        add(to, "external_id", random.pick(&["an-id", "a/b c", ""]));
    }
    if random.chance(12) {
        add(to, "duration_seconds", random.pick(&["3600", "900", "1h", ""]));
    }
    if random.chance(12) {
        let device = "arn:aws:iam::123456789012:mfa/user";
        add(to, "mfa_serial", random.pick(&[device, device, "GAHT12345678", ""]));
    }
}

fn add_sso_role(random: &mut Random, to: &mut Properties) {
    if random.chance(95) {
        add(to, "sso_account_id", "123456789012");
    }
    if random.chance(95) {
        add(to, "sso_role_name", random.pick(&["Reader", "My Role"]));
    }
}

fn token_file(random: &mut Random) -> &'static str {
    random.pick(&[
        "{home}/web-token",
        "{home}/web-token",
        "{home}/web-token",
        "{home}/no-token",
        "",
    ])
}

fn process(random: &mut Random) -> &'static str {
    random.pick(&[
        "cat {home}/process.json",
        "cat {home}/process-keys.json",
        "cat \"{home}/process.json\"",
        "cat  '{home}/process-keys.json'",
        "cat {home}/process-expired.json",
        "cat {home}/process-half.json",
        "cat {home}/web-token",
        "false",
        "/no/such/program",
        "",
    ])
}

/// Adds an endpoint setting. The path of a custom endpoint identifies the setting.
fn add_endpoint(random: &mut Random, to: &mut Properties) {
    match random.below(7) {
        0 | 1 => add(to, "endpoint_url", "{server}/profile"),
        2 => add(to, "endpoint_url", ""),
        3 | 4 => add(to, "services", random.pick(&["local", "local", "unknown"])),
        5 => add(to, "sts_regional_endpoints", random.pick(&["legacy", "regional", ""])),
        _ => {
            add(to, "ignore_configured_endpoint_urls", random.pick(&["true", "false", "True", ""]))
        }
    }
}
