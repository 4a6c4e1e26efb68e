//! Emits and formats files on several threads.

use std::{collections::BTreeMap, num::NonZeroUsize};

use crate::{
    emit::{self, Blocking, Crate, ServiceIndex},
    error::{Error, Problem},
    format, ir,
    rust_file::RustFile,
    thread_pool,
};

/// Emits and formats every file of the services on several threads, because printing is most of the
/// work. `others` are additional files, including the root.
pub(crate) fn print(
    blocking: Blocking,
    home: Crate<'_>,
    services: &[ir::Service],
    others: Vec<RustFile>,
    threads: NonZeroUsize,
) -> Result<BTreeMap<String, String>, Error> {
    let indexes: Vec<_> = services.iter().map(ServiceIndex::of).collect();
    let units = |index| {
        let units = emit::units(ServiceIndex::service(index), blocking);
        units.into_iter().map(move |unit| (index, unit))
    };
    let units: Vec<_> = indexes.iter().flat_map(units).collect();
    let print_unit = |(index, unit): &Work<'_>| print_file(unit.emit(index, home));
    let printed = thread_pool::map(&units, threads, print_unit);
    let mut files = BTreeMap::new();
    for file in printed.into_iter().chain(others.into_iter().map(print_file)) {
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

fn print_file(file: RustFile) -> Result<(String, String), Problem> {
    Ok((file.path.clone(), format::format(file)?))
}
