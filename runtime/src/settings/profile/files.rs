//! Finds and reads the profile files, and takes the selected profile from both.
//!
//! A file at its default path may be missing. Any other problem with a file is an error, because a
//! program that silently uses another account is worse than one that stops.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::settings::profile::merge::{Parsed, merge};
use crate::settings::profile::parse;
use crate::settings::profile::{FileKind, NamedBy, Profile, ReadFile};
use crate::settings::setting::CODE;
use crate::{ConfigError, Environment};

const DEFAULT: &str = "default";

/// The profile and the files that the code names.
#[derive(Clone, Default)]
pub(crate) struct ProfileFiles {
    pub(crate) profile: Option<String>,
    pub(crate) config: Option<PathBuf>,
    pub(crate) credentials: Option<PathBuf>,
}

impl ProfileFiles {
    /// Reads the files and returns the profile that the code or `AWS_PROFILE` names, or else
    /// `default`.
    pub(crate) fn load(&self, environment: &Environment) -> Result<Profile, ConfigError> {
        let mut profile = self.selected(environment);
        let mut files = Vec::new();
        let mut searched = Vec::new();
        for file in self.files(environment) {
            searched.push(file.path.display().to_string());
            if let Some(text) = file.read()? {
                files.push(file.parse(&text)?);
                profile.files.push(ReadFile { kind: file.kind, text: text.into() });
            }
        }
        profile.searched = match searched.as_slice() {
            [] => "no file".to_owned(),
            files => files.join(" and "),
        };
        merge(profile, &files)
    }

    /// The selected profile, without properties.
    fn selected(&self, environment: &Environment) -> Profile {
        let (name, named_by) = match (&self.profile, environment.get("AWS_PROFILE")) {
            (Some(name), _) => (name.as_str(), NamedBy::Code),
            (None, Some(name)) => (name, NamedBy::Variable),
            (None, None) => (DEFAULT, NamedBy::Default),
        };
        Profile { name: name.to_owned(), named_by, ..Profile::default() }
    }

    /// The two files. The credentials file is last because it takes precedence.
    fn files(&self, environment: &Environment) -> Vec<ProfileFile> {
        let home = home(environment);
        let find = |kind, code: &Option<PathBuf>, variable, name| {
            let (path, named_by) = match (code, environment.get(variable)) {
                (Some(path), _) => (path.clone(), CODE),
                (None, Some(path)) => (expand(path, home.as_deref()), variable),
                (None, None) => (home.as_ref()?.join(".aws").join(name), ""),
            };
            let named_by = Some(named_by).filter(|named_by| !named_by.is_empty());
            Some(ProfileFile { kind, path, named_by })
        };
        let config = find(FileKind::Config, &self.config, "AWS_CONFIG_FILE", "config");
        let variable = "AWS_SHARED_CREDENTIALS_FILE";
        let credentials = find(FileKind::Credentials, &self.credentials, variable, "credentials");
        config.into_iter().chain(credentials).collect()
    }
}

fn home(environment: &Environment) -> Option<PathBuf> {
    let names: &[&str] = if cfg!(windows) { &["HOME", "USERPROFILE"] } else { &["HOME"] };
    names.iter().find_map(|name| environment.get(name)).map(PathBuf::from)
}

/// Expands `~/file`. A shell does that too, but not if a variable is set in quotes or by a service
/// manager.
fn expand(path: &str, home: Option<&Path>) -> PathBuf {
    let rest =
        path.strip_prefix("~/").or_else(|| path.strip_prefix("~\\").filter(|_| cfg!(windows)));
    match (rest, home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

/// The path of a file that may exist.
struct ProfileFile {
    kind: FileKind,
    path: PathBuf,
    /// The setting that names the file. If there is one, the file must exist.
    named_by: Option<&'static str>,
}

impl ProfileFile {
    fn read(&self) -> Result<Option<String>, ConfigError> {
        // The two files are small and read once per configuration, so blocking is acceptable.
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if self.named_by.is_none() && is_absent(&error) => return Ok(None),
            Err(error) => return Err(self.unreadable(&error)),
        };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
                Err(self.bad(Some(line), "is not UTF-8: save the file in that encoding".to_owned()))
            }
        }
    }

    fn parse(&self, text: &str) -> Result<Parsed, ConfigError> {
        let file = self.path.display().to_string().into();
        let sections = parse::parse(text);
        let sections = sections.map_err(|bad| self.bad(Some(bad.line), bad.problem.to_owned()))?;
        Ok(Parsed { kind: self.kind, file, sections })
    }

    fn unreadable(&self, error: &io::Error) -> ConfigError {
        let what_to_do = match self.named_by {
            Some(setting) => format!("it is named by {setting}"),
            None => "make it readable for this program, or name another file".to_owned(),
        };
        self.bad(None, format!("cannot be read: {error}; {what_to_do}"))
    }

    fn bad(&self, line: Option<usize>, problem: String) -> ConfigError {
        ConfigError::ProfileFile { file: self.path.display().to_string(), line, problem }
    }
}

/// Returns true if there is no such file, or if a parent of the path is a file.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
