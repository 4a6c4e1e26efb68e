//! Any model is either rejected with its problems, or generates valid Rust.

use std::{
    fs, iter,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use arbitrary::{Result, Unstructured};
use longshore_codegen::{Generated, Generator};

use crate::mutate;

/// A model that cases start from: the names of its files, and their texts.
struct Sample(Vec<(String, String)>);

/// The models of all fixtures of the generator with all of their files, in both formats, and a small
/// C2J model.
static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let fixtures = fixtures().into_iter().map(|folder| {
        let files = json_files(&folder).into_iter().map(|file| {
            let text = fs::read_to_string(&file);
            let text = text.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            (file_name(&file), text)
        });
        Sample(files.collect())
    });
    let small = Sample(vec![("service-2.json".to_owned(), C2J.to_owned())]);
    iter::once(small).chain(fixtures).collect()
});

/// The texts of all files that cases start from.
pub fn seeds() -> Vec<&'static str> {
    SAMPLES.iter().flat_map(|Sample(files)| files).map(|(_, text)| text.as_str()).collect()
}

/// Returns the folders of the fixtures in this checkout, sorted so that a seed selects the same
/// case everywhere.
fn fixtures() -> Vec<PathBuf> {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut folders = ancestors.map(|folder| folder.join("codegen/fixtures/models"));
    let folder =
        folders.find(|folder| folder.is_dir()).expect("the folder codegen/fixtures/models");
    entries(&folder)
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let is_json = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "json");
    entries(folder).into_iter().filter(is_json).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

fn file_name(file: &Path) -> String {
    file.file_name().expect("a name").to_string_lossy().into_owned()
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

/// Generates a crate from a model of one or more files, one of which is changed.
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
    let Sample(files) = u.choose(&SAMPLES)?;
    let changed = u.choose_index(files.len())?;
    for (index, (name, text)) in files.iter().enumerate() {
        match index == changed {
            true => write(name, &mutate::text(u, &[text])?),
            false => write(name, text.as_bytes()),
        }
    }
    if u.ratio(1, 8)? {
        write("overlay.json", &mutate::near(u, OVERLAY)?);
    }
    let generator = Generator::new().lenient(u.arbitrary()?).strict(u.arbitrary()?);
    let generator = generator.endpoint_tests(u.arbitrary()?).model(folder.path());
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
