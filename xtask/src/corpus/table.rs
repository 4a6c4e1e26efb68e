//! Formats the result of a run: a row for each service, and totals.

use std::{collections::BTreeMap, time::Duration};

use longshore_codegen::{Problem, model_files::discover};

use super::{
    check::CheckResult,
    generate::{Generation, GenerationError, TreeSize},
};

/// The length at which a problem is truncated in the table.
const SHOWN: usize = 110;

/// The row of a service.
#[derive(Debug)]
pub(super) struct ServiceRow {
    pub(super) name: String,
    /// Its protocol, if it is known.
    pub(super) protocol: Option<&'static str>,
    /// The number of operations in the model, unless it could not be read.
    pub(super) operations: Option<usize>,
    pub(super) outcome: Generation,
    /// The result of `--check`.
    pub(super) check: Option<CheckResult>,
}

/// The facts that are reported below the table.
#[derive(Debug, Default)]
pub(super) struct Remainder {
    /// The number of services of each other protocol.
    pub(super) other_protocols: BTreeMap<String, usize>,
    /// Older versions of services.
    pub(super) older_versions: Vec<String>,
    /// The duration of the run.
    pub(super) took: Duration,
    /// The peak memory of this process in bytes, if the operating system reports it.
    pub(super) peak: Option<u64>,
    /// The duration of the cargo commands.
    pub(super) compiled: Option<Duration>,
}

impl ServiceRow {
    /// Returns true if the service was generated and has no errors or warnings.
    pub(super) fn succeeded(&self) -> bool {
        self.outcome.result.is_ok() && matches!(self.check, None | Some(CheckResult::Compiled))
    }

    fn figures(&self) -> Option<&TreeSize> {
        self.outcome.result.as_ref().ok()
    }

    fn cells(&self) -> [String; 7] {
        let figure = |of: fn(&TreeSize) -> usize| number(self.figures().map(of));
        [
            self.name.clone(),
            number(self.operations),
            figure(|figures| figures.operations),
            figure(|figures| figures.files),
            figure(|figures| figures.lines),
            format!("{:.2}", self.outcome.took.as_secs_f64()),
            self.result(),
        ]
    }

    fn result(&self) -> String {
        match (&self.outcome.result, &self.check) {
            (Ok(_), None) => "generated".to_owned(),
            (Ok(_), Some(CheckResult::Compiled)) => "compiles".to_owned(),
            (Ok(_), Some(CheckResult::Failed(count, first))) => {
                format!("does not compile, {}: {}", counted(*count, "error"), clipped(first))
            }
            (Ok(_), Some(CheckResult::Undocumented(count, first))) => {
                let warnings = counted(*count, "warning");
                format!("compiles, but rustdoc has {warnings}: {}", clipped(first))
            }
            (Ok(_), Some(CheckResult::NotReached(why))) => {
                format!("was not compiled: {}", clipped(why))
            }
            (Err(GenerationError::Problems(problems)), _) => {
                let first = problems.first().map(in_a_line).unwrap_or_default();
                format!("rejected, {}: {first}", counted(problems.len(), "problem"))
            }
            (Err(GenerationError::Panic(message)), _) => {
                format!("the generator panicked: {}", clipped(message))
            }
            (Err(GenerationError::NotWritten(why)), _) => {
                format!("was not written: {}", clipped(why))
            }
        }
    }
}

const HEADING: [&str; 7] =
    ["service", "operations", "generated", "files", "lines", "seconds", "result"];

/// The columns of text. The others are numbers and right-aligned.
const TEXTS: [usize; 2] = [0, 6];

/// The column of measured times.
const SECONDS: usize = 5;

/// The rows as aligned columns for a terminal.
pub(super) fn plain(rows: &[ServiceRow]) -> String {
    let cells: Vec<_> = rows.iter().map(ServiceRow::cells).collect();
    let heading = HEADING.map(str::to_owned);
    let all = || std::iter::once(&heading).chain(&cells);
    let width = |column: usize| all().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..HEADING.len()).map(width).collect();
    let line = |row: &[String; 7]| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
            if TEXTS.contains(&column) {
                format!("{cell:width$}")
            } else {
                format!("{cell:>width$}")
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    all().map(line).collect()
}

/// The rows as a Markdown table.
pub(super) fn markdown(rows: &[ServiceRow]) -> String {
    markdown_columns(rows, |_| true)
}

/// The rows as a Markdown table without the measured times.
pub(super) fn coverage(rows: &[ServiceRow]) -> String {
    markdown_columns(rows, |column| column != SECONDS)
}

