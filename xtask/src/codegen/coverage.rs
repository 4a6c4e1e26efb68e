//! Reports how much of a generated crate is documented.

use std::error::Error;

use longshore_codegen::{Generated, coverage::Coverage};

/// The number of undocumented items that are listed without `--verbose`.
const FEW: usize = 5;

/// Prints a line per service. If `named`, the first undocumented items are listed; if `all`, all of
/// them.
pub(super) fn print(generated: &Generated, named: bool, all: bool) {
    for service in &generated.services {
        let Some(coverage) = generated.coverage.get(&service.module) else { continue };
        let counts = if named || all { coverage.to_string() } else { coverage.in_brief() };
        outln!("{}: {} operations; {counts}", service.module, service.operations);
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

/// Returns an error if anything is undocumented.
pub(super) fn check(generated: &Generated) -> Result<(), Box<dyn Error>> {
    let missing: usize = generated.coverage.values().map(|coverage| coverage.missing.len()).sum();
    let all: usize = generated.coverage.values().map(Coverage::all).sum();
    match missing {
        0 => Ok(()),
        _ => Err(format!(
            "{missing} of {all} items of the services in models/ have no documentation; add it to \
             models/SERVICE/docs.json"
        )
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use longshore_codegen::coverage::Part;

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

    #[test]
    fn missing_documentation_fails_the_check() {
        check(&generated(&[])).unwrap();
        let error = check(&generated(&["A", "B$c"])).unwrap_err().to_string();
        assert!(error.starts_with("2 of 3 items of the services in models/ have no"), "{error}");
    }
}
