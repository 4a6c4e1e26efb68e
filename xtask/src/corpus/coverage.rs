//! Writes the coverage page: the same table as on the console, without times, so that the page changes
//! only if the models or the generator change.

use std::{fs, io::ErrorKind, path::Path};

use super::table::{self, Remainder, ServiceRow, Totals};
use crate::text::number::grouped;

/// The generated part of the page is between these lines. Other text is kept.
const BEGIN: &str = "<!-- Written by `cargo xtask corpus --write`; edit outside of this part. -->";
const END: &str = "<!-- End of the generated part. -->";

const HEADING: &str = "# Coverage\n\n";

/// Replaces the generated part of the page, or writes a new page. `source` names the source of the
/// models.
pub(super) fn write(
    file: &Path,
    source: &str,
    rows: &[ServiceRow],
    rest: &Remainder,
) -> Result<(), String> {
    let old = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => format!("{HEADING}{BEGIN}\n{END}\n"),
        Err(error) => return Err(format!("cannot read {}: {error}", file.display())),
    };
    let Some(page) = replace(&old, &generated(source, rows, rest)) else {
        let file = file.display();
        return Err(format!("{file} has no generated part; it needs the lines `{BEGIN}`, `{END}`"));
    };
    fs::write(file, page).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

fn replace(page: &str, generated: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{generated}\n{END}{after}"))
}

fn generated(source: &str, rows: &[ServiceRow], rest: &Remainder) -> String {
    let mut text = format!(
        "The generator was run on the newest version of every service in {source}. A service is \
         generated if its protocol is supported; others are only counted. Operations are skipped \
         if they need a feature that generated clients lack; the reasons are listed below the \
         table, as are those of services that are rejected.\n\n"
    );
    text.push_str(&summary(rows, rest));
    text.push_str("\n## Services\n\n");
    text.push_str(&table::coverage(rows));
    text.push_str(&list("Services that are not generated", &table::rejections(rows)));
    text.push_str(&list("Limitations", &table::notes(rows)));
    text
}

/// A section with a list, unless the list is empty.
fn list(title: &str, items: &[String]) -> String {
    let items: String = items.iter().map(|item| format!("- {}\n", escape(item))).collect();
    if items.is_empty() { items } else { format!("\n## {title}\n\n{items}") }
}

/// The totals of each protocol as a table.
fn summary(rows: &[ServiceRow], rest: &Remainder) -> String {
    let compiled = rest.compiled.is_some();
    let heading = if compiled { " compiled with warnings denied |" } else { "" };
    let rule = if compiled { " ---: |" } else { "" };
    let mut text = format!(
        "| protocol | services | generated |{heading} operations generated | operations skipped |\n\
         | --- | ---: | ---: |{rule} ---: | ---: |\n"
    );
    let mut row = |name: &str, totals: Totals| {
        let Totals { services, generated, compiled: compiles, operations, skipped } = totals;
        let mut cells = vec![services, generated];
        cells.extend(compiled.then_some(compiles));
        cells.extend([operations, skipped]);
        let cells: Vec<_> = cells.into_iter().map(grouped).collect();
        text.push_str(&format!("| {name} | {} |\n", cells.join(" | ")));
    };
    for (protocol, totals) in table::by_protocol(rows) {
        row(table::protocol_name(protocol), totals);
    }
    for (name, count) in &rest.other_protocols {
        row(name, Totals { services: *count, ..Totals::default() });
    }
    let other: usize = rest.other_protocols.values().sum();
    let totals = Totals::of(rows);
    row("all", Totals { services: totals.services + other, ..totals });
    text
}

/// Text without HTML. Names in backticks stay code.
fn escape(text: &str) -> String {
    text.replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_generated_part_is_replaced() {
        let page = format!("{HEADING}{BEGIN}\nold\n{END}\n\n## Mine\n");
        let expected = format!("{HEADING}{BEGIN}\n\nnew\n\n{END}\n\n## Mine\n");
        assert_eq!(replace(&page, "new\n"), Some(expected.clone()));
        assert_eq!(replace(&expected, "new\n"), Some(expected));
        assert_eq!(replace("# Coverage\n", "new\n"), None);
    }
}
