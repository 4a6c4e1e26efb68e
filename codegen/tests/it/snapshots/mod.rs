//! Compares the code that fixture models generate with the snapshots beside them,
//! `fixtures/models/FIXTURE/expected/ASPECT.rs`.
//!
//! To update the snapshots after changing the output, run with `SNAPSHOTS=write` and review the
//! diff. The crate `longshore-fixtures` compiles the same models, so accepted snapshots are also
//! known to compile.

mod aspects;
mod select;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use longshore_codegen::Generator;

use aspects::{ASPECTS, Aspect, TreeKind, WITHOUT_SNAPSHOT};

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/models")
}

/// The files that a fixture generates.
fn generate(fixture: &str, kind: TreeKind) -> BTreeMap<String, String> {
    let generator = Generator::new().endpoint_tests(true).model(models().join(fixture));
    let generated = match kind {
        TreeKind::Modules => generator.generate_modules(),
        TreeKind::Crate => generator.generate_crate(),
    };
    generated.unwrap_or_else(|error| panic!("{fixture}: {error}")).files
}

/// The names of the entries of a folder; none if there is no such folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Compares an aspect with its snapshot; describes the first difference.
fn compare(aspect: &Aspect, files: &BTreeMap<String, String>) -> Option<String> {
    let Aspect { fixture, name, shows, .. } = aspect;
    let found = match select::text(files, aspect) {
        Ok(found) => found,
        Err(part) => return Some(format!("{fixture}/{name}: nothing generated matches {part}")),
    };
    let path = models().join(fixture).join("expected").join(format!("{name}.rs"));
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if expected == found {
        return None;
    }
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &found).unwrap();
        return None;
    }
    Some(format!("{fixture}/{name} ({shows}): {}", first_difference(&expected, &found)))
}

/// The first line that differs, with the line before it.
fn first_difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<_>, Vec<_>) = (expected.lines().collect(), found.lines().collect());
    let same =
        expected.iter().zip(&found).take_while(|(expected, found)| expected == found).count();
    let line = |lines: &[&str]| lines.get(same).map_or("(the end)", |line| line).to_owned();
    let before = same.checked_sub(1).map_or("(the beginning)", |before| expected[before]);
    format!("line {}\n      {before}\n    - {}\n    + {}", same + 1, line(&expected), line(&found))
}

#[test]
fn every_aspect_matches_its_snapshot() {
    let mut trees = BTreeMap::new();
    let mut differences = Vec::new();
    for aspect in ASPECTS {
        let tree = trees
            .entry((aspect.fixture, aspect.tree))
            .or_insert_with(|| generate(aspect.fixture, aspect.tree));
        differences.extend(compare(aspect, tree));
    }
    assert!(
        differences.is_empty(),
        "{} of {} snapshots differ (to accept, run with SNAPSHOTS=write and review the diff):\n{}",
        differences.len(),
        ASPECTS.len(),
        differences.join("\n")
    );
}

#[test]
fn every_snapshot_belongs_to_an_aspect() {
    for fixture in names(&models()) {
        let aspects = ASPECTS.iter().filter(|aspect| aspect.fixture == fixture);
        let expected: BTreeSet<_> = aspects.map(|aspect| format!("{}.rs", aspect.name)).collect();
        assert_eq!(
            names(&models().join(&fixture).join("expected")),
            expected,
            "{fixture}: remove snapshots without a row in `ASPECTS`"
        );
    }
}

#[test]
fn every_fixture_has_a_snapshot() {
    let shown = ASPECTS.iter().map(|aspect| aspect.fixture);
    let known: BTreeSet<_> = shown.chain(WITHOUT_SNAPSHOT.iter().copied()).collect();
    let fixtures = names(&models());
    let fixtures = fixtures.iter().map(String::as_str).collect::<BTreeSet<_>>();
    assert_eq!(fixtures, known, "each fixture needs a row in `ASPECTS`");
}

#[test]
fn the_same_models_give_the_same_text() {
    assert_eq!(generate("values", TreeKind::Modules), generate("values", TreeKind::Modules));
}
