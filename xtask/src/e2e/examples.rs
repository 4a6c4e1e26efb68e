//! Sends the example request of every operation to moto, with clients generated for this purpose.
//!
//! An example that moto rejects for its form is an error. Errors that depend on the server's state,
//! such as that something does not exist, are expected.

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use longshore_codegen::{
    Generator,
    cli::toml,
    conformance, output,
    read::probe::{Contents, probe},
};

use super::server::Server;
use crate::system::{process, repository};

/// The services whose examples are sent by default: those in this repository, and others for each
/// protocol.
pub(super) const DEFAULT: [&str; 8] =
    ["dynamodb", "ecr", "iam", "lambda", "secretsmanager", "sns", "sqs", "sts"];

/// The name that stands for all services.
const ALL: &str = "all";

/// Sends the examples of these services.
pub(super) fn run(python: &Path, server: &Server, wanted: &[String]) -> Result<(), Box<dyn Error>> {
    let listed = process::output(Command::new(python).args(["-c", include_str!("services.py")]))?;
    let models = select(listed.lines().map(PathBuf::from), wanted)?;
    let programs = Programs::create()?;
    let mut names = Vec::new();
    let mut failures = Vec::new();
    for (name, model) in models {
        // The documentation of our own ECR model states some of its examples.
        let own = repository::root().join("models").join(&name);
        let model = if own.is_dir() { own } else { model };
        match programs.generate(&name, &model) {
            Ok(()) => names.push(name),
            Err(error) => failures.push(format!("{name}: {error}")),
        }
    }
    programs.build(&names)?;
    for name in &names {
        if !programs.run(name, &server.endpoint())? {
            failures.push(format!("{name}: an example or a response is invalid; see above"));
        }
    }
    match failures.as_slice() {
        [] => Ok(()),
        failures => Err(failures.join("\n").into()),
    }
}

/// Returns the folders of the wanted services that can be generated, by name.
fn select(
    folders: impl Iterator<Item = PathBuf>,
    wanted: &[String],
) -> Result<BTreeMap<String, PathBuf>, Box<dyn Error>> {
    let mut models = BTreeMap::new();
    for folder in folders {
        let name = name(&folder);
        let is_wanted = wanted.iter().any(|wanted| *wanted == name || wanted == ALL);
        if is_wanted && is_supported(&folder)? {
            models.insert(name, folder);
        }
    }
    match wanted.iter().find(|name| *name != ALL && !models.contains_key(*name)) {
        None => Ok(models),
        Some(unknown) => Err(format!(
            "moto has no service `{unknown}` with a supported protocol; use the name of a service \
             folder in botocore's data"
        )
        .into()),
    }
}

fn is_supported(folder: &Path) -> Result<bool, String> {
    let contents = probe(&folder.join("service-2.json.gz")).map_err(|error| error.to_string())?;
    Ok(matches!(contents, Contents::Service(service) if service.may_be_generated()))
}

/// Returns the name of the service that a folder `dynamodb/2012-08-10` contains.
fn name(folder: &Path) -> String {
    let service = folder.parent().and_then(Path::file_name).unwrap_or_default();
    service.to_string_lossy().into_owned()
}

/// A package with a program for each service.
struct Programs {
    folder: PathBuf,
}

impl Programs {
    fn create() -> Result<Self, Box<dyn Error>> {
        let folder = repository::root().join("target/e2e-examples");
        fs::create_dir_all(&folder)
            .map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
        Ok(Self { folder })
    }

    /// Generates the client of a service, and the code that sends its examples.
    fn generate(&self, name: &str, model: &Path) -> Result<(), Box<dyn Error>> {
        let folder = self.folder.join(name);
        let models = [model.to_owned()];
        Generator::new().models(&models).write_modules(folder.join("clients"))?;
        output::write(&folder.join("cases"), &conformance::examples(&models)?.files)?;
        write(&folder.join("main.rs"), &main(name))
    }

    /// Builds the programs. They share the target folder of `cargo xtask conformance`, whose
    /// dependencies are the same.
    fn build(&self, names: &[String]) -> Result<(), Box<dyn Error>> {
        write(&self.folder.join("Cargo.toml"), &manifest(names, &repository::root()))?;
        repository::copy_lock_file(&self.folder)?;
        process::run(self.cargo("build").arg("--quiet"))
    }

