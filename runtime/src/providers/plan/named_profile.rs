//! The properties of a profile as settings, and the errors about them.

use crate::providers::plan::types::PlanError;
use crate::settings::profile::sections::{ProfileSections, Section, Sections};
use crate::settings::profile::{Profile, Property};
use crate::settings::setting::Setting;

/// A profile. The selected profile need not exist if it is `default`.
#[derive(Clone, Copy)]
pub(super) struct NamedProfile<'a> {
    pub(super) sections: ProfileSections<'a>,
}

impl<'a> NamedProfile<'a> {
    pub(super) fn selected(profile: &'a Profile) -> Self {
        let name = &profile.name;
        let nowhere = ProfileSections { name, config: None, credentials: None };
        Self { sections: profile.sections.profile(name).unwrap_or(nowhere) }
    }

    pub(super) fn find(name: &str, sections: &'a Sections) -> Option<Self> {
        Some(Self { sections: sections.profile(name)? })
    }

    pub(super) fn name(&self) -> &'a str {
        self.sections.name
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.sections.get(name).is_some()
    }

    /// Returns a property that must be one line; `None` if it is empty or absent.
    pub(super) fn line(&self, name: &'static str) -> Result<Option<Setting>, PlanError> {
        self.sections.get(name).map(|found| self.one_line(name, found)).transpose()
    }

    /// Returns a property that may have several lines; `None` if it is empty or absent.
    pub(super) fn lines(&self, name: &'static str) -> Result<Option<Setting>, PlanError> {
        self.sections.get(name).map(|found| self.text(name, found)).transpose()
    }

    /// Returns a property of one section that must be one line; `None` if it is empty or absent.
    pub(super) fn line_of(
        &self,
        section: &Section,
        name: &'static str,
    ) -> Result<Option<Setting>, PlanError> {
        section.get(name).map(|found| self.one_line(name, found)).transpose()
    }

    /// Rejects a value with several lines. The AWS CLI makes the line break part of the value, but
    /// an indented line is usually meant to be another property.
    fn one_line(&self, name: &'static str, property: &Property) -> Result<Setting, PlanError> {
        let setting = self.text(name, property)?;
        if setting.value.contains('\n') {
            return Err(self.error(format!(
                "{} must be one line, but the next line continues it: do not indent the next line \
                 further",
                setting.origin
            )));
        }
        Ok(setting)
    }

    fn text(&self, name: &'static str, property: &Property) -> Result<Setting, PlanError> {
        let setting = Setting::from_property(name, property);
        if property.nested.is_empty() {
            return Ok(setting);
        }
        let origin = setting.origin;
        Err(self.error(format!("{origin} must have a value, not indented properties below it")))
    }

    pub(super) fn error(&self, problem: impl Into<String>) -> PlanError {
        PlanError { name: self.description(), problem: problem.into() }
    }

    /// Returns the name of the profile in error messages, such as `the profile dev`.
    pub(super) fn description(&self) -> String {
        format!("the profile {}", self.sections.name)
    }
}
