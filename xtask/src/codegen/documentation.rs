//! Checks that every item of the services in this repository is documented.

use std::error::Error;

use longshore_codegen::{Generated, coverage::Coverage};

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
        let mut generated = Generated::default();
        generated.coverage.insert("ecr".to_owned(), coverage);
        generated
    }

    #[test]
    fn missing_documentation_fails_the_check() {
        check(&generated(&[])).unwrap();
        let error = check(&generated(&["A", "B$c"])).unwrap_err().to_string();
        assert!(error.starts_with("2 of 3 items of the services in models/ have no"), "{error}");
    }
}
