//! Reads the peak memory of a process and the memory of the machine.

use std::fs;

/// The peak resident memory of a process in bytes, from `/proc` on Linux. `None` elsewhere, and if
/// the process has ended.
pub(crate) fn peak_of(process: u32) -> Option<u64> {
    bytes(&fs::read_to_string(format!("/proc/{process}/status")).ok()?, "VmHWM:")
}

/// The memory of this machine in bytes, on Linux. `None` elsewhere.
pub(crate) fn total() -> Option<u64> {
    bytes(&fs::read_to_string("/proc/meminfo").ok()?, "MemTotal:")
}

/// The value after `label` in a file of `/proc`, which contains kilobytes.
fn bytes(file: &str, label: &str) -> Option<u64> {
    let kilobytes = file.lines().find_map(|line| line.strip_prefix(label))?;
    kilobytes.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_from_files_of_linux() {
        let status = "Name:\tpush\nVmPeak:\t  999999 kB\nVmHWM:\t    1234 kB\nVmRSS:\t 1000 kB\n";
        assert_eq!(bytes(status, "VmHWM:"), Some(1234 * 1024));
        let meminfo = "MemTotal:       1000 kB\nMemFree: 1 kB\n";
        assert_eq!(bytes(meminfo, "MemTotal:"), Some(1_024_000));
        for status in ["", "Name:\tpush\n", "VmHWM:\tmuch\n", "VmHWM:\t18446744073709551615 kB\n"] {
            assert_eq!(bytes(status, "VmHWM:"), None, "{status}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_has_a_peak() {
        assert!(peak_of(std::process::id()).is_some_and(|peak| peak > 100_000));
    }
}
