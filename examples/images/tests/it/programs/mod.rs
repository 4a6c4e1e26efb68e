//! The example programs: arguments, output and exit codes.

mod advice;
mod process;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod terminal;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
#[cfg(unix)]
use std::io::{BufRead, BufReader};
use std::path::Path;
#[cfg(unix)]
use std::process::{Child, Command};
#[cfg(unix)]
use std::time::Duration;

#[cfg(unix)]
use longshore::ecr::operation::UploadLayerPartRequest;
#[cfg(unix)]
use longshore_testing::Fault;
use longshore_testing::Registry;

use process::{run, start, wait};

type TestResult = Result<(), Box<dyn Error>>;

/// A path as an argument.
fn text(path: &Path) -> &str {
    path.to_str().expect("the folder for temporary files has a name in Unicode")
}

/// Generates a layout for two platforms and returns the digest of its index.
fn make(folder: &Path) -> String {
    run("make_layout", &[text(folder), "--layers", "1", "--layer-size", "100kB"]).success()
}

/// Every file below a folder.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.insert(text(path.strip_prefix(folder)?).to_owned(), fs::read(path)?);
        }
    }
    Ok(files)
}

/// The start of a line, without the parts that vary.
fn before<'a>(line: &'a str, end: &str) -> &'a str {
    line.split_once(end).map_or(line, |(before, _)| before)
}

#[test]
fn a_layout_is_generated_and_pushed_to_the_local_registry() -> TestResult {
    let folder = tempfile::tempdir()?;
    let digest = make(folder.path());
    for options in [&["--local"][..], &["--local", "--public"]] {
        let push = [&[text(folder.path()), "--repository", "demo:1"], options].concat();
        let summary = run("push", &push).success();
        assert!(
            summary.starts_with(&format!("pushed demo:1 as {digest}: 3 blobs moved, 100.3 kB in ")),
            "{summary}"
        );
    }
    Ok(())
}

#[test]
fn without_a_terminal_each_blob_is_reported_on_a_line() -> TestResult {
    let folder = tempfile::tempdir()?;
    make(folder.path());
    let pushed = run("push", &[text(folder.path()), "--repository", "demo:1", "--local"]);
    let lines: Vec<&str> = pushed.errors.lines().collect();
    assert!(lines.first() == Some(&"3 blobs, 100.3 kB"), "{lines:?}");
    let layers = lines.iter().filter(|line| line.ends_with("   100.0 kB moved")).count();
    assert_eq!((lines.len(), layers), (4, 1), "{lines:?}");
    Ok(())
}

#[test]
fn an_image_is_pushed_and_pulled_unchanged() -> TestResult {
    let registry = Registry::start();
    let (made, pulled) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let digest = make(made.path());
    let url = ["--endpoint-url", registry.url()];
    let push = [&[text(made.path()), "--repository", "team/app:v1"], &url[..]].concat();
    let missing = run("push", &push).failure(1);
    assert!(missing.ends_with("; add --create to create the repository"), "{missing}");

    let create = [&push[..], &["--create"]].concat();
    run("push", &create).success();
    let again = run("push", &create).success();
    let expected = format!("pushed team/app:v1 as {digest}: 0 blobs moved, 0 B in ");
    assert!(again.starts_with(&expected), "{again}");
    assert!(again.ends_with("; 3 blobs (100.3 kB) already present"), "{again}");

    let pull = [&["team/app:v1", text(pulled.path())], &url[..]].concat();
    let summary = run("pull", &pull).success();
    assert!(summary.starts_with(&format!("pulled team/app:v1 as {digest}: 3 blobs")), "{summary}");
    let (made, pulled) = (made.path().join("blobs"), pulled.path().join("blobs"));
    assert_eq!(files(&made)?, files(&pulled)?);
    Ok(())
}

