//! Compares the errors for invalid models with their exact text, `rejects/CASE.txt`.
//!
//! A text that begins with `(strict only)` is that of the option `strict`; otherwise there is a
//! warning. The input of a case is `CASE.json` or the folder `CASE`. To update the texts after changing a
//! message, run with `REJECTS=write` and review the diff.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use longshore_codegen::{Error, Generator};

/// A relative path, so that messages contain the same paths on every machine.
const FOLDER: &str = "tests/rejects";

/// Runs the generator without writing the files, and returns its errors. If only the option
/// `strict` rejects a case, the first line is `(strict only)`.
fn run(input: &Path) -> Result<(), String> {
    let run = |strict| Generator::new().strict(strict).model(input).generate_crate();
    let text = |error: Error| error.to_string().replace('\\', "/");
    match run(false) {
        Ok(_) => run(true).map(drop).map_err(|error| format!("(strict only)\n{}", text(error))),
        Err(error) => Err(text(error)),
    }
}

#[test]
fn every_case_is_rejected_with_the_expected_text() {
    let mut wrong = Vec::new();
    for case in cases() {
        let text = Path::new(FOLDER).join(&case).with_extension("txt");
        let found = match run(&input(&case)) {
            Ok(()) => "(accepted)\n".to_owned(),
            Err(error) => format!("{error}\n"),
        };
        if std::env::var_os("REJECTS").is_some_and(|value| value == "write") {
            fs::write(&text, &found).unwrap();
        }
        let wanted = fs::read_to_string(&text).unwrap_or_default();
        if wanted != found {
            wrong.push(format!("{case}\n  wanted: {wanted}  found:  {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The name of every entry without its extension, so that an input without a text is noticed.
fn cases() -> BTreeSet<String> {
    let entries = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

fn input(case: &str) -> PathBuf {
    let folder = Path::new(FOLDER).join(case);
    if folder.is_dir() { folder } else { folder.with_extension("json") }
}
