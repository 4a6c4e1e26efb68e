//! `cargo xtask bench push`: measures the throughput and memory of moving images to the in-memory
//! registry and back.
//!
//! The registry, push and pull are the example programs in a release build. They run as separate
//! processes, so that the memory of each is measured separately. Layers are pseudo-random and
//! cannot be compressed.

mod measured;
mod programs;
mod table;

use std::error::Error;
use std::fs;
use std::process::Command;

use self::measured::Usage;
use self::programs::{Programs, Registry, WorkFolder};
use self::table::{Image, TransferRow, markdown};
use crate::system::process;

const MIB: u64 = 1 << 20;

/// Measure pushing and pulling an image: throughput, processor time, peak memory
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Size of the image, in MiB or GiB; a second image is twice as large
    #[arg(long, default_value = "1GiB", value_name = "SIZE", value_parser = size)]
    size: u64,
    /// Number of measurements per figure; the median is reported
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let programs = Programs::build()?;
    let folder = WorkFolder::create()?;
    let mut rows = Vec::new();
    for image in images(args.size) {
        rows.extend(measure(&programs, &folder, image, args.rounds)?);
    }
    outln!("{}\n{}", markdown(&rows), notes(args.rounds)?);
    Ok(())
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

fn measure(
    programs: &Programs,
    folder: &WorkFolder,
    image: Image,
    rounds: u32,
) -> Result<[TransferRow; 2], Box<dyn Error>> {
    folder.clear()?;
    programs.make_layout(folder, image)?;
    let (mut pushed, mut pulled) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        errln!("{image}, round {round} of {rounds}");
        // A new registry for each round, because existing layers are not pushed again.
        let registry = Registry::start(programs)?;
        pushed.push(measured::run(&mut programs.push(folder, &registry))?);
        fs::remove_dir_all(folder.pulled()).or_else(programs::absent_is_fine)?;
        pulled.push(measured::run(&mut programs.pull(folder, &registry))?);
    }
    folder.clear()?;
    let row = |what, usage| TransferRow { image, what, usage };
    Ok([row("push", median(pushed)?), row("pull", median(pulled)?)])
}

/// The run with the median time and its processor time. The peak is the maximum of all runs.
fn median(mut runs: Vec<Usage>) -> Result<Usage, Box<dyn Error>> {
    let peak = runs.iter().filter_map(|run| run.peak).max();
    runs.sort_unstable_by_key(|run| run.wall);
    let middle = runs.get(runs.len() / 2).copied().ok_or("nothing was measured")?;
    Ok(Usage { peak, ..middle })
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

/// Describes what the figures were measured with.
fn notes(rounds: u32) -> Result<String, Box<dyn Error>> {
    let compiler = process::output(Command::new("rustc").arg("--version"))?;
    let cores = std::thread::available_parallelism()?;
    Ok(format!(
        "Measured in one run by `cargo xtask bench push` on {cores} cores with {}: the median of {rounds} \
         rounds, each with a new registry. The registry is a separate process on the same machine, keeps \
         everything in memory and computes every digest; plain HTTP on loopback, four layers at a time. CPU \
         is user and system time of the pushing or pulling process, memory its highest resident set size \
         (VmHWM) in any round. Files are read from and written to the page cache.",
        compiler.trim_end(),
    ))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn sizes_are_whole_numbers_of_mib_or_gib() {
        assert_eq!(size("1GiB"), Ok(1 << 30));
        assert_eq!(size("3 MiB"), Ok(3 << 20));
        for text in ["", "1", "1GB", "GiB", "0MiB", "-1GiB", "1.5GiB", "17179869184GiB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_median_is_one_run_with_the_highest_peak_of_all() {
        let run = |wall, peak| Usage {
            wall: Duration::from_secs(wall),
            cpu: Duration::from_secs(wall),
            peak: Some(peak),
        };
        let median = median(vec![run(3, 10), run(1, 30), run(2, 20)]).expect("three runs");
        assert_eq!(median, run(2, 30));
        assert!(super::median(Vec::new()).is_err());
    }
}
