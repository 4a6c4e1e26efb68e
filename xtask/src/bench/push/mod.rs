//! `cargo xtask bench push`: measures the throughput and memory of moving images to the in-memory
//! registry and back.
//!
//! The registry, push and pull are the example programs in a release build. They run as separate
//! processes, so that the memory of each is measured separately. Layers are pseudo-random and
//! cannot be compressed.

mod programs;
mod table;

use std::error::Error;

use self::{
    programs::{Programs, Registry, WorkFolder},
    table::Image,
};
use super::{
    figures::{Environment, Figure, Quantity, Samples, Section, SectionName},
    measured::{self, Usage},
};
use crate::system::folder::remove_if_exists;

const MIB: u64 = 1 << 20;

/// Measure pushing and pulling an image: throughput, processor time, peak memory
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Size of the image, in MiB or GiB; a second image is twice as large
    #[arg(long, default_value = "1GiB", value_name = "SIZE", value_parser = size)]
    size: u64,
    /// Number of measurements per figure [default: 3, with --quick 1]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: Option<u32>,
}

impl Default for Args {
    fn default() -> Self {
        Self { size: 1024 * MIB, rounds: None }
    }
}

pub(super) fn measure(args: &Args, quick: bool) -> Result<Section, Box<dyn Error>> {
    let rounds = args.rounds.unwrap_or(if quick { 1 } else { 3 });
    let environment = Environment::read(Vec::new())?;
    let programs = Programs::build()?;
    let folder = WorkFolder::create()?;
    let mut figures = Vec::new();
    for image in images(args.size) {
        figures.extend(transfers(&programs, &folder, image, rounds)?);
    }
    Ok(Section { name: SectionName::Push, environment, figures })
}

/// An image with as many layers as are transferred concurrently, one that is twice as large, and
/// one with a single layer.
fn images(size: u64) -> [Image; 3] {
    [
        Image { layers: 4, layer: size / 4 },
        Image { layers: 4, layer: size / 2 },
        Image { layers: 1, layer: size },
    ]
}

/// Pushes and pulls an image.
fn transfers(
    programs: &Programs,
    folder: &WorkFolder,
    image: Image,
    rounds: u32,
) -> Result<Vec<Figure>, Box<dyn Error>> {
    folder.clear()?;
    programs.make_layout(folder, image)?;
    let (mut pushed, mut pulled) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        errln!("{image}, round {round} of {rounds}");
        // A new registry for each round, because existing layers are not pushed again.
        let registry = Registry::start(programs)?;
        pushed.push(measured::run(&mut programs.push(folder, &registry))?);
        remove_if_exists(&folder.pulled())?;
        pulled.push(measured::run(&mut programs.pull(folder, &registry))?);
    }
    folder.clear()?;
    Ok([figures(image, "push", &pushed), figures(image, "pull", &pulled)].concat())
}

/// The figures of some rounds. Their size is that of the image.
fn figures(image: Image, action: &str, runs: &[Usage]) -> Vec<Figure> {
    let what = format!("{image}, {action}");
    let times = |of: fn(&Usage) -> std::time::Duration| Samples::seconds(runs.iter().map(of));
    let figure = |quantity, samples| {
        Figure::new(TABLE, &what, quantity, samples).of_size(image.layers * image.layer)
    };
    let mut figures = vec![
        figure(Quantity::Time, times(|run| run.wall)),
        figure(Quantity::Cpu, times(|run| run.cpu)),
    ];
    let peaks = measured::peaks(runs.iter().map(|run| run.peak));
    figures.extend(peaks.map(|peaks| figure(Quantity::PeakMemory, peaks)));
    figures
}

/// Parses `512MiB` or `1GiB` as bytes.
fn size(text: &str) -> Result<u64, String> {
    let units = [("MiB", MIB), ("GiB", 1024 * MIB)];
    let (number, unit) = units
        .iter()
        .find_map(|(name, bytes)| Some((text.strip_suffix(name)?, bytes)))
        .ok_or("the size must end with MiB or GiB")?;
    let number: u64 =
        number.trim_end().parse().map_err(|_| "the size must be a whole number of MiB or GiB")?;
    // An image of twice this size is measured too.
    let bytes = number.checked_mul(*unit).filter(|bytes| bytes.checked_mul(2).is_some());
    bytes
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "the size must be positive and fit in 63 bits".to_owned())
}

/// What is measured and how, and the table.
pub(super) fn render(section: &Section) -> String {
    format!("{ABOUT}\n\n{}", table::markdown(&section.figures))
}

const TABLE: &str = "Moving images";

const ABOUT: &str = "\
The programs in [examples/images](../examples/images) push an image to a registry and pull it. The registry is a process
on the same machine that keeps everything in memory and computes every digest, over plain HTTP on loopback, four layers
at a time; each round has a new one. CPU is user and system time of the pushing or pulling process alone, and memory its
highest resident set size. Files are read from and written to the page cache. Memory depends on the number of parts
in flight, not on the size of the image.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_whole_numbers_of_mib_or_gib() {
        assert_eq!(size("1GiB"), Ok(1 << 30));
        assert_eq!(size("3 MiB"), Ok(3 << 20));
        for text in ["", "1", "1GB", "GiB", "0MiB", "-1GiB", "1.5GiB", "17179869184GiB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
