//! Loads the selected profile from the profile files.

use std::path::PathBuf;
use std::sync::Arc;

use crate::settings::profile::sections::Sections;
use crate::settings::profile::{FileKind, NamedBy, Profile, paths};
use crate::settings::setting::CODE;
use crate::{ConfigError, Environment};

const DEFAULT: &str = "default";

/// The variables that select a profile, in the order of the AWS CLI.
const VARIABLES: [&str; 2] = ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"];

/// The profile and the files that the code names.
#[derive(Clone, Default)]
pub(crate) struct ProfileFiles {
    pub(crate) profile: Option<String>,
    pub(crate) config: Option<PathBuf>,
    pub(crate) credentials: Option<PathBuf>,
}

impl ProfileFiles {
    /// Reads the files and returns the profile that the code or a variable names, or else
    /// `default`.
    ///
    /// # Errors
    /// Returns an error if a file cannot be used, or if an explicitly selected profile does not
    /// exist.
    pub(crate) fn load(&self, environment: &Environment) -> Result<Profile, ConfigError> {
        let mut profile = self.selected(environment);
        let mut sections = Sections::default();
        let mut searched = Vec::new();
        let paths = [
            paths::find(FileKind::Config, self.config.as_deref(), environment),
            paths::find(FileKind::Credentials, self.credentials.as_deref(), environment),
        ];
        for file in paths.into_iter().flatten() {
            let path = file.path.display().to_string();
            if let Some(text) = file.read()? {
                sections.add(file.kind, &path.as_str().into(), file.parse(&text)?);
            }
            searched.push(path);
        }
        profile.searched = match searched.as_slice() {
            [] => "no file".to_owned(),
            files => files.join(" and "),
        };
        profile.take_from(sections)
    }

    /// The selected profile, without properties.
    fn selected(&self, environment: &Environment) -> Profile {
        let variable = || {
            let mut variables = VARIABLES.into_iter();
            variables.find_map(|name| Some((environment.get(name)?, NamedBy::Variable(name))))
        };
        let in_code = self.profile.as_deref().map(|name| (name, NamedBy::Code));
        let (name, named_by) = in_code.or_else(variable).unwrap_or((DEFAULT, NamedBy::Default));
        Profile { name: name.to_owned(), named_by, ..Profile::default() }
    }
}

impl Profile {
    fn take_from(mut self, sections: Sections) -> Result<Self, ConfigError> {
        match sections.profile(&self.name) {
            Some(found) => self.properties = found.merged(),
            None if self.named_by == NamedBy::Default => {}
            None => return Err(self.missing(&sections)),
        }
        self.services = self.get("services").and_then(|name| sections.services(&name.value));
        self.sections = Arc::new(sections);
        Ok(self)
    }

    /// Returns the error for a profile that does not exist.
    fn missing(&self, sections: &Sections) -> ConfigError {
        let hint = sections.hint(&self.name).map(|hint| format!("; {hint}"));
        let origin = match self.named_by {
            NamedBy::Variable(name) => name,
            NamedBy::Code | NamedBy::Default => CODE,
        };
        ConfigError::MissingProfile {
            profile: self.name.clone(),
            origin,
            searched: format!("{}{}", self.searched, hint.unwrap_or_default()),
        }
    }
}