#[test]
fn a_local_pull_returns_the_sample() -> TestResult {
    let folder = tempfile::tempdir()?;
    let summary = run("pull", &["demo:1", text(folder.path()), "--local"]).success();
    let digest = before(summary.strip_prefix("pulled demo:1 as ").unwrap_or(&summary), ": ");
    let pushed = run("push", &[text(folder.path()), "--repository", "demo:2", "--local"]).success();
    assert!(pushed.starts_with(&format!("pushed demo:2 as {digest}: ")), "{summary}\n{pushed}");
    Ok(())
}

#[test]
fn invalid_arguments_exit_with_2_and_a_message() {
    let digest = format!("sha256:{}", "1".repeat(64));
    let cases: &[(&str, &[&str], &str)] = &[
        ("push", &[], "--repository <NAME[:TAG]>"),
        ("push", &["dir", "--repository", "No Name"], "\"No Name\" is not an image reference"),
        ("push", &["dir", "--repository", "app", "--jobs", "0"], "--jobs <N>"),
        ("push", &["dir", "--repository", "app", "--local", "--region", "x"], "--region"),
        ("pull", &["app:1"], "<DIR>"),
        ("make_layout", &["dir", "--layer-size", "much"], "`much` is not a size"),
        (
            "make_layout",
            &["dir", "--layer-size", "8589934593"],
            "for '--layer-size <SIZE>': layers must have 2 KiB to 8 GiB",
        ),
        ("make_layout", &["dir", "--platforms", "linux"], "\"linux\" is not a platform"),
        ("registry", &["--port", "65536"], "--port <PORT>"),
        ("lightsail_deploy", &["web", "--label", "app"], "<--digest <sha256:...>|--layout <DIR>>"),
        (
            "lightsail_deploy",
            &["web", "--label", "app", "--digest", &digest, "--port", "80=HTTP"],
            "--deploy <CONTAINER>",
        ),
        (
            "lightsail_deploy",
            &["web", "--label", "app", "--digest", &digest, "--deploy", "c", "--port", "80"],
            "`80` is not a port",
        ),
    ];
    for (program, arguments, expected) in cases {
        let errors = run(program, arguments).failure(2);
        assert!(errors.contains(expected), "{program} {arguments:?}: {errors}");
    }
}

