//! Generates one service of a corpus, and catches panics of the generator.

use std::{
    cell::{Cell, RefCell},
    num::NonZeroUsize,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    sync::Once,
    time::{Duration, Instant},
};

use longshore_codegen::{Error, Generated, Generator, Problem, model_files::select::ServiceModel};

/// The result of generating a service.
#[derive(Debug)]
pub(super) struct Generation {
    pub(super) took: Duration,
    pub(super) result: Result<TreeSize, GenerationError>,
}

/// The size of a generated crate.
#[derive(Debug, Default)]
pub(super) struct TreeSize {
    /// The number of operations of the client.
    pub(super) operations: usize,
    /// The number of files.
    pub(super) files: usize,
    /// The number of lines in all files.
    pub(super) lines: usize,
    /// Warnings of the generator.
    pub(super) warnings: Vec<Problem>,
}

/// Why a service was not generated.
#[derive(Debug)]
pub(super) enum GenerationError {
    /// The model is invalid or not supported.
    Problems(Vec<Problem>),
    /// The generator panicked with this message.
    Panic(String),
    /// The generated files could not be written.
    NotWritten(String),
}

/// Generates a service and passes the files to `keep`.
pub(super) fn generate(
    model: &ServiceModel,
    keep: impl FnOnce(&Generated) -> Result<(), String>,
) -> Generation {
    let start = Instant::now();
    let generator = Generator::new().models(&model.paths).threads(NonZeroUsize::MIN);
    let result = match caught(|| generator.generate_crate()) {
        Err(message) => Err(GenerationError::Panic(message)),
        Ok(generated) => figures(generated, keep),
    };
    Generation { took: start.elapsed(), result }
}

fn figures(
    generated: Result<Generated, Error>,
    keep: impl FnOnce(&Generated) -> Result<(), String>,
) -> Result<TreeSize, GenerationError> {
    let generated =
        generated.map_err(|error| GenerationError::Problems(error.problems().to_vec()))?;
    keep(&generated).map_err(GenerationError::NotWritten)?;
    Ok(TreeSize {
        operations: generated.services.iter().map(|service| service.operations).sum(),
        files: generated.files.len(),
        lines: generated.files.values().map(|text| text.lines().count()).sum(),
        warnings: generated.warnings,
    })
}

thread_local! {
    /// True while panics of this thread are caught.
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    /// The message of the last caught panic.
    static PANIC_MESSAGE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Returns the result of `work`, or the message and location of its panic, which is not printed.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| match CATCHING.get() {
            true => PANIC_MESSAGE.set(described(info)),
            false => others(info),
        }));
    });
    CATCHING.set(true);
    // Values that a panic may have left inconsistent are not used afterwards.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(false);
    result.map_err(|_| PANIC_MESSAGE.take())
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
    fn a_panic_is_reported_with_message_and_location() {
        let number = 7;
        let message = caught(|| assert_eq!(number, 8, "odd")).unwrap_err();
        assert!(message.contains("odd") && message.contains("corpus/generate.rs:"), "{message}");
        assert_eq!(caught(|| number), Ok(7));
    }
}
