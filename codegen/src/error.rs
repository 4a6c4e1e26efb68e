//! Defines the error type of the generator: a list of problems, each with its position.
//!
//! Every stage reports here. This module is independent of models, except for the names of shapes.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use crate::smithy::{Position, ShapeId};

/// The number of problems that are shown; the others are only counted.
const MAX_SHOWN: usize = 20;

/// A problem, its position, and what to do about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Problem {
    /// The file, as it was passed to the generator.
    pub file: Option<PathBuf>,
    /// The line, counted from 1, or 0 if there is none.
    pub line: usize,
    /// The column in bytes, counted from 1, or 0 if there is none.
    pub column: usize,
    /// The shape `ns#Shape` or member `ns#Shape$member`.
    pub shape: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Problem {
    /// A problem without a position.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// A problem of a whole file.
    #[must_use]
    pub fn in_file(path: &Path, message: impl Into<String>) -> Self {
        Self { file: Some(path.to_owned()), ..Self::new(message) }
    }

    /// Creates a problem from a failed read or write of a file or folder.
    #[must_use]
    pub fn from_io(path: &Path, doing: &str, error: &io::Error) -> Self {
        Self::in_file(path, format!("cannot {doing}: {error}."))
    }

    /// Sets the position.
    #[must_use]
    pub fn at(mut self, position: &Position) -> Self {
        self.file = Some(position.file.as_ref().clone());
        (self.line, self.column) = (position.line, position.column);
        self
    }

    /// Sets the shape, unless one is set.
    #[must_use]
    pub fn of(mut self, shape: &ShapeId) -> Self {
        self.shape.get_or_insert_with(|| shape.to_string());
        self
    }

    /// Sets the member of a shape, unless one is set.
    #[must_use]
    pub fn of_member(mut self, shape: &ShapeId, member: &str) -> Self {
        self.shape.get_or_insert_with(|| format!("{shape}${member}"));
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}", file.display())?;
            if self.line > 0 {
                write!(f, ":{}:{}", self.line, self.column)?;
            }
            f.write_str(": ")?;
        }
        if let Some(shape) = &self.shape {
            write!(f, "{shape}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// The problems that a stage has found so far, so that one run can report several.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Creates an empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Returns the value, or records its problem and returns `None`.
    pub fn keep<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.0.push(problem)).ok()
    }

    /// Returns true if there are no problems so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the value if there are no problems.
    ///
    /// # Errors
    /// Returns all problems if there are any.
    pub fn finish<T>(self, value: T) -> Result<T, Error> {
        if self.0.is_empty() { Ok(value) } else { Err(Error::from(self.0)) }
    }
}

impl Extend<Problem> for Problems {
    fn extend<I: IntoIterator<Item = Problem>>(&mut self, problems: I) {
        self.0.extend(problems);
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}

/// Returns the problems in the order in which they were added.
impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Why a model could not be read or a client could not be generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    problems: Vec<Problem>,
}

impl Error {
    /// Creates an error from a failed read or write of a file or folder; `doing` completes "cannot
    /// ...".
    #[must_use]
    pub fn from_io(path: &Path, doing: &str, error: &io::Error) -> Self {
        Problem::from_io(path, doing, error).into()
    }

    /// Sets the file of problems without a position to that of the model.
    pub(crate) fn in_model(mut self, paths: &[PathBuf]) -> Self {
        for problem in &mut self.problems {
            if problem.file.is_none() {
                problem.file = paths.first().cloned();
            }
        }
        self
    }

    /// All problems, sorted by file and line.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl From<Vec<Problem>> for Error {
    fn from(mut problems: Vec<Problem>) -> Self {
        problems.sort();
        problems.dedup();
        Self { problems }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().take(MAX_SHOWN).enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        match self.problems.len().saturating_sub(MAX_SHOWN) {
            0 => Ok(()),
            1 => f.write_str("\nand 1 more problem"),
            more => write!(f, "\nand {more} more problems"),
        }
    }
}

impl std::error::Error for Error {}

/// Returns all problems, sorted by file and line.
impl IntoIterator for Error {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.problems.into_iter()
    }
}

/// Returns all problems, sorted by file and line.
impl<'a> IntoIterator for &'a Error {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.problems.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_sorted_by_file_and_line_and_clipped() {
        let at = |file: &str, line| Problem {
            file: Some(file.into()),
            line,
            column: 1,
            ..Problem::new("bad.")
        };
        let few = Error::from(vec![at("b", 1), at("a", 10), at("a", 9)]);
        assert_eq!(few.to_string(), "a:9:1: bad.\na:10:1: bad.\nb:1:1: bad.");
        let many = Error::from((1..=23).map(|line| at("a", line)).collect::<Vec<_>>());
        assert!(many.to_string().ends_with("\na:20:1: bad.\nand 3 more problems"));
    }

    #[test]
    fn errors_and_problems_are_lists() {
        let error = Error::from(vec![Problem::new("b."), Problem::new("a.")]);
        let messages: Vec<_> = (&error).into_iter().map(|problem| &*problem.message).collect();
        assert_eq!(messages, ["a.", "b."]);
        let mut problems: Problems = error.clone().into_iter().collect();
        problems.extend([Problem::new("c.")]);
        let last = problems.into_iter().next_back();
        assert_eq!(last, Some(Problem::new("c.")));
        assert_eq!(error.into_iter().count(), 2);
    }

    #[test]
    fn a_problem_names_file_position_and_shape() {
        let shape = ShapeId::prelude("Unit");
        let problem = Problem::in_file(Path::new("m.json"), "odd.").of_member(&shape, "x");
        assert_eq!(problem.to_string(), "m.json: smithy.api#Unit$x: odd.");
    }
}
