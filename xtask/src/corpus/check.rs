//! Compiles the generated services with one `cargo check`, or documents them with one `cargo doc`, and
//! reads from its messages what became of each.
//!
//! One cargo builds what they share once, works on as many as it may at a time and goes on behind one
//! that fails.

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

use serde::Deserialize;

use super::workspace::{Workspace, package};
use crate::{system::process, text::progress::Progress};

/// What the compiler said of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It compiles, without a warning.
    Compiled,
    /// It does not: how many errors there are, and the first of them with its place.
    Failed(usize, String),
    /// It compiles, and what rustdoc says of it is the same.
    Undocumented(usize, String),
    /// The compiler did not come to it, because of this.
    NotReached(String),
}

/// What cargo is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    Compile,
    Document,
}

/// Compiles the services of these names, and then documents those that compile if that is wanted.
pub(super) fn check<'n>(
    workspace: &Workspace,
    names: &BTreeSet<&'n str>,
    jobs: NonZeroUsize,
    docs: bool,
) -> Result<BTreeMap<&'n str, Verdict>, Box<dyn Error>> {
    let mut verdicts = work(Task::Compile, workspace, names, jobs)?;
    let compiled = verdicts.iter().filter(|(_, verdict)| **verdict == Verdict::Compiled);
    let compiled: BTreeSet<&str> = compiled.map(|(name, _)| *name).collect();
    if docs && !compiled.is_empty() {
        verdicts.extend(work(Task::Document, workspace, &compiled, jobs)?);
    }
    Ok(verdicts)
}

/// Has cargo do one thing with the services of these names.
fn work<'n>(
    task: Task,
    workspace: &Workspace,
    names: &BTreeSet<&'n str>,
    jobs: NonZeroUsize,
) -> Result<BTreeMap<&'n str, Verdict>, Box<dyn Error>> {
    let mut log = Log::new(task);
    let folders = names.iter().map(|name| (workspace.member(name), *name)).collect();
    for name in names {
        // From another run.
        let _ = fs::remove_file(workspace.member(name).join(ERRORS));
    }
    let doing = if task == Task::Compile { "compiling" } else { "documenting" };
    let progress = Progress::new(doing, names.len());
    let mut cargo = command(task, workspace, jobs);
    if task == Task::Document {
        // The others do not compile.
        cargo.args(names.iter().map(|name| format!("--package={}", package(name))));
    }
    let mut child = cargo.spawn().map_err(|error| process::not_started(&cargo, &error))?;
    let stderr = listen(&mut child);
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        log.hear(&line?, &folders, &progress);
    }
    child.wait()?;
    let said = stderr.and_then(|listener| listener.join().ok()).unwrap_or_default();
    drop(progress);
    log.keep(workspace)?;
    let reason = log.elsewhere.or_else(|| last_line(&said)).unwrap_or_else(|| UNKNOWN.to_owned());
    let verdict = |name: &&'n str| {
        let none = || Verdict::NotReached(reason.clone());
        (*name, log.verdicts.get(name).cloned().unwrap_or_else(none))
    };
    Ok(names.iter().map(verdict).collect())
}

const UNKNOWN: &str = "cargo said nothing of it";

fn command(task: Task, workspace: &Workspace, jobs: NonZeroUsize) -> Command {
    let mut cargo = process::cargo();
    cargo.current_dir(workspace.folder());
    match task {
        Task::Compile => cargo.args(["check", "--workspace"]),
        Task::Document => cargo.args(["doc", "--no-deps"]).env("RUSTDOCFLAGS", "--deny=warnings"),
    };
    cargo.args(["--all-features", "--keep-going", "--quiet"]);
    cargo.args(["--message-format", "json", "--jobs"]).arg(jobs.to_string());
    cargo.arg("--target-dir").arg(workspace.folder().join("target"));
    // Each crate is checked as a whole or not at all, so what incremental builds keep is only large.
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo.stdout(Stdio::piped()).stderr(Stdio::piped());
    cargo
}

/// Reads what cargo says beside its messages, so that it need not wait for a reader.
fn listen(child: &mut Child) -> Option<thread::JoinHandle<String>> {
    let mut stderr = child.stderr.take()?;
    Some(thread::spawn(move || {
        let mut said = Vec::new();
        let _ = stderr.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    }))
}

/// The line that tells most: cargo's last error.
fn last_line(said: &str) -> Option<String> {
    let mut lines = said.lines().rev().filter(|line| !line.trim().is_empty());
    let errors = said.lines().find(|line| line.starts_with("error"));
    errors.or_else(|| lines.next()).map(|line| line.trim().to_owned())
}

/// A message of cargo's, as far as it matters here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<String>,
    message: Option<Diagnostic>,
}

/// What the compiler has to say.
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
    /// Whether it is an error by itself, and not the count of those before it.
    fn is_error(&self) -> bool {
        self.level.starts_with("error") && !self.message.starts_with("aborting due to")
    }

    /// The message behind the place in its file.
    fn in_a_line(&self) -> String {
        let text = self.message.lines().next().unwrap_or_default();
        match self.spans.iter().find(|span| span.is_primary) {
            Some(span) => format!("{}:{}: {text}", file_in_crate(&span.file_name), span.line_start),
            None => text.to_owned(),
        }
    }
}

