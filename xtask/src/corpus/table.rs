//! The table at the end of a run: a row for each service, and the sums.

use std::{collections::BTreeMap, time::Duration};

use longshore_codegen::Problem;

use super::{
    check::Verdict,
    generate::{Figures, Outcome, Refused},
};

/// How much of a problem is shown.
const SHOWN: usize = 110;

/// What became of a service.
#[derive(Debug)]
pub(super) struct Row {
    /// What people call it.
    pub(super) name: String,
    /// How many operations its model has; none where the model could not be read.
    pub(super) operations: Option<usize>,
    /// How it was generated.
    pub(super) outcome: Outcome,
    /// What the compiler said, where it was asked.
    pub(super) verdict: Option<Verdict>,
}

/// What was found and needs no row.
#[derive(Debug, Default)]
pub(super) struct Rest {
    /// How many services there are of other protocols, by these.
    pub(super) others: BTreeMap<String, usize>,
    /// Older versions of services.
    pub(super) older: Vec<String>,
    /// How long everything took.
    pub(super) took: Duration,
    /// How long of it the compiler took.
    pub(super) compiled: Option<Duration>,
}

impl Row {
    /// Whether nothing is wrong with it.
    pub(super) fn is_right(&self) -> bool {
        self.outcome.result.is_ok() && matches!(self.verdict, None | Some(Verdict::Compiled))
    }

    fn figures(&self) -> Option<&Figures> {
        self.outcome.result.as_ref().ok()
    }

    fn cells(&self) -> [String; 7] {
        let figure = |of: fn(&Figures) -> usize| number(self.figures().map(of));
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
        match (&self.outcome.result, &self.verdict) {
            (Ok(_), None) => "generated".to_owned(),
            (Ok(_), Some(Verdict::Compiled)) => "compiles".to_owned(),
            (Ok(_), Some(Verdict::Failed(count, first))) => {
                format!("does not compile, {}: {}", counted(*count, "error"), clipped(first))
            }
            (Ok(_), Some(Verdict::Undocumented(count, first))) => {
                let warnings = counted(*count, "warning");
                format!("compiles, but rustdoc has {warnings}: {}", clipped(first))
            }
            (Ok(_), Some(Verdict::NotReached(why))) => {
                format!("was not compiled: {}", clipped(why))
            }
            (Err(Refused::Problems(problems)), _) => {
                let first = problems.first().map(in_a_line).unwrap_or_default();
                format!("refused, {}: {first}", counted(problems.len(), "problem"))
            }
            (Err(Refused::Panic(said)), _) => format!("the generator panicked: {}", clipped(said)),
            (Err(Refused::NotWritten(why)), _) => format!("was not written: {}", clipped(why)),
        }
    }
}

const HEADING: [&str; 7] =
    ["service", "operations", "generated", "files", "lines", "seconds", "result"];

/// The columns of text; the others are numbers, which end below each other.
const TEXTS: [usize; 2] = [0, 6];

/// The rows below each other, for a terminal.
pub(super) fn plain(rows: &[Row]) -> String {
    let cells: Vec<_> = rows.iter().map(Row::cells).collect();
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

/// The rows as Markdown.
pub(super) fn markdown(rows: &[Row]) -> String {
    let line = |cells: &[String]| {
        let cells = cells.iter().map(|cell| cell.replace('|', "\\|"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let rule = |column| if TEXTS.contains(&column) { "---" } else { "---:" }.to_owned();
    let rules: Vec<_> = (0..HEADING.len()).map(rule).collect();
    let heading = line(&HEADING.map(str::to_owned)) + &line(&rules);
    rows.iter().fold(heading, |text, row| text + &line(&row.cells()))
}

/// What was let pass, a line for each, whole: here nothing stands beside it.
pub(super) fn notes(rows: &[Row]) -> Vec<String> {
    let warnings = rows.iter().filter_map(|row| Some((row, &row.figures()?.warnings)));
    let notes = warnings.flat_map(|(row, warnings)| {
        warnings.iter().map(|warning| format!("{}: {}", row.name, in_whole(warning)))
    });
    notes.collect()
}

/// The sums, a line for each.
pub(super) fn totals(rows: &[Row], rest: &Rest) -> Vec<String> {
    let figures = || rows.iter().filter_map(Row::figures);
    let generated = figures().count();
    let models = || rows.iter().filter(|row| row.outcome.result.is_ok());
    let known: usize = models().filter_map(|row| row.operations).sum();
    let operations: usize = figures().map(|figures| figures.operations).sum();
    let of_others: usize = rest.others.values().sum();
    let others = rest.others.iter().map(|(name, count)| format!("{count} {name}"));
    let others = match of_others {
        0 => String::new(),
        _ => format!(" ({})", others.collect::<Vec<_>>().join(", ")),
    };
    let mut lines = vec![
        format!(
            "{}: {} of awsJson, {of_others} of other protocols{others}",
            counted(rows.len() + of_others, "service"),
            rows.len(),
        ),
        format!("{generated} generated, {} refused", rows.len() - generated),
        format!(
            "{} generated, {} left out",
            counted(operations, "operation"),
            known.saturating_sub(operations)
        ),
    ];
    if let Some(took) = rest.compiled {
        let compiles =
            |verdict: &Verdict| matches!(verdict, Verdict::Compiled | Verdict::Undocumented(..));
        let compiled = rows.iter().filter(|row| row.verdict.as_ref().is_some_and(compiles)).count();
        lines.push(format!(
            "{compiled} compile, {} do not, {:.1} s",
            generated - compiled,
            took.as_secs_f64()
        ));
    }
    if !rest.older.is_empty() {
        let older = counted(rest.older.len(), "older version");
        lines.push(format!("{older} passed over: {}", rest.older.join(", ")));
    }
    lines.push(format!("{:.1} s", rest.took.as_secs_f64()));
    lines
}

/// The beginning of a problem, without its folder, line and namespace, which would fill the row.
fn in_a_line(problem: &Problem) -> String {
    clipped(&in_whole(problem))
}

/// A problem with the shape or the file that has it.
fn in_whole(problem: &Problem) -> String {
    let file = || problem.file.as_deref().map(crate::model::discover::file_name);
    let shape = problem.shape.as_deref();
    let shape = shape.map(|id| id.split_once('#').map_or(id, |(_, name)| name).to_owned());
    match shape.or_else(file) {
        Some(place) => format!("{place}: {}", problem.message),
        None => problem.message.clone(),
    }
}

/// The beginning of a text, in one line.
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
