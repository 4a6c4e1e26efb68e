//! Advice in error messages, in terms of the options of the programs.

use longshore_testing::Registry;
use tempfile::tempdir;

use super::process::{command, wait};
use super::{TestResult, make, text};

/// The error of a program whose only configuration is these variables.
fn error(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = command(program, arguments);
    command.env_clear().env("HOME", "/nonexistent").env("AWS_EC2_METADATA_DISABLED", "true");
    command.envs(variables.iter().copied());
    let errors = wait(command.spawn().expect("the program starts")).failure(1);
    let error = errors.lines().last().unwrap_or_default().to_owned();
    assert!(error.starts_with("error: "), "{errors}");
    for words in ["in code", "ConfigBuilder"] {
        assert!(!error.contains(words), "{error}");
    }
    error
}

const KEYS: [(&str, &str); 2] =
    [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "example")];

#[test]
fn missing_settings_are_explained_with_the_options_of_the_programs() -> TestResult {
    let (folder, copy) = (tempdir()?, tempdir()?);
    make(folder.path());
    let folder = text(folder.path());
    let copy = text(copy.path());
    let push = [folder, "--repository", "demo:1"];
    let programs: [(&str, &[&str]); 4] = [
        ("push", &push),
        ("push", &[folder, "--repository", "demo:1", "--create"]),
        ("pull", &["demo:1", copy]),
        ("lightsail_deploy", &["web", "--label", "app", "--layout", folder]),
    ];
    for (program, arguments) in programs {
        let region = error(program, arguments, &KEYS);
        let advice = "; add --region, or set AWS_REGION or `region` in a profile";
        assert!(region.contains("no region") && region.ends_with(advice), "{region}");
        assert!(region.contains("the command line"), "{region}");
        assert!(!region.contains("push the image"), "{region}");
        let credentials = error(program, arguments, &[("AWS_REGION", "us-east-1")]);
        assert!(credentials.contains("no credentials"), "{credentials}");
        assert!(credentials.contains("--profile") && credentials.contains("--local"));
    }
    let profile = error("push", &[&push[..], &["--profile", "nope"]].concat(), &[]);
    let expected = "error: the profile \"nope\", named by the command line, does not exist: ";
    assert!(profile.starts_with(expected), "{profile}");
    let region = error("push", &[&push[..], &["--region", "a b"]].concat(), &KEYS);
    assert!(region.contains("the region \"a b\" from the command line "), "{region}");
    assert!(!region.contains("--region"), "there is one: {region}");
    Ok(())
}

#[test]
fn a_missing_repository_is_explained_with_the_options_of_the_program() -> TestResult {
    let registry = Registry::start();
    let (folder, copy) = (tempdir()?, tempdir()?);
    make(folder.path());
    let url = ["--endpoint-url", registry.url(), "--region", "us-east-1"];
    let push = [&[text(folder.path()), "--repository", "demo:1"], &url[..]].concat();
    let message = error("push", &push, &KEYS);
    assert!(message.ends_with("; add --create to create the repository"), "{message}");
    let folder = copy.path().join("new");
    let message = error("pull", &[&["demo:1", text(&folder)], &url[..]].concat(), &KEYS);
    assert!(message.ends_with("; check its name, the region and the account"), "{message}");
    assert!(!folder.exists());
    Ok(())
}
