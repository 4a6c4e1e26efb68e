//! One service of a corpus: generated, refused, or the end of the generator.

use std::{
    cell::{Cell, RefCell},
    num::NonZeroUsize,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    sync::Once,
    time::{Duration, Instant},
};

use longshore_codegen::{Error, Generated, Generator, Problem};

use crate::model::choose::Model;

/// What became of a service.
#[derive(Debug)]
pub(super) struct Outcome {
    /// How long it took.
    pub(super) took: Duration,
    /// What it was.
    pub(super) result: Result<Figures, Refused>,
}

/// What was generated.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// How many operations the client has.
    pub(super) operations: usize,
    /// How many files.
    pub(super) files: usize,
    /// How many lines they have together.
    pub(super) lines: usize,
    /// What was noticed and let pass.
    pub(super) warnings: Vec<Problem>,
}

/// Why nothing was generated.
#[derive(Debug)]
pub(super) enum Refused {
    /// The model has these problems.
    Problems(Vec<Problem>),
    /// The generator has one: it panicked, and said this.
    Panic(String),
    /// What was generated could not be kept.
    NotWritten(String),
}

/// Generates a service and hands the tree to `keep`.
pub(super) fn generate(
    model: &Model,
    keep: impl FnOnce(&Generated) -> Result<(), String>,
) -> Outcome {
    let start = Instant::now();
    let generator = Generator::new().models(&model.paths).threads(NonZeroUsize::MIN);
    let result = match caught(|| generator.generate_crate()) {
        Err(message) => Err(Refused::Panic(message)),
        Ok(generated) => figures(generated, keep),
    };
    Outcome { took: start.elapsed(), result }
}

fn figures(
    generated: Result<Generated, Error>,
    keep: impl FnOnce(&Generated) -> Result<(), String>,
) -> Result<Figures, Refused> {
    let generated = generated.map_err(|error| Refused::Problems(error.problems().to_vec()))?;
    keep(&generated).map_err(Refused::NotWritten)?;
    Ok(Figures {
        operations: generated.services.iter().map(|service| service.operations).sum(),
        files: generated.files.len(),
        lines: generated.files.values().map(|text| text.lines().count()).sum(),
        warnings: generated.warnings,
    })
}

thread_local! {
    /// Whether a panic of this thread is caught.
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    /// What the last caught panic said.
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What `work` returns, or what its panic said and where; nothing is printed of it.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| match CATCHING.get() {
            true => SAID.set(described(info)),
            false => others(info),
        }));
    });
    CATCHING.set(true);
    // Nothing of what a panic left half-done is looked at again.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(false);
    result.map_err(|_| SAID.take())
}

fn described(info: &PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("no message");
    match info.location() {
        Some(place) => format!("{message} ({}:{})", place.file(), place.line()),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_what_it_said_and_where() {
        let number = 7;
        let said = caught(|| assert_eq!(number, 8, "odd")).unwrap_err();
        assert!(said.contains("odd") && said.contains("corpus/generate.rs:"), "{said}");
        assert_eq!(caught(|| number), Ok(7));
    }
}
