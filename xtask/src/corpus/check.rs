//! Compiles the generated services with one `cargo check`, or documents them with one `cargo doc`,
//! and reads the result of each service from cargo's messages.
//!
//! A single cargo builds shared dependencies once, uses all jobs, and continues after a crate that
//! fails.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fs,
    io::{BufRead, BufReader, Read},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
};

use longshore_codegen::cli::progress::Progress;
use serde::Deserialize;

use super::workspace::{CorpusWorkspace, package};
use crate::system::process;

/// The result of compiling or documenting a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CheckResult {
    /// It compiles without warnings.
    Compiled,
    /// It does not compile: the number of errors, and the first one with its location.
    Failed(usize, String),
    /// It compiles, but rustdoc has warnings: their number, and the first one with its location.
    Undocumented(usize, String),
    /// It was not compiled, for this reason.
    NotReached(String),
}

/// The task that cargo performs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    Compile,
    Document,
}

/// Compiles the named services and, if `docs`, documents those that compile.
pub(super) fn check<'n>(
    workspace: &CorpusWorkspace,
    names: &BTreeSet<&'n str>,
    jobs: NonZeroUsize,
    docs: bool,
) -> Result<BTreeMap<&'n str, CheckResult>, Box<dyn Error>> {
    let mut checks = work(Task::Compile, workspace, names, jobs)?;
    let compiled = checks.iter().filter(|(_, check)| **check == CheckResult::Compiled);
    let compiled: BTreeSet<&str> = compiled.map(|(name, _)| *name).collect();
    if docs && !compiled.is_empty() {
        checks.extend(work(Task::Document, workspace, &compiled, jobs)?);
    }
    Ok(checks)
}

/// Runs cargo once for the named services.
fn work<'n>(
    task: Task,
    workspace: &CorpusWorkspace,
    names: &BTreeSet<&'n str>,
    jobs: NonZeroUsize,
) -> Result<BTreeMap<&'n str, CheckResult>, Box<dyn Error>> {
    let mut log = CargoOutput::new(task);
    let folders = names.iter().map(|name| (workspace.member(name), *name)).collect();
    for name in names {
        // The file may exist from an earlier run.
        let _ = fs::remove_file(workspace.member(name).join(ERRORS));
    }
    let doing = if task == Task::Compile { "compiling" } else { "documenting" };
    let progress = Progress::with_lines(doing, names.len());
    let mut cargo = command(task, workspace, jobs);
    if task == Task::Document {
        // Packages that do not compile are excluded.
        cargo.args(names.iter().map(|name| format!("--package={}", package(name))));
    }
    let mut child = cargo.spawn().map_err(|error| process::start_error(&cargo, &error))?;
    let stderr = read_stderr(&mut child);
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        log.read_message(&line?, &folders, &progress);
    }
    child.wait()?;
    let stderr = stderr.and_then(|reader| reader.join().ok()).unwrap_or_default();
    drop(progress);
    log.keep(workspace)?;
    let reason = log.elsewhere.or_else(|| last_line(&stderr)).unwrap_or_else(|| UNKNOWN.to_owned());
    let check = |name: &&'n str| {
        let none = || CheckResult::NotReached(reason.clone());
        (*name, log.checks.get(name).cloned().unwrap_or_else(none))
    };
    Ok(names.iter().map(check).collect())
}

const UNKNOWN: &str = "cargo printed no message about it";

fn command(task: Task, workspace: &CorpusWorkspace, jobs: NonZeroUsize) -> Command {
    let mut cargo = process::cargo();
    cargo.current_dir(workspace.folder());
    match task {
        Task::Compile => cargo.args(["check", "--workspace"]),
        Task::Document => cargo.args(["doc", "--no-deps"]).env("RUSTDOCFLAGS", "--deny=warnings"),
    };
    cargo.args(["--all-features", "--keep-going", "--quiet"]);
    cargo.args(["--message-format", "json", "--jobs"]).arg(jobs.to_string());
    cargo.arg("--target-dir").arg(workspace.folder().join("target"));
    // Each crate is checked only once, so incremental data would only waste space.
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo.stdout(Stdio::piped()).stderr(Stdio::piped());
    cargo
}

