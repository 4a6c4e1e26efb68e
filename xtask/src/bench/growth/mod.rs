//! `cargo xtask bench growth`: shows how cost grows with the number of concurrent calls, the size of
//! bodies, and the number of operations of a model.

mod bodies;
mod models;
mod operations;
mod table;
mod tasks;

use std::error::Error;

use self::table::GrowthTable;
use super::{
    calls::{program::OURS, server},
    figures::{Environment, Section, SectionName},
};

/// Measure how cost grows with concurrency, body size and model size
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Number of measurements per figure [default: 3, with --quick 1]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: Option<u32>,
}

pub(super) fn measure(args: &Args, quick: bool) -> Result<Section, Box<dyn Error>> {
    let rounds = args.rounds.unwrap_or(if quick { 1 } else { 3 });
    let environment = Environment::read(Vec::new())?;
    OURS.build()?;
    let url = server::start()?;
    let mut figures = tasks::measure(&url, rounds)?;
    figures.extend(bodies::measure(&url, rounds)?);
    figures.extend(models::measure(rounds)?);
    Ok(Section { name: SectionName::Growth, environment, figures })
}

const TASKS: GrowthTable = GrowthTable {
    name: tasks::ONE_THREAD,
    sizes: "tasks",
    per_megabyte: false,
    about: "\
PutImage over plain HTTP on a single-threaded runtime. Tasks share a client, and each makes one call after another.
Growth is that of the total cost of one call from each task.",
};

/// How the tables are shown, in the order of the page.
const TABLES: [GrowthTable; 6] = [
    TASKS,
    GrowthTable {
        name: tasks::TWO_THREADS,
        about: "The same on a multi-threaded runtime with two threads.",
        ..TASKS
    },
    GrowthTable {
        name: bodies::REQUESTS,
        sizes: "blob",
        per_megabyte: true,
        about: "\
UploadLayerPart with a blob. Memory is the peak of a process that makes one call, the blob included.",
    },
    GrowthTable {
        name: bodies::RESPONSES,
        sizes: "manifest",
        per_megabyte: true,
        about: "\
BatchGetImage with one manifest in the response. Memory is the peak of a process that makes one call.",
    },
    GrowthTable {
        name: models::TABLE,
        sizes: "operations",
        per_megabyte: false,
        about: "\
Models in which every operation has a request, a response, two structures and an enum of its own. CPU is the time of
one generation on one thread, and lines are those of the generated source.",
    },
    GrowthTable {
        name: models::COMPILED,
        sizes: "operations",
        per_megabyte: false,
        about: "\
User and system time of a debug build of the crates that are generated from these models, without their dependencies.",
    },
];

/// What is measured and how, and the tables.
pub(super) fn render(section: &Section) -> String {
    let mut text = format!("{ABOUT}\n");
    for table in &TABLES {
        let figures: Vec<_> =
            section.figures.iter().filter(|figure| figure.table == table.name).collect();
        if !figures.is_empty() {
            text.push_str(&format!("\n### {}\n\n{}\n", table.name, table.about));
            text.push_str(&format!("\n{}", table.markdown(&figures)));
        }
    }
    text
}

const ABOUT: &str = "\
Each table shows how the figures of Longshore grow with the size of the input. The column after a figure contains the
factor by which the cost grows when the size doubles, relative to the row above: 2.00 is linear growth, and 1.00 is no
growth. A factor is marked if it exceeds 2.2 even after the noise of the two rows is subtracted. The exponent below a
table is fitted to all its rows: 1 is linear growth.";
