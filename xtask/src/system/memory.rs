//! Reads the peak memory of a process.

use std::fs;

/// The peak resident memory of a process in bytes, from `/proc` on Linux. `None` elsewhere, and if
/// the process has ended.
pub(crate) fn peak_of(process: u32) -> Option<u64> {
    high_water_mark(&fs::read_to_string(format!("/proc/{process}/status")).ok()?)
}

fn high_water_mark(status: &str) -> Option<u64> {
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    kilobytes.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_mark_is_read_from_the_status() {
        let status = "Name:\tpush\nVmPeak:\t  999999 kB\nVmHWM:\t    1234 kB\nVmRSS:\t 1000 kB\n";
        assert_eq!(high_water_mark(status), Some(1234 * 1024));
        for status in ["", "Name:\tpush\n", "VmHWM:\tmuch\n", "VmHWM:\t18446744073709551615 kB\n"] {
            assert_eq!(high_water_mark(status), None, "{status}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_has_a_peak() {
        assert!(peak_of(std::process::id()).is_some_and(|peak| peak > 100_000));
    }
}
