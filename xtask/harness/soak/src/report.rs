//! Counts outcomes, prints them as a table, and finds problems.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::gauges::Sample;
use crate::judge::{Outcome, Verdict};
use crate::settings::Settings;

/// The number of problems that are listed; the others are only counted.
const MAX_LISTED: usize = 20;

/// How much the memory may grow during a run: allocator overhead plus one large error page.
const MEMORY_GROWTH: u64 = 16 << 20;

/// The outcomes of the calls of one task or of all tasks.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    calls: u64,
    right: u64,
    empty: u64,
    retried: u64,
    early: u64,
    /// The number of calls by number of attempts.
    attempts: BTreeMap<u32, u64>,
    /// The number of failed calls by kind of error.
    errors: BTreeMap<String, u64>,
    /// The duration of each call in microseconds.
    times: Vec<u32>,
    wrong: u64,
    problems: Vec<String>,
}

impl Tally {
    pub fn count(&mut self, outcome: &Outcome, verdict: Result<Verdict, String>, time: Duration) {
        self.calls += 1;
        self.times.push(u32::try_from(time.as_micros()).unwrap_or(u32::MAX));
        match outcome {
            Outcome::Correct => self.right += 1,
            Outcome::Empty => self.empty += 1,
            Outcome::Failed(failure) => {
                let timeout = if failure.timeout { ", timeout" } else { "" };
                *self.errors.entry(format!("{:?}{timeout}", failure.kind)).or_default() += 1;
            }
            Outcome::OtherCall(_) | Outcome::Hung => {}
        }
        match verdict {
            Ok(verdict) => {
                self.early += u64::from(verdict.early);
                self.retried += u64::from(verdict.attempts > 1);
                *self.attempts.entry(verdict.attempts).or_default() += 1;
            }
            Err(problem) => self.problem(problem),
        }
    }

    /// Records a problem.
    pub fn problem(&mut self, problem: String) {
        self.wrong += 1;
        if self.problems.len() < MAX_LISTED {
            self.problems.push(problem);
        }
    }

    pub fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.right += other.right;
        self.empty += other.empty;
        self.retried += other.retried;
        self.early += other.early;
        self.wrong += other.wrong;
        self.times.extend(other.times);
        self.problems.extend(other.problems);
        self.problems.truncate(MAX_LISTED);
        for (attempts, count) in other.attempts {
            *self.attempts.entry(attempts).or_default() += count;
        }
        for (kind, count) in other.errors {
            *self.errors.entry(kind).or_default() += count;
        }
    }
}

/// The result of a run.
#[derive(Debug)]
pub struct Report {
    pub settings: Settings,
    pub seconds: Duration,
    pub tally: Tally,
    pub before: Sample,
    pub samples: Vec<Sample>,
    pub after: Sample,
}

impl Report {
    pub fn has_no_problems(&self) -> bool {
        self.problems().is_empty()
    }

    /// Describes everything that is wrong.
    pub fn problems(&self) -> Vec<String> {
        let tally = &self.tally;
        let mut problems = tally.problems.clone();
        let untold = tally.wrong - (problems.len() as u64).min(tally.wrong);
        if untold > 0 {
            problems.push(format!("and {untold} more"));
        }
        if tally.calls < self.settings.calls {
            problems.push(format!("only {} calls were made within the time limit", tally.calls));
        }
        // The retry quota is exhausted only if every call fails, as with the port without a
        // listener.
        if tally.early > tally.calls / 100 {
            problems.push(format!("{} calls gave up though another attempt was due", tally.early));
        }
        let (early, late) = (peak(self.part(10, 40)), peak(self.part(70, 100)));
        if late.memory > early.memory + early.memory / 4 + MEMORY_GROWTH {
            problems.push(format!(
                "memory grew from {} to {}",
                megabytes(early.memory),
                megabytes(late.memory)
            ));
        }
        // Two per task: one connection in use, and one that is being closed.
        let most = self.before.files + 2 * self.settings.tasks + 16;
        if peak(&self.samples).files > most {
            problems.push(format!("more than {most} files were open at once"));
        }
        if self.after.files > self.before.files + 4 {
            problems.push(format!("{} files are still open at the end", self.after.files));
        }
        problems
    }

