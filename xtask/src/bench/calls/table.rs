//! Formats the Markdown table of three callers: the time of a call, ratios, and whether budgets are
//! met.

use std::fmt;
use std::time::Duration;

use crate::text::number::{grouped, or_dash};

/// The ratios that Longshore must reach.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    /// The minimum of the official SDK's time divided by ours.
    pub(crate) official: Option<f64>,
    /// The maximum of our time divided by the hand-written caller's.
    pub(crate) bare: f64,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallRow {
    /// The operation.
    pub(crate) what: &'static str,
    /// The processor time of a call with the official SDK.
    pub(crate) official: Duration,
    /// The processor time of a call with Longshore.
    pub(crate) ours: Duration,
    /// The processor time of a call with the hand-written caller.
    pub(crate) bare: Duration,
    /// The required ratios.
    pub(crate) budget: Budget,
}

impl CallRow {
    /// Returns true if both ratios, rounded as printed, meet the budget.
    fn is_met(&self) -> bool {
        let (gain, price) = (ratio(self.official, self.ours), ratio(self.ours, self.bare));
        self.budget.official.is_none_or(|least| gain >= least) && price <= self.budget.bare
    }
}

impl fmt::Display for CallRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "| {} | {} | {} | {} | {:.2} | {} | {:.2} | {} | {} |",
            self.what,
            Call(self.official),
            Call(self.ours),
            Call(self.bare),
            ratio(self.official, self.ours),
            or_dash(self.budget.official.map(|least| format!("{least:.1}"))),
            ratio(self.ours, self.bare),
            self.budget.bare,
            if self.is_met() { "yes" } else { "**no**" },
        )
    }
}

/// Shows the time of a call, and the number of calls per second of processor time.
struct Call(Duration);

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.0.as_secs_f64() * 1e6;
        let calls = if micros > 0.0 { 1e6 / micros } else { 0.0 };
        let calls = if calls < 100.0 { format!("{calls:.1}") } else { grouped(calls as usize) };
        write!(f, "{} µs, {calls}/s", grouped(micros.round() as usize))
    }
}

/// The whole table, including the heading.
pub(crate) fn markdown(rows: &[CallRow]) -> String {
    let mut text = String::from(
        "| CPU per call, calls per CPU second | official SDK | Longshore | hand-written | official ÷ ours | at least | ours ÷ hand-written | at most | met |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n",
    );
    for row in rows {
        text.push_str(&format!("{row}\n"));
    }
    text
}

/// The ratio, rounded to two decimals, so that the printed value is the one that is compared.
fn ratio(above: Duration, below: Duration) -> f64 {
    if below.is_zero() {
        return 0.0;
    }
    (above.as_secs_f64() / below.as_secs_f64() * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(official: u64, ours: u64, bare: u64) -> CallRow {
        let [official, ours, bare] = [official, ours, bare].map(Duration::from_micros);
        let budget = Budget { official: Some(2.0), bare: 1.3 };
        CallRow { what: "PutImage", official, ours, bare, budget }
    }

    #[test]
    fn a_row_shows_times_rates_and_ratios() {
        let expected = "| PutImage | 140 µs, 7,142/s | 70 µs, 14,285/s | 60 µs, 16,666/s \
                        | 2.00 | 2.0 | 1.17 | 1.3 | yes |";
        assert_eq!(row(140, 70, 60).to_string(), expected);
        let slow = row(90_000, 40_000, 35_000).to_string();
        assert!(slow.contains("| 90,000 µs, 11.1/s | 40,000 µs, 25.0/s |"), "{slow}");
    }

    #[test]
    fn both_budgets_count() {
        let table = [
            (row(140, 70, 60), true),
            (row(139, 70, 60), false),
            (row(200, 79, 60), false),
            (row(200, 78, 60), true),
            (CallRow { budget: Budget { official: None, bare: 1.3 }, ..row(1, 78, 60) }, true),
        ];
        for (row, met) in table {
            assert_eq!(row.is_met(), met, "{row}");
        }
    }

    #[test]
    fn the_heading_has_as_many_cells_as_a_row() {
        let text = markdown(&[row(0, 0, 0)]);
        let cells: Vec<usize> = text.lines().map(|line| line.matches('|').count()).collect();
        assert_eq!(cells, [10, 10, 10]);
    }
}
