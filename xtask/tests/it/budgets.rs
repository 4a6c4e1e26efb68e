//! Checks docs/budgets.md against the measured figures.

use std::fs;

use crate::repository;

fn page(name: &str) -> String {
    fs::read_to_string(repository::root().join("docs").join(name)).expect("the page")
}

/// The names of the figures in a page of benchmarks that miss their budget.
fn missed(benchmarks: &str) -> Vec<&str> {
    let rows = benchmarks.lines().filter(|line| line.ends_with("| **no** |"));
    rows.map(|row| row.split('|').nth(1).expect("a name").trim()).collect()
}

#[test]
fn each_missed_budget_has_a_section_that_explains_it() {
    let (benchmarks, budgets) = (page("benchmarks.md"), page("budgets.md"));
    let headings: Vec<_> = budgets.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    assert_eq!(headings, missed(&benchmarks));
}

#[test]
fn figures_without_a_budget_are_not_missed() {
    let rows = "| a | 1 s | – | – |\n| b, c | 2 s | 1 s | **no** |\n| d | 1 s | 2 s | yes |\n";
    assert_eq!(missed(rows), ["b, c"]);
}
