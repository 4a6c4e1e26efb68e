//! Runs combinations with both implementations, and collects the differences.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::Path;

use crate::allowed;
use crate::botocore::Botocore;
use crate::combination::Combination;
use crate::grammar;
use crate::longshore::Longshore;
use crate::outcome::{Difference, Outcome};
use crate::shrink;

/// Both implementations.
#[derive(Debug)]
pub struct Comparison {
    longshore: Longshore,
    botocore: Botocore,
}

/// A difference that is not intended.
#[derive(Debug)]
pub struct Unexplained {
    number: u64,
    difference: Difference,
    combination: Combination,
    longshore: Outcome,
    botocore: Outcome,
}

/// The result of all combinations.
#[derive(Debug, Default)]
pub struct Report {
    /// The number of combinations for which both implementations made the program's call.
    pub both_called: u64,
    /// The number of combinations.
    pub count: u64,
    /// The number of differences of each intended kind, by kind and reason.
    pub explained: BTreeMap<(&'static str, &'static str), u64>,
    /// The other differences.
    pub unexplained: Vec<Unexplained>,
}

impl Comparison {
    /// Starts the Python process. Both implementations get a home folder in `folder`.
    pub fn start(python: &Path, folder: &Path) -> Result<Self, Box<dyn Error>> {
        let program = std::env::current_exe()?;
        Ok(Self {
            longshore: Longshore::new(&program, folder.join("longshore")),
            botocore: Botocore::start(python, folder.join("botocore"))?,
        })
    }

    /// Runs the combinations with these numbers.
    pub fn run(
        &mut self,
        seed: u64,
        numbers: std::ops::Range<u64>,
    ) -> Result<Report, Box<dyn Error>> {
        let mut report = Report::default();
        for number in numbers {
            let combination = grammar::generate(seed, number);
            let (longshore, botocore) = self.outcomes(&combination)?;
            report.count += 1;
            report.both_called += u64::from(longshore.called && botocore.called);
            let Some(difference) = longshore.difference(&botocore) else { continue };
            match allowed::find(&combination, &longshore, &botocore) {
                Some(allowed) => {
                    *report.explained.entry((allowed.kind, allowed.reason)).or_default() += 1
                }
                None => {
                    report.unexplained.push(self.unexplained(number, difference, &combination)?)
                }
            }
        }
        Ok(report)
    }

    /// Shrinks a combination while its difference is of the same kind and unexplained.
    fn unexplained(
        &mut self,
        number: u64,
        difference: Difference,
        combination: &Combination,
    ) -> Result<Unexplained, Box<dyn Error>> {
        let (longshore, botocore) = self.outcomes(combination)?;
        // Otherwise, shrinking would remove the endpoint, and with it the signature.
        let signed = [&longshore, &botocore].map(|outcome| outcome.signature.is_some());
        let combination = shrink::shrink(combination, |smaller| {
            let (longshore, botocore) = self.outcomes(smaller)?;
            Ok(longshore.difference(&botocore) == Some(difference)
                && [&longshore, &botocore].map(|outcome| outcome.signature.is_some()) == signed
                && allowed::find(smaller, &longshore, &botocore).is_none())
        })?;
        let (longshore, botocore) = self.outcomes(&combination)?;
        Ok(Unexplained { number, difference, combination, longshore, botocore })
    }

    fn outcomes(
        &mut self,
        combination: &Combination,
    ) -> Result<(Outcome, Outcome), Box<dyn Error>> {
        Ok((self.longshore.run(combination)?, self.botocore.run(combination)?))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: BTreeMap<Difference, u64> = BTreeMap::new();
        for unexplained in &self.unexplained {
            *kinds.entry(unexplained.difference).or_default() += 1;
            writeln!(f, "{unexplained}")?;
        }
        writeln!(f, "{} combinations, {} called by both", self.count, self.both_called)?;
        for ((kind, reason), count) in &self.explained {
            writeln!(f, "  intended difference: {count} ({kind}: {reason})")?;
        }
        for (kind, count) in kinds {
            writeln!(f, "  unexplained difference: {count} ({kind})")?;
        }
        Ok(())
    }
}

impl fmt::Display for Unexplained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "combination {}: {}", self.number, self.difference)?;
        write!(f, "{}", self.combination)?;
        write!(f, "    longshore:\n{}    botocore:\n{}", self.longshore, self.botocore)
    }
}