#[test]
fn errors_exit_with_1_and_one_line() -> TestResult {
    let folder = tempfile::tempdir()?;
    let nowhere = folder.path().join("nowhere");
    for (program, arguments) in [
        ("push", vec![text(&nowhere), "--repository", "demo:1", "--local"]),
        ("lightsail_deploy", vec!["web", "--label", "l", "--local", "--layout", text(&nowhere)]),
    ] {
        let error = run(program, &arguments).failure(1);
        assert!(error.starts_with("error: ") && error.contains("nowhere"), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    Ok(())
}

#[test]
fn a_closed_pipe_does_not_stop_a_push() -> TestResult {
    let folder = tempfile::tempdir()?;
    make(folder.path());
    let mut push = start("push", &[text(folder.path()), "--repository", "demo:1", "--local"]);
    drop((push.stdout.take(), push.stderr.take()));
    assert!(wait(push).status.success());
    Ok(())
}

#[test]
fn an_image_is_deployed_to_the_local_lightsail() -> TestResult {
    let folder = tempfile::tempdir()?;
    make(folder.path());
    let register = ["web", "--label", "app", "--layout", text(folder.path()), "--local"];
    assert_eq!(run("lightsail_deploy", &register).success(), ":web.app.1");

    let deploy = ["--deploy", "front", "--port", "80=HTTP", "--public-endpoint"];
    let deployed = run("lightsail_deploy", &[&register[..], &deploy].concat());
    assert_eq!(deployed.errors, "deployment 1: ACTIVATING\n");
    assert_eq!(
        deployed.success(),
        ":web.app.1\ndeployment 1 is active at https://web.local.invalid/"
    );
    Ok(())
}

#[test]
fn a_pull_reports_the_image_that_it_replaces() -> TestResult {
    let registry = Registry::start();
    let (first, second, copy) = (tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?);
    let url = ["--endpoint-url", registry.url()];
    let push = |folder| {
        let options = ["--repository", "demo:1", "--create"];
        run("push", &[&[text(folder)], &options[..], &url].concat()).success()
    };
    let pull = || run("pull", &[&["demo:1", text(copy.path())], &url[..]].concat()).success();
    let digest = make(first.path());
    push(first.path());
    assert!(!pull().contains("replaced"));
    assert!(!pull().contains("replaced"));
    run("make_layout", &[text(second.path()), "--layers", "2", "--layer-size", "10kB"]).success();
    push(second.path());
    let expected = format!("; replaced {digest}, which had this name in index.json");
    let summary = pull();
    assert!(summary.ends_with(&expected), "{summary}");
    Ok(())
}

/// Sends SIGINT. Returns `false` if that was impossible; checked after the process has ended.
#[cfg(unix)]
fn interrupt(child: &Child) -> bool {
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    kill.is_ok_and(|status| status.success())
}

/// Waits until a part of a layer was received.
#[cfg(unix)]
fn wait_for_a_part(registry: &Registry) {
    let sent = || registry.server().calls().iter().any(|call| call.is::<UploadLayerPartRequest>());
    while !sent() {
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
#[cfg(unix)]
fn an_interrupted_push_can_be_resumed() -> TestResult {
    let registry = Registry::start();
    let folder = tempfile::tempdir()?;
    let digest = make(folder.path());
    let url = registry.url();
    let create = ["--repository", "demo:1", "--create", "--jobs", "1"];
    let arguments = [&[text(folder.path())], &create[..], &["--endpoint-url", url]].concat();
    // The first part of a layer gets no response during the test.
    let delay = Fault::delay(Duration::from_secs(3600));
    registry.server().fault_on::<UploadLayerPartRequest>(delay);
    let push = start("push", &arguments);
    wait_for_a_part(&registry);
    let interrupted = interrupt(&push);
    let ended = wait(push);
    assert!(interrupted, "{ended:?}");
    let message = ended.failure(130);
    assert_eq!(
        message.lines().last(),
        Some(
            "interrupted; complete layers stay in the repository, and the same command resumes the \
             push; nothing has been tagged"
        )
    );
    let pushed = run("push", &arguments).success();
    assert!(pushed.starts_with(&format!("pushed demo:1 as {digest}: ")), "{pushed}");
    Ok(())
}

/// A FIFO without a writer simulates a slow disk, or a layer that takes long to hash.
#[test]
#[cfg(unix)]
fn an_interrupted_pull_does_not_wait_for_a_blocking_thread() -> TestResult {
    let registry = Registry::start();
    let (made, pulled) = (tempfile::tempdir()?, tempfile::tempdir()?);
    make(made.path());
    let url = ["--endpoint-url", registry.url()];
    let push = [&[text(made.path()), "--repository", "demo:1", "--create"], &url[..]].concat();
    run("push", &push).success();
    let files = files(&made.path().join("blobs/sha256"))?;
    let (layer, _) = files.iter().find(|(_, file)| file.len() == 100_000).ok_or("a layer")?;
    let blobs = pulled.path().join("blobs/sha256");
    fs::create_dir_all(&blobs)?;
    assert!(Command::new("mkfifo").arg(blobs.join(layer)).status()?.success());

    let mut pull = start("pull", &[&["demo:1", text(pulled.path())], &url[..]].concat());
    let errors = pull.stderr.take().map(BufReader::new);
    let mut lines = errors.into_iter().flat_map(BufRead::lines).map_while(Result::ok);
    // Another blob is finished, so the pull has opened the FIFO by now.
    assert!(lines.any(|line| line.ends_with(" moved")));
    let interrupted = interrupt(&pull);
    wait(pull).failure(130);
    assert!(interrupted);
    assert!(lines.any(|line| line.starts_with("interrupted; received data is kept")));
    Ok(())
}
