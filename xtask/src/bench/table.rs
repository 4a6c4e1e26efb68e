//! Formats the Markdown table of a comparison: figures, ratios, and whether budgets are met. Columns
//! without any value are omitted.

use super::figures::{Figure, Samples};
use crate::text::number::or_dash;

/// The maximum cost of Longshore. All limits that are set must be met.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Budget {
    /// The minimum ratio of the official SDK's figure to ours.
    pub(super) official: Option<f64>,
    /// The maximum ratio of our figure to the hand-written caller's.
    pub(super) hand_written: Option<f64>,
    /// The maximum value of our figure.
    pub(super) at_most: Option<f64>,
}

impl Budget {
    /// A budget for figures that depend on the machine.
    pub(super) const fn ratio(official: f64) -> Self {
        Self { official: Some(official), hand_written: None, at_most: None }
    }

    /// A budget for the figure itself.
    pub(super) const fn at_most(value: f64) -> Self {
        Self { official: None, hand_written: None, at_most: Some(value) }
    }
}

/// One row of the table.
#[derive(Debug, Clone)]
pub(super) struct ComparisonRow<'f> {
    pub(super) figure: &'f Figure,
    pub(super) budget: Budget,
}

const HEADINGS: [&str; 8] = [
    "what",
    "official SDK",
    "Longshore",
    "hand-written",
    "official ÷ ours",
    "ours ÷ hand-written",
    "budget",
    "met",
];

/// The columns of text. The others are numbers and right-aligned.
const TEXTS: [usize; 2] = [0, 7];

type Cells = [Option<String>; HEADINGS.len()];

impl ComparisonRow<'_> {
    /// The ratio of the official SDK's figure to ours, rounded as it is printed.
    fn official_ratio(&self) -> Option<f64> {
        ratio(self.figure.official.as_ref()?, &self.figure.ours)
    }

    /// The ratio of our figure to the hand-written caller's, rounded as it is printed.
    fn hand_written_ratio(&self) -> Option<f64> {
        ratio(&self.figure.ours, self.figure.hand_written.as_ref()?)
    }

    /// True if all limits are met. `None` if there are no limits, or if a value is missing.
    fn is_met(&self) -> Option<bool> {
        let Budget { official, hand_written, at_most } = self.budget;
        let mut met = Vec::new();
        if let Some(least) = official {
            met.push(self.official_ratio()? >= least);
        }
        if let Some(most) = hand_written {
            met.push(self.hand_written_ratio()? <= most);
        }
        met.extend(at_most.map(|most| self.figure.ours.median() <= most));
        (!met.is_empty()).then(|| met.into_iter().all(|met| met))
    }

    fn budget(&self) -> Option<String> {
        let Budget { official, hand_written, at_most } = self.budget;
        let limits = [
            official.map(|least| format!("÷ {least}")),
            hand_written.map(|most| format!("× {most}")),
            at_most.map(|most| self.figure.quantity.show(most)),
        ];
        let limits: Vec<_> = limits.into_iter().flatten().collect();
        (!limits.is_empty()).then(|| limits.join(", "))
    }

    fn cells(&self) -> Cells {
        let Figure { what, quantity, ours, official, hand_written, .. } = self.figure;
        let show = |samples: &Samples| quantity.show(samples.median());
        let met = self.is_met().map(|met| if met { "yes" } else { "**no**" });
        [
            Some(what.clone()),
            official.as_ref().map(show),
            Some(show(ours)),
            hand_written.as_ref().map(show),
            self.official_ratio().map(|ratio| format!("{ratio:.2}")),
            self.hand_written_ratio().map(|ratio| format!("{ratio:.2}")),
            self.budget(),
            met.map(str::to_owned),
        ]
    }
}

/// The whole table, including the heading.
pub(super) fn markdown(rows: &[ComparisonRow<'_>]) -> String {
    let rows: Vec<Cells> = rows.iter().map(ComparisonRow::cells).collect();
    let used = |column: &usize| rows.iter().any(|row| row[*column].is_some());
    let columns: Vec<usize> = (0..HEADINGS.len()).filter(used).collect();
    let align = |column: &usize| if TEXTS.contains(column) { "---" } else { "---:" };
    let heading = line(columns.iter().map(|column| HEADINGS[*column].to_owned()));
    let rule = line(columns.iter().map(|column| align(column).to_owned()));
    let row = |cells: &Cells| line(columns.iter().map(|column| or_dash(cells[*column].as_ref())));
    rows.iter().fold(heading + &rule, |text, cells| text + &row(cells))
}

/// A line of a Markdown table.
pub(super) fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<_> = cells.into_iter().collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The ratio of the medians, rounded to two decimals, so that the budget is compared with the
/// printed value.
pub(super) fn ratio(above: &Samples, below: &Samples) -> Option<f64> {
    let ratio = above.median() / below.median();
    ratio.is_finite().then(|| (ratio * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::super::figures::Quantity;
    use super::*;

    fn figure(ours: f64) -> Figure {
        Figure::new("t", "PutImage", Quantity::Lines, Samples::one(ours))
    }

    fn row(figure: &Figure, budget: Budget) -> String {
        let text = markdown(&[ComparisonRow { figure, budget }]);
        text.lines().last().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_row_shows_ratios_and_whether_every_limit_is_met() {
        let all = Figure {
            hand_written: Some(Samples::one(60.0)),
            ..figure(70.0).official(Samples::one(140.0))
        };
        let budget = |official, hand_written, at_most| Budget {
            official: Some(official),
            hand_written: Some(hand_written),
            at_most: Some(at_most),
        };
        let table = [
            (budget(2.0, 1.17, 70.0), "÷ 2, × 1.17, 70 | yes |"),
            (budget(2.1, 1.17, 70.0), "÷ 2.1, × 1.17, 70 | **no** |"),
            (budget(2.0, 1.16, 70.0), "÷ 2, × 1.16, 70 | **no** |"),
            (budget(2.0, 1.17, 69.0), "÷ 2, × 1.17, 69 | **no** |"),
        ];
        for (budget, expected) in table {
            let expected = format!("| PutImage | 140 | 70 | 60 | 2.00 | 1.17 | {expected}");
            assert_eq!(row(&all, budget), expected);
        }
    }

    #[test]
    fn columns_without_values_are_left_out() {
        let (alone, compared) = (figure(7.0), figure(7.0).official(Samples::one(14.0)));
        assert_eq!(row(&alone, Budget::default()), "| PutImage | 7 |");
        assert_eq!(row(&alone, Budget::at_most(8.0)), "| PutImage | 7 | 8 | yes |");
        // A budget that needs a missing value is neither met nor missed.
        assert_eq!(row(&alone, Budget::ratio(4.0)), "| PutImage | 7 | ÷ 4 |");
        let rows = [&alone, &compared];
        let rows = rows.map(|figure| ComparisonRow { figure, budget: Budget::ratio(2.0) });
        let expected = "\
| what | official SDK | Longshore | official ÷ ours | budget | met |
| --- | ---: | ---: | ---: | ---: | --- |
| PutImage | – | 7 | – | ÷ 2 | – |
| PutImage | 14 | 7 | 2.00 | ÷ 2 | yes |
";
        assert_eq!(markdown(&rows), expected);
    }

    #[test]
    fn a_ratio_with_zero_is_missing() {
        let zero = figure(0.0).official(Samples::one(1.0));
        assert_eq!(row(&zero, Budget::ratio(4.0)), "| PutImage | 1 | 0 | ÷ 4 |");
    }
}