/// A file as the service's own crate knows it.
fn file_in_crate(file: &str) -> &str {
    let mut parts = file.splitn(3, ['/', '\\']);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("services"), Some(_), Some(file)) => file,
        _ => file,
    }
}

/// What was heard so far.
struct Log<'n> {
    task: Task,
    verdicts: BTreeMap<&'n str, Verdict>,
    /// Every error of a service, as the compiler prints it.
    rendered: BTreeMap<&'n str, String>,
    /// The first error of a crate that is none of the services.
    elsewhere: Option<String>,
}

/// The services by the folders of their crates.
type Folders<'n> = BTreeMap<PathBuf, &'n str>;

impl<'n> Log<'n> {
    fn new(task: Task) -> Self {
        Self { task, verdicts: BTreeMap::new(), rendered: BTreeMap::new(), elsewhere: None }
    }

    fn hear(&mut self, line: &str, folders: &Folders<'n>, progress: &Progress) {
        let Ok(message) = serde_json::from_str::<Message>(line) else {
            return;
        };
        let folder = message.manifest_path.as_deref().map(Path::new).and_then(Path::parent);
        let service = folder.and_then(|folder| folders.get(folder).copied());
        match (message.reason.as_str(), message.message, service) {
            ("compiler-artifact", _, Some(name)) => {
                self.verdicts.insert(name, Verdict::Compiled);
                let does = self.does("compiles", "is documented");
                progress.step(&format!("{name} {does}"));
            }
            ("compiler-message", Some(said), Some(name)) if said.is_error() => {
                self.rendered.entry(name).or_default().extend(said.rendered.as_deref());
                let does = self.does("does not compile", "has warnings of rustdoc");
                let first = || said.in_a_line();
                let new = || match self.task {
                    Task::Compile => Verdict::Failed(0, first()),
                    Task::Document => Verdict::Undocumented(0, first()),
                };
                if let Verdict::Failed(count, _) | Verdict::Undocumented(count, _) =
                    self.verdicts.entry(name).or_insert_with(new)
                {
                    *count += 1;
                    if *count == 1 {
                        progress.step(&format!("{name} {does}"));
                    }
                }
            }
            ("compiler-message", Some(said), None) if said.is_error() => {
                self.elsewhere.get_or_insert_with(|| said.in_a_line());
            }
            _ => {}
        }
    }

    /// One of two, by the task.
    fn does(&self, compile: &'static str, document: &'static str) -> &'static str {
        if self.task == Task::Compile { compile } else { document }
    }

    /// Leaves the whole text of errors beside the crates that have them.
    fn keep(&self, workspace: &Workspace) -> Result<(), Box<dyn Error>> {
        for (name, text) in &self.rendered {
            let file = workspace.member(name).join(ERRORS);
            fs::write(&file, text)
                .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        }
        Ok(())
    }
}

/// The file with the errors of a service that does not compile.
pub(super) const ERRORS: &str = "errors.txt";

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(task: Task, lines: &[&str]) -> Log<'static> {
        let folders = [("/w/services/a".into(), "a"), ("/w/services/b".into(), "b")].into();
        let progress = Progress::new("compiling", 2);
        let mut log = Log::new(task);
        for line in lines {
            log.hear(line, &folders, &progress);
        }
        log
    }

    #[test]
    fn cargos_messages_become_a_verdict_for_each_service() {
        let log = heard(
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
        assert_eq!(log.verdicts["a"], Verdict::Compiled);
        assert_eq!(log.verdicts["b"], Verdict::Failed(2, "src/b/mod.rs:7: no type".to_owned()));
        assert_eq!(log.rendered["b"], "error: no typeerror: another");
        assert_eq!(log.elsewhere, None);
    }

    #[test]
    fn an_error_in_what_they_share_is_the_reason_for_all() {
        let log = heard(
            Task::Compile,
            &[r#"{"reason":"compiler-message","manifest_path":"/runtime/Cargo.toml","message":{
                "level":"error","message":"broken","spans":[
                {"file_name":"runtime/src/lib.rs","line_start":3,"is_primary":true}]}}"#],
        );
        assert_eq!(log.elsewhere.as_deref(), Some("runtime/src/lib.rs:3: broken"));
        assert!(log.verdicts.is_empty());
    }

    #[test]
    fn what_rustdoc_warns_of_is_a_verdict_of_its_own() {
        let log = heard(
            Task::Document,
            &[
                r#"{"reason":"compiler-message","manifest_path":"/w/services/b/Cargo.toml","message":{
                "level":"error","message":"unresolved link to `c`","rendered":"error: c",
                "spans":[{"file_name":"services/b/src/b/mod.rs","line_start":7,"is_primary":true}]}}"#,
                r#"{"reason":"compiler-artifact","manifest_path":"/w/services/a/Cargo.toml"}"#,
            ],
        );
        assert_eq!(log.verdicts["a"], Verdict::Compiled);
        let first = "src/b/mod.rs:7: unresolved link to `c`".to_owned();
        assert_eq!(log.verdicts["b"], Verdict::Undocumented(1, first));
    }
}
