//! Describes the machine, the compiler and the commit that a section was measured with.

use std::{error::Error, fmt, fs, process::Command, thread};

use serde::{Deserialize, Serialize};

use crate::system::{memory, process, repository};

/// The environment of a measurement. Values that the operating system does not report are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Environment {
    /// The day of the measurement in UTC, `2026-01-31`.
    pub(crate) date: String,
    /// The commit of this repository, followed by `+` if the working tree differs from it.
    pub(crate) commit: String,
    pub(crate) rustc: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cpu: Option<String>,
    pub(crate) cores: usize,
    /// In bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) memory: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kernel: Option<String>,
    /// The versions of crates that Longshore is compared with, and of measuring tools.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) versions: Vec<String>,
}

impl Environment {
    /// Reads the environment of this process.
    pub(crate) fn read(versions: Vec<String>) -> Result<Self, Box<dyn Error>> {
        let line = |mut command: Command| -> Result<String, Box<dyn Error>> {
            command.current_dir(repository::root());
            Ok(process::output(&mut command)?.trim_end().to_owned())
        };
        Ok(Self {
            date: line(command("date", &["-u", "+%F"]))?,
            commit: line(command("git", &["describe", "--always", "--dirty=+", "--exclude=*"]))?,
            rustc: compiler(&line(command("rustc", &["--version"]))?),
            cpu: fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| cpu_model(&text)),
            cores: thread::available_parallelism().map_or(1, usize::from),
            memory: memory::total(),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease").ok().map(|text| kernel(&text)),
            versions,
        })
    }

    /// Returns true if times measured in the two environments can be compared.
    pub(crate) fn is_same_machine(&self, other: &Self) -> bool {
        self.cpu == other.cpu && self.cores == other.cores
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { date, commit, rustc, cpu, cores, memory, kernel, versions } = self;
        let plural = if *cores == 1 { "" } else { "s" };
        write!(f, "on {date} at commit {commit} with {rustc}, on {cores} core{plural}")?;
        if let Some(cpu) = cpu {
            write!(f, " of {cpu}")?;
        }
        if let Some(memory) = memory {
            write!(f, ", {:.0} GB of memory", *memory as f64 / 1e9)?;
        }
        if let Some(kernel) = kernel {
            write!(f, ", {kernel}")?;
        }
        f.write_str(".")?;
        if !versions.is_empty() {
            write!(f, " Versions: {}.", versions.join(", "))?;
        }
        Ok(())
    }
}

fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args);
    command
}

/// The compiler and its version without its commit, such as `rustc 1.95.0`.
fn compiler(version: &str) -> String {
    version.split(" (").next().unwrap_or(version).to_owned()
}

fn cpu_model(cpuinfo: &str) -> Option<String> {
    let line = cpuinfo.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The kernel version, such as `Linux 6.1`. The rest of the release identifies a distribution's
/// build.
fn kernel(release: &str) -> String {
    let numbers: Vec<_> = release.trim().split(['.', '-']).take(2).collect();
    format!("Linux {}", numbers.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_from_the_files_of_linux() {
        let cpuinfo = "processor\t: 0\nmodel name\t: Some  CPU @ 2.5GHz\nmodel name\t: Other\n";
        assert_eq!(cpu_model(cpuinfo).as_deref(), Some("Some CPU @ 2.5GHz"));
        assert_eq!(cpu_model("processor\t: 0\n"), None);
        assert_eq!(kernel("6.1.0-18-amd64\n"), "Linux 6.1");
        assert_eq!(compiler("rustc 1.95.0 (0123abcd 2026-04-14)"), "rustc 1.95.0");
    }

    #[test]
    fn an_environment_is_the_end_of_a_sentence_and_its_versions() {
        let mut environment = Environment {
            date: "2026-01-31".to_owned(),
            commit: "0123abc".to_owned(),
            rustc: "rustc 1.95.0".to_owned(),
            cores: 1,
            ..Environment::default()
        };
        let least = "on 2026-01-31 at commit 0123abc with rustc 1.95.0, on 1 core.";
        assert_eq!(environment.to_string(), least);
        environment = Environment {
            cpu: Some("Some CPU".to_owned()),
            cores: 2,
            memory: Some(25_300_000_000),
            kernel: Some("Linux 6.1".to_owned()),
            versions: vec!["aws-sdk-ecr 1.138.0".to_owned(), "valgrind 3.24.0".to_owned()],
            ..environment
        };
        let expected = "on 2026-01-31 at commit 0123abc with rustc 1.95.0, on 2 cores of \
                        Some CPU, 25 GB of memory, Linux 6.1. Versions: aws-sdk-ecr 1.138.0, \
                        valgrind 3.24.0.";
        assert_eq!(environment.to_string(), expected);
    }

    #[test]
    fn times_are_compared_on_equal_processors_only() {
        let machine = |cpu: &str, cores| Environment {
            cpu: Some(cpu.to_owned()),
            cores,
            ..Environment::default()
        };
        assert!(machine("a", 2).is_same_machine(&machine("a", 2)));
        assert!(!machine("a", 2).is_same_machine(&machine("b", 2)));
        assert!(!machine("a", 2).is_same_machine(&machine("a", 4)));
    }
}
