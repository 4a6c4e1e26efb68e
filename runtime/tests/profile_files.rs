//! Profile files: where they are looked for, and what is said of those that are not there or cannot
//! be read.

mod support;

use std::fs;

use longshore_runtime::{Config, ConfigError, Environment};
use support::profiles::{KEYS, called, environment, home, refused};
use support::{ALONE, SECRET};
use tempfile::TempDir;

#[tokio::test]
async fn files_are_found_by_variables_and_code() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path.to_str().expect("text").to_owned()
    };
    let config = write("one", "[default]\nregion = one".to_owned());
    let credentials = write("two", format!("[default]\n{KEYS}"));
    let other = write("three", "\u{feff}[default]\r\nregion = three\r\n".to_owned());
    let variables =
        [("AWS_CONFIG_FILE", config.as_str()), ("AWS_SHARED_CREDENTIALS_FILE", &credentials)];
    let found = environment(folder.path(), &variables);
    let sent = called(Config::builder(), &found).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("one", "AKID"));
    let sent = called(Config::builder().config_file(&other), &found).await.expect("sent");
    assert_eq!(sent.region, "three");
    let in_code = Config::builder().config_file(&other).credentials_file(&credentials);
    let sent = called(in_code, &ALONE.into_iter().collect()).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("three", "AKID"));
    // A tilde that no shell has replaced.
    let variables = [("AWS_CONFIG_FILE", "~/one"), ("AWS_SHARED_CREDENTIALS_FILE", "~/two")];
    let sent = called(Config::builder(), &environment(folder.path(), &variables)).await;
    assert_eq!(sent.expect("sent").region, "one");
}

#[tokio::test]
async fn files_nobody_named_may_be_missing() {
    let empty = TempDir::new().expect("a folder");
    fs::write(empty.path().join("file"), "").expect("a file");
    for home in [empty.path().to_owned(), empty.path().join("none"), empty.path().join("file")] {
        let config = Config::builder().load(&environment(&home, &[])).await.expect("loaded");
        assert_eq!(config.region(), None);
    }
}

#[tokio::test]
async fn a_file_that_was_named_must_be_there() {
    let folder = TempDir::new().expect("a folder");
    let none = folder.path().join("none");
    let path = none.to_str().expect("text");
    for variable in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
        let environment = [(variable, path)].into_iter().collect();
        let error = refused(Config::builder(), &environment).await;
        assert!(
            matches!(&error, ConfigError::ProfileFile { file, line: None, .. } if file == path)
        );
        let line = error.to_string();
        assert!(
            line.contains(path) && line.ends_with(&format!("it is named by {variable}")),
            "{line}"
        );
    }
    for builder in [Config::builder().config_file(&none), Config::builder().credentials_file(&none)]
    {
        let line = refused(builder, &Environment::default()).await.to_string();
        assert!(line.ends_with("it is named by the configuration in code"), "{line}");
    }
    // A folder is no file, also where nobody named it.
    fs::create_dir_all(folder.path().join(".aws/config")).expect("a folder");
    let line = refused(Config::builder(), &environment(folder.path(), &[])).await.to_string();
    assert!(line.contains("cannot be read"), "{line}");
}

#[tokio::test]
async fn a_profile_that_was_named_must_be_there() {
    let home = home("[wrong]\nregion = a\n[default]\nregion = b", "[profile odd]\n[dev]\n");
    let searched = format!(
        "searched {} and {}",
        home.path().join(".aws/config").display(),
        home.path().join(".aws/credentials").display()
    );
    let table = [
        ("none", ""),
        ("wrong", "; in the config file, its section must be `[profile wrong]`"),
        ("odd", "; in the credentials file, its section must be `[odd]`"),
    ];
    for (name, hint) in table {
        let environment = environment(home.path(), &[("AWS_PROFILE", name)]);
        assert_eq!(
            refused(Config::builder(), &environment).await.to_string(),
            format!("the profile {name:?}, named by AWS_PROFILE, does not exist: {searched}{hint}")
        );
    }
    let builder = Config::builder().profile("none");
    let line = refused(builder, &environment(home.path(), &[("AWS_PROFILE", "dev")])).await;
    assert!(line.to_string().contains("named by the configuration in code"), "{line}");
    let error = refused(Config::builder(), &[("AWS_PROFILE", "x")].into_iter().collect()).await;
    assert!(matches!(error, ConfigError::MissingProfile { .. }));
    assert!(error.to_string().ends_with("searched no file"), "{error}");
    // A section in one of the two files is enough.
    let environment = environment(home.path(), &[("AWS_PROFILE", "dev")]);
    Config::builder().load(&environment).await.expect("loaded");
}

#[tokio::test]
async fn a_line_that_cannot_be_read_is_named_and_not_shown() {
    let table = [
        (format!("[default]\n{SECRET}\n"), 2),
        (format!("aws_secret_access_key = {SECRET}\n"), 1),
        (format!("[default]\n\n = {SECRET}\n"), 3),
        (format!("[default\naws_secret_access_key = {SECRET}\n"), 1),
        (format!("[default] {SECRET}\n"), 1),
        (format!("[default]\ns3 =\n  {SECRET}\n"), 3),
        (format!("[default]\nservices = none\naws_secret_access_key = {SECRET}"), 2),
    ];
    for (text, line) in table {
        let home = home(&text, "");
        let error = refused(Config::builder(), &environment(home.path(), &[])).await;
        let file = home.path().join(".aws/config");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(
            matches!(&error, ConfigError::ProfileFile { line: Some(at), .. } if *at == line),
            "{text:?} {error}"
        );
        assert!(error.to_string().contains(&format!("{}:{line} ", file.display())), "{error}");
    }
    let home = home("[default]", "");
    fs::write(home.path().join(".aws/config"), b"[default]\nregion = \xff\n").expect("a file");
    let line = refused(Config::builder(), &environment(home.path(), &[])).await.to_string();
    assert!(line.contains("config:2 is not UTF-8"), "{line}");
}
