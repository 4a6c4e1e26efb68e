//! Writes the Rust code blocks of all documents as modules, and generates the client that the
//! generator guide includes.

#[path = "src/markdown.rs"]
mod markdown;
#[path = "src/module.rs"]
mod module;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

/// The root of this repository.
const ROOT: &str = "../../..";

/// The folders of packages with a README, except the examples.
const PACKAGES: [&str; 5] = [".", "codegen", "generated", "runtime", "testing"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?);
    let mut modules = String::new();
    for file in documents()? {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.strip_prefix(ROOT)?.to_string_lossy().replace('\\', "/");
        for block in markdown::rust_blocks(&fs::read_to_string(&file)?) {
            let module = module::name(&name, &block);
            let path = out.join(format!("{module}.rs"));
            fs::write(&path, module::content(&block))?;
            modules.push_str(&format!("#[path = {path:?}]\npub mod {module};\n"));
        }
    }
    fs::write(out.join("documents.rs"), modules)?;
    generate_client(&out)
}

/// The Markdown files that users read.
fn documents() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let root = Path::new(ROOT);
    let mut files = markdown_files(&root.join("docs"))?;
    println!("cargo::rerun-if-changed={}", root.join("docs").display());
    files.extend(PACKAGES.map(|package| root.join(package).join("README.md")));
    for example in fs::read_dir(root.join("examples"))? {
        files.extend(markdown_files(&example?.path())?);
    }
    files.sort();
    Ok(files)
}

/// The Markdown files in a folder, without its subfolders.
fn markdown_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        files.extend(path.extension().is_some_and(|name| name == "md").then_some(path));
    }
    Ok(files)
}

/// Does the same as the build script in the generator guide.
fn generate_client(out: &Path) -> Result<(), Box<dyn Error>> {
    let model = Path::new(ROOT).join("models/ecr");
    println!("cargo::rerun-if-changed={}", model.display());
    let generator = longshore_codegen::Generator::new().model(model);
    generator.operations(["PutImage", "BatchGetImage"]).write_modules(out)?;
    Ok(())
}
