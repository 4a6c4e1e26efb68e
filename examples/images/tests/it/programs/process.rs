//! Runs one of the programs as a process of its own, with nothing of this one's settings.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

/// What every program is given as keys, and none may print.
pub(crate) const SECRETS: [&str; 2] = ["the-secret-key", "the-session-token"];

/// What a program has said and how it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Ended {
    /// What it printed, of a program that is to end well.
    #[track_caller]
    pub(crate) fn well(self) -> String {
        assert!(self.status.success(), "{}\n{}{}", self.status, self.output, self.errors);
        self.output.trim_end().to_owned()
    }

    /// What it complained of, with the status it is to end with.
    #[track_caller]
    pub(crate) fn badly(self, status: i32) -> String {
        assert_eq!(self.status.code(), Some(status), "{}{}", self.output, self.errors);
        self.errors.trim_end().to_owned()
    }
}

/// Where cargo puts examples: beside the folder of the tests.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test is a program");
    let folder = test.parent().and_then(Path::parent).expect("tests are two folders deep");
    let program =
        folder.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    // A single test target does not build them, all targets of the package together do.
    assert!(program.exists(), "{name} is not built: `cargo test -p longshore-images` builds it");
    program
}

/// Starts a program without waiting for it.
pub(crate) fn start(name: &str, arguments: &[&str]) -> Child {
    let mut command = Command::new(program(name));
    command.args(arguments).env_clear();
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_REGION", "us-east-1");
    command.env("AWS_SECRET_ACCESS_KEY", SECRETS[0]).env("AWS_SESSION_TOKEN", SECRETS[1]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the program starts")
}

/// Waits for the end of a program, and makes sure that it has kept the secrets.
pub(crate) fn wait(child: Child) -> Ended {
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("programs print text");
    let ended =
        Ended { status: output.status, output: text(output.stdout), errors: text(output.stderr) };
    for secret in SECRETS {
        assert!(!ended.output.contains(secret) && !ended.errors.contains(secret), "{ended:?}");
    }
    assert!(!ended.errors.contains("panicked"), "{}", ended.errors);
    ended
}

pub(crate) fn run(name: &str, arguments: &[&str]) -> Ended {
    wait(start(name, arguments))
}
