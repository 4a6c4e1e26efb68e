//! Runs the programs with a clean environment.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

/// The credentials of the programs, which must not appear in their output.
pub(crate) const SECRETS: [&str; 2] = ["the-secret-key", "the-session-token"];

/// The output and the exit status of a program.
#[derive(Debug)]
pub(crate) struct ProgramOutput {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl ProgramOutput {
    /// Returns standard output after checking that the program succeeded.
    #[track_caller]
    pub(crate) fn success(self) -> String {
        assert!(self.status.success(), "{}\n{}{}", self.status, self.output, self.errors);
        self.output.trim_end().to_owned()
    }

    /// Returns standard error after checking the exit code.
    #[track_caller]
    pub(crate) fn failure(self, status: i32) -> String {
        assert_eq!(self.status.code(), Some(status), "{}{}", self.output, self.errors);
        self.errors.trim_end().to_owned()
    }
}

/// The path of a program: Cargo puts examples next to the folder of tests.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test is a program");
    let folder = test.parent().and_then(Path::parent).expect("tests are two folders deep");
    let program =
        folder.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    // `cargo test --test it` does not build examples, but `cargo test` does.
    assert!(program.exists(), "{name} is not built: `cargo test -p longshore-images` builds it");
    program
}

/// A program with credentials and a region.
pub(crate) fn command(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program(name));
    command.args(arguments).env_clear();
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_REGION", "us-east-1");
    command.env("AWS_SECRET_ACCESS_KEY", SECRETS[0]).env("AWS_SESSION_TOKEN", SECRETS[1]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts a program without waiting for it.
pub(crate) fn start(name: &str, arguments: &[&str]) -> Child {
    command(name, arguments).spawn().expect("the program starts")
}

/// Waits for the end of a program, and checks that its output contains no secrets.
pub(crate) fn wait(child: Child) -> ProgramOutput {
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("programs print text");
    let program_output = ProgramOutput {
        status: output.status,
        output: text(output.stdout),
        errors: text(output.stderr),
    };
    for secret in SECRETS {
        assert!(
            !program_output.output.contains(secret) && !program_output.errors.contains(secret),
            "{program_output:?}"
        );
    }
    assert!(!program_output.errors.contains("panicked"), "{}", program_output.errors);
    program_output
}

pub(crate) fn run(name: &str, arguments: &[&str]) -> ProgramOutput {
    wait(start(name, arguments))
}
