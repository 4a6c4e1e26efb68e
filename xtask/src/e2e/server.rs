//! Starts and stops a moto server on a free loopback port.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The maximum time until the first response: Python has to import many modules.
const START_LIMIT: Duration = Duration::from_secs(60);
/// The timeout of one readiness request.
const ASK_LIMIT: Duration = Duration::from_secs(5);
/// The maximum number of starts, in case another program takes the port in the meantime.
const STARTS: usize = 3;
/// The number of log lines in an error.
const TAIL_LINES: usize = 40;

/// A running server, which is stopped on drop.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    port: u16,
    log: PathBuf,
}

impl Server {
    /// Starts a server with the given Python and waits until it responds. Its output goes to `log`.
    pub(crate) fn start(python: &Path, log: &Path) -> Result<Self, Box<dyn Error>> {
        let mut failure = String::new();
        for _ in 0..STARTS {
            let mut server = Self::spawn(python, log)?;
            match server.wait_until_ready() {
                Ok(()) => return Ok(server),
                Err(error) => failure = format!("{error}\n{}", server.log_tail()),
            }
        }
        Err(failure.into())
    }

    fn spawn(python: &Path, log: &Path) -> Result<Self, Box<dyn Error>> {
        let port = free_port()?;
        let output = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
        let mut command = Command::new(python);
        command.arg("-c").arg(include_str!("lifeline.py"));
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        // The server exits when this pipe closes, which happens at the latest when this process
        // ends.
        command.stdin(Stdio::piped()).stdout(output.try_clone()?).stderr(output);
        let child = command
            .spawn()
            .map_err(|error| format!("{} could not be started: {error}", python.display()))?;
        Ok(Self { child, port, log: log.to_path_buf() })
    }

    fn wait_until_ready(&mut self) -> Result<(), Box<dyn Error>> {
        let deadline = Instant::now() + START_LIMIT;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the moto server exited before it was ready ({status})").into());
            }
            if ask(self.port).is_ok_and(|answer| is_ready(&answer)) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(format!("the moto server was not ready within {} s", START_LIMIT.as_secs()).into())
    }

    /// The URL of the server.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Stops the server. Stopping it twice is harmless.
    pub(crate) fn stop(&mut self) {
        // Both fail only if the process has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Returns true if any service call reached the server.
    pub(crate) fn was_called(&self) -> bool {
        was_called(&self.read_log())
    }

    /// The last lines of the server's output, with a heading.
    pub(crate) fn log_tail(&self) -> String {
        format!("--- the end of {} ---\n{}", self.log.display(), tail(&self.read_log(), TAIL_LINES))
    }

    fn read_log(&self) -> String {
        match fs::read(&self.log) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => format!("(not readable: {error})"),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A port that is free now. Another program may take it before the server does: see [`STARTS`].
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Sends a request that does not call any service.
fn ask(port: u16) -> io::Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, ASK_LIMIT)?;
    stream.set_read_timeout(Some(ASK_LIMIT))?;
    stream.write_all(
        b"GET /moto-api/data.json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    )?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Returns true if the log contains a request that is not one of [`ask`].
fn was_called(log: &str) -> bool {
    log.lines().any(|line| line.contains(" HTTP/1.1") && !line.contains("GET /moto-api/"))
}

fn is_ready(answer: &str) -> bool {
    let mut words = answer.lines().next().unwrap_or_default().split(' ');
    words.next().is_some_and(|version| version.starts_with("HTTP/1."))
        && words.next() == Some("200")
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::process;

    #[test]
    fn only_status_200_means_ready() {
        assert!(is_ready("HTTP/1.1 200 OK\r\nServer: Werkzeug\r\n\r\n{}"));
        assert!(is_ready("HTTP/1.0 200 OK\r\n\r\n"));
        for answer in ["", "HTTP/1.1", "HTTP/1.1 500 INTERNAL", "SSH-2.0-x 200", "200"] {
            assert!(!is_ready(answer), "{answer:?}");
        }
    }

    #[test]
    fn a_call_has_any_method_and_path() {
        let ready = " * Running on http://127.0.0.1:1\n127.0.0.1 - - [30/Nov/2026 10:00:00] \
                     \"GET /moto-api/data.json HTTP/1.1\" 200 -\n";
        assert!(!was_called(ready));
        // The color of a line depends on the status.
        for request in
            ["POST / HTTP/1.1\" 200", "\x1b[35mGET /2015-03-31/functions/ HTTP/1.1\x1b[0m\" 500"]
        {
            let call = format!("{ready}127.0.0.1 - - [30/Nov/2026 10:00:01] \"{request} -\n");
            assert!(was_called(&call), "{request}");
        }
    }

    #[test]
    fn the_tail_is_the_last_lines_or_all_lines() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(tail("a\n", 2), "a");
        assert_eq!(tail("", 2), "");
    }

    #[test]
    fn a_server_that_exits_at_once_is_an_error_with_its_output() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        // Cargo rejects the arguments, which are meant for Python, and exits.
        let cargo = process::cargo();
        let python = Path::new(cargo.get_program());
        let error = Server::start(python, &folder.path().join("log")).expect_err("no server");
        let text = error.to_string();
        assert!(
            text.starts_with("the moto server exited before it was ready (exit status"),
            "{text}"
        );
        assert!(text.contains("/log ---\nerror: unexpected argument '-c' found"), "{text}");
    }
}
