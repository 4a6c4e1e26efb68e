//! Profile files: how they are found, and errors for missing and malformed ones.

use std::fs;

use crate::support::profiles::{KEYS, environment, home, load_error, send_ping};
use crate::support::{NO_INSTANCE_METADATA, SECRET};
use longshore_runtime::{Config, ConfigError, Environment};
use tempfile::TempDir;

#[tokio::test]
async fn profile_files_can_be_set_by_variables_and_code() {
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
    let sent = send_ping(Config::builder(), &found).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("one", "AKID"));
    let sent = send_ping(Config::builder().config_file(&other), &found).await.expect("sent");
    assert_eq!(sent.region, "three");
    let in_code = Config::builder().config_file(&other).credentials_file(&credentials);
    let sent = send_ping(in_code, &NO_INSTANCE_METADATA.into_iter().collect()).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("three", "AKID"));
    // A tilde that a shell has not expanded.
    let variables = [("AWS_CONFIG_FILE", "~/one"), ("AWS_SHARED_CREDENTIALS_FILE", "~/two")];
    let sent = send_ping(Config::builder(), &environment(folder.path(), &variables)).await;
    assert_eq!(sent.expect("sent").region, "one");
}

#[tokio::test]
async fn variables_in_the_paths_of_profile_files_are_expanded() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("one"), "[default]\nregion = one").expect("a file");
    fs::write(folder.path().join("two"), format!("[default]\n{KEYS}")).expect("a file");
    let path = folder.path().to_str().expect("text");
    let variables = [
        ("AWS_CONFIG_FILE", "$FOLDER/one"),
        ("AWS_SHARED_CREDENTIALS_FILE", "${FOLDER}/$NAME"),
        ("FOLDER", path),
        ("NAME", "two"),
    ];
    let home = folder.path().join("none");
    let sent = send_ping(Config::builder(), &environment(&home, &variables)).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("one", "AKID"));
    // A variable that is not set is not expanded, and the error shows it.
    let error = load_error(Config::builder(), &environment(&home, &variables[..1])).await;
    assert!(error.to_string().contains("the profile file $FOLDER/one cannot be read"), "{error}");
}

#[tokio::test]
async fn default_profile_files_may_be_missing() {
    let empty = TempDir::new().expect("a folder");
    fs::write(empty.path().join("file"), "").expect("a file");
    for home in [empty.path().to_owned(), empty.path().join("none"), empty.path().join("file")] {
        let config = Config::builder().load(&environment(&home, &[])).await.expect("loaded");
        assert_eq!(config.region(), None);
    }
}

#[tokio::test]
async fn an_explicit_profile_file_must_exist() {
    let folder = TempDir::new().expect("a folder");
    let none = folder.path().join("none");
    let path = none.to_str().expect("text");
    for variable in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
        let environment = [(variable, path)].into_iter().collect();
        let error = load_error(Config::builder(), &environment).await;
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
        let line = load_error(builder, &Environment::default()).await.to_string();
        assert!(line.ends_with("it is named by the configuration in code"), "{line}");
    }
    // A directory is an error even at the default path.
    fs::create_dir_all(folder.path().join(".aws/config")).expect("a folder");
    let line = load_error(Config::builder(), &environment(folder.path(), &[])).await.to_string();
    assert!(line.contains("cannot be read"), "{line}");
}

#[tokio::test]
async fn an_explicit_profile_must_exist() {
    let home =
        home("[wrong]\nregion = a\n[default]\nregion = b\n[my team]\n", "[profile odd]\n[dev]\n");
    let searched = format!(
        "searched {} and {}",
        home.path().join(".aws/config").display(),
        home.path().join(".aws/credentials").display()
    );
    let table = [
        ("none", ""),
        ("wrong", "; in the config file, its section must be `[profile wrong]`"),
        ("odd", "; in the credentials file, its section must be `[odd]`"),
        ("my team", "; in the config file, its section must be `[profile \"my team\"]`"),
    ];
    for (name, hint) in table {
        let environment = environment(home.path(), &[("AWS_PROFILE", name)]);
        assert_eq!(
            load_error(Config::builder(), &environment).await.to_string(),
            format!("the profile {name:?}, named by AWS_PROFILE, does not exist: {searched}{hint}")
        );
    }
    let builder = Config::builder().profile("none");
    let line = load_error(builder, &environment(home.path(), &[("AWS_PROFILE", "dev")])).await;
    assert!(line.to_string().contains("named by the configuration in code"), "{line}");
    let error = load_error(Config::builder(), &[("AWS_PROFILE", "x")].into_iter().collect()).await;
    assert!(matches!(error, ConfigError::MissingProfile { .. }));
    assert!(error.to_string().ends_with("searched no file"), "{error}");
    // A section in either file is sufficient.
    let environment = environment(home.path(), &[("AWS_PROFILE", "dev")]);
    Config::builder().load(&environment).await.expect("loaded");
}

#[tokio::test]
async fn a_malformed_line_is_reported_by_number_without_its_text() {
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
        let error = load_error(Config::builder(), &environment(home.path(), &[])).await;
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
    let line = load_error(Config::builder(), &environment(home.path(), &[])).await.to_string();
    assert!(line.contains("config:2 is not UTF-8"), "{line}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_not_regular_or_too_large_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    // Nothing writes to the pipe, so opening it would wait forever.
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let large = folder.path().join("large");
    let file = fs::File::create(&large).expect("a file");
    file.set_len(17 * 1024 * 1024).expect("a length");
    for (path, problem) in [(&pipe, "not a regular file"), (&large, "larger than 16 MiB")] {
        let builder = Config::builder().config_file(path);
        let line = load_error(builder, &Environment::default()).await.to_string();
        assert!(line.contains(&format!("cannot be read: {problem}; it is named by")), "{line}");
    }
    let variables =
        [("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")];
    let config = Config::builder().load(&variables.into_iter().collect()).await.expect("loaded");
    assert_eq!(config.region(), None);
}

#[tokio::test]
async fn many_sections_with_many_defaults_are_read() {
    let lines =
        |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let defaults = lines(20_000, &|index| format!("default{index} = x\n"));
    let sections = lines(20_000, &|index| format!("[profile p{index}]\n\n\nregion = r\n"));
    let home = home(&format!("[DEFAULT]\n{defaults}{sections}"), "");
    let environment = environment(home.path(), &[("AWS_PROFILE", "p19999")]);
    let config = Config::builder().load(&environment).await.expect("loaded");
    assert_eq!(config.region(), Some("r"));
}