    /// The samples between two percentages of the run.
    fn part(&self, from: usize, to: usize) -> &[Sample] {
        let at = |hundredth: usize| self.samples.len() * hundredth / 100;
        self.samples.get(at(from)..at(to)).unwrap_or_default()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tally = &self.tally;
        let mut times = tally.times.clone();
        times.sort_unstable();
        let most = peak(&self.samples);
        let mut row = |what: &str, value: String| writeln!(f, "| {what} | {value} |");
        row("what", "value".to_owned())?;
        row("---", "---:".to_owned())?;
        row("calls", tally.calls.to_string())?;
        row("tasks", self.settings.tasks.to_string())?;
        row("correct responses", tally.right.to_string())?;
        row("empty responses, as planned", tally.empty.to_string())?;
        for (kind, count) in &tally.errors {
            row(&format!("errors: {kind}"), count.to_string())?;
        }
        row("not as planned", tally.wrong.to_string())?;
        for (attempts, count) in &tally.attempts {
            row(&format!("calls with {attempts} attempts"), count.to_string())?;
        }
        row("calls that were retried", tally.retried.to_string())?;
        row("calls that gave up early", tally.early.to_string())?;
        for share in [50, 99] {
            row(
                &format!("duration of a call, {share}th percentile"),
                milliseconds(percentile(&times, share)),
            )?;
        }
        row("longest call", milliseconds(percentile(&times, 100)))?;
        let memory = [self.before, most, self.after].map(|sample| megabytes(sample.memory));
        row("memory before, at most, after", memory.join(", "))?;
        let files = [self.before, most, self.after].map(|sample| sample.files.to_string());
        row("open files before, at most, after", files.join(", "))?;
        row("seconds", format!("{:.1}", self.seconds.as_secs_f64()))
    }
}

fn peak(samples: &[Sample]) -> Sample {
    let most = |of: fn(&Sample) -> u64| samples.iter().map(of).max().unwrap_or(0);
    Sample { memory: most(|sample| sample.memory), files: most(|sample| sample.files) }
}

/// The nearest-rank percentile of sorted values.
fn percentile(sorted: &[u32], share: usize) -> u32 {
    let rank = (sorted.len() * share).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0)
}

fn milliseconds(micros: u32) -> String {
    format!("{:.1} ms", f64::from(micros) / 1000.0)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let sample = Sample { memory: 10 << 20, files: 10 };
        let settings =
            Settings { calls: 100, tasks: 4, limit: Duration::from_secs(1), attempts: 3 };
        let mut tally = Tally::default();
        for _ in 0..100 {
            let verdict = Verdict { attempts: 1, early: false };
            tally.count(&Outcome::Correct, Ok(verdict), Duration::from_millis(2));
        }
        let samples = vec![sample; 100];
        let seconds = Duration::from_secs(1);
        Report { settings, seconds, tally, before: sample, samples, after: sample }
    }

    #[test]
    fn percentiles() {
        let sorted: Vec<u32> = (1..=200).collect();
        let table = [(50, 100), (99, 198), (100, 200), (1, 2)];
        for (share, expected) in table {
            assert_eq!(percentile(&sorted, share), expected, "{share}");
        }
        assert_eq!((percentile(&[7], 99), percentile(&[], 50)), (7, 0));
    }

    #[test]
    fn a_correct_run_has_no_problems() {
        assert_eq!(report().problems(), [""; 0]);
        assert!(report().to_string().contains("| correct responses | 100 |"), "{}", report());
    }

    #[test]
    fn every_problem_is_reported() {
        type Case = (fn(&mut Report), &'static str);
        let table: [Case; 7] = [
            (|r| r.tally.problem("call 7: it hung".to_owned()), "call 7: it hung"),
            (|r| r.settings.calls = 101, "only 100 calls were made within the time limit"),
            (|r| r.tally.early = 2, "2 calls gave up though another attempt was due"),
            (|r| r.samples[80].memory = 40 << 20, "memory grew from 10.5 MB to 41.9 MB"),
            (|r| r.samples[50].files = 40, "more than 34 files were open at once"),
            (|r| r.after.files = 15, "15 files are still open at the end"),
            (|r| (0..25).for_each(|_| r.tally.problem("x".to_owned())), "and 5 more"),
        ];
        for (spoil, expected) in table {
            let mut report = report();
            spoil(&mut report);
            assert_eq!(report.problems().last().map(String::as_str), Some(expected));
        }
    }

    #[test]
    fn tallies_add_up() {
        let mut tally = report().tally;
        tally.add(report().tally);
        assert_eq!((tally.calls, tally.right, tally.times.len()), (200, 200, 200));
        assert_eq!(tally.attempts, BTreeMap::from([(1, 200)]));
    }
}
