//! Compares a run with a saved one, and lists the figures that became worse by more than the noise.
//!
//! A figure that was also measured for the official SDK is compared as a ratio to it, so that runs
//! on different machines can be compared. The noise of a figure is the larger spread of the two
//! runs. A spread is the difference between the largest and the smallest value, as a fraction of
//! the median.

use std::fmt;

use super::figures::{Environment, Figure, Run, Samples, Section, SectionName};
use crate::text::number::grouped;

/// The result of a comparison.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Comparison {
    /// The number of figures that both runs contain and that can be compared.
    pub(super) compared: usize,
    /// The number of timings that are not compared, because the machines differ and the official
    /// SDK has no figure for a ratio.
    pub(super) other_machine: usize,
    /// The number of figures that only one of the runs contains, in the sections of the later run.
    pub(super) only_in_one: usize,
    /// The figures that became worse, in the order of the sections.
    pub(super) worse: Vec<Change>,
}

/// A figure that differs between two runs.
#[derive(Debug, PartialEq)]
pub(super) struct Change {
    section: SectionName,
    figure: Figure,
    kept: Samples,
    now: Samples,
    noise: f64,
}

/// Compares the sections of `now` with those of the saved run.
pub(super) fn compare(kept: &Run, now: &Run) -> Comparison {
    let mut comparison = Comparison::default();
    for section in &now.sections {
        match kept.section(section.name) {
            Some(kept) => comparison.add(kept, section),
            None => comparison.only_in_one += section.figures.len(),
        }
    }
    comparison
}

impl Comparison {
    fn add(&mut self, kept: &Section, now: &Section) {
        let is_gone = |old: &&Figure| !now.figures.iter().any(|figure| old.is_same_as(figure));
        self.only_in_one += kept.figures.iter().filter(is_gone).count();
        for figure in &now.figures {
            let Some(old) = kept.figures.iter().find(|old| old.is_same_as(figure)) else {
                self.only_in_one += 1;
                continue;
            };
            let Some(change) = Change::between(now.name, old, figure) else { continue };
            if !change.is_comparable(&kept.environment, &now.environment) {
                self.other_machine += 1;
                continue;
            }
            self.compared += 1;
            if change.is_worse() {
                self.worse.push(change);
            }
        }
    }

    /// Returns an error if a figure became worse, or if no figure was compared.
    pub(super) fn check(&self) -> Result<(), String> {
        match (self.compared, self.worse.len()) {
            (0, _) => {
                Err("no figure could be compared with the saved run; name a run of the same \
                           benchmark, with the same options and, for times, on the same machine"
                    .to_owned())
            }
            (_, 0) => Ok(()),
            (_, 1) => Err("1 figure is worse than in the saved run".to_owned()),
            (_, count) => Err(format!("{count} figures are worse than in the saved run")),
        }
    }
}

impl Change {
    /// `None` if a value is zero, because then there is no relative change.
    fn between(section: SectionName, kept: &Figure, now: &Figure) -> Option<Self> {
        let is_ratio = kept.official.is_some() && now.official.is_some();
        let value = |figure: &Figure| match figure.official.as_ref().filter(|_| is_ratio) {
            Some(official) => figure.ours.divided_by(official),
            None => figure.ours.clone(),
        };
        let figure = if is_ratio { now.clone() } else { Figure { official: None, ..now.clone() } };
        let (kept, now) = (value(kept), value(now));
        let comparable = [&kept, &now].iter().all(|value| value.median().is_normal());
        let noise = figure.quantity.noise(&kept).max(figure.quantity.noise(&now));
        comparable.then_some(Self { section, figure, kept, now, noise })
    }

    fn is_comparable(&self, kept: &Environment, now: &Environment) -> bool {
        self.figure.official.is_some()
            || !self.figure.quantity.depends_on_machine()
            || kept.is_same_machine(now)
    }

    /// The relative growth: 0.1 for ten percent more.
    fn growth(&self) -> f64 {
        self.now.median() / self.kept.median() - 1.0
    }

    fn is_worse(&self) -> bool {
        self.growth() > self.noise
    }

