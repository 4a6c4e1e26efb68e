//! Renders docs/benchmarks.md from the figures in docs/benchmarks.json, so that no figure on the page
//! is written by hand.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use super::{
    build, calls, codegen,
    figures::{Run, Section, SectionName},
    growth, push,
};
use crate::system::repository;

const FIGURES: &str = "docs/benchmarks.json";
const PAGE: &str = "docs/benchmarks.md";

/// The maximum length of a line, as in the other pages.
const WIDTH: usize = 120;

/// Replaces the sections of the page that the run contains, and keeps the others.
pub(super) fn publish(run: &Run) -> Result<(), Box<dyn Error>> {
    let mut published = Run::load_or_empty(&path(FIGURES))?;
    for section in &run.sections {
        published.put(section.clone());
    }
    published.save(&path(FIGURES))?;
    let page = path(PAGE);
    fs::write(&page, render(&published))
        .map_err(|error| format!("cannot write {}: {error}", page.display()))?;
    outln!("{PAGE} and {FIGURES} were written");
    Ok(())
}

fn path(file: &str) -> PathBuf {
    repository::root().join(Path::new(file))
}

/// The whole page.
fn render(run: &Run) -> String {
    run.sections.iter().fold(ABOUT.to_owned(), |page, section| {
        let heading = heading(section.name);
        format!("{page}\n## {heading}\n\n{}", self::section(section))
    })
}

/// A section without its heading.
pub(super) fn section(section: &Section) -> String {
    let name = section.name;
    let text = match name {
        SectionName::Build => build::render(section),
        SectionName::Calls => calls::render(section),
        SectionName::Codegen => codegen::render(section),
        SectionName::Push => push::render(section),
        SectionName::Growth => growth::render(section),
    };
    let environment = &section.environment;
    let repetitions = repetitions(section);
    let measured = format!("Measured with `cargo xtask bench {name}` {environment}{repetitions}");
    format!("{text}\n{}", wrap(&measured))
}

/// Breaks lines at the width of the documentation.
fn wrap(text: &str) -> String {
    let (mut wrapped, mut width) = (String::new(), 0);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let fits = width + 1 + length <= WIDTH;
        let separator = if width == 0 {
            ""
        } else if fits {
            " "
        } else {
            "\n"
        };
        width = if fits && width > 0 { width + 1 + length } else { length };
        wrapped.push_str(separator);
        wrapped.push_str(word);
    }
    wrapped + "\n"
}

/// A sentence on how often the figures were measured.
fn repetitions(section: &Section) -> String {
    let rounds = section.figures.iter().map(|figure| figure.ours.count()).max().unwrap_or_default();
    match rounds {
        0 | 1 => String::new(),
        rounds => format!(" Figures are medians of up to {rounds} measurements."),
    }
}

fn heading(name: SectionName) -> &'static str {
    match name {
        SectionName::Build => "Build",
        SectionName::Calls => "Calls",
        SectionName::Codegen => "Generation",
        SectionName::Push => "Moving images",
        SectionName::Growth => "Growth",
    }
}

const ABOUT: &str = "\
# Benchmarks

`cargo xtask bench all` measured these figures and wrote this page; [benchmarks.json](benchmarks.json) contains every
repetition. Programs that are compared with each other were built and measured in one run, because ratios depend less on
the machine than seconds do. `cargo xtask bench all --compare docs/benchmarks.json` lists the figures that became worse
by more than the noise.

In the budget column, `÷ 4` means that the official SDK's figure must be at least 4 times ours, `× 1` that ours must be
at most 1 times the hand-written caller's, and a value without a sign that ours must be at most that value.
[budgets.md](budgets.md) explains the budgets that are not met.
";

#[cfg(test)]
mod tests {
    use super::super::figures::{Environment, Figure, Quantity, Samples};
    use super::*;

    fn published() -> Run {
        Run::load(&path(FIGURES)).expect("the published figures")
    }

    #[test]
    fn the_page_shows_the_published_figures() {
        let page = fs::read_to_string(path(PAGE)).expect("the page");
        let again = "run `cargo xtask bench page`";
        assert!(page == render(&published()), "{PAGE} differs from {FIGURES}; {again}");
    }

    /// README.md rounds to whole seconds and microseconds.
    #[test]
    fn readme_quotes_the_published_figures() {
        let readme = fs::read_to_string(path("README.md")).expect("a readme");
        let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
        let published = published();
        let figure = |section, what: &str| {
            let section = published.section(section).expect("measured");
            let mut figures = section.figures.iter();
            figures.find(|figure| figure.what.starts_with(what)).expect("measured").clone()
        };
        let official = |figure: &Figure| figure.official.as_ref().expect("measured").median();
        let lean = figure(SectionName::Build, "clean debug build, lean");
        let full = figure(SectionName::Build, "clean debug build, full");
        let call = figure(SectionName::Calls, "PutImage");
        let quotes = [
            format!("takes {:.0} s of CPU time", lean.ours.median()),
            format!("official SDK it takes {:.0} s", official(&lean)),
            format!("chain it takes {:.0} s", full.ours.median()),
            format!("PutImage costs {:.0} µs", call.ours.median() * 1e6),
            format!("official SDK it costs {:.0} µs", official(&call) * 1e6),
        ];
        for quote in quotes {
            assert!(readme.contains(&quote), "README.md must quote `{quote}` from {PAGE}");
        }
    }

    #[test]
    fn a_section_names_its_command_and_its_environment() {
        let samples: Samples = [0.3, 0.1, 0.2].into_iter().collect();
        let figure = Figure::new("Generation", "x", Quantity::Time, samples);
        let environment = Environment {
            date: "2026-01-31".to_owned(),
            commit: "0123abc".to_owned(),
            rustc: "rustc 1.95.0".to_owned(),
            cores: 2,
            ..Environment::default()
        };
        let section = Section { name: SectionName::Codegen, environment, figures: vec![figure] };
        let page = render(&Run { sections: vec![section] });
        assert!(page.starts_with("# Benchmarks\n"), "{page}");
        assert!(page.contains("\n## Generation\n\n`cargo xtask codegen --check` "), "{page}");
        let end = "\n| what | Longshore |\n| --- | ---: |\n| x | 200 ms |\n\n\
                   Measured with `cargo xtask bench codegen` on 2026-01-31 at commit 0123abc with \
                   rustc 1.95.0, on 2 cores. Figures are\nmedians of up to 3 measurements.\n";
        assert!(page.ends_with(end), "{page}");
    }
}
