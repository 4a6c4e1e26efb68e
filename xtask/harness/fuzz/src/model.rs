//! Any model is either rejected with its problems, or generates valid Rust.

use std::{
    fs, iter,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use arbitrary::{Result, Unstructured};
use longshore_codegen::{Generated, Generator};

use crate::mutate;

/// The models that cases start from, in both formats: those of all fixtures of the generator.
static SAMPLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let fixtures = fs::read_dir(fixtures()).expect("the folder of the fixtures");
    let models = fixtures.map(|fixture| {
        let folder = fixture.expect("a fixture").path();
        let paths = ["model.json", "service-2.json"].map(|name| folder.join(name));
        let path = paths.iter().find(|path| path.exists());
        let path = path.unwrap_or_else(|| panic!("{}: no model", folder.display()));
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    });
    let mut samples: Vec<_> = iter::once(C2J.to_owned()).chain(models).collect();
    // A seed must select the same case regardless of the order in which the folder is listed.
    samples.sort();
    samples
});

/// Returns the folder of the fixtures in this checkout.
fn fixtures() -> PathBuf {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut folders = ancestors.map(|folder| folder.join("codegen/fixtures/models"));
    folders.find(|folder| folder.is_dir()).expect("the folder codegen/fixtures/models")
}

const C2J: &str = r#"{"metadata":{"apiVersion":"2020-01-01","endpointPrefix":"test",
"jsonVersion":"1.1","protocol":"json","serviceFullName":"A Test","serviceId":"Test",
"signatureVersion":"v4","targetPrefix":"Test_V1","uid":"test-2020-01-01"},"operations":{"PutThing":{
"name":"PutThing","http":{"method":"POST","requestUri":"/"},"input":{"shape":"PutThingRequest"},
"output":{"shape":"Thing"},"errors":[{"shape":"BadThing"}],"documentation":"<p>Puts.</p>"}},"shapes":{
"PutThingRequest":{"type":"structure","required":["name"],"members":{"name":{"shape":"Name"},"things":{
"shape":"Things"},"when":{"shape":"When"}}},"Thing":{"type":"structure","members":{"name":{"shape":
"Name"},"kind":{"shape":"Kind"},"inner":{"shape":"Thing"},"tags":{"shape":"Tags"}}},"Things":{"type":
"list","member":{"shape":"Thing"},"max":5,"min":1},"Tags":{"type":"map","key":{"shape":"Name"},"value":{
"shape":"Data"}},"Data":{"type":"blob"},"Name":{"type":"string","max":10,"min":1,"pattern":"a.*"},
"Kind":{"type":"string","enum":["A","b-c"]},"When":{"type":"timestamp"},"BadThing":{"type":"structure",
"members":{"message":{"shape":"Name"}},"error":{"code":"BadThing","httpStatusCode":400},
"exception":true}}}"#;

/// The changes that a second file makes to a model.
const OVERLAY: &str = r#"{"smithy":"2.0","shapes":{"example.test#Secret":{"type":"apply","traits":{
"smithy.api#sensitive":{}}}}}"#;

/// Generates a crate from a model of one or two files.
///
/// # Errors
///
/// If the fuzzer has no more bytes.
///
/// # Panics
///
/// If a check fails, or if a file cannot be written.
pub fn model(u: &mut Unstructured<'_>) -> Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &[u8]| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    write("model.json", &mutate::text(u, &SAMPLES)?);
    if u.ratio(1, 8)? {
        write("overlay.json", &mutate::near(u, OVERLAY)?);
    }
    let generator = Generator::new().model(folder.path()).lenient(u.arbitrary()?);
    match generator.generate_modules() {
        Ok(generated) => check(&generated),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    Ok(())
}

fn check(generated: &Generated) {
    for (path, text) in &generated.files {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '/';
        let stem = path.strip_suffix(".rs").unwrap_or_default();
        assert!(!stem.is_empty() && stem.chars().all(plain) && !path.starts_with('/'), "{path}");
        if let Err(error) = syn::parse_file(text) {
            panic!("{path}: {error}\n{text}");
        }
    }
}
