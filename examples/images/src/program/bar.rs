//! Defines the appearance of progress bars.

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::Digest;

/// The narrowest terminal for the wide templates, in columns.
const WIDE_COLUMNS: u16 = 60;

/// The templates of one terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Templates {
    pub(super) blob: &'static str,
    pub(super) total: &'static str,
}

impl Templates {
    /// The prefix is as wide as a short digest.
    pub(super) const WIDE: Self = Self {
        blob: "{prefix} {wide_bar} {decimal_bytes:>10} of {decimal_total_bytes:>10}",
        total: "{prefix} {wide_bar} {decimal_bytes:>10} of {decimal_total_bytes:>10} {decimal_bytes_per_sec:>12}",
    };
    /// Without a bar, so that lines do not wrap.
    pub(super) const NARROW: Self = Self {
        blob: "{prefix} {decimal_bytes:>10} {percent:>3}%",
        total: "{prefix} {decimal_bytes:>10} {percent:>3}%",
    };

    /// The templates that fit the terminal of standard error.
    pub(super) fn of_stderr() -> Self {
        match Term::stderr().size_checked() {
            Some((_, columns)) if columns > 0 => Self::of_width(columns),
            _ => Self::WIDE,
        }
    }

    fn of_width(columns: u16) -> Self {
        if columns < WIDE_COLUMNS { Self::NARROW } else { Self::WIDE }
    }
}

/// Creates a bar that is not drawn until its draw target is set. By default, it would be drawn on
/// standard error as soon as its length is set, separately from the other bars, and would stay
/// there.
pub(super) fn bar(length: u64, template: &str, prefix: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
    // The templates are valid; a test checks that.
    let style = ProgressStyle::with_template(template);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_prefix(format!("{prefix:12}"));
    bar
}

/// The first digits of a digest.
pub(super) fn short_digest(digest: &Digest) -> String {
    digest.to_string().chars().skip("sha256:".len()).take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_digest_has_twelve_digits() {
        assert_eq!(short_digest(&Digest::of(b"")), "e3b0c44298fc");
    }

    #[test]
    fn narrow_terminals_have_no_bars() {
        for (columns, expected) in [(20, Templates::NARROW), (59, Templates::NARROW)] {
            assert_eq!(Templates::of_width(columns), expected);
        }
        assert_eq!(Templates::of_width(60), Templates::WIDE);
    }

    #[test]
    fn the_templates_are_valid() {
        for Templates { blob, total } in [Templates::WIDE, Templates::NARROW] {
            for template in [blob, total] {
                assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
            }
        }
    }
}
