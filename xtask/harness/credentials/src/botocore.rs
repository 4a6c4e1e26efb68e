//! Runs combinations with botocore, in one Python process.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::combination::Combination;
use crate::home;
use crate::outcome::Outcome;
use crate::server::Server;

/// The Python process. It exits when its standard input closes, which happens on drop.
#[derive(Debug)]
pub struct Botocore {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    home: PathBuf,
}

impl Botocore {
    /// Starts the process. It uses `home`, because botocore computes the folders of its caches when
    /// it is imported.
    pub fn start(python: &Path, home: PathBuf) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(&home)?;
        let mut child = Command::new(python)
            .args(["-c", include_str!("botocore.py")])
            .env_clear()
            .env("HOME", &home)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", python.display()))?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or("the Python process has no standard output")?;
        Ok(Self { child, input, output: BufReader::new(output), home })
    }

    /// Runs a combination.
    pub fn run(&mut self, combination: &Combination) -> Result<Outcome, Box<dyn Error>> {
        let server = Server::start()?;
        let url = server.url();
        home::write(&self.home, combination, &url)?;
        let environment: serde_json::Map<_, _> = combination
            .environment(&url, &self.home)
            .into_iter()
            .chain([("PATH".to_owned(), std::env::var("PATH").unwrap_or_default())])
            .map(|(name, value)| (name, value.into()))
            .collect();
        let input = self.input.as_mut().ok_or("the Python process has no standard input")?;
        writeln!(input, "{}", serde_json::Value::Object(environment))?;
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err("the Python process ended; is botocore installed?".into());
        }
        let error = serde_json::from_str(&line)?;
        Ok(Outcome::new(combination, &server.finish(), &url, error))
    }
}

impl Drop for Botocore {
    fn drop(&mut self) {
        drop(self.input.take());
        drop(self.child.wait());
    }
}
