//! Generates combinations from a grammar.
//!
//! Most parts of a combination are ordinary, and a few are odd: if everything were odd, both
//! implementations would refuse nearly all combinations, and a comparison would show nothing.

mod profile;
mod text;
mod variables;

use crate::combination::Combination;
use crate::random::Random;

/// The names of profiles.
const NAMES: [&str; 9] =
    ["default", "dev", "base", "ops", "team/app", "my team", "café", "dev's laptop", "a.b_c-d@e"];

/// The names of the SSO sessions. Each has a cached token; the token of `stale` has expired.
const SESSIONS: [&str; 3] = ["corp", "my corp", "stale"];

/// The properties of a section in the order in which they are written.
type Properties = Vec<(String, String)>;

/// Generates the combination with this number.
#[must_use]
pub fn generate(seed: u64, number: u64) -> Combination {
    let random = &mut Random::new(seed, number);
    let names = names(random);
    let mut combination = Combination::default();
    for index in 0..names.len() {
        add_profile(random, &mut combination, &names, index);
    }
    add_sessions(random, &mut combination);
    if random.chance(12) {
        add_services(random, &mut combination);
    }
    combination.variables = variables::generate(random, names[0]);
    combination
}

/// Distinct profile names; the first profile is the one that is used.
fn names(random: &mut Random) -> Vec<&'static str> {
    let mut names = Vec::new();
    for _ in 0..=random.below(4) {
        // The ordinary names come first and are more frequent.
        let count = if random.chance(60) { 4 } else { NAMES.len() };
        let name = NAMES[random.below(count)];
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Adds a profile to one of the files, or splits its properties between them.
fn add_profile(random: &mut Random, to: &mut Combination, names: &[&str], index: usize) {
    let name = names[index];
    let properties = profile::properties(random, names, index);
    let place = random.below(100);
    let (config, credentials): (Properties, Properties) = match place {
        0..60 => (properties, Vec::new()),
        60..80 => (Vec::new(), properties),
        _ => properties.into_iter().partition(|_| random.chance(50)),
    };
    if place < 60 || !config.is_empty() || random.chance(10) {
        let header = text::profile_header(random, name);
        text::write_section(random, &mut to.config, &header, &config);
    }
    if !credentials.is_empty() {
        let header = text::credentials_header(random, name);
        text::write_section(random, &mut to.credentials, &header, &credentials);
    }
    if random.chance(6) {
        let again = profile::properties(random, names, index);
        let header = text::profile_header(random, name);
        text::write_section(random, &mut to.config, &header, &again);
    }
}

/// Adds most SSO sessions that the profiles name, and a few others.
fn add_sessions(random: &mut Random, to: &mut Combination) {
    for session in SESSIONS {
        let is_named = to.contains(session) && to.has_property("sso_session");
        if !random.chance(if is_named { 92 } else { 3 }) {
            continue;
        }
        let mut properties = vec![
            ("sso_region".to_owned(), random.pick(&["eu-west-1", "us-west-2"]).to_owned()),
            ("sso_start_url".to_owned(), "https://corp.example/start".to_owned()),
        ];
        if random.chance(8) {
            properties.remove(random.below(2));
        }
        let header = text::header(random, "sso-session", session);
        text::write_section(random, &mut to.config, &header, &properties);
    }
}

/// Adds the `services` section `local`, which profiles can name.
fn add_services(random: &mut Random, to: &mut Combination) {
    to.config.push(text::header(random, "services", "local"));
    for service in ["ecr", "sts", "sso", "sso_oidc"] {
        if random.chance(60) {
            let indent = random.pick(&["  ", "    ", "\t"]);
            to.config.push(format!("{service} ="));
            to.config.push(format!("{indent}endpoint_url = {{server}}/{service}-section"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_number_generate_the_same_combination_again() {
        for number in 0..200 {
            assert_eq!(generate(7, number), generate(7, number));
        }
        assert_ne!(generate(7, 1), generate(8, 1));
        assert_ne!(generate(7, 1), generate(7, 2));
    }

    #[test]
    fn all_kinds_of_settings_are_generated() {
        let combinations: Vec<_> = (0..1500).map(|number| generate(1, number)).collect();
        let has_property = |name| combinations.iter().filter(|c| c.has_property(name)).count();
        for name in [
            "aws_access_key_id",
            "aws_session_token",
            "aws_account_id",
            "source_profile",
            "credential_source",
            "web_identity_token_file",
            "sso_session",
            "sso_account_id",
            "credential_process",
            "login_session",
            "external_id",
            "duration_seconds",
            "mfa_serial",
            "sts_regional_endpoints",
            "endpoint_url",
            "services",
            "region",
        ] {
            assert!(has_property(name) > 4, "{name}: {}", has_property(name));
        }
        for name in [
            "AWS_PROFILE",
            "AWS_CONFIG_FILE",
            "AWS_SHARED_CREDENTIALS_FILE",
            "AWS_STS_REGIONAL_ENDPOINTS",
            "AWS_ACCESS_KEY_ID",
            "AWS_ACCOUNT_ID",
            "AWS_ROLE_ARN",
            "AWS_ENDPOINT_URL_STS",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        ] {
            assert!(combinations.iter().any(|c| c.has_variable(name)), "{name}");
        }
    }
}
