//! Shrinks a combination while a condition holds.

use std::error::Error;

use crate::combination::Combination;

/// Removes lines and variables, one at a time, until `still` is false for each further removal.
pub fn shrink<F>(combination: &Combination, mut still: F) -> Result<Combination, Box<dyn Error>>
where
    F: FnMut(&Combination) -> Result<bool, Box<dyn Error>>,
{
    let mut smallest = combination.clone();
    loop {
        let before = smallest.clone();
        // From the end, because removing a part does not change the indexes of earlier parts.
        for number in (0..size(&smallest)).rev() {
            let smaller = without(&smallest, number);
            if still(&smaller)? {
                smallest = smaller;
            }
        }
        if smallest == before {
            return Ok(smallest);
        }
    }
}

fn size(combination: &Combination) -> usize {
    combination.variables.len() + combination.config.len() + combination.credentials.len()
}

/// Removes a part. The parts are numbered: variables, then lines of each file.
fn without(combination: &Combination, number: usize) -> Combination {
    let mut smaller = combination.clone();
    let lines = number.checked_sub(smaller.variables.len());
    match lines.map(|line| (line, line.checked_sub(smaller.config.len()))) {
        None => drop(smaller.variables.remove(number)),
        Some((line, None)) => drop(smaller.config.remove(line)),
        Some((_, Some(line))) => drop(smaller.credentials.remove(line)),
    }
    smaller
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[&str]) -> Vec<String> {
        text.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn what_the_property_does_not_need_is_removed() {
        let combination = Combination {
            config: lines(&["[profile a]", "region = x", "role_arn = y"]),
            credentials: lines(&["[a]", "[b]"]),
            variables: vec![("A".into(), "1".into()), ("B".into(), "2".into())],
        };
        let mut runs = 0;
        let smallest = shrink(&combination, |smaller| {
            runs += 1;
            Ok(smaller.contains("role_arn") && smaller.contains("[b]") && smaller.has_variable("A"))
        });
        let expected = Combination {
            config: lines(&["role_arn = y"]),
            credentials: lines(&["[b]"]),
            variables: vec![("A".into(), "1".into())],
        };
        assert_eq!(smallest.expect("no run fails"), expected);
        assert!(runs < 20, "{runs} runs");
    }

    #[test]
    fn an_error_of_a_run_ends_the_search() {
        let combination = Combination { config: lines(&["a"]), ..Combination::default() };
        let error = shrink(&combination, |_| Err("the server is gone".into()));
        assert_eq!(error.expect_err("an error").to_string(), "the server is gone");
    }
}
