//! Profiles whose settings cannot be used. In each case, the environment configures a container,
//! which must not be used instead.

use super::Case;

/// Returns the error for a profile `p`.
fn error(config: &str) -> String {
    let variables =
        [("AWS_PROFILE", "p"), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1")];
    let found = Case { config, variables: &variables, ..Case::default() }.plan();
    assert!(!found.contains("hunter2"), "{found}");
    found.strip_prefix("error: ").unwrap_or_else(|| panic!("{config}: {found}")).to_owned()
}

#[test]
fn a_role_needs_its_source() {
    let table = [
        (
            "role_arn = a\nsource_profile = bse\n[profile base]\n",
            "the profile p: source_profile in ~config:3 is \"bse\", but there is no such profile \
             in ~config and ~credentials",
        ),
        (
            "role_arn = a\nsource_profile = base\n[base]\n",
            "the profile p: source_profile in ~config:3 is \"base\", but there is no such profile \
             in ~config and ~credentials: in the config file, its section must be \
             `[profile base]`",
        ),
        (
            "role_arn = a\nsource_profile = base\n[profile base]\nregion = r\n",
            "the profile base: is a source_profile, but it has no credentials",
        ),
        (
            "role_arn = a\nsource_profile = base\n[profile base]\naws_access_key_id = A\n",
            "the profile base: aws_secret_access_key is missing for the key at ~config:5",
        ),
        (
            "role_arn = a\n",
            "the profile p: role_arn in ~config:2 needs source_profile or credential_source: add \
             the one that has the credentials for assuming the role",
        ),
        (
            "role_arn = a\nsource_profile =\n",
            "the profile p: role_arn in ~config:2 needs source_profile or credential_source: add \
             the one that has the credentials for assuming the role",
        ),
        (
            "role_arn = a\nsource_profile = b\ncredential_source = Environment\n",
            "the profile p: credential_source in ~config:4 and source_profile in ~config:3 exclude \
             each other: remove one of them",
        ),
    ];
    for (properties, expected) in table {
        assert_eq!(error(&format!("[profile p]\n{properties}")), expected);
    }
}

#[test]
fn a_role_does_not_depend_on_itself() {
    let end = "which leads back to the same role: a chain of roles must end at a profile with \
               credentials";
    let itself = "[profile p]\nrole_arn = a\nsource_profile = p\n";
    let expected = format!("the profile p: source_profile in ~config:3 is \"p\", {end}");
    assert_eq!(error(itself), expected);
    let two = "[profile p]\nrole_arn = a\nsource_profile = q\n\
               [profile q]\nrole_arn = a\nsource_profile = p\n";
    let expected = format!("the profile q: source_profile in ~config:6 is \"p\", {end}");
    assert_eq!(error(two), expected);
    let later = "[profile p]\nrole_arn = a\nsource_profile = q\n\
                 [profile q]\nrole_arn = a\nsource_profile = q\n";
    let expected = format!("the profile q: source_profile in ~config:6 is \"q\", {end}");
    assert_eq!(error(later), expected);
    // The keys of the selected profile do not end a chain that leads back to it.
    let keys = "aws_access_key_id = A\naws_secret_access_key = hunter2\n";
    let expected = format!("the profile q: source_profile in ~config:8 is \"p\", {end}");
    assert_eq!(error(&two.replacen("a\n", &format!("a\n{keys}"), 1)), expected);
}

#[test]
fn half_a_configuration_is_not_skipped() {
    let table = [
        (
            "aws_secret_access_key = hunter2\n",
            "aws_access_key_id is missing for the key at ~config:2",
        ),
        (
            "aws_access_key_id = A\naws_secret_access_key =\n",
            "aws_secret_access_key is missing for the key at ~config:2",
        ),
        (
            "aws_access_key_id =\naws_secret_access_key = hunter2\n",
            "aws_access_key_id is missing for the key at ~config:3",
        ),
        (
            "role_arn = a\nsource_profile = p\nweb_identity_token_file =\n",
            "web_identity_token_file in ~config:4 is empty, so it is not clear how role_arn in \
             ~config:2 is assumed: set it or remove it",
        ),
        (
            "source_profile = base\n",
            "source_profile in ~config:2 has no effect without role_arn: add it",
        ),
        (
            "credential_source = Environment\n",
            "credential_source in ~config:2 has no effect without role_arn: add it",
        ),
        (
            "web_identity_token_file = /t\n",
            "web_identity_token_file in ~config:2 needs the role to assume: add role_arn or set \
             AWS_ROLE_ARN",
        ),
        (
            "web_identity_token_file = /t\nrole_arn = a\ncredential_source = EcsContainer\n",
            "web_identity_token_file in ~config:2 and credential_source in ~config:4 exclude each \
             other: remove one of them",
        ),
        (
            "role_arn = a\ncredential_source = Ec2InstanceMetadata\nduration_seconds = 1h\n",
            "duration_seconds in ~config:4 is \"1h\" but must be a whole number of seconds",
        ),
    ];
    for (properties, expected) in table {
        let found = error(&format!("[profile p]\n{properties}"));
        assert_eq!(found, format!("the profile p: {expected}"));
    }
}

#[test]
fn a_value_is_one_line() {
    let continued = "must be one line, but the next line continues it: do not indent the next line \
                     further";
    for (name, rest) in [
        ("aws_access_key_id", ""),
        ("aws_secret_access_key", "\naws_access_key_id = A"),
        ("aws_session_token", "\naws_access_key_id = A\naws_secret_access_key = hunter2"),
        ("role_arn", ""),
        ("source_profile", "\nrole_arn = a"),
        ("sso_account_id", ""),
        ("login_session", ""),
    ] {
        let found = error(&format!("[profile p]\n{name} = hunter2\n  region = r{rest}\n"));
        assert_eq!(found, format!("the profile p: {name} in ~config:2 {continued}"));
        let found = error(&format!("[profile p]\n{name} =\n  x = hunter2{rest}\n"));
        let expected = "must have a value, not indented properties below it";
        assert_eq!(found, format!("the profile p: {name} in ~config:2 {expected}"));
    }
    let process = "[default]\ncredential_process = /bin/p\n  --flag\n";
    let case = Case { config: process, ..Case::default() };
    assert_eq!(case.plan(), "the profile default: process /bin/p\n--flag@~config:2");
}