    fn show(&self, value: &Samples) -> String {
        match self.figure.official {
            Some(_) => format!("{:.3}", value.median()),
            None => self.figure.quantity.show(value.median()),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figure { table, what, quantity, official, .. } = &self.figure;
        let ratio = if official.is_some() { " ÷ official SDK" } else { "" };
        write!(
            f,
            "{}, {table}: {what}, {}{ratio}: {}, was {} ({:+.1} %, noise {:.1} %)",
            self.section,
            quantity.heading(),
            self.show(&self.now),
            self.show(&self.kept),
            self.growth() * 100.0,
            self.noise * 100.0,
        )
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in &self.worse {
            writeln!(f, "{change}")?;
        }
        let worse = grouped(self.worse.len());
        write!(f, "worse than in the saved run: {worse} of {} figures", grouped(self.compared))?;
        if self.other_machine > 0 {
            let count = grouped(self.other_machine);
            write!(f, "; timings not compared because the machines differ: {count}")?;
        }
        if self.only_in_one > 0 {
            write!(f, "; figures in only one of the runs: {}", grouped(self.only_in_one))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::figures::Quantity;
    use super::*;

    fn samples(values: &[f64]) -> Samples {
        values.iter().copied().collect()
    }

    fn run(cpu: &str, figures: Vec<Figure>) -> Run {
        let environment = Environment { cpu: Some(cpu.to_owned()), ..Environment::default() };
        Run { sections: vec![Section { name: SectionName::Calls, environment, figures }] }
    }

    fn figure(quantity: Quantity, ours: &[f64]) -> Figure {
        Figure::new("calls", "PutImage", quantity, samples(ours))
    }

    /// Compares two runs of one figure on one machine. Returns true if the second is worse.
    fn is_worse(quantity: Quantity, kept: &[f64], now: &[f64]) -> bool {
        let run = |values| run("a", vec![figure(quantity, values)]);
        let comparison = compare(&run(kept), &run(now));
        assert_eq!((comparison.compared, comparison.other_machine), (1, 0));
        !comparison.worse.is_empty()
    }

    #[test]
    fn a_figure_is_worse_if_it_grew_by_more_than_the_larger_spread() {
        use Quantity::*;
        let table: [(Quantity, &[f64], &[f64], bool); 10] = [
            (Cpu, &[99.0, 100.0, 101.0], &[102.0, 103.0, 104.0], true),
            (Cpu, &[99.0, 100.0, 101.0], &[101.0, 101.9, 102.0], false),
            // The larger spread of the two runs counts.
            (Cpu, &[90.0, 100.0, 101.0], &[103.0, 104.0, 104.0], false),
            (Cpu, &[100.0, 100.0, 100.0], &[90.0, 104.0, 104.0], false),
            (Cpu, &[100.0, 100.0], &[50.0, 50.0], false),
            // One value has an assumed spread, unless it is exact.
            (Cpu, &[100.0], &[104.9], false),
            (Cpu, &[100.0], &[105.1], true),
            (Instructions, &[100.0], &[101.1], true),
            (Lines, &[77_000.0], &[77_001.0], true),
            (Lines, &[77_000.0], &[77_000.0], false),
        ];
        for (quantity, kept, now, expected) in table {
            assert_eq!(is_worse(quantity, kept, now), expected, "{quantity:?} {kept:?} {now:?}");
        }
    }

    #[test]
    fn ratios_to_the_official_sdk_are_compared_across_machines() {
        let with = |ours: f64, official: f64| {
            let [ours, official] =
                [ours, official].map(|value| samples(&[value, value, value * 1.01]));
            vec![Figure::new("calls", "PutImage", Quantity::CpuPerCall, ours).official(official)]
        };
        let kept = run("a", with(50.0, 100.0));
        let same = compare(&kept, &run("b", with(100.0, 200.0)));
        assert_eq!(same, Comparison { compared: 1, ..Comparison::default() });
        let comparison = compare(&kept, &run("b", with(120.0, 200.0)));
        let expected = "calls, calls: PutImage, CPU per call ÷ official SDK: 0.600, was 0.500 \
                        (+20.0 %, noise 0.0 %)\nworse than in the saved run: 1 of 1 figures";
        assert_eq!(comparison.to_string(), expected);
    }

    #[test]
    fn times_without_a_ratio_are_compared_on_one_machine_only() {
        let kept = run("a", vec![figure(Quantity::Time, &[1.0]), figure(Quantity::Lines, &[1.0])]);
        let now = run("b", vec![figure(Quantity::Time, &[9.0]), figure(Quantity::Lines, &[1.0])]);
        let expected = "worse than in the saved run: 0 of 1 figures; timings not compared because \
                        the machines differ: 1";
        assert_eq!(compare(&kept, &now).to_string(), expected);
    }

    #[test]
    fn figures_of_one_run_and_zeros_are_not_compared() {
        let other = Figure { what: "Other".to_owned(), ..figure(Quantity::Cpu, &[1.0]) };
        let sized = figure(Quantity::Cpu, &[1.0]).of_size(2);
        let kept = run("a", vec![figure(Quantity::Cpu, &[1.0]), figure(Quantity::Crates, &[0.0])]);
        let now = run("a", vec![other, sized, figure(Quantity::Crates, &[3.0])]);
        let comparison = compare(&kept, &now);
        assert_eq!(comparison, Comparison { only_in_one: 3, ..Comparison::default() });
        let expected = "worse than in the saved run: 0 of 0 figures; figures in only one of the \
                        runs: 3";
        assert_eq!(comparison.to_string(), expected);
        let without = compare(&Run::default(), &now);
        assert_eq!(without, Comparison { only_in_one: 3, ..Comparison::default() });
        for nothing in [comparison, without] {
            let error = nothing.check().unwrap_err();
            assert!(error.starts_with("no figure could be compared"), "{error}");
        }
        assert_eq!(compare(&kept, &kept).check(), Ok(()));
    }
}
