//! Formats a table that shows how figures grow with the size of the input, and marks growth that is
//! worse than linear.

use std::fmt::Write;

use super::super::{
    figures::{Figure, Quantity, quantity::significant},
    table::line,
};
use crate::text::number::or_dash;

/// The factor per doubling above which growth counts as worse than linear. It is a tenth above two,
/// because caches make larger inputs more expensive.
const LINEAR: f64 = 2.2;

/// Describes how a table is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct GrowthTable {
    pub(super) name: &'static str,
    /// The heading of the column of sizes.
    pub(super) sizes: &'static str,
    /// True if sizes are bytes, and CPU time is also shown per megabyte.
    pub(super) per_megabyte: bool,
    /// The text above the table.
    pub(super) about: &'static str,
}

/// A cost at some size, with its relative noise.
#[derive(Debug, Clone, Copy)]
struct Point {
    size: f64,
    cost: f64,
    noise: f64,
}

impl GrowthTable {
    /// The whole table and a line about its growth. Sizes must ascend.
    pub(super) fn markdown(&self, figures: &[&Figure]) -> String {
        let mut quantities: Vec<Quantity> = Vec::new();
        let mut rows: Vec<(u64, &str)> = Vec::new();
        for figure in figures {
            if !quantities.contains(&figure.quantity) {
                quantities.push(figure.quantity);
            }
            let row = (figure.size.unwrap_or_default(), figure.what.as_str());
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        let mut cells: Vec<Vec<String>> =
            rows.iter().map(|(_, what)| vec![(*what).to_owned()]).collect();
        let mut growth = Growth::default();
        for quantity in &quantities {
            self.add_column(*quantity, figures, &rows, &mut cells, &mut growth);
        }
        let headings = self.headings(&quantities);
        let rule = std::iter::once("---:".to_owned()).cycle().take(headings.len());
        let mut text = line(headings.iter().cloned()) + &line(rule);
        text.extend(cells.into_iter().map(line));
        text.push_str(&growth.described());
        text
    }

    fn headings(&self, quantities: &[Quantity]) -> Vec<String> {
        let mut headings = vec![self.sizes.to_owned()];
        for quantity in quantities {
            headings.push(quantity.heading().to_owned());
            if self.is_per_megabyte(*quantity) {
                headings.push("per MB".to_owned());
            }
            headings.push("per doubling".to_owned());
        }
        headings
    }

    fn is_per_megabyte(&self, quantity: Quantity) -> bool {
        self.per_megabyte && quantity == Quantity::Cpu
    }

    /// Adds the cells of a quantity to all rows.
    fn add_column(
        &self,
        quantity: Quantity,
        figures: &[&Figure],
        rows: &[(u64, &str)],
        cells: &mut [Vec<String>],
        growth: &mut Growth,
    ) {
        let mut points: Vec<Point> = Vec::new();
        for ((size, _), cells) in rows.iter().zip(cells) {
            let figure = figures
                .iter()
                .find(|figure| figure.quantity == quantity && figure.size == Some(*size));
            let value = figure.map(|figure| figure.ours.median());
            cells.push(or_dash(value.map(|value| quantity.show(value))));
            if self.is_per_megabyte(quantity) {
                let per_megabyte = |value: f64| quantity.show(value / (*size as f64 / 1e6));
                cells.push(or_dash(value.map(per_megabyte)));
            }
            let point = figure.map(|figure| Point::of(figure));
            let step = point.and_then(|point| per_doubling(points.last()?, &point));
            let worse = point.is_some_and(|point| {
                points.last().is_some_and(|last| is_worse_than_linear(last, &point))
            });
            growth.worse += usize::from(worse);
            let mark = if worse { " **worse**" } else { "" };
            cells.push(or_dash(step.map(|factor| format!("{}{mark}", significant(factor)))));
            points.extend(point);
        }
        growth.exponents.extend(exponent(&points).map(|exponent| (quantity, exponent)));
    }
}

impl Point {
    /// The cost of the whole input.
    fn of(figure: &Figure) -> Self {
        // Exact up to 2^53.
        let size = figure.size.unwrap_or_default() as f64;
        let value = figure.ours.median();
        let cost = match figure.quantity {
            // The size of such a row is its number of tasks, which make one call each.
            Quantity::CpuPerCall => value * size,
            _ => value,
        };
        let noise = figure.quantity.noise(&figure.ours);
        Self { size, cost, noise }
    }
}

/// How the figures of a table grow.
#[derive(Debug, Default)]
struct Growth {
    exponents: Vec<(Quantity, f64)>,
    /// The number of steps that are worse than linear.
    worse: usize,
}

impl Growth {
    fn described(&self) -> String {
        let mut text = String::new();
        let exponents = self.exponents.iter();
        let exponents: Vec<_> = exponents
            .map(|(quantity, exponent)| format!("{} {exponent:.2}", quantity.heading()))
            .collect();
        if exponents.is_empty() {
            return text;
        }
        let verdict = match self.worse {
            0 => "No step is worse than linear.".to_owned(),
            1 => "1 step is worse than linear.".to_owned(),
            count => format!("{count} steps are worse than linear."),
        };
        let _ = write!(text, "\nExponents: {}. {verdict}\n", exponents.join(", "));
        text
    }
}

/// The factor by which cost grows when the size doubles, between two sizes.
fn per_doubling(from: &Point, to: &Point) -> Option<f64> {
    let doublings = (to.size / from.size).log2();
    let factor = (to.cost / from.cost).powf(1.0 / doublings);
    (doublings > 0.0 && factor.is_finite()).then_some(factor)
}

/// Returns true if the growth is worse than linear even after the larger noise of the two points is
/// subtracted.
fn is_worse_than_linear(from: &Point, to: &Point) -> bool {
    let noise = from.noise.max(to.noise);
    let least = Point { cost: to.cost * (1.0 - noise), ..*to };
    per_doubling(from, &least).is_some_and(|factor| factor > LINEAR)
}

/// The exponent of the power law that fits the costs best, by least squares on the logarithms.
fn exponent(points: &[Point]) -> Option<f64> {
    let points: Vec<(f64, f64)> =
        points.iter().map(|point| (point.size.ln(), point.cost.ln())).collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let covariance: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let variance: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let exponent = covariance / variance;
    exponent.is_finite().then_some(exponent)
}

#[cfg(test)]
mod tests {
    use super::super::super::figures::Samples;
    use super::*;

