//! Which of several configured sources is used.

use super::{Case, of};

const ENVIRONMENT_KEYS: [(&str, &str); 2] =
    [("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "env")];
const TOKEN_FILE: (&str, &str) = ("AWS_WEB_IDENTITY_TOKEN_FILE", "/env/token");
const ROLE: (&str, &str) = ("AWS_ROLE_ARN", "arn:env");
const CONTAINER: (&str, &str) = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/keys");

/// The plan for a config file and these variables.
fn with(config: &str, variables: &[(&str, &str)]) -> String {
    Case { config, variables, ..Case::default() }.plan()
}

#[test]
fn keys_in_variables_replace_a_profile_unless_the_code_selects_it() {
    let config = "[profile dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = dev\n";
    let in_environment = "the environment: keys AKIAENV@AWS_ACCESS_KEY_ID env";
    let [id, secret] = ENVIRONMENT_KEYS;
    let variables = [id, secret, ("AWS_PROFILE", "dev")];
    let case = Case { config, variables: &variables, ..Case::default() };
    assert_eq!(case.plan(), in_environment);
    let case = Case { in_code: Some("dev"), ..case };
    assert_eq!(case.plan(), "the profile dev: keys AKIADEV@~config:2 dev");
    // A secret alone does not replace the profile. Without a profile it is an error, even if there
    // is a container.
    let expected = "the profile dev: keys AKIADEV@~config:2 dev";
    assert_eq!(with(config, &[secret, ("AWS_PROFILE", "dev")]), expected);
    for variables in [&[secret, CONTAINER][..], &[secret, ("AWS_ACCESS_KEY_ID", " ")]] {
        assert_eq!(
            with("", variables),
            "error: the environment: AWS_SECRET_ACCESS_KEY is set but AWS_ACCESS_KEY_ID is not"
        );
    }
    let case = Case { variables: &[id, CONTAINER], ..Case::default() };
    assert_eq!(
        case.plan(),
        "error: the environment: AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not"
    );
}

const INSTANCE: &str = "the metadata of the instance: instance";

#[test]
fn variables_have_all_parts_of_the_credentials() {
    let [id, secret] = ENVIRONMENT_KEYS;
    let token = ("AWS_SESSION_TOKEN", "t");
    assert_eq!(
        with(
            "",
            &[
                id,
                secret,
                token,
                ("AWS_ACCOUNT_ID", "1"),
                ("AWS_CREDENTIAL_EXPIRATION", "2030-01-01T00:00:00Z")
            ]
        ),
        "the environment: keys AKIAENV@AWS_ACCESS_KEY_ID env token t@AWS_SESSION_TOKEN account \
         1@AWS_ACCOUNT_ID until 2030-01-01T00:00:00Z@AWS_CREDENTIAL_EXPIRATION"
    );
    let old = ("AWS_SECURITY_TOKEN", "old");
    assert!(with("", &[id, secret, token, old]).ends_with(" token old@AWS_SECURITY_TOKEN"));
}

const KEYS: &str = "aws_access_key_id = AKIAP\naws_secret_access_key = p\n";

/// A source of a profile.
#[derive(Default)]
struct ProfileSource {
    /// Its properties in the config file.
    config: &'static str,
    /// Its properties in the credentials file.
    credentials: &'static str,
    /// The beginning of its plan.
    plan: &'static str,
}

#[test]
fn the_profile_has_an_order() {
    let in_order = [
        ProfileSource {
            config: "web_identity_token_file = /t\nrole_arn = arn:r\n",
            plan: "web identity /t",
            ..ProfileSource::default()
        },
        ProfileSource {
            config: "sso_account_id = 1\nsso_role_name = r\nsso_start_url = u\nsso_region = x\n",
            plan: "sso 1/r",
            ..ProfileSource::default()
        },
        ProfileSource {
            credentials: "aws_access_key_id = AKIAS\naws_secret_access_key = s\n",
            plan: "keys AKIAS",
            ..ProfileSource::default()
        },
        ProfileSource {
            config: "login_session = arn:s\n",
            plan: "login arn:s",
            ..ProfileSource::default()
        },
        ProfileSource {
            config: "credential_process = /bin/p\n",
            plan: "process /bin/p",
            ..ProfileSource::default()
        },
        ProfileSource { config: KEYS, plan: "keys AKIAP", ..ProfileSource::default() },
    ];
    for (index, first) in in_order.iter().enumerate() {
        let sources = &in_order[index..];
        let config: String = sources.iter().map(|source| source.config).collect();
        let credentials: String = sources.iter().map(|source| source.credentials).collect();
        let case = Case {
            config: &format!("[profile p]\n{config}"),
            credentials: &format!("[p]\n{credentials}"),
            variables: &[("AWS_PROFILE", "p"), CONTAINER],
            ..Case::default()
        };
        let expected = format!("the profile p: {}", first.plan);
        assert!(case.plan().starts_with(&expected), "{}: {}", case.config, case.plan());
    }
}

#[test]
fn a_role_comes_before_keys_and_after_a_token() {
    let role = "role_arn = arn:r\nsource_profile = base\n";
    let token = "web_identity_token_file = /t\n";
    let base = "[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = b\n";
    assert_eq!(
        of("p", &format!("{base}[profile p]\n{role}{KEYS}")),
        "the profile base: keys AKIABASE@~config:2 b > arn:r@~config:5 of p"
    );
    assert_eq!(
        of("p", &format!("{base}[profile p]\n{role}{token}{KEYS}")),
        "the profile p: web identity /t@~config:7 arn:r@~config:5"
    );
}

#[test]
fn a_profile_without_credentials_leaves_the_choice_to_the_environment() {
    let config = "[default]\nregion = r\n";
    assert_eq!(with(config, &[]), INSTANCE);
    assert_eq!(with(config, &[CONTAINER]), "a container: container");
    let relative = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/keys");
    assert_eq!(with(config, &[relative]), "a container: container");
    let empty = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "");
    assert_eq!(with(config, &[empty]), INSTANCE);
    assert_eq!(
        with(config, &[CONTAINER, TOKEN_FILE, ROLE]),
        "a web identity: web identity /env/token@AWS_WEB_IDENTITY_TOKEN_FILE arn:env@AWS_ROLE_ARN"
    );
    assert_eq!(with("", &[CONTAINER]), "a container: container");
    // The code selects a profile, so the variables do not configure its web identity.
    let variables = &[CONTAINER, TOKEN_FILE, ROLE];
    let case = Case { config, variables, in_code: Some("default"), ..Case::default() };
    assert_eq!(case.plan(), "a container: container");
}

#[test]
fn variables_of_a_web_identity_override_the_profile() {
    let config = "[default]\nrole_arn = arn:file\nweb_identity_token_file = /file/token\n\
                  role_session_name = file\n";
    let name = ("AWS_ROLE_SESSION_NAME", "env");
    let token = "/file/token@~config:3";
    let table = [
        (
            &[][..],
            format!(
                "the profile default: web identity {token} arn:file@~config:2 as file@~config:4"
            ),
        ),
        (
            &[ROLE],
            format!(
                "the profile default: web identity {token} arn:env@AWS_ROLE_ARN as file@~config:4"
            ),
        ),
        (
            &[name],
            format!(
                "the profile default: web identity {token} arn:file@~config:2 as \
                 env@AWS_ROLE_SESSION_NAME"
            ),
        ),
        (
            &[TOKEN_FILE],
            "a web identity: web identity /env/token@AWS_WEB_IDENTITY_TOKEN_FILE \
             arn:file@~config:2 as file@~config:4"
                .to_owned(),
        ),
    ];
    for (variables, expected) in table {
        assert_eq!(with(config, variables), expected, "{variables:?}");
    }
    let variables = &[TOKEN_FILE, ROLE, name];
    let in_code = Case { config, variables, in_code: Some("default"), ..Case::default() };
    assert!(in_code.plan().starts_with("the profile default: web identity /file/token@"));
    // A role of the profile comes before a token of the environment.
    let config = "[default]\nrole_arn = arn:r\nsource_profile = b\n\
                  [profile b]\naws_access_key_id = AKIAB\naws_secret_access_key = b\n";
    assert_eq!(
        with(config, &[TOKEN_FILE, ROLE]),
        "the profile b: keys AKIAB@~config:5 b > arn:r@~config:2 of default"
    );
}

#[test]
fn keys_and_token_come_from_one_file() {
    let plan = |config, credentials| Case { config, credentials, ..Case::default() }.plan();
    let keys = "[default]\naws_access_key_id = AKIAS\naws_secret_access_key = s\n";
    let token = "[default]\naws_session_token = other\naws_account_id = 2\n";
    assert_eq!(plan(token, keys), "the profile default: keys AKIAS@~credentials:2 s");
    assert_eq!(plan(keys, token), "the profile default: keys AKIAS@~config:2 s");
    let both = format!("{keys}aws_session_token = t\naws_account_id = 1\n");
    assert_eq!(
        plan(token, &both),
        "the profile default: keys AKIAS@~credentials:2 s token t@~credentials:4 account \
         1@~credentials:5"
    );
    let old = format!("{keys}aws_session_token = t\naws_security_token = old\n");
    assert!(plan("", &old).ends_with(" token old@~credentials:5"));
    // The key of one file and the secret of the other are not a pair.
    let id = "[default]\naws_access_key_id = AKIA\n";
    let secret = "[default]\naws_secret_access_key = s\n";
    for (config, credentials, file) in [(secret, id, "credentials"), (id, secret, "config")] {
        assert_eq!(
            plan(config, credentials),
            format!(
                "error: the profile default: aws_secret_access_key is missing for the key at \
                 ~{file}:2"
            )
        );
    }
    // A process in the config file comes after keys in the credentials file.
    let process = "[default]\ncredential_process = /bin/p\n";
    assert_eq!(plan(process, keys), "the profile default: keys AKIAS@~credentials:2 s");
    assert_eq!(plan(keys, process), "the profile default: process /bin/p@~credentials:2");
}

#[test]
fn the_older_profile_variable_comes_first() {
    let config = "[profile a]\naws_access_key_id = A\naws_secret_access_key = a\n\
                  [profile b]\naws_access_key_id = B\naws_secret_access_key = b\n";
    let (old, new) = (("AWS_DEFAULT_PROFILE", "a"), ("AWS_PROFILE", "b"));
    assert_eq!(with(config, &[old, new]), "the profile a: keys A@~config:2 a");
    assert_eq!(
        with(config, &[("AWS_DEFAULT_PROFILE", ""), new]),
        "the profile b: keys B@~config:5 b"
    );
    assert!(
        with(config, &[("AWS_DEFAULT_PROFILE", "c"), new]).contains("named by AWS_DEFAULT_PROFILE")
    );
}
