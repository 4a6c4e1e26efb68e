//! The summary line of a transfer.

use std::time::Duration;

use super::{Rate, Size};
use crate::{Amount, Reference, Summary};

/// Formats a summary, such as `pushed demo:1 as sha256:...: 2 blobs moved, 60.0 MB in 0.50 s`.
#[must_use]
pub fn summary_line(
    verb: &str,
    reference: &Reference,
    summary: &Summary,
    time: Duration,
) -> String {
    let Summary { digest, moved, present, foreign, replaced, .. } = summary;
    let mut text = format!(
        "{verb} {} as {digest}: {} moved, {}",
        reference,
        counted(moved.blobs, "blob"),
        Rate { bytes: moved.bytes, time },
    );
    if *present != Amount::default() {
        let blobs = counted(present.blobs, "blob");
        text.push_str(&format!("; {blobs} ({}) already present", Size(present.bytes).rounded()));
    }
    if *foreign > 0 {
        text.push_str(&format!("; {} not moved", counted(*foreign, "foreign layer")));
    }
    for digest in replaced {
        text.push_str(&format!("; replaced {digest}, which had this name in index.json"));
    }
    text
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Digest;

    #[test]
    fn zero_amounts_are_omitted() {
        let digest = Digest::of(b"");
        let reference = "demo:1".parse().expect("the reference is valid");
        let (moved, present) = (Amount { blobs: 1, bytes: 60_000_000 }, Amount::default());
        let mut summary =
            Summary { digest, manifests: 1, moved, present, foreign: 0, replaced: vec![] };
        let time = Duration::from_millis(500);
        let short =
            format!("pushed demo:1 as {digest}: 1 blob moved, 60.0 MB in 0.50 s (120.0 MB/s)");
        assert_eq!(summary_line("pushed", &reference, &summary, time), short);

        summary.present = Amount { blobs: 2, bytes: 1_500 };
        summary.foreign = 1;
        assert_eq!(
            summary_line("pushed", &reference, &summary, time),
            format!("{short}; 2 blobs (1.5 kB) already present; 1 foreign layer not moved")
        );

        summary.present = Amount::default();
        summary.foreign = 0;
        summary.replaced = vec!["sha256:aa".to_owned()];
        assert_eq!(
            summary_line("pushed", &reference, &summary, time),
            format!("{short}; replaced sha256:aa, which had this name in index.json")
        );
    }
}
