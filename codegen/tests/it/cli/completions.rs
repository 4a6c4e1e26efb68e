//! Tests `longshore completions`.

use std::process::Command;

use super::{longshore, text};

#[test]
fn every_shell_gets_completions_of_all_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = longshore(&["completions", shell]);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
        let script = text(&output.stdout);
        for word in ["generate", "check", "changes", "completions", "runtime-path"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let output = longshore(&["completions", "dos"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("invalid value 'dos'"), "{}", text(&output.stderr));
}

/// Runs the completion function of bash. Without bash, nothing is tested.
#[test]
fn bash_completes_commands_and_options() {
    let script = text(&longshore(&["completions", "bash"]).stdout);
    let complete = |line: &str, word: &str| {
        let previous = line.rsplit(' ').next().unwrap();
        let call = format!(
            "{script}\nCOMP_WORDS=({line} '{word}'); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
             _longshore longshore '{word}' '{previous}'; echo \"${{COMPREPLY[@]}}\""
        );
        let output = Command::new("bash").args(["--norc", "-c", &call]).output();
        output.ok().map(|output| text(&output.stdout).trim().to_owned())
    };
    let Some(commands) = complete("longshore", "ch") else { return };
    assert_eq!(commands, "check changes");
    assert_eq!(complete("longshore generate", "--run").as_deref(), Some("--runtime-path"));
    let formats = complete("longshore changes a b --format", "").unwrap();
    assert_eq!(formats, "text markdown json html");
}
