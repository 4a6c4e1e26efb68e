//! Emits and formats files on several threads.

use std::{collections::BTreeMap, num::NonZeroUsize};

use crate::{
    emit::{self, Blocking, Crate, ServiceIndex},
    error::{Error, Problem},
    format, ir,
    rust_file::RustFile,
};

/// Returns the requested number of threads, or the number of cores.
pub(crate) fn threads(wanted: Option<NonZeroUsize>) -> usize {
    wanted.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from)
}

/// Emits and formats every file of the services on several threads, because printing is most of the
/// work. `others` are additional files, including the root.
pub(crate) fn print(
    blocking: Blocking,
    home: Crate<'_>,
    services: &[ir::Service],
    others: &[RustFile],
    threads: usize,
) -> Result<BTreeMap<String, String>, Error> {
    let indexes: Vec<_> = services.iter().map(ServiceIndex::of).collect();
    let units = |index| {
        let units = emit::units(ServiceIndex::service(index), blocking);
        units.into_iter().map(move |unit| (index, unit))
    };
    let units: Vec<_> = indexes.iter().flat_map(units).collect();
    let parts = print_shared(&units, home, threads);
    let mut files = BTreeMap::new();
    let printed = parts.into_iter().flatten().chain(others.iter().map(print_file));
    for file in printed {
        let (path, text) = file?;
        if files.insert(path.clone(), text).is_some() {
            let what = format!("two items would become the same file, {path}");
            return Err(Problem::new(what).into());
        }
    }
    Ok(files)
}

/// A file to print, and the service it belongs to.
type Work<'s> = (&'s ServiceIndex<'s>, emit::Unit<'s>);

/// The path and the text of a file, or why it cannot be printed.
type Printed = Result<(String, String), Problem>;

/// Prints the files in parallel, in parts of equal size.
fn print_shared(units: &[Work<'_>], home: Crate<'_>, threads: usize) -> Vec<Vec<Printed>> {
    if threads <= 1 {
        return vec![print_units(units, home)];
    }
    let share = units.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let part = |part| move || print_units(part, home);
        let handles: Vec<_> = units.chunks(share).map(|units| scope.spawn(part(units))).collect();
        // Propagates a panic of a thread; the emitters do not panic on any model.
        handles
            .into_iter()
            .map(|h| h.join().unwrap_or_else(|p| std::panic::resume_unwind(p)))
            .collect()
    })
}

fn print_units(units: &[Work<'_>], home: Crate<'_>) -> Vec<Printed> {
    units.iter().map(|(index, unit)| print_file(&unit.emit(index, home))).collect()
}

fn print_file(file: &RustFile) -> Result<(String, String), Problem> {
    Ok((file.path.clone(), format::format(file)?))
}
