//! What the programs show on a terminal: progress while they work, and only their result afterwards.

use std::path::Path;

use longshore::ecr::operation::UploadLayerPartRequest;
use longshore_testing::{Fault, Registry};
use tempfile::tempdir;

use super::process::command;
use super::screen::{Screen, run_on_terminal};
use super::{TestResult, make, text};

fn run(program: &str, arguments: &[&str], columns: u16) -> Screen {
    let mut command = command(program, arguments);
    command.env("TERM", "xterm");
    run_on_terminal(command, columns)
}

/// Checks that the visible text begins with `start`, and that progress was displayed but is no
/// longer visible.
#[track_caller]
fn assert_only(screen: &Screen, progress: &str, start: &str) {
    assert!(screen.text().starts_with(start), "{:#?}", screen.lines);
    assert_eq!(screen.text().matches(progress).count(), 0, "{:#?}", screen.lines);
    assert!(screen.raw.contains(progress), "{}", screen.raw);
}

#[test]
fn no_bar_stays_after_a_push_and_a_pull() -> TestResult {
    let (folder, copy) = (tempdir()?, tempdir()?);
    make(folder.path());
    for columns in [120, 80, 60, 40, 23] {
        let push = ["--repository", "demo:1", "--local"];
        let pushed = run("push", &[&[text(folder.path())], &push[..]].concat(), columns);
        assert_eq!(pushed.exit_code, Some(0));
        assert_only(&pushed, "total  ", "pushed demo:1 as sha256:");

        let pull = ["demo:1", text(copy.path()), "--local"];
        let pulled = run("pull", &pull, columns);
        assert_eq!(pulled.exit_code, Some(0));
        assert_only(&pulled, "total  ", "pushed the sample image sha256:");
        assert!(pulled.text().contains("pulled demo:1 as sha256:"), "{:#?}", pulled.lines);
    }
    Ok(())
}

/// The bars of layers that are being sent must neither hide the error nor stay next to it.
#[test]
fn a_failed_push_shows_only_its_error() -> TestResult {
    let registry = Registry::start();
    let folder = tempdir()?;
    make(folder.path());
    for _ in 0..10 {
        registry.server().fault_on::<UploadLayerPartRequest>(Fault::status(400));
    }
    let options = ["--repository", "demo:1", "--create", "--endpoint-url", registry.url()];
    let failed = run("push", &[&[text(folder.path())], &options[..]].concat(), 80);
    assert_eq!(failed.exit_code, Some(1));
    assert_only(&failed, "total  ", "error: sending bytes 0 to ");
    Ok(())
}

#[test]
fn generating_a_layout_shows_progress() -> TestResult {
    let folder = tempdir()?;
    let made = run("make_layout", &[text(folder.path()), "--layer-size", "100kB"], 80);
    assert_eq!(made.exit_code, Some(0));
    assert_only(&made, "layers  ", "sha256:");
    assert!(made.raw.contains(" of  300.00 kB"), "{}", made.raw);
    Ok(())
}

/// Runs `make_layout` and `push`, which display progress differently, with an environment variable.
fn outputs(folder: &Path, variable: &str, value: &str) -> [Screen; 2] {
    let push = [text(folder), "--repository", "demo:1", "--local"];
    let make = [text(folder), "--layers", "1", "--layer-size", "100kB"];
    [command("make_layout", &make), command("push", &push)].map(|mut command| {
        command.env("TERM", "xterm").env(variable, value);
        run_on_terminal(command, 80)
    })
}

#[test]
fn there_are_no_colors() -> TestResult {
    let folder = tempdir()?;
    for screen in outputs(folder.path(), "NO_COLOR", "1") {
        let sequences = screen.raw.split("\u{1b}[").skip(1);
        let ends = sequences.filter_map(|text| text.chars().find(char::is_ascii_alphabetic));
        assert!(ends.into_iter().all(|end| "ABCDK".contains(end)), "{}", screen.raw);
    }
    Ok(())
}

#[test]
fn a_dumb_terminal_gets_lines() -> TestResult {
    let folder = tempdir()?;
    let [made, pushed] = outputs(folder.path(), "TERM", "dumb");
    assert!(!made.raw.contains('\u{1b}') && !pushed.raw.contains('\u{1b}'));
    assert_eq!(made.lines[0], "1 layer, 100.0 kB");
    assert!(made.lines[1].ends_with("   100.0 kB written"), "{:#?}", made.lines);
    assert_eq!(pushed.lines[0], "3 blobs, 100.3 kB");
    Ok(())
}
