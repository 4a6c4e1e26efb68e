//! Collects and prints the results of a file's cases: a line of counts, and a line for each
//! failure.

use std::fmt;

/// The results of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The path of the file.
    pub file: String,
    /// The result of each case.
    pub outcomes: Vec<Outcome>,
}

/// The result of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The direction.
    pub way: Way,
    /// The id in the file.
    pub id: String,
    /// The operation.
    pub operation: String,
    /// What differs from the expectation; empty if the case passed.
    pub failures: Vec<String>,
    /// Why the case contradicts a specification or another case, if it does.
    pub disputed: Option<String>,
    /// Whether the case was skipped because the client lacks its operation, which streams.
    pub skipped: bool,
}

/// The direction that a case checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A request.
    Input,
    /// A response.
    Output,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Input => "input",
            Self::Output => "output",
        })
    }
}

impl Report {
    pub(crate) fn of(file: &str) -> Self {
        Self { file: file.to_owned(), outcomes: Vec::new() }
    }

    /// The number of cases that passed.
    #[must_use]
    pub fn passed(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.failures.is_empty()).count()
    }

    /// The number of failed cases, excluding disputed and skipped ones.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.failures().count()
    }

    /// The failed cases, excluding disputed and skipped ones.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.failing().filter(|outcome| outcome.disputed.is_none() && !outcome.skipped)
    }

    fn failing(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| !outcome.failures.is_empty())
    }

    fn share(&self, way: Way) -> (usize, usize) {
        let all = self.outcomes.iter().filter(|outcome| outcome.way == way);
        let passed = all.clone().filter(|outcome| outcome.failures.is_empty());
        (passed.count(), all.count())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for outcome in self.failing() {
            let Outcome { way, id, operation, failures, disputed, skipped } = outcome;
            match disputed {
                _ if *skipped => writeln!(f, "SKIPPED {way} {id} ({operation})")?,
                Some(why) => writeln!(f, "DISPUTED {way} {id} ({operation}): {why}")?,
                None => writeln!(f, "FAILED {way} {id} ({operation})")?,
            }
            for failure in failures {
                writeln!(f, "    {failure}")?;
            }
        }
        let (sent, inputs) = self.share(Way::Input);
        let (read, outputs) = self.share(Way::Output);
        let (passed, failed) = (self.passed(), self.failed());
        write!(f, "{}: {passed} passed, {failed} failed", self.file)?;
        let skipped = self.outcomes.iter().filter(|outcome| outcome.skipped).count();
        let disputed = self.outcomes.len() - passed - failed - skipped;
        for (count, what) in [(disputed, "disputed"), (skipped, "skipped")] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        write!(f, "; input {sent} of {inputs}, output {read} of {outputs}")
    }
}
