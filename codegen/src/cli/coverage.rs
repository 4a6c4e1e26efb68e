//! Reports how much of a generated crate is documented.

use crate::{Generated, coverage::Coverage};

/// The number of undocumented items that are listed without `--verbose`.
const FEW: usize = 5;

/// Prints a line per service. If `named`, the first undocumented items are listed; if `all`, all of
/// them.
pub fn print(generated: &Generated, named: bool, all: bool) {
    for service in &generated.services {
        let Some(coverage) = generated.coverage.get(&service.module) else { continue };
        let counts = if named || all { coverage.to_string() } else { coverage.in_brief() };
        let operations = match service.operations {
            1 => "1 operation".to_owned(),
            several => format!("{several} operations"),
        };
        outln!("{}: {operations}; {counts}", service.module);
        if (named || all) && !coverage.is_complete() {
            outln!("{}", missing(coverage, all));
        }
    }
}

fn missing(Coverage { missing, .. }: &Coverage, all: bool) -> String {
    let shown = if all { missing.len() } else { FEW.min(missing.len()) };
    let names = missing[..shown].join(", ");
    match missing.len() - shown {
        0 => format!("  without documentation: {names}"),
        more => format!("  without documentation: {names} and {more} more (--verbose names them)"),
    }
}

#[cfg(test)]
mod tests {
    use crate::coverage::Part;

    use super::*;

    fn generated(missing: &[&str]) -> Generated {
        let mut coverage = Coverage::default();
        coverage.add(Part::Service, true, String::new);
        for name in missing {
            coverage.add(Part::Member, false, || (*name).to_owned());
        }
        Generated {
            files: Default::default(),
            services: Vec::new(),
            package: String::new(),
            runtime_features: Vec::new(),
            warnings: Vec::new(),
            coverage: [("ecr".to_owned(), coverage)].into(),
        }
    }

    #[test]
    fn missing_documentation_is_listed_on_request() {
        let coverage = &generated(&["A", "B", "C", "D", "E", "F", "G"]).coverage["ecr"];
        assert_eq!(coverage.to_string(), "1 of 8 documented (0 of 7 members)");
        let few = "  without documentation: A, B, C, D, E and 2 more (--verbose names them)";
        assert_eq!(missing(coverage, false), few);
        assert_eq!(missing(coverage, true), "  without documentation: A, B, C, D, E, F, G");
    }
}
