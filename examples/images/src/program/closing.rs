//! The one line that a transfer ends with.

use std::time::Duration;

use super::{Rate, Size};
use crate::{Amount, Reference, Summary};

/// Says what was done: `pushed demo:1 as sha256:...: 2 blobs moved, 60.0 MB in 0.50 s (120.0 MB/s), ...`.
#[must_use]
pub fn closing_line(
    done: &str,
    reference: &Reference,
    summary: &Summary,
    time: Duration,
) -> String {
    let Summary { digest, moved, there, foreign, .. } = summary;
    let mut text = format!(
        "{done} {} as {digest}: {} moved, {}",
        reference,
        counted(moved.blobs, "blob"),
        Rate { bytes: moved.bytes, time },
    );
    if *there != Amount::default() {
        let blobs = counted(there.blobs, "blob");
        text.push_str(&format!("; {blobs} ({}) there already", Size(there.bytes)));
    }
    if *foreign > 0 {
        text.push_str(&format!("; {} left where the manifest says", counted(*foreign, "layer")));
    }
    text
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Digest;

    #[test]
    fn what_did_not_happen_is_not_mentioned() {
        let digest = Digest::of(b"");
        let reference = "demo:1".parse().expect("it is one");
        let (moved, there) = (Amount { blobs: 1, bytes: 60_000_000 }, Amount::default());
        let mut summary = Summary { digest, manifests: 1, moved, there, foreign: 0 };
        let time = Duration::from_millis(500);
        let short =
            format!("pushed demo:1 as {digest}: 1 blob moved, 60.0 MB in 0.50 s (120.0 MB/s)");
        assert_eq!(closing_line("pushed", &reference, &summary, time), short);

        summary.there = Amount { blobs: 2, bytes: 1_500 };
        summary.foreign = 1;
        assert_eq!(
            closing_line("pushed", &reference, &summary, time),
            format!(
                "{short}; 2 blobs (1.5 kB) there already; 1 layer left where the manifest says"
            )
        );
    }
}
