//! Credentials that a program prints.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::thread::{self, JoinHandle};

use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::support::credential_sources::{assert_no_secret_logged, assert_signed, call, home};
use crate::support::log_collector::ThreadLog;
use crate::support::{SECRET, TOKEN};

/// Creates a home folder whose profile runs a shell script.
fn home_with_script(script: &str) -> TempDir {
    let home = home("");
    let path = home.path().join("my script.sh");
    fs::write(&path, script).expect("a file");
    let config = format!(
        "[default]\nregion = r-1\ncredential_process = sh \"{}\" 'a b' c\n",
        path.display()
    );
    fs::write(home.path().join(".aws/config"), config).expect("a file");
    home
}

async fn error(home: &Path) -> String {
    let line = call(home, &[]).await.expect_err("an error");
    let origin = format!("credential_process in {}/.aws/config:3: ", home.display());
    assert!(line.contains(&format!("no credentials: the profile default: {origin}")), "{line}");
    for secret in [SECRET, TOKEN, "a b"] {
        assert!(!line.contains(secret), "{line}");
    }
    line
}

#[tokio::test]
async fn a_credential_process_provides_credentials() {
    let log = ThreadLog::start();
    let home = home("");
    let keys = home.path().join("keys.json");
    let json = format!(
        r#"{{"Version":1,"AccessKeyId":"FOUND","SecretAccessKey":"{SECRET}","SessionToken":"{TOKEN}"}}"#
    );
    fs::write(&keys, json).expect("a file");
    let config = format!("[default]\nregion = r-1\ncredential_process = cat {}\n", keys.display());
    fs::write(home.path().join(".aws/config"), config).expect("a file");
    assert_signed(&call(home.path(), &[]).await.expect("a request"), "r-1");
    assert_no_secret_logged(&log);
}

#[tokio::test]
async fn the_command_is_split_as_the_aws_cli_does() {
    let log = ThreadLog::start();
    let home = home_with_script(&format!(
        "test \"$1\" = 'a b' && test \"$2\" = c && test $# = 2 || exit 9\n\
         echo '{SECRET}' >&2\n\
         echo '{{\"Version\":1,\"AccessKeyId\":\"FOUND\",\"SecretAccessKey\":\"{SECRET}\",\
         \"SessionToken\":\"{TOKEN}\",\"Expiration\":\"2096-10-02T07:00:00Z\"}}'\n"
    ));
    assert_signed(&call(home.path(), &[]).await.expect("a request"), "r-1");
    assert_no_secret_logged(&log);
}

#[tokio::test]
async fn a_program_that_fails_is_an_error_without_its_output() {
    let keys = format!(r#""AccessKeyId":"FOUND","SecretAccessKey":"{SECRET}""#);
    for (script, expected) in [
        (format!("echo {SECRET}; echo {SECRET} >&2; exit 3"), "failed (exit status: 3)"),
        (format!("echo 'My secret is {SECRET}'"), "are not a JSON document"),
        ("true".to_owned(), "are not a JSON document"),
        (format!("echo '{{{keys}}}'"), "must print \"Version\": 1"),
        (format!("echo '{{\"Version\":2,{keys}}}'"), "must print \"Version\": 1"),
        (format!("echo '{{\"Version\":1,\"SecretAccessKey\":\"{SECRET}\"}}'"), "no AccessKeyId"),
        (
            format!("echo '{{\"Version\":1,{keys},\"Expiration\":\"2016-10-02T07:00:00Z\"}}'"),
            "expired at 2016-10-02T07:00:00Z",
        ),
        ("yes".to_owned(), "printed more than 65536 bytes"),
    ] {
        let line = error(home_with_script(&script).path()).await;
        assert!(line.contains(expected), "{line}");
    }
}

#[tokio::test]
async fn a_command_that_cannot_be_run_is_an_error() {
    for (command, expected) in [
        ("/nowhere/at-all --key 'a b'", "cannot run \"/nowhere/at-all\": No such file"),
        ("sh 'a b", "a quote or an escape is not complete"),
    ] {
        let config = format!("[default]\nregion = r-1\ncredential_process = {command}\n");
        let line = error(home(&config).path()).await;
        assert!(line.contains(expected), "{line}");
    }
}

/// Creates a script that runs until it is killed and opens a pipe. The receiver gets a value when
/// the pipe is open; the thread ends when no program holds the pipe open anymore.
fn endless_script() -> (TempDir, JoinHandle<()>, oneshot::Receiver<()>) {
    let home = home_with_script("exec sleep 1000 9> \"$(dirname \"$0\")/pipe\"\n");
    let pipe = home.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let (sender, opened) = oneshot::channel();
    let reader = thread::spawn(move || {
        let mut pipe = fs::File::open(pipe).expect("a pipe");
        sender.send(()).expect("a test");
        assert_eq!(pipe.read_to_end(&mut Vec::new()).expect("the end"), 0);
    });
    (home, reader, opened)
}

#[tokio::test]
async fn a_program_that_hangs_is_killed() {
    let (home, reader, opened) = endless_script();
    let mut call = std::pin::pin!(error(home.path()));
    tokio::select! {
        line = &mut call => panic!("{line}"),
        opened = opened => opened.expect("a running script"),
    }
    tokio::time::pause();
    let line = call.await;
    assert!(line.contains("did not end within 60 s"), "{line}");
    reader.join().expect("the end of the script");
}

#[tokio::test]
async fn the_end_of_a_call_kills_the_program() {
    let (home, reader, opened) = endless_script();
    {
        let call = std::pin::pin!(error(home.path()));
        tokio::select! {
            line = call => panic!("{line}"),
            opened = opened => opened.expect("a running script"),
        }
    }
    reader.join().expect("the end of the script");
}
