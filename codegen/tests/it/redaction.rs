//! Checks that the generated tables mark every secret of the models in this repository, so that
//! `Debug` and errors do not show it.
//!
//! Secrets are found in the JSON of the models, independently of the generator.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use longshore_codegen::Generator;
use serde_json::{Map, Value};

const SENSITIVE: &str = "smithy.api#sensitive";

/// The shapes of all files of a folder, with the traits that are applied to them.
struct Shapes(Map<String, Value>);

impl Shapes {
    fn read(folder: &Path) -> Self {
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let files =
            paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        let read = |file: PathBuf| -> Value {
            serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
        };
        let all = files.map(read).flat_map(|file| file["shapes"].as_object().unwrap().clone());
        let (applied, shapes): (Vec<_>, Vec<_>) =
            all.partition(|(_, shape)| shape["type"] == "apply");
        let mut shapes = Self(shapes.into_iter().collect());
        for (location, apply) in applied {
            shapes.apply(&location, &apply["traits"]);
        }
        shapes
    }

    fn apply(&mut self, location: &str, traits: &Value) {
        let (id, member) = location.split_once('$').unwrap_or((location, ""));
        let shape = self.0.get_mut(id).unwrap();
        let bearer = match (member, shape.get("members").is_some()) {
            ("", _) => shape,
            (member, true) => &mut shape["members"][member],
            (member, false) => &mut shape[member],
        };
        for (id, value) in traits.as_object().unwrap() {
            bearer["traits"][id] = value.clone();
        }
    }

    /// Returns true if a member, its target or something nested in it up to `depth` has the trait.
    fn is_secret(&self, member: &Value, depth: usize) -> bool {
        let target = self.0.get(member["target"].as_str().unwrap()).unwrap_or(&Value::Null);
        let inner = ["member", "key", "value"].into_iter().filter_map(|name| target.get(name));
        !member["traits"][SENSITIVE].is_null()
            || !target["traits"][SENSITIVE].is_null()
            || depth > 0 && inner.into_iter().any(|member| self.is_secret(member, depth - 1))
    }

    /// The structures that operations use, with their secret members.
    fn secrets(&self) -> BTreeMap<String, BTreeSet<String>> {
        let operations = self.0.values().filter(|shape| shape["type"] == "operation");
        let mut pending: Vec<&str> = operations.flat_map(targets).collect();
        let (mut seen, mut secrets) = (BTreeSet::new(), BTreeMap::new());
        while let Some(id) = pending.pop() {
            let Some(shape) = self.0.get(id).filter(|_| seen.insert(id)) else { continue };
            pending.extend(targets(shape));
            if shape["type"] != "structure" {
                continue;
            }
            let whole = !shape["traits"][SENSITIVE].is_null();
            let members = shape["members"].as_object().into_iter().flatten();
            let secret = members.filter(|(_, member)| whole || self.is_secret(member, 32));
            let secret: BTreeSet<_> = secret.map(|(name, _)| name.clone()).collect();
            if !secret.is_empty() {
                secrets.insert(id.rsplit('#').next().unwrap().to_owned(), secret);
            }
        }
        secrets
    }
}

/// Every target of a shape, at any depth of its JSON.
fn targets(shape: &Value) -> Vec<&str> {
    match shape {
        Value::Object(object) => {
            let own = object.get("target").and_then(Value::as_str);
            own.into_iter().chain(object.values().flat_map(targets)).collect()
        }
        Value::Array(list) => list.iter().flat_map(targets).collect(),
        _ => Vec::new(),
    }
}

/// The text between `mark` and `end`.
fn between<'a>(text: &'a str, mark: &str, end: &str) -> Option<&'a str> {
    let rest = &text[text.find(mark)? + mark.len()..];
    Some(&rest[..rest.find(end)?])
}

/// The generated files that define the structure `name`.
fn definitions<'f>(files: &'f BTreeMap<String, String>, name: &str) -> Vec<&'f String> {
    let mark = format!("pub struct {name} {{");
    files.values().filter(|text| text.contains(&mark)).collect()
}

/// Checks that the table of a structure, which implements `Debug`, marks exactly its secret members.
/// `secret` holds their wire names.
fn check_debug(text: &str, name: &str, secret: &BTreeSet<String>) {
    let derive = text.split(&format!("pub struct {name} {{")).next().unwrap();
    let derive = derive.rsplit("#[derive(").next().unwrap();
    assert!(!derive.split(')').next().unwrap().contains("Debug"), "{name} derives Debug");
    assert!(!text.contains(&format!("Debug for {name} ")), "{name} has a second Debug");
    let table = between(text, &format!("structure!({name}"), "});")
        .or_else(|| between(text, &format!("structure!(\n    {name}"), ");"));
    for row in table.unwrap().lines().filter(|line| line.contains("\" => ")) {
        let wire = between(row, "\"", "\"").unwrap();
        assert_eq!(row.contains(" where secret"), secret.contains(wire), "{name}.{wire}");
    }
}

/// Checks all structures of a service; returns the number of secret members.
fn check_service(folder: &Path) -> usize {
    let generated = Generator::new().model(folder).generate_crate().unwrap();
    let secrets = Shapes::read(folder).secrets();
    for (name, members) in &secrets {
        let definitions = definitions(&generated.files, name);
        assert!(!definitions.is_empty(), "{name} is nowhere");
        definitions.into_iter().for_each(|text| check_debug(text, name, members));
    }
    secrets.values().map(BTreeSet::len).sum()
}

#[test]
fn no_secret_of_the_three_services_prints() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let counts = ["ecr", "ecr-public", "lightsail"].map(|name| check_service(&models.join(name)));
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

#[test]
fn no_secret_of_the_fixtures_prints() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/models");
    let counts =
        ["secrets", "constraints", "retryable"].map(|name| check_service(&models.join(name)));
    assert_eq!(counts, [9, 4, 2]);
}
