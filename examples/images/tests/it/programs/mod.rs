//! The example programs as people meet them: arguments in, lines and a status out.

mod process;

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

type Tested = Result<(), Box<dyn Error>>;

/// A path as an argument.
fn text(path: &Path) -> &str {
    path.to_str().expect("the folder for temporary files has a name in Unicode")
}

/// Makes a layout of two platforms and returns the digest of its index.
fn make(folder: &Path) -> String {
    run("make_layout", &[text(folder), "--layers", "1", "--layer-size", "100kB"]).well()
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

/// The beginning of a line, cut before what differs from run to run.
fn before<'a>(line: &'a str, end: &str) -> &'a str {
    line.split_once(end).map_or(line, |(before, _)| before)
}

#[test]
fn a_layout_is_made_and_pushed_to_the_registry_inside_the_program() -> Tested {
    let folder = tempfile::tempdir()?;
    let digest = make(folder.path());
    for options in [&["--local"][..], &["--local", "--public"]] {
        let push = [&[text(folder.path()), "--repository", "demo:1"], options].concat();
        let summary = run("push", &push).well();
        assert!(
            summary.starts_with(&format!("pushed demo:1 as {digest}: 3 blobs moved, 100.3 kB in ")),
            "{summary}"
        );
    }
    Ok(())
}

#[test]
fn without_a_terminal_there_is_a_line_for_each_blob() -> Tested {
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
fn an_image_comes_back_from_a_registry_as_it_was_pushed() -> Tested {
    let registry = Registry::start();
    let (made, pulled) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let digest = make(made.path());
    let url = ["--endpoint-url", registry.url()];
    let push = [&[text(made.path()), "--repository", "team/app:v1"], &url[..]].concat();
    let missing = run("push", &push).badly(1);
    assert!(missing.contains("create the repository first"), "{missing}");

    let create = [&push[..], &["--create"]].concat();
    run("push", &create).well();
    let again = run("push", &create).well();
    let expected = format!("pushed team/app:v1 as {digest}: 0 blobs moved, 0 B in ");
    assert!(again.starts_with(&expected), "{again}");
    assert!(again.ends_with("; 3 blobs (100.3 kB) there already"), "{again}");

    let pull = [&["team/app:v1", text(pulled.path())], &url[..]].concat();
    let summary = run("pull", &pull).well();
    assert!(summary.starts_with(&format!("pulled team/app:v1 as {digest}: 3 blobs")), "{summary}");
    let (made, pulled) = (made.path().join("blobs"), pulled.path().join("blobs"));
    assert_eq!(files(&made)?, files(&pulled)?);
    Ok(())
}

#[test]
fn a_pull_without_an_account_brings_the_sample() -> Tested {
    let folder = tempfile::tempdir()?;
    let summary = run("pull", &["demo:1", text(folder.path()), "--local"]).well();
    let digest = before(summary.strip_prefix("pulled demo:1 as ").unwrap_or(&summary), ": ");
    let pushed = run("push", &[text(folder.path()), "--repository", "demo:2", "--local"]).well();
    assert!(pushed.starts_with(&format!("pushed demo:2 as {digest}: ")), "{summary}\n{pushed}");
    Ok(())
}

#[test]
fn wrong_arguments_end_with_2_and_say_what_is_wrong() {
    let digest = format!("sha256:{}", "1".repeat(64));
    let cases: &[(&str, &[&str], &str)] = &[
        ("push", &[], "--repository <NAME[:TAG]>"),
        ("push", &["dir", "--repository", "No Name"], "\"No Name\" names no image"),
        ("push", &["dir", "--repository", "app", "--jobs", "0"], "--jobs <N>"),
        ("push", &["dir", "--repository", "app", "--local", "--region", "x"], "--region"),
        ("pull", &["app:1"], "<DIR>"),
        ("make_layout", &["dir", "--layer-size", "much"], "`much` is no size"),
        (
            "make_layout",
            &["dir", "--layer-size", "8589934593"],
            "for '--layer-size <SIZE>': a layer has from 2 KiB to 8 GiB",
        ),
        ("make_layout", &["dir", "--platforms", "linux"], "\"linux\" is no platform"),
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
            "`80` is no port",
        ),
    ];
    for (program, arguments, expected) in cases {
        let errors = run(program, arguments).badly(2);
        assert!(errors.contains(expected), "{program} {arguments:?}: {errors}");
    }
}