/// Reads cargo's standard error on a thread, so that cargo never blocks on a full pipe.
fn read_stderr(child: &mut Child) -> Option<thread::JoinHandle<String>> {
    let mut stderr = child.stderr.take()?;
    Some(thread::spawn(move || {
        let mut text = Vec::new();
        let _ = stderr.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    }))
}

/// The most useful line of the standard error: the first error, or else the last line.
fn last_line(text: &str) -> Option<String> {
    let mut lines = text.lines().rev().filter(|line| !line.trim().is_empty());
    let errors = text.lines().find(|line| line.starts_with("error"));
    errors.or_else(|| lines.next()).map(|line| line.trim().to_owned())
}

/// A JSON message of cargo, reduced to the parts that are needed here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<String>,
    message: Option<Diagnostic>,
}

/// A message of the compiler.
#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    message: String,
    #[serde(default)]
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

impl Diagnostic {
    /// Returns true for an error, except the final count of errors.
    fn is_error(&self) -> bool {
        self.level.starts_with("error") && !self.message.starts_with("aborting due to")
    }

    /// The first line of the message, after its location.
    fn in_a_line(&self) -> String {
        let text = self.message.lines().next().unwrap_or_default();
        match self.spans.iter().find(|span| span.is_primary) {
            Some(span) => format!("{}:{}: {text}", file_in_crate(&span.file_name), span.line_start),
            None => text.to_owned(),
        }
    }
}

/// The path of a file relative to the crate of its service.
fn file_in_crate(file: &str) -> &str {
    let mut parts = file.splitn(3, ['/', '\\']);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("services"), Some(_), Some(file)) => file,
        _ => file,
    }
}

/// The messages read so far.
struct CargoOutput<'n> {
    task: Task,
    checks: BTreeMap<&'n str, CheckResult>,
    /// All errors of a service, as the compiler renders them.
    rendered: BTreeMap<&'n str, String>,
    /// The first error in a crate that is not one of the services.
    elsewhere: Option<String>,
}

/// The services by the folders of their crates.
type Folders<'n> = BTreeMap<PathBuf, &'n str>;

impl<'n> CargoOutput<'n> {
    fn new(task: Task) -> Self {
        Self { task, checks: BTreeMap::new(), rendered: BTreeMap::new(), elsewhere: None }
    }

    fn read_message(&mut self, line: &str, folders: &Folders<'n>, progress: &Progress) {
        let Ok(message) = serde_json::from_str::<Message>(line) else {
            return;
        };
        let folder = message.manifest_path.as_deref().map(Path::new).and_then(Path::parent);
        let service = folder.and_then(|folder| folders.get(folder).copied());
        match (message.reason.as_str(), message.message, service) {
            ("compiler-artifact", _, Some(name)) => {
                self.checks.insert(name, CheckResult::Compiled);
                let does = self.does("compiles", "is documented");
                progress.step(&format!("{name} {does}"));
            }
            ("compiler-message", Some(diagnostic), Some(name)) if diagnostic.is_error() => {
                self.rendered.entry(name).or_default().extend(diagnostic.rendered.as_deref());
                let does = self.does("does not compile", "has rustdoc warnings");
                let first = || diagnostic.in_a_line();
                let new = || match self.task {
                    Task::Compile => CheckResult::Failed(0, first()),
                    Task::Document => CheckResult::Undocumented(0, first()),
                };
                if let CheckResult::Failed(count, _) | CheckResult::Undocumented(count, _) =
                    self.checks.entry(name).or_insert_with(new)
                {
                    *count += 1;
                    if *count == 1 {
                        progress.step(&format!("{name} {does}"));
                    }
                }
            }
            ("compiler-message", Some(diagnostic), None) if diagnostic.is_error() => {
                self.elsewhere.get_or_insert_with(|| diagnostic.in_a_line());
            }
            _ => {}
        }
    }

