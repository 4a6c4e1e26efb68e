//! Starts chromedriver and sends it commands, which are JSON over HTTP on the loopback interface.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpStream},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

/// A running chromedriver. Dropping it ends the process.
pub(super) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts the program, or returns `None` if it or Chromium is not installed.
    pub(super) fn start() -> Option<Self> {
        let has = |program: &str| {
            let version = Command::new(program).arg("--version").output();
            version.is_ok_and(|output| output.status.success())
        };
        if !has("chromium") || !has("chromedriver") {
            // Unlike `eprintln!`, this is shown for tests that succeed.
            let _ = writeln!(
                io::stderr(),
                "skipped: chromium or chromedriver is missing (Debian: chromium and chromium-driver)"
            );
            return None;
        }
        let mut chromedriver = Command::new("chromedriver");
        let command = chromedriver.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = Self { process: command.spawn().unwrap(), port: 0 };
        driver.port = port(driver.process.stdout.take().unwrap());
        Some(driver)
    }

    /// Sends a command without content, and ignores what the driver answers.
    pub(super) fn try_send(&self, method: &str, path: &str) -> io::Result<()> {
        self.exchange(method, path, "{}").map(drop)
    }

    /// Sends a command, and returns the value of its response. Errors of the driver fail the test.
    pub(super) fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, text) = self.exchange(method, path, &body.to_string()).unwrap();
        let mut response: Value = serde_json::from_str(&text).unwrap();
        assert!(status.contains(" 200 "), "{method} {path}: {status} {text}");
        response["value"].take()
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> io::Result<(String, String)> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )?;
        let mut reader = BufReader::new(stream);
        let mut status = String::new();
        reader.read_line(&mut status)?;
        let mut content = vec![0; content_length(&mut reader)?];
        reader.read_exact(&mut content)?;
        Ok((status, String::from_utf8_lossy(&content).into_owned()))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads the port from the line that the program prints when it is ready.
fn port(stdout: impl Read) -> u16 {
    let lines = BufReader::new(stdout).lines().map_while(Result::ok);
    let mut ports = lines.filter_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    ports.next().expect("chromedriver prints its port")
}

/// Reads the headers up to the empty line.
fn content_length(reader: &mut impl BufRead) -> io::Result<usize> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end();
        if line.is_empty() {
            return Ok(length);
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
}
