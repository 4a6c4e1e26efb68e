//! Formats the Markdown table of a comparison: figures, their ratio, and whether a budget is met.

use std::fmt;

use crate::text::number::{grouped, or_dash};

/// A measured value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Figure {
    /// A count.
    Count(usize),
    /// A size on disk.
    Bytes(usize),
    /// A duration.
    Seconds(f64),
}

impl Figure {
    fn value(self) -> f64 {
        match self {
            // Exact up to 2^53, far beyond any measured value.
            Self::Count(number) | Self::Bytes(number) => number as f64,
            Self::Seconds(number) => number,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Count(number) => f.write_str(&grouped(number)),
            Self::Bytes(number) => write!(f, "{:.1} MB", number as f64 / 1e6),
            Self::Seconds(number) if number < 10.0 => write!(f, "{number:.2} s"),
            Self::Seconds(number) => write!(f, "{number:.0} s"),
        }
    }
}

/// What Longshore may cost at most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Budget {
    /// The largest allowed value.
    AtMost(Figure),
    /// The smallest allowed quotient of the official SDK and Longshore, for values that depend on the
    /// machine.
    Ratio(f64),
}

impl Budget {
    /// Returns whether the values meet the budget; `None` if one that it needs is missing.
    fn is_met(self, official: Option<Figure>, ours: Option<Figure>) -> Option<bool> {
        let ours = ours?.value();
        match self {
            Self::AtMost(limit) => Some(ours <= limit.value()),
            Self::Ratio(least) => Some(official?.value() >= least * ours),
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(figure) => figure.fmt(f),
            Self::Ratio(least) => write!(f, "÷ {least:.1}"),
        }
    }
}

/// One row of the table. A missing value is shown as a dash.
#[derive(Debug, Clone)]
pub(crate) struct ComparisonRow {
    /// What is measured.
    pub(crate) what: &'static str,
    /// The value of the official SDK.
    pub(crate) official: Option<Figure>,
    /// The value of Longshore.
    pub(crate) ours: Option<Figure>,
    /// What Longshore may cost at most.
    pub(crate) budget: Option<Budget>,
}

impl fmt::Display for ComparisonRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.official.zip(self.ours).map(|(official, ours)| ratio(official, ours));
        let is_met = self.budget.and_then(|budget| budget.is_met(self.official, self.ours));
        let met = is_met.map(|is_met| if is_met { "yes" } else { "**no**" });
        write!(
            f,
            "| {} | {} | {} | {} | {} | {} |",
            self.what,
            or_dash(self.official),
            or_dash(self.ours),
            or_dash(ratio),
            or_dash(self.budget),
            or_dash(met),
        )
    }
}

/// The whole table, including the heading.
pub(crate) fn markdown(rows: &[ComparisonRow]) -> String {
    let mut text = String::from(
        "| what | official SDK | Longshore | official ÷ ours | budget | met |\n\
         | --- | ---: | ---: | ---: | ---: | --- |\n",
    );
    for row in rows {
        text.push_str(&format!("{row}\n"));
    }
    text
}

fn ratio(official: Figure, ours: Figure) -> String {
    if ours.value() == 0.0 {
        return "–".to_owned();
    }
    format!("{:.1}", official.value() / ours.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_formatted_with_units() {
        let cases = [
            (Figure::Count(0), "0"),
            (Figure::Count(999), "999"),
            (Figure::Count(1000), "1,000"),
            (Figure::Count(445_853), "445,853"),
            (Figure::Count(1_234_567), "1,234,567"),
            (Figure::Bytes(16_640_000), "16.6 MB"),
            (Figure::Seconds(0.123), "0.12 s"),
            (Figure::Seconds(171.6), "172 s"),
        ];
        for (figure, text) in cases {
            assert_eq!(figure.to_string(), text);
        }
    }

    #[test]
    fn a_row_shows_the_ratio_and_whether_the_budget_is_met() {
        let mut row = ComparisonRow {
            what: "lines",
            official: Some(Figure::Count(4000)),
            ours: Some(Figure::Count(1000)),
            budget: Some(Budget::AtMost(Figure::Count(1000))),
        };
        assert_eq!(row.to_string(), "| lines | 4,000 | 1,000 | 4.0 | 1,000 | yes |");
        row.ours = Some(Figure::Count(1001));
        assert_eq!(row.to_string(), "| lines | 4,000 | 1,001 | 4.0 | 1,000 | **no** |");
        row.budget = Some(Budget::Ratio(4.0));
        assert_eq!(row.to_string(), "| lines | 4,000 | 1,001 | 4.0 | ÷ 4.0 | **no** |");
        row.ours = Some(Figure::Count(1000));
        assert_eq!(row.to_string(), "| lines | 4,000 | 1,000 | 4.0 | ÷ 4.0 | yes |");
    }

    #[test]
    fn unknown_values_are_dashes() {
        let row = ComparisonRow {
            what: "x",
            official: None,
            ours: None,
            budget: Some(Budget::AtMost(Figure::Seconds(0.5))),
        };
        assert_eq!(row.to_string(), "| x | – | – | – | 0.50 s | – |");
        let row = ComparisonRow {
            what: "x",
            official: Some(Figure::Count(1)),
            ours: Some(Figure::Count(0)),
            budget: None,
        };
        assert_eq!(row.to_string(), "| x | 1 | 0 | – | – | – |");
    }

    #[test]
    fn a_table_has_as_many_cells_in_its_heading_as_in_its_rows() {
        let row = ComparisonRow { what: "x", official: None, ours: None, budget: None };
        let text = markdown(&[row]);
        let cells: Vec<usize> = text.lines().map(|line| line.matches('|').count()).collect();
        assert_eq!(cells, [7, 7, 7]);
    }
}
