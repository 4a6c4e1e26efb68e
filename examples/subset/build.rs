//! Generates a client of ECR with two operations and their types into `OUT_DIR/src`.

use std::{env, error::Error};

/// A folder with a model (`model.json`) and its overlays.
const MODEL: &str = "../../models/ecr";

fn main() -> Result<(), Box<dyn Error>> {
    // By default, Cargo would run the script again if any file of the package changes.
    println!("cargo::rerun-if-changed={MODEL}");
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?;
    longshore_codegen::Generator::new()
        .model(MODEL)
        .operations(["PutImage", "BatchGetImage"])
        .write_modules(out)?;
    Ok(())
}
