//! Tests the help texts, and errors in the arguments.

use super::{longshore, text};

#[test]
fn the_help_of_each_command_shows_examples() {
    for command in ["generate", "check", "changes", "completions"] {
        for help in ["-h", "--help"] {
            let output = longshore(&[command, help]);
            assert_eq!(output.status.code(), Some(0));
            let printed = text(&output.stdout);
            let example = format!("\nExamples:\n  longshore {command} ");
            assert!(printed.contains(&example), "{printed}");
        }
    }
}

#[test]
fn the_help_states_the_exit_statuses() {
    let printed = text(&longshore(&["--help"]).stdout);
    let statuses: Vec<_> =
        printed.split("\nExit status:\n").nth(1).unwrap().lines().map(|line| &line[..5]).collect();
    assert_eq!(statuses, ["  0  ", "  1  ", "  2  "]);
}

#[test]
fn errors_in_the_arguments_have_their_own_exit_status() {
    let table: [(&[&str], &str); 6] = [
        (&[], "Usage: longshore"),
        (&["generate", "--out", "x"], "--model <PATH>..."),
        (&["generate", "--model", "x"], "--out <DIR>"),
        (&["check", "--model", "x", "--name", "y"], "--out <DIR>"),
        (&["changes", "x"], "<NEW>"),
        (&["generate", "--color", "blue"], "invalid value 'blue'"),
    ];
    for (arguments, expected) in table {
        let output = longshore(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let printed = text(&output.stderr);
        assert!(printed.contains(expected), "{printed}");
    }
}