    /// Runs the program of a service and returns true if no example is invalid.
    fn run(&self, name: &str, endpoint: &str) -> Result<bool, Box<dyn Error>> {
        let mut cargo = self.cargo("run");
        cargo.args(["--quiet", "--bin", name, "--", endpoint]);
        let status = cargo.status().map_err(|error| process::start_error(&cargo, &error))?;
        Ok(status.success())
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = process::cargo();
        cargo.arg(command).current_dir(&self.folder);
        cargo.arg("--target-dir").arg(repository::root().join("target/conformance/target"));
        cargo
    }
}

fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    fs::write(path, text)
        .map_err(|error| format!("cannot write {}: {error}", path.display()).into())
}

fn main(name: &str) -> String {
    format!(
        "//! Sends the examples of a service.

#[allow(dead_code, deprecated, unused_imports)]
#[path = \"clients/src/mod.rs\"]
mod clients;

#[allow(dead_code, unused_imports)]
mod cases {{
    use crate::clients::*;
    include!(\"cases/src/mod.rs\");
}}

fn main() -> std::process::ExitCode {{
    conformance::send_main({name:?}, cases::run)
}}
"
    )
}

fn manifest(names: &[String], root: &Path) -> String {
    let path = |folder: &str| toml::string(&root.join(folder).to_string_lossy());
    let programs: String = names
        .iter()
        .map(|name| format!("\n[[bin]]\nname = \"{name}\"\npath = \"{name}/main.rs\"\n"))
        .collect();
    format!(
        "# Written by `cargo xtask e2e`.
[package]
name = \"e2e-examples\"
version = \"0.0.0\"
edition = \"2024\"
publish = false
{programs}
[dependencies]
conformance = {{ path = {} }}
longshore-runtime = {{ path = {}, default-features = false }}

[profile.dev]
debug = false

[workspace]
",
        path("codegen/conformance"),
        path("runtime"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Services with an unsupported protocol are omitted and cannot be selected.
    #[test]
    fn services_of_supported_protocols_are_selected() {
        let data = tempfile::tempdir().expect("a folder");
        let folders = [("one", "json"), ("two", "query"), ("three", "rest-xml")];
        let folders = folders.map(|(name, protocol)| {
            let folder = data.path().join(name).join("2020-01-01");
            fs::create_dir_all(&folder).expect("a folder");
            let metadata = format!(r#"{{"protocol": "{protocol}", "serviceId": "{name}"}}"#);
            let model =
                format!(r#"{{"version": "2.0", "metadata": {metadata}, "operations": {{}}, "shapes": {{}}}}"#);
            // A file is unpacked only if it is gzipped.
            fs::write(folder.join("service-2.json.gz"), model).expect("a file");
            folder
        });
        let select = |wanted: &[&str]| {
            let wanted: Vec<_> = wanted.iter().map(|name| (*name).to_owned()).collect();
            let selected = select(folders.iter().cloned(), &wanted);
            selected.map(|models| models.into_keys().collect::<Vec<_>>().join(","))
        };
        assert_eq!(select(&["all"]).expect("services"), "one,two");
        assert_eq!(select(&["two"]).expect("services"), "two");
        for unknown in ["three", "four"] {
            let error = select(&["one", unknown]).expect_err("an error").to_string();
            assert!(error.contains(&format!("moto has no service `{unknown}`")), "{error}");
        }
    }

    #[test]
    fn the_name_of_a_service_is_that_of_the_folder_of_its_versions() {
        assert_eq!(name(Path::new("data/dynamodb/2012-08-10")), "dynamodb");
    }

    #[test]
    fn the_manifest_has_a_program_for_each_service() {
        let names = ["ecr".to_owned(), "sqs".to_owned()];
        let manifest = manifest(&names, Path::new("/checkout"));
        for name in names {
            assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"{name}/main.rs\"\n")));
        }
        assert!(manifest.contains("path = \"/checkout/runtime\""), "{manifest}");
    }
}