    /// Selects one of two texts by task.
    fn does(&self, compile: &'static str, document: &'static str) -> &'static str {
        if self.task == Task::Compile { compile } else { document }
    }

    /// Writes the errors of each failed crate to a file in its folder.
    fn keep(&self, workspace: &CorpusWorkspace) -> Result<(), Box<dyn Error>> {
        for (name, text) in &self.rendered {
            let file = workspace.member(name).join(ERRORS);
            fs::write(&file, text)
                .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        }
        Ok(())
    }
}

/// The file with the errors of a crate that does not compile.
pub(super) const ERRORS: &str = "errors.txt";

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(task: Task, lines: &[&str]) -> CargoOutput<'static> {
        let folders = [("/w/services/a".into(), "a"), ("/w/services/b".into(), "b")].into();
        let progress = Progress::with_lines("compiling", 2);
        let mut log = CargoOutput::new(task);
        for line in lines {
            log.read_message(line, &folders, &progress);
        }
        log
    }

    #[test]
    fn each_service_gets_a_result_from_cargos_messages() {
        let log = messages(
            Task::Compile,
            &[
                r#"{"reason":"compiler-artifact","manifest_path":"/elsewhere/Cargo.toml"}"#,
                r#"{"reason":"compiler-message","manifest_path":"/w/services/b/Cargo.toml","message":{
                "level":"warning","message":"odd","rendered":"odd","spans":[]}}"#,
                r#"{"reason":"compiler-message","manifest_path":"/w/services/b/Cargo.toml","message":{
                "level":"error","message":"no type\nhere","rendered":"error: no type",
                "spans":[{"file_name":"services/b/src/b/mod.rs","line_start":7,"is_primary":true}]}}"#,
                r#"{"reason":"compiler-message","manifest_path":"/w/services/b/Cargo.toml","message":{
                "level":"error","message":"another","rendered":"error: another","spans":[]}}"#,
                r#"{"reason":"compiler-message","manifest_path":"/w/services/b/Cargo.toml","message":{
                "level":"error","message":"aborting due to 2 previous errors","spans":[]}}"#,
                r#"{"reason":"compiler-artifact","manifest_path":"/w/services/a/Cargo.toml"}"#,
                "no JSON",
            ],
        );
        assert_eq!(log.checks["a"], CheckResult::Compiled);
        assert_eq!(log.checks["b"], CheckResult::Failed(2, "src/b/mod.rs:7: no type".to_owned()));
        assert_eq!(log.rendered["b"], "error: no typeerror: another");
        assert_eq!(log.elsewhere, None);
    }

    #[test]
    fn an_error_in_a_shared_dependency_is_the_reason_for_all() {
        let log = messages(
            Task::Compile,
            &[r#"{"reason":"compiler-message","manifest_path":"/runtime/Cargo.toml","message":{
                "level":"error","message":"broken","spans":[
                {"file_name":"runtime/src/lib.rs","line_start":3,"is_primary":true}]}}"#],
        );
        assert_eq!(log.elsewhere.as_deref(), Some("runtime/src/lib.rs:3: broken"));
        assert!(log.checks.is_empty());
    }

    #[test]
    fn rustdoc_warnings_are_a_separate_result() {
        let log = messages(
            Task::Document,
            &[
                r#"{"reason":"compiler-message","manifest_path":"/w/services/b/Cargo.toml","message":{
                "level":"error","message":"unresolved link to `c`","rendered":"error: c",
                "spans":[{"file_name":"services/b/src/b/mod.rs","line_start":7,"is_primary":true}]}}"#,
                r#"{"reason":"compiler-artifact","manifest_path":"/w/services/a/Cargo.toml"}"#,
            ],
        );
        assert_eq!(log.checks["a"], CheckResult::Compiled);
        let first = "src/b/mod.rs:7: unresolved link to `c`".to_owned();
        assert_eq!(log.checks["b"], CheckResult::Undocumented(1, first));
    }
}
