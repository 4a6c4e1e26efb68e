//! A combination of profile files and environment variables.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

/// The placeholder for the URL of the scripted server in lines and values.
pub const SERVER: &str = "{server}";
/// The placeholder for the home folder in lines and values.
pub const HOME: &str = "{home}";

/// The configuration that both implementations read. Lines and values may contain [`SERVER`] and
/// [`HOME`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Combination {
    /// Lines of `.aws/config`.
    pub config: Vec<String>,
    /// Lines of `.aws/credentials`.
    pub credentials: Vec<String>,
    /// Environment variables.
    pub variables: Vec<(String, String)>,
}

/// The variables that every run has: they keep both implementations away from the network, and
/// limit the number of attempts.
const BASE_VARIABLES: [(&str, &str); 5] = [
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT", SERVER),
    ("AWS_MAX_ATTEMPTS", "1"),
    ("AWS_RETRY_MODE", "standard"),
    // If a host is not replaced by an endpoint setting, the server records the connection and
    // refuses it.
    ("HTTPS_PROXY", SERVER),
    ("LC_ALL", "C.UTF-8"),
];

impl Combination {
    /// The text of the files, `config` first, with the placeholders replaced.
    #[must_use]
    pub fn files(&self, server: &str, home: &Path) -> [String; 2] {
        [&self.config, &self.credentials]
            .map(|lines| lines.iter().map(|line| filled(line, server, home) + "\n").collect())
    }

    /// All variables of the run, with the placeholders replaced.
    #[must_use]
    pub fn environment(&self, server: &str, home: &Path) -> Vec<(String, String)> {
        let base = BASE_VARIABLES.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let base = base.into_iter().filter(|(name, _)| !self.has_variable(name));
        let home_variable = ("HOME".to_owned(), HOME.to_owned());
        base.chain([home_variable])
            .chain(self.variables.iter().cloned())
            .map(|(name, value)| (name, filled(&value, server, home)))
            .collect()
    }

    /// Returns true if the variable is in the combination.
    #[must_use]
    pub fn has_variable(&self, name: &str) -> bool {
        self.variables.iter().any(|(other, _)| other == name)
    }

    /// Returns true if any line of a file or value of a variable contains `text`.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        let values = self.variables.iter().map(|(_, value)| value);
        self.config.iter().chain(&self.credentials).chain(values).any(|line| line.contains(text))
    }

    /// Returns true if any line of a file sets the property, to any value.
    #[must_use]
    pub fn has_property(&self, name: &str) -> bool {
        let mut lines = self.config.iter().chain(&self.credentials);
        lines.any(|line| property(line).is_some_and(|(key, _)| key == name))
    }

    /// Returns true if any line of a file sets the property to an empty value.
    #[must_use]
    pub fn has_empty_property(&self, name: &str) -> bool {
        let mut lines = self.config.iter().chain(&self.credentials);
        lines.any(|line| property(line).is_some_and(|(key, value)| key == name && value.is_empty()))
    }

    /// Returns true if a file has the same header twice, or a section has the same property twice.
    #[must_use]
    pub fn has_repetition(&self) -> bool {
        [&self.config, &self.credentials].into_iter().any(|lines| {
            let mut section = "";
            let mut known = BTreeSet::new();
            lines.iter().any(|line| match line.strip_prefix('[') {
                Some(header) => {
                    section = header.rsplit_once(']').map_or(header, |(name, _)| name);
                    !known.insert((section, String::new()))
                }
                None => property(line).is_some_and(|(key, _)| !known.insert((section, key))),
            })
        })
    }
}

/// The name and value of a line, if it is a property.
fn property(line: &str) -> Option<(String, &str)> {
    let is_comment = line.trim_start().starts_with(['#', ';']);
    let (name, value) = line.split_once(['=', ':']).filter(|_| !is_comment)?;
    Some((name.trim().to_ascii_lowercase(), value.trim()))
}

fn filled(text: &str, server: &str, home: &Path) -> String {
    text.replace(SERVER, server).replace(HOME, &home.to_string_lossy())
}

/// Prints the variables and the lines of the files.
impl fmt::Display for Combination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.variables {
            writeln!(f, "    {name}={value:?}")?;
        }
        for (name, lines) in [("config", &self.config), ("credentials", &self.credentials)] {
            if !lines.is_empty() {
                writeln!(f, "    --- {name}")?;
            }
            for line in lines {
                writeln!(f, "    {line}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(lines: &[&str]) -> Combination {
        let config = lines.iter().map(|line| (*line).to_owned()).collect();
        Combination { config, ..Combination::default() }
    }

    #[test]
    fn repetitions_are_headers_and_properties_of_one_section() {
        let table: [(&[&str], bool); 6] = [
            (&["[a]", "x = 1", "[b]", "x = 2"], false),
            (&["[a]", "x = 1", "X : 2"], true),
            (&["[a]", "[a] ; comment"], true),
            (&["[profile a]", "[profile  a]"], false),
            (&["[a]", "# x = 1", "x = 2"], false),
            (&[], false),
        ];
        for (lines, expected) in table {
            assert_eq!(config(lines).has_repetition(), expected, "{lines:?}");
        }
    }

    #[test]
    fn placeholders_are_replaced_in_files_and_variables() {
        let mut combination = config(&["a = {home}/b"]);
        combination.variables = vec![("AWS_ENDPOINT_URL".into(), "{server}/c".into())];
        let home = Path::new("/h");
        assert_eq!(combination.files("http://s", home), ["a = /h/b\n", ""]);
        let environment = combination.environment("http://s", home);
        assert!(environment.contains(&("AWS_ENDPOINT_URL".into(), "http://s/c".into())));
        assert!(environment.contains(&("HTTPS_PROXY".into(), "http://s".into())));
    }
}