fn markdown_columns(rows: &[ServiceRow], is_shown: impl Fn(usize) -> bool) -> String {
    let line = |cells: [String; 7]| {
        let cells = cells.iter().enumerate().filter(|(column, _)| is_shown(*column));
        let cells = cells.map(|(_, cell)| cell.replace('|', "\\|"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let rules =
        std::array::from_fn(|column| if TEXTS.contains(&column) { "---" } else { "---:" }.into());
    let heading = line(HEADING.map(str::to_owned)) + &line(rules);
    rows.iter().fold(heading, |text, row| text + &line(row.cells()))
}

/// The generator's warnings in full length, one per line.
pub(super) fn notes(rows: &[ServiceRow]) -> Vec<String> {
    lines(rows, |row| Some(&row.figures()?.warnings))
}

/// The problems of rejected services without truncation, one per line.
pub(super) fn rejections(rows: &[ServiceRow]) -> Vec<String> {
    lines(rows, |row| match &row.outcome.result {
        Err(GenerationError::Problems(problems)) => Some(problems),
        _ => None,
    })
}

/// Returns the problems of all services, each after the name of its service.
fn lines<'r>(
    rows: &'r [ServiceRow],
    problems: impl Fn(&'r ServiceRow) -> Option<&'r Vec<Problem>>,
) -> Vec<String> {
    let rows = rows.iter().filter_map(|row| Some((row, problems(row)?)));
    let lines = rows.flat_map(|(row, problems)| {
        problems.iter().map(|problem| format!("{}: {}", row.name, in_whole(problem)))
    });
    lines.collect()
}

/// The sums over some services.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    pub(super) services: usize,
    pub(super) generated: usize,
    /// The number of services that compile, if they were compiled.
    pub(super) compiled: usize,
    pub(super) operations: usize,
    pub(super) skipped: usize,
}

impl Totals {
    pub(super) fn of<'r>(rows: impl IntoIterator<Item = &'r ServiceRow>) -> Self {
        rows.into_iter().fold(Self::default(), Self::with)
    }

    fn with(self, row: &ServiceRow) -> Self {
        let compiles =
            matches!(row.check, Some(CheckResult::Compiled | CheckResult::Undocumented(..)));
        let figures = row.figures();
        let operations = figures.map_or(0, |figures| figures.operations);
        let known = figures.and(row.operations).unwrap_or_default();
        Self {
            services: self.services + 1,
            generated: self.generated + usize::from(figures.is_some()),
            compiled: self.compiled + usize::from(compiles),
            operations: self.operations + operations,
            skipped: self.skipped + known.saturating_sub(operations),
        }
    }
}

/// The totals of each protocol, by name. Those of unknown protocols come first.
pub(super) fn by_protocol(rows: &[ServiceRow]) -> BTreeMap<Option<&'static str>, Totals> {
    rows.iter().fold(BTreeMap::new(), |mut all, row| {
        let totals: &mut Totals = all.entry(row.protocol).or_default();
        *totals = totals.with(row);
        all
    })
}

/// The name of a protocol in tables and totals.
pub(super) fn protocol_name(protocol: Option<&'static str>) -> &'static str {
    protocol.unwrap_or("unknown protocols")
}

/// The totals, one per line.
pub(super) fn totals(rows: &[ServiceRow], rest: &Remainder) -> Vec<String> {
    let Totals { services, generated, compiled, operations, skipped } = Totals::of(rows);
    let all = services + rest.other_protocols.values().sum::<usize>();
    let supported = by_protocol(rows).into_iter();
    let supported = supported
        .map(|(protocol, totals)| format!("{} of {}", totals.services, protocol_name(protocol)));
    let others = rest.other_protocols.iter();
    let others = others.map(|(name, count)| format!("{count} of {name} (not supported)"));
    let parts: Vec<_> = supported.chain(others).collect();
    let mut lines = vec![
        format!("{}: {}", counted(all, "service"), parts.join(", ")),
        format!("{generated} generated, {} rejected", services - generated),
        format!("{} generated, {skipped} skipped", counted(operations, "operation")),
    ];
    if let Some(took) = rest.compiled {
        let seconds = took.as_secs_f64();
        lines.push(format!("{compiled} compile, {} do not, {seconds:.1} s", generated - compiled));
    }
    if !rest.older_versions.is_empty() {
        let older = counted(rest.older_versions.len(), "older version");
        lines.push(format!("{older} ignored: {}", rest.older_versions.join(", ")));
    }
    let memory = rest.peak.map(|bytes| format!(", {:.0} MB at most", bytes as f64 / 1e6));
    lines.push(format!("{:.1} s{}", rest.took.as_secs_f64(), memory.unwrap_or_default()));
    lines
}

/// The beginning of a problem, without file, line and namespace.
fn in_a_line(problem: &Problem) -> String {
    clipped(&in_whole(problem))
}

/// A problem, preceded by its shape or file.
fn in_whole(problem: &Problem) -> String {
    let file = || problem.file.as_deref().map(discover::file_name);
    let shape = problem.shape.as_deref();
    let shape = shape.map(|id| id.split_once('#').map_or(id, |(_, name)| name).to_owned());
    match shape.or_else(file) {
        Some(place) => format!("{place}: {}", problem.message),
        None => problem.message.clone(),
    }
}

/// The beginning of a text, on one line.
fn clipped(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

fn counted(count: usize, what: &str) -> String {
    let number = crate::text::number::grouped(count);
    if count == 1 { format!("{number} {what}") } else { format!("{number} {what}s") }
}

fn number(count: Option<usize>) -> String {
    count.map_or_else(|| "–".to_owned(), crate::text::number::grouped)
}
