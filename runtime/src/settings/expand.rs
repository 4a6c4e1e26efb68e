//! Expands variables and `~` in the paths in environment variables, as the AWS CLI does.
//!
//! A shell does not expand them in quotes, and a service manager does not expand them at all.

use std::path::PathBuf;

use crate::Environment;

/// The variables whose values are expanded.
pub(crate) const PATH_VARIABLES: [&str; 3] =
    ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_LOGIN_CACHE_DIRECTORY"];

/// The home folder.
pub(crate) fn home(environment: &Environment) -> Option<PathBuf> {
    let names: &[&str] = if cfg!(windows) { &["HOME", "USERPROFILE"] } else { &["HOME"] };
    names.iter().find_map(|name| environment.get(name)).map(PathBuf::from)
}

/// Expands variables, and then `~` at the beginning. A variable that is not set is left as it is,
/// and so is the home folder of another user.
pub(crate) fn expand(path: &str, environment: &Environment) -> PathBuf {
    let path: String = parts(path, cfg!(windows))
        .map(|part| match part {
            Part::Text(text) => text,
            Part::Variable { name, written } => environment.written(name).unwrap_or(written),
        })
        .collect();
    let is_separator = |c| c == '/' || cfg!(windows) && c == '\\';
    match (path.strip_prefix('~'), home(environment)) {
        (Some(""), Some(home)) => home,
        (Some(rest), Some(home)) if rest.starts_with(is_separator) => {
            home.join(rest.trim_start_matches(is_separator))
        }
        _ => PathBuf::from(path),
    }
}

/// Returns the names of the variables in a path.
pub(crate) fn variables(path: &str) -> impl Iterator<Item = &str> {
    parts(path, cfg!(windows)).filter_map(|part| match part {
        Part::Variable { name, .. } => Some(name),
        Part::Text(_) => None,
    })
}

/// A part of a path.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    Text(&'a str),
    Variable { name: &'a str, written: &'a str },
}

/// The parts of a path: `$NAME`, `${NAME}` and, on Windows, `%NAME%` are variables.
fn parts(path: &str, is_windows: bool) -> impl Iterator<Item = Part<'_>> {
    let mut rest = path;
    std::iter::from_fn(move || {
        let variable = variable(rest, is_windows);
        let (part, length) = match variable {
            Some((name, length)) => (Part::Variable { name, written: &rest[..length] }, length),
            None => {
                let first = rest.chars().next()?.len_utf8();
                let next = rest[first..].find(['$', '%']);
                let length = next.map_or(rest.len(), |next| first + next);
                (Part::Text(&rest[..length]), length)
            }
        };
        rest = &rest[length..];
        Some(part)
    })
}

/// Returns the name of the variable at the beginning of a text, and its length with punctuation.
fn variable(text: &str, is_windows: bool) -> Option<(&str, usize)> {
    let enclosed = |start: &str, end: char| {
        let name = text.strip_prefix(start)?.split_once(end)?.0;
        (!name.is_empty()).then_some((name, start.len() + name.len() + end.len_utf8()))
    };
    if is_windows && text.starts_with('%') {
        return enclosed("%", '%');
    }
    if text.starts_with("${") {
        return enclosed("${", '}');
    }
    let rest = text.strip_prefix('$')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    (length > 0).then_some((&rest[..length], 1 + length))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn paths_are_expanded_as_by_the_aws_cli() {
        let environment: Environment =
            [("HOME", "/home/me"), ("A", "a"), ("B_1", "$A"), ("TILDE", "~"), ("EMPTY", "")]
                .into_iter()
                .collect();
        for (path, expected) in [
            ("/etc/aws", "/etc/aws"),
            ("~/aws", "/home/me/aws"),
            ("~//aws", "/home/me/aws"),
            ("~", "/home/me"),
            ("~other/aws", "~other/aws"),
            ("/x/~/y", "/x/~/y"),
            ("$HOME/aws", "/home/me/aws"),
            ("${HOME}/aws", "/home/me/aws"),
            ("$A/${A}x$A.$A", "a/axa.a"),
            // Variables in a value are not expanded, but `~` is.
            ("/$B_1/x", "/$A/x"),
            ("$TILDE/x", "/home/me/x"),
            // Unset variables and other text are unchanged.
            ("$NONE/${NONE}", "$NONE/${NONE}"),
            ("$EMPTY/${EMPTY}x", "/x"),
            ("$/$$A/${A/${}/%A%", "$/$a/${A/${}/%A%"),
            ("/caf\u{e9}$A\u{e9}", "/caf\u{e9}a\u{e9}"),
            ("", ""),
        ] {
            assert_eq!(expand(path, &environment), Path::new(expected), "{path}");
        }
        assert_eq!(expand("~/aws", &Environment::default()), Path::new("~/aws"));
    }

    #[test]
    fn percent_signs_enclose_variables_on_windows() {
        let variable = |name, written| Part::Variable { name, written };
        let expected = [
            variable("APPDATA", "%APPDATA%"),
            Part::Text("\\"),
            variable("A", "$A"),
            Part::Text("\\"),
            Part::Text("%b"),
        ];
        assert_eq!(parts(r"%APPDATA%\$A\%b", true).collect::<Vec<_>>(), expected);
        assert!(parts("%A%%", false).all(|part| matches!(part, Part::Text(_))));
    }
}
