//! `cargo xtask bench build`: builds the same caller with Longshore and with the official SDK, in
//! one run.

use std::{error::Error, time::Duration};

use super::{
    caller::{Caller, OFFICIAL, OURS},
    figures::{Environment, Figure, Quantity, Samples, Section, SectionName},
    table::{self, Budget, ComparisonRow},
    turns::{self, Turns},
};

/// Build the same caller of four operations with Longshore and with the official SDK
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Number of builds per figure
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

impl Default for Args {
    fn default() -> Self {
        Self { rounds: 1 }
    }
}

/// The crates of the official SDK that are generated from the same three models.
const OFFICIAL_GENERATED: [&str; 3] = ["aws-sdk-ecr", "aws-sdk-ecrpublic", "aws-sdk-lightsail"];
const OURS_GENERATED: [&str; 1] = ["longshore"];

const TABLE: &str = "Build";
const LINES: &str = "generated source, lines";
const SOURCE: &str = "generated source, bytes";
const DEBUG: &str = "clean debug build, lean features";
const DEBUG_FULL: &str = "clean debug build, full credential chain";
const RELEASE: &str = "clean release build";
const BINARY: &str = "stripped release binary";
const CRATES: &str = "crates, lean features";
const CRATES_FULL: &str = "crates, full credential chain";

/// The budgets of the design, by row.
const BUDGETS: [(&str, Budget); 7] = [
    (LINES, Budget::at_most(80_000.0)),
    (DEBUG, Budget::ratio(4.0)),
    (DEBUG_FULL, Budget::ratio(4.0)),
    (RELEASE, Budget::ratio(5.5)),
    (BINARY, Budget::at_most(3_300_000.0)),
    (CRATES, Budget::at_most(64.0)),
    (CRATES_FULL, Budget::at_most(64.0)),
];

/// The length of a turn of our builds, and of those of the official SDK. It takes so much longer to
/// build that all builds end at about the same time.
const TURN: Duration = Duration::from_secs(1);
const OFFICIAL_DEBUG_TURN: Duration = Duration::from_secs(4);
const OFFICIAL_RELEASE_TURN: Duration = Duration::from_secs(6);

/// The measurements of one caller.
#[derive(Debug, Clone, Default)]
struct Cost {
    lines: usize,
    bytes: usize,
    debug: Vec<Duration>,
    /// With the whole default credential chain, which the official caller always includes.
    debug_full: Vec<Duration>,
    release: Vec<Duration>,
    binary: usize,
    crates: usize,
    crates_full: usize,
}

pub(super) fn measure(args: &Args, quick: bool) -> Result<Section, Box<dyn Error>> {
    OURS.take_lock_file()?;
    OURS.fetch()?;
    OFFICIAL.fetch()?;
    let environment = Environment::read(OFFICIAL.dependencies()?)?;
    let (mut ours, mut official) = (Cost::default(), Cost::default());
    let rounds = if quick { 1 } else { args.rounds };
    for round in 1..=rounds {
        errln!("debug builds, round {round} of {rounds}");
        let [debug, debug_full, official_debug] = turns::processor_times([
            Turns { command: OURS.debug_build()?, length: TURN },
            Turns { command: OURS.full_build()?, length: TURN },
            Turns { command: OFFICIAL.debug_build()?, length: OFFICIAL_DEBUG_TURN },
        ])?;
        ours.debug.push(debug);
        ours.debug_full.push(debug_full);
        official.debug.push(official_debug);
        errln!("release builds, round {round} of {rounds}");
        let [release, official_release] = turns::processor_times([
            Turns { command: OURS.release_build()?, length: TURN },
            Turns { command: OFFICIAL.release_build()?, length: OFFICIAL_RELEASE_TURN },
        ])?;
        ours.release.push(release);
        official.release.push(official_release);
    }
    ours.inspect(OURS, &OURS_GENERATED)?;
    ours.crates_full = OURS.crates(&["--features", "full"])?;
    official.inspect(OFFICIAL, &OFFICIAL_GENERATED)?;
    official.debug_full.clone_from(&official.debug);
    official.crates_full = official.crates;
    Ok(Section { name: SectionName::Build, environment, figures: figures(&ours, &official) })
}