    const TABLE: GrowthTable =
        GrowthTable { name: "t", sizes: "tasks", per_megabyte: false, about: "" };

    fn figure(quantity: Quantity, size: u64, values: &[f64]) -> Figure {
        let samples: Samples = values.iter().copied().collect();
        Figure::new("t", &size.to_string(), quantity, samples).of_size(size)
    }

    fn table(table: GrowthTable, figures: &[Figure]) -> String {
        table.markdown(&figures.iter().collect::<Vec<_>>())
    }

    #[test]
    fn growth_is_shown_per_doubling_and_as_an_exponent() {
        let figures = [
            figure(Quantity::Lines, 1, &[100.0]),
            figure(Quantity::PeakMemory, 1, &[1e6]),
            figure(Quantity::Lines, 2, &[200.0]),
            figure(Quantity::PeakMemory, 2, &[1e6]),
            figure(Quantity::Lines, 8, &[800.0]),
        ];
        let expected = "\
| tasks | lines | per doubling | peak memory | per doubling |
| ---: | ---: | ---: | ---: | ---: |
| 1 | 100 | – | 1.00 MB | – |
| 2 | 200 | 2.00 | 1.00 MB | 1.00 |
| 8 | 800 | 2.00 | – | – |

Exponents: lines 1.00, peak memory 0.00. No step is worse than linear.
";
        assert_eq!(table(TABLE, &figures), expected);
    }

    #[test]
    fn quadratic_growth_is_marked() {
        let figures = [1, 2, 4].map(|n| figure(Quantity::Lines, n, &[(n * n) as f64]));
        let text = table(TABLE, &figures);
        let rows: Vec<_> = text.lines().skip(2).collect();
        let expected = [
            "| 1 | 1 | – |",
            "| 2 | 4 | 4.00 **worse** |",
            "| 4 | 16 | 4.00 **worse** |",
            "",
            "Exponents: lines 2.00. 2 steps are worse than linear.",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_cost_per_call_is_multiplied_by_the_number_of_tasks() {
        let figures =
            [(1, 1e-4), (4, 1e-4)].map(|(n, cost)| figure(Quantity::CpuPerCall, n, &[cost]));
        let text = table(TABLE, &figures);
        assert!(text.contains("| 4 | 100 µs, 10,000/s | 2.00 |"), "{text}");
        assert!(text.contains("CPU per call 1.00."), "{text}");
    }

    #[test]
    fn noise_is_subtracted_before_a_step_is_marked() {
        let steps = |second: &[f64]| {
            [figure(Quantity::Lines, 1, &[100.0]), figure(Quantity::Lines, 2, second)]
        };
        let table = [
            (&[230.0, 230.0, 230.0][..], true),
            (&[219.0, 219.0, 219.0][..], false),
            (&[221.0, 221.0, 221.0][..], true),
            (&[190.0, 230.0, 235.0][..], false),
        ];
        for (second, expected) in table {
            let text = self::table(TABLE, &steps(second));
            assert_eq!(text.contains("**worse**"), expected, "{text}");
        }
    }

    #[test]
    fn bodies_also_have_a_cost_per_megabyte() {
        let bodies = GrowthTable { per_megabyte: true, ..TABLE };
        let figures = [
            figure(Quantity::Cpu, 10_000_000, &[0.02]),
            figure(Quantity::PeakMemory, 10_000_000, &[12e6]),
        ];
        let text = table(bodies, &figures);
        assert!(
            text.contains("| CPU | per MB | per doubling | peak memory | per doubling |"),
            "{text}"
        );
        assert!(text.contains("| 20.0 ms | 2.00 ms | – | 12.0 MB | – |"), "{text}");
    }

    #[test]
    fn a_table_of_one_row_or_of_zeros_has_no_exponent() {
        assert!(!table(TABLE, &[figure(Quantity::Lines, 1, &[1.0])]).contains("Exponents"));
        let zeros = [1, 2].map(|n| figure(Quantity::Lines, n, &[0.0]));
        assert!(table(TABLE, &zeros).contains("| 2 | 0 | – |"));
    }
}
