//! Roles and the credentials they are assumed with.

use super::{Case, of};

const BASE: &str = "[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = b\n";

#[test]
fn a_role_has_all_options() {
    let config = format!(
        "{BASE}[profile dev]\nrole_arn = arn:dev\nsource_profile = base\nrole_session_name = me\n\
         external_id = x1\nduration_seconds = 43200\nmfa_serial = arn:mfa\n"
    );
    assert_eq!(
        of("dev", &config),
        "the profile base: keys AKIABASE@~config:2 b > arn:dev@~config:5 of dev as me@~config:7 \
         external x1@~config:8 mfa arn:mfa@~config:10 for 43200"
    );
}

#[test]
fn roles_are_assumed_in_order() {
    let config = format!(
        "[profile a]\nrole_arn = arn:a\nsource_profile = b\n\
         [profile b]\nrole_arn = arn:b\nsource_profile = c\n\
         [profile c]\nrole_arn = arn:c\nsource_profile = base\n{BASE}"
    );
    assert_eq!(
        of("a", &config),
        "the profile base: keys AKIABASE@~config:11 b > arn:c@~config:8 of c > arn:b@~config:5 \
         of b > arn:a@~config:2 of a"
    );
    // The keys of a source profile come before its role.
    let config = format!(
        "[profile a]\nrole_arn = arn:a\nsource_profile = base\n{BASE}role_arn = arn:base\n\
         source_profile = none\n"
    );
    let expected = "the profile base: keys AKIABASE@~config:5 b > arn:a@~config:2 of a";
    assert_eq!(of("a", &config), expected);
}

#[test]
fn a_profile_may_contain_the_keys_for_its_role() {
    let config = format!("{BASE}role_arn = arn:r\nsource_profile = base\n");
    let expected = "the profile base: keys AKIABASE@~config:2 b > arn:r@~config:4 of base";
    assert_eq!(of("base", &config), expected);
    let case = Case {
        config: "[default]\nrole_arn = arn:r\nsource_profile = default\n",
        credentials: "[default]\naws_access_key_id = AKIAS\naws_secret_access_key = s\n",
        ..Case::default()
    };
    assert_eq!(
        case.plan(),
        "the profile default: keys AKIAS@~credentials:2 s > arn:r@~config:2 of default"
    );
}

#[test]
fn a_source_profile_can_have_any_source() {
    let table = [
        ("credential_process = /p\n", "process /p@~config:5"),
        ("login_session = s\n", "login s@~config:5"),
        (
            "web_identity_token_file = /t\nrole_arn = arn:w\n",
            "web identity /t@~config:5 arn:w@~config:6",
        ),
        (
            "sso_account_id = 1\nsso_role_name = r\nsso_start_url = u\nsso_region = x\n",
            "sso 1/r u@~config:7 x@~config:8",
        ),
    ];
    for (properties, expected) in table {
        let config =
            format!("[profile a]\nrole_arn = arn:a\nsource_profile = b\n[profile b]\n{properties}");
        let expected = format!("the profile b: {expected} > arn:a@~config:2 of a");
        assert_eq!(of("a", &config), expected);
    }
}

#[test]
fn a_role_can_name_a_source_outside_the_files() {
    let role =
        |source: &str| format!("[default]\nrole_arn = arn:r\ncredential_source = {source}\n");
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKIAENV"),
        ("AWS_SECRET_ACCESS_KEY", "env"),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1"),
    ];
    let plan = |source: &str, variables| {
        // The code selects the profile, so that its role is assumed in spite of the variables.
        let in_code = Some("default");
        Case { config: &role(source), variables, in_code, ..Case::default() }.plan()
    };
    let table = [
        ("Environment", "the environment: keys AKIAENV@AWS_ACCESS_KEY_ID env"),
        ("EcsContainer", "a container: container"),
        ("Ec2InstanceMetadata", "the metadata of the instance: instance"),
    ];
    for (source, expected) in table {
        let expected = format!("{expected} > arn:r@~config:2 of default");
        assert_eq!(plan(source, &variables[..]), expected);
    }
    let origin = "error: the profile default: credential_source in ~config:3 is";
    assert_eq!(
        plan("Environment", &variables[2..]),
        format!(
            "{origin} Environment, but the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY \
             are not set"
        )
    );
    assert_eq!(
        plan("EcsContainer", &variables[..2]),
        format!(
            "{origin} EcsContainer, but neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor \
             AWS_CONTAINER_CREDENTIALS_FULL_URI is set"
        )
    );
    for source in ["environment", "Ec2", "Environment # the keys"] {
        let expected = format!(
            "{origin} {source:?} but must be Environment, EcsContainer or Ec2InstanceMetadata"
        );
        assert_eq!(plan(source, &variables[..]), expected);
    }
}

#[test]
fn a_long_chain_of_roles_is_followed() {
    let count = 20_000;
    let mut config = String::new();
    for index in 0..count {
        let next = index + 1;
        config += &format!("[profile p{index}]\nrole_arn = arn:r\nsource_profile = p{next}\n");
    }
    let end = format!("[profile p{count}]\naws_access_key_id = A\naws_secret_access_key = a\n");
    let roles = of("p0", &format!("{config}{end}"));
    assert_eq!(roles.matches(" > ").count(), count);
    let end = format!("[profile p{count}]\nrole_arn = arn:r\nsource_profile = p7\n");
    assert!(of("p0", &format!("{config}{end}")).contains("leads back to the same role"));
}
