//! Defines a run: the figures of some sections, saved as JSON with one figure per line.

use std::{error::Error, fmt, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use super::{Environment, Figure};

/// A part of the benchmarks that is measured and shown as a whole, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SectionName {
    Build,
    Calls,
    Codegen,
    Push,
    Growth,
}

impl fmt::Display for SectionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Build => "build",
            Self::Calls => "calls",
            Self::Codegen => "codegen",
            Self::Push => "push",
            Self::Growth => "growth",
        })
    }
}

/// The figures of a section. Each section has its own environment, because sections can be measured
/// separately.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Section {
    pub(crate) name: SectionName,
    pub(crate) environment: Environment,
    pub(crate) figures: Vec<Figure>,
}

/// The measured sections.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Run {
    pub(crate) sections: Vec<Section>,
}

impl Run {
    /// Reads a run from a file.
    pub(crate) fn load(file: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(file)
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        serde_json::from_str(&text).map_err(|error| {
            let file = file.display();
            format!(
                "{file} is not a run of `cargo xtask bench` ({error}); measure again or remove it"
            )
            .into()
        })
    }

    /// Like [`Run::load`], but a missing file is an empty run.
    pub(crate) fn load_or_empty(file: &Path) -> Result<Self, Box<dyn Error>> {
        match fs::metadata(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            _ => Self::load(file),
        }
    }

    /// Writes the run. An existing file is replaced atomically.
    pub(crate) fn save(&self, file: &Path) -> Result<(), Box<dyn Error>> {
        let failed = |error: io::Error| format!("cannot write {}: {error}", file.display());
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let new = file.with_extension("new");
        fs::write(&new, self.to_json()?).map_err(failed)?;
        Ok(fs::rename(&new, file).map_err(failed)?)
    }

    /// Adds a section, or replaces the one with the same name.
    pub(crate) fn put(&mut self, section: Section) {
        self.sections.retain(|old| old.name != section.name);
        self.sections.push(section);
        self.sections.sort_by_key(|section| section.name);
    }

    pub(crate) fn section(&self, name: SectionName) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    fn to_json(&self) -> serde_json::Result<String> {
        let mut sections = Vec::new();
        for Section { name, environment, figures } in &self.sections {
            let lines: serde_json::Result<Vec<_>> =
                figures.iter().map(serde_json::to_string).collect();
            sections.push(format!(
                "{{\"name\": {},\n\"environment\": {},\n\"figures\": [\n{}\n]}}",
                serde_json::to_string(name)?,
                serde_json::to_string(environment)?,
                lines?.join(",\n"),
            ));
        }
        Ok(format!("{{\"sections\": [\n{}\n]}}\n", sections.join(",\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Quantity, Samples};
    use super::*;

    fn section(name: SectionName, seconds: f64) -> Section {
        let samples: Samples = [seconds, seconds + 1.0].into_iter().collect();
        let figure = Figure::new("t", "a \"b\"", Quantity::CpuPerCall, samples)
            .official(Samples::one(2.5))
            .of_size(64);
        Section { name, environment: Environment::default(), figures: vec![figure] }
    }

    #[test]
    fn a_run_is_read_as_it_was_written_with_one_figure_per_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("deep/run.json");
        assert_eq!(Run::load_or_empty(&file).expect("nothing"), Run::default());
        let mut run = Run::default();
        run.put(section(SectionName::Growth, 0.000_057_25));
        run.put(section(SectionName::Calls, 1.0));
        run.save(&file).expect("written");
        assert_eq!(Run::load(&file).expect("read"), run);
        let text = fs::read_to_string(&file).expect("text");
        let lines = text.lines().filter(|line| line.starts_with("{\"table\"")).collect::<Vec<_>>();
        let first = r#"{"table":"t","what":"a \"b\"","quantity":"cpu-per-call","size":64,"ours":[1.0,2.0],"official":[2.5]}"#;
        assert_eq!((lines.len(), lines[0]), (2, first));
        let folder: Vec<_> = fs::read_dir(file.parent().unwrap()).expect("a folder").collect();
        assert_eq!(folder.len(), 1, "only the run remains");
    }

    #[test]
    fn sections_are_replaced_and_sorted() {
        let mut run = Run::default();
        for (name, seconds) in
            [(SectionName::Push, 1.0), (SectionName::Build, 1.0), (SectionName::Push, 2.0)]
        {
            run.put(section(name, seconds));
        }
        let names: Vec<_> = run.sections.iter().map(|section| section.name).collect();
        assert_eq!(names, [SectionName::Build, SectionName::Push]);
        assert_eq!(run.section(SectionName::Push), Some(&section(SectionName::Push, 2.0)));
        assert_eq!(run.section(SectionName::Calls), None);
    }

    #[test]
    fn a_file_that_is_no_run_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("x.json");
        assert!(Run::load(&file).expect_err("missing").to_string().starts_with("cannot read "));
        fs::write(&file, r#"{"sections": [{"name": "lunch"}]}"#).expect("written");
        for error in [Run::load(&file), Run::load_or_empty(&file)] {
            let text = error.expect_err("no run").to_string();
            assert!(
                text.contains("x.json is not a run of `cargo xtask bench` (unknown variant"),
                "{text}"
            );
        }
    }
}