#[test]
fn what_goes_wrong_ends_with_1_and_one_line() -> Tested {
    let folder = tempfile::tempdir()?;
    let nowhere = folder.path().join("nowhere");
    for (program, arguments) in [
        ("push", vec![text(&nowhere), "--repository", "demo:1", "--local"]),
        ("lightsail_deploy", vec!["web", "--label", "l", "--local", "--layout", text(&nowhere)]),
    ] {
        let error = run(program, &arguments).badly(1);
        assert!(error.starts_with("error: ") && error.contains("nowhere"), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    Ok(())
}

#[test]
fn a_reader_that_goes_away_stops_no_push() -> Tested {
    let folder = tempfile::tempdir()?;
    make(folder.path());
    let mut push = start("push", &[text(folder.path()), "--repository", "demo:1", "--local"]);
    drop((push.stdout.take(), push.stderr.take()));
    assert!(wait(push).status.success());
    Ok(())
}

#[test]
fn an_image_is_deployed_on_a_lightsail_inside_the_program() -> Tested {
    let folder = tempfile::tempdir()?;
    make(folder.path());
    let register = ["web", "--label", "app", "--layout", text(folder.path()), "--local"];
    assert_eq!(run("lightsail_deploy", &register).well(), ":web.app.1");

    let deploy = ["--deploy", "front", "--port", "80=HTTP", "--public-endpoint"];
    let deployed = run("lightsail_deploy", &[&register[..], &deploy].concat());
    assert_eq!(deployed.errors, "deployment 1: ACTIVATING\n");
    assert_eq!(deployed.well(), ":web.app.1\ndeployment 1 is active at https://web.local.invalid/");
    Ok(())
}

/// As Ctrl-C does. Whether it was possible, which is looked at when the process has been waited for.
#[cfg(unix)]
fn interrupt(child: &Child) -> bool {
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    kill.is_ok_and(|status| status.success())
}

/// Waits until a part of a layer has been sent.
#[cfg(unix)]
fn wait_for_a_part(registry: &Registry) {
    let sent = || registry.server().calls().iter().any(|call| call.is::<UploadLayerPartRequest>());
    while !sent() {
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
#[cfg(unix)]
fn an_interrupted_push_says_how_it_goes_on_and_then_does() -> Tested {
    let registry = Registry::start();
    let folder = tempfile::tempdir()?;
    let digest = make(folder.path());
    let url = registry.url();
    let create = ["--repository", "demo:1", "--create", "--jobs", "1"];
    let arguments = [&[text(folder.path())], &create[..], &["--endpoint-url", url]].concat();
    // The first part of a layer is not answered while this test runs.
    let delay = Fault::delay(Duration::from_secs(3600));
    registry.server().fault_on::<UploadLayerPartRequest>(delay);
    let push = start("push", &arguments);
    wait_for_a_part(&registry);
    let interrupted = interrupt(&push);
    let ended = wait(push);
    assert!(interrupted, "{ended:?}");
    let said = ended.badly(130);
    assert_eq!(
        said.lines().last(),
        Some(
            "interrupted; whole layers stay, and the same command goes on from there; the tag comes \
             last"
        )
    );
    let pushed = run("push", &arguments).well();
    assert!(pushed.starts_with(&format!("pushed demo:1 as {digest}: ")), "{pushed}");
    Ok(())
}

/// A file that nobody writes to stands for a disk that is slow, or a layer that takes long to hash.
#[test]
#[cfg(unix)]
fn an_interrupted_pull_does_not_wait_for_a_disk() -> Tested {
    let registry = Registry::start();
    let (made, pulled) = (tempfile::tempdir()?, tempfile::tempdir()?);
    make(made.path());
    let url = ["--endpoint-url", registry.url()];
    let push = [&[text(made.path()), "--repository", "demo:1", "--create"], &url[..]].concat();
    run("push", &push).well();
    let files = files(&made.path().join("blobs/sha256"))?;
    let (layer, _) = files.iter().find(|(_, file)| file.len() == 100_000).ok_or("a layer")?;
    let blobs = pulled.path().join("blobs/sha256");
    fs::create_dir_all(&blobs)?;
    assert!(Command::new("mkfifo").arg(blobs.join(layer)).status()?.success());

    let mut pull = start("pull", &[&["demo:1", text(pulled.path())], &url[..]].concat());
    let errors = pull.stderr.take().map(BufReader::new);
    let mut lines = errors.into_iter().flat_map(BufRead::lines).map_while(Result::ok);
    // Another blob has come, so the layer has been looked for by now.
    assert!(lines.any(|line| line.ends_with(" moved")));
    let interrupted = interrupt(&pull);
    wait(pull).badly(130);
    assert!(interrupted);
    assert!(lines.any(|line| line.starts_with("interrupted; what has arrived is kept")));
    Ok(())
}
