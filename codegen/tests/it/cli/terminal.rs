//! Tests colors, links and progress: on a terminal, and elsewhere.

use std::{
    ffi::OsStr,
    fs::File,
    io::Read,
    os::unix::ffi::OsStrExt,
    process::{Command, Stdio},
};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::{fixture, generated, program, root, text};

/// Runs a command whose standard output and error are a terminal, and returns what it shows.
fn on_terminal(mut command: Command) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let path = OsStr::from_bytes(name.as_bytes());
    let side = File::options().read(true).write(true).open(path).unwrap();
    command.stdin(Stdio::null()).stdout(side.try_clone().unwrap()).stderr(side);
    let mut child = command.spawn().unwrap();
    // Reading ends when the last handle to the other side is closed.
    drop(command);
    let mut shown = Vec::new();
    let mut buffer = [0; 1024];
    let mut terminal = File::from(terminal);
    while let Ok(count @ 1..) = terminal.read(&mut buffer) {
        shown.extend_from_slice(&buffer[..count]);
    }
    child.wait().unwrap();
    text(&shown)
}

/// A check of a model with an unknown trait, in a terminal that shows colors and links.
fn failing(arguments: &[&str]) -> Command {
    let model = root().join("codegen/tests/rejects/trait_unknown.json");
    let mut command = program();
    command.arg("check").arg("--model").arg(model).args(arguments);
    command.env("TERM", "xterm-256color").env("FORCE_HYPERLINK", "1");
    command
}

const RED: &str = "\x1b[1m\x1b[31merror:\x1b[0m ";
const LINK: &str = "\x1b]8;;file://";

#[test]
fn a_terminal_shows_colors_and_links() {
    let shown = on_terminal(failing(&[]));
    assert!(shown.contains(RED), "{shown:?}");
    assert!(shown.contains(&format!("{RED}{LINK}")), "{shown:?}");
    assert!(shown.contains("trait_unknown.json\x1b]8;;\x1b\\:34:18: "), "{shown:?}");
}

#[test]
fn colors_and_links_can_be_switched_off() {
    let mut without = failing(&[]);
    without.env("NO_COLOR", "1");
    let mut dumb = failing(&[]);
    dumb.env("TERM", "dumb");
    for command in [without, dumb, failing(&["--color", "never"]), failing(&["--color=never"])] {
        let shown = on_terminal(command);
        assert!(!shown.contains("\x1b[1m") && !shown.contains("\x1b]8"), "{shown:?}");
        assert!(shown.contains("error: ") && shown.contains(":34:18: "), "{shown:?}");
    }
}

#[test]
fn output_to_a_file_has_no_colors_and_links_unless_they_are_wanted() {
    let plain = text(&failing(&[]).output().unwrap().stderr);
    assert!(plain.starts_with("error: ") && !plain.contains('\x1b'), "{plain:?}");
    let colored = text(&failing(&["--color", "always"]).output().unwrap().stderr);
    assert!(colored.starts_with(RED), "{colored:?}");
}

#[test]
fn the_help_follows_the_color_option() {
    let help = |arguments: &[&str]| {
        let mut command = program();
        command.args(arguments).env("TERM", "xterm-256color");
        on_terminal(command)
    };
    assert!(help(&["--help"]).contains("\x1b["));
    assert!(!help(&["--help", "--color", "never"]).contains('\x1b'));
    assert!(!help(&["--color=never", "generate"]).contains('\x1b'));
}

#[test]
fn a_terminal_shows_the_progress() {
    let (_folder, out) = generated("values");
    let check = |term: &str| {
        let mut command = program();
        command.args(["check", "--model", &fixture("values"), "--out", &out]).env("TERM", term);
        command
    };
    let shown = on_terminal(check("xterm-256color"));
    assert!(shown.contains("generating [") && shown.contains("] 0/2"), "{shown:?}");
    assert!(shown.ends_with("10 files are up to date\r\n"), "{shown:?}");
    // The bar is removed before the result is printed.
    assert!(shown.contains("\x1b[2K") && !shown.contains("formatting\r\n"), "{shown:?}");
    let dumb = on_terminal(check("dumb"));
    assert!(!dumb.contains("generating") && !dumb.contains('\x1b'), "{dumb:?}");
    let output = check("xterm-256color").output().unwrap();
    assert_eq!(text(&output.stderr), "");
}
