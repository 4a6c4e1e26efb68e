//! Profile files with unusual syntax that the AWS CLI accepts.

use super::{Case, of};

const KEYS: &str = "aws_access_key_id = A\naws_secret_access_key = a\n";

#[test]
fn names_are_shell_words_in_the_config_file() {
    let table = [
        ("team/app", "profile team/app"),
        ("team/app", "profile \"team/app\""),
        ("my team", "profile 'my team'"),
        ("my team", "profile my\\ team"),
        ("dev's laptop", "profile 'dev'\"'\"'s laptop'"),
        ("caf\u{e9}", "profile caf\u{e9}"),
        ("a", "profile  a"),
        ("a", "profile\ta "),
        ("default", "default"),
        ("default", "profile default"),
    ];
    for (name, title) in table {
        let expected = format!("the profile {name}: keys A@~config:2 a");
        assert_eq!(of(name, &format!("[{title}]\n{KEYS}")), expected);
    }
    for (name, title) in [
        ("my team", "profile my team"),
        ("it's", "profile it's"),
        ("a", " profile a"),
        ("a", "Profile a"),
        ("a", "a"),
    ] {
        let found = of(name, &format!("[{title}]\n{KEYS}"));
        assert!(found.contains("does not exist"), "{title}: {found}");
    }
}

#[test]
fn names_are_as_written_in_the_credentials_file() {
    for name in ["my team", "team/app", "profile a", "it's", "\"a\"", "sso-session s"] {
        let credentials = &*format!("[{name}]\n{KEYS}");
        let variables = &[("AWS_PROFILE", name)];
        let case = Case { credentials, variables, ..Case::default() };
        assert_eq!(case.plan(), format!("the profile {name}: keys A@~credentials:2 a"));
    }
}

#[test]
fn the_last_of_equal_sections_replaces_the_others() {
    let other = "aws_access_key_id = B\naws_secret_access_key = b\n";
    let role = "role_arn = arn:a\nsource_profile = base\n";
    for (first, second, name) in [
        ("profile a", "profile  a", "a"),
        ("profile a", "profile 'a'", "a"),
        ("profile a", "profile a", "a"),
        ("default", "profile default", "default"),
        ("profile default", "default", "default"),
    ] {
        let config = format!("[{first}]\n{role}[{second}]\n{other}[profile base]\n{KEYS}");
        let expected = format!("the profile {name}: keys B@~config:5 b");
        assert_eq!(of(name, &config), expected, "{config}");
        let config = format!("[{first}]\n{other}[{second}]\n{role}[profile base]\n{KEYS}");
        let expected = format!("the profile base: keys A@~config:8 a > arn:a@~config:5 of {name}");
        assert_eq!(of(name, &config), expected, "{config}");
    }
    let config = "[default]\naws_access_key_id = A\naws_access_key_id = B\n\
                  AWS_Secret_Access_Key = a\naws_secret_access_key: b\n";
    assert_eq!(of("default", config), "the profile default: keys B@~config:3 b");
}

#[test]
fn the_section_of_defaults_is_part_of_every_section() {
    let config = format!(
        "[DEFAULT]\nsource_profile = base\n[profile a]\nrole_arn = arn:a\n\
                          [profile base]\n{KEYS}"
    );
    let expected = "the profile base: keys A@~config:6 a > arn:a@~config:4 of a";
    assert_eq!(of("a", &config), expected);
    assert!(of("DEFAULT", &config).contains("does not exist"));
}

#[test]
fn comments_and_indentation() {
    // The first properties are indented.
    let config = "[profile dev]\n  region = eu-west-1\n  aws_access_key_id = A\n  \
                  aws_secret_access_key = a\n";
    assert_eq!(of("dev", config), "the profile dev: keys A@~config:3 a");
    // A comment does not continue the value above it.
    let config = "[profile base]\naws_access_key_id = A\n  # the old one\n\
                  aws_secret_access_key = a\n\n[profile dev]\nrole_arn = arn:dev\n  # platform\n\t\
                  ; team\nsource_profile = base\n";
    assert_eq!(
        of("dev", config),
        "the profile base: keys A@~config:2 a > arn:dev@~config:7 of dev"
    );
    // A value is not followed by a comment.
    let config = "[default]\naws_access_key_id = A # x\naws_secret_access_key = a ;y\n";
    assert_eq!(of("default", config), "the profile default: keys A # x@~config:2 a ;y");
}

#[test]
fn an_empty_property_is_absent() {
    let case = Case {
        config: &format!("[default]\n{KEYS}role_arn =\nweb_identity_token_file =\nsso_session =\n"),
        credentials: "[default]\naws_session_token =\naws_secret_access_key =\n",
        ..Case::default()
    };
    assert_eq!(case.plan(), "the profile default: keys A@~config:2 a");
}

/// The AWS CLI does not skip an empty key either. The next source may have another identity.
#[test]
fn an_empty_access_key_id_is_not_skipped() {
    let empty = "aws_access_key_id =\naws_secret_access_key =\n";
    let problem = "aws_access_key_id in ~credentials:2 is empty: set it or remove it";
    for (config, credentials) in [
        (String::new(), format!("[default]\n{empty}")),
        (format!("[default]\n{KEYS}"), format!("[default]\n{empty}")),
        ("[default]\ncredential_process = p\n".to_owned(), format!("[default]\n{empty}")),
        (String::new(), "[default]\naws_access_key_id =\n".to_owned()),
    ] {
        let case = Case { config: &config, credentials: &credentials, ..Case::default() };
        assert_eq!(case.plan(), format!("error: the profile default: {problem}"), "{config}");
    }
    // Sources that precede the keys are still used.
    let process = format!("[default]\ncredential_process = p\n{empty}");
    assert_eq!(of("default", &process), "the profile default: process p@~config:2");
    // A source profile has keys even if they are empty.
    let chain = format!(
        "[default]\nrole_arn = last\nsource_profile = middle\n\
         [profile middle]\nrole_arn = first\nsource_profile = base\n{empty}\
         [profile base]\n{KEYS}"
    );
    let problem = "aws_access_key_id in ~config:7 is empty: set it or remove it";
    assert_eq!(of("default", &chain), format!("error: the profile middle: {problem}"));
}