impl Cost {
    fn inspect(&mut self, caller: Caller, generated: &[&str]) -> Result<(), Box<dyn Error>> {
        let source = caller.source_of(generated)?;
        (self.lines, self.bytes) = (source.lines, source.bytes);
        self.crates = caller.crates(&[])?;
        self.binary = caller.binary_size()?;
        Ok(())
    }
}

fn figures(ours: &Cost, official: &Cost) -> Vec<Figure> {
    let figure = |what, quantity, of: &dyn Fn(&Cost) -> Samples| {
        Figure::new(TABLE, what, quantity, of(ours)).official(of(official))
    };
    // Exact up to 2^53, far beyond any measured value.
    let exact = |of: fn(&Cost) -> usize| move |cost: &Cost| Samples::one(of(cost) as f64);
    let times =
        |of: fn(&Cost) -> &Vec<Duration>| move |cost: &Cost| Samples::seconds(of(cost).clone());
    vec![
        figure(LINES, Quantity::Lines, &exact(|cost| cost.lines)),
        figure(SOURCE, Quantity::FileSize, &exact(|cost| cost.bytes)),
        figure(DEBUG, Quantity::Cpu, &times(|cost| &cost.debug)),
        figure(DEBUG_FULL, Quantity::Cpu, &times(|cost| &cost.debug_full)),
        figure(RELEASE, Quantity::Cpu, &times(|cost| &cost.release)),
        figure(BINARY, Quantity::FileSize, &exact(|cost| cost.binary)),
        figure(CRATES, Quantity::Crates, &exact(|cost| cost.crates)),
        figure(CRATES_FULL, Quantity::Crates, &exact(|cost| cost.crates_full)),
    ]
}

/// What is measured and how, and the table.
pub(super) fn render(section: &Section) -> String {
    let budget = |what: &str| BUDGETS.iter().find(|(row, _)| *row == what).map(|(_, of)| *of);
    let row = |figure| ComparisonRow { figure, budget: budget(&figure.what).unwrap_or_default() };
    let rows: Vec<_> = section.figures.iter().map(row).collect();
    format!("{ABOUT}\n\n{}", table::markdown(&rows))
}

const ABOUT: &str = "\
The same caller, which uses four operations of three services, is built with Longshore and with the official SDK. Times
are user and system time of cargo and its child processes, after dependencies were fetched. The builds take turns of a
few seconds, so that the machine has the same speed for all of them. The official caller always includes the whole
credential chain. Release is cargo's default profile with `strip = \"symbols\"` for both. Crates are those of `cargo
tree -e normal` on this platform.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_budget_is_beside_its_own_figure() {
        let cost = |factor: usize| Cost {
            lines: factor,
            bytes: factor * 1_000_000,
            debug: vec![Duration::from_secs(10 * factor as u64)],
            debug_full: vec![Duration::from_secs(11 * factor as u64)],
            release: vec![Duration::from_secs(20 * factor as u64)],
            binary: factor * 2_000_000,
            crates: 30 * factor,
            crates_full: 40 * factor,
        };
        let figures = figures(&cost(2), &cost(4));
        let environment = Environment::default();
        let text = render(&Section { name: SectionName::Build, environment, figures });
        let rows: Vec<_> = text.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
        let expected = [
            "| generated source, lines | 4 | 2 | 2.00 | 80,000 | yes |",
            "| generated source, bytes | 4.00 MB | 2.00 MB | 2.00 | – | – |",
            "| clean debug build, lean features | 40.0 s | 20.0 s | 2.00 | ÷ 4 | **no** |",
            "| clean debug build, full credential chain | 44.0 s | 22.0 s | 2.00 | ÷ 4 | **no** |",
            "| clean release build | 80.0 s | 40.0 s | 2.00 | ÷ 5.5 | **no** |",
            "| stripped release binary | 8.00 MB | 4.00 MB | 2.00 | 3.30 MB | **no** |",
            "| crates, lean features | 120 | 60 | 2.00 | 64 | yes |",
            "| crates, full credential chain | 160 | 80 | 2.00 | 64 | **no** |",
        ];
        assert_eq!(rows, expected);
    }
}
