//! Checks that the modules of each crate import downward only.
//!
//! The lists below are the only place that declares the order of the layers. There are no exceptions: an
//! import that fails this test needs a type in a lower layer, not an entry here.

mod cfg;
mod collect;
mod crate_files;
mod cycles;
mod fixtures;
mod resolve;
mod rules;

use self::{
    crate_files::Crate,
    rules::{Layers, violations},
};
use crate::repository;

/// `runtime/src`, from top to bottom.
const RUNTIME: &Layers<'_> = &[
    &["load"],
    &["blocking"],
    &["paginator", "waiter"],
    &["providers"],
    &["clients"],
    &["client"],
    &["config"],
    &["credentials"],
    &["interceptor"],
    &["protocol"],
    &["sigv4"],
    &["endpoint"],
    &["http"],
    &["settings"],
    &["shape"],
    &["format"],
    &["single_flight"],
    &["tokio_runtime"],
    &["clock", "display", "hex", "random"],
];

/// `codegen/src`, from top to bottom.
const CODEGEN: &Layers<'_> = &[
    &["cli"],
    &["changes"],
    &["model_files"],
    &["conformance"],
    &["generator"],
    &["api"],
    &["emit"],
    &["format"],
    &["lower"],
    &["docs"],
    &["ir"],
    &["read"],
    &["c2j"],
    &["json"],
    &["output"],
    &["error", "smithy"],
    &["coverage", "names", "rust_file", "thread_pool"],
];

/// `testing/src`, from top to bottom.
const TESTING: &Layers<'_> = &[&["registry"], &["server"]];

/// `xtask/src`, from top to bottom.
const XTASK: &Layers<'_> = &[
    &[
        "bench",
        "codegen",
        "conformance",
        "corpus",
        "e2e",
        "features",
        "import",
        "package",
        "semver",
        "soak",
    ],
    &["system", "text"],
];

#[test]
fn runtime_imports_downward() {
    check("runtime", RUNTIME);
}

#[test]
fn codegen_imports_downward() {
    check("codegen", CODEGEN);
}

#[test]
fn testing_imports_downward() {
    check("testing", TESTING);
}

#[test]
fn xtask_imports_downward() {
    check("xtask", XTASK);
}

fn check(package: &str, layers: &Layers<'_>) {
    let root = repository::root();
    let folder = root.join(package).join("src");
    let violations = violations(&Crate::read(&folder), layers);
    let root = format!("{}/", root.display());
    let shown = violations.join("\n").replace(&root, "");
    assert!(violations.is_empty(), "{} violations:\n{shown}", violations.len());
}
