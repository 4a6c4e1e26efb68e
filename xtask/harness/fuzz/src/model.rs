//! Any model: it is refused with its problems, or what is generated of it is Rust.

use std::fs;

use arbitrary::{Result, Unstructured};
use longshore_codegen::{Generated, Generator};

use crate::mutate;

macro_rules! fixtures {
    ($($name:literal),* $(,)?) => {
        &[C2J, $(include_str!(concat!("../../../../codegen/fixtures/models/", $name, "/model.json"))),*]
    };
}

/// Models of both formats. The fixtures together have everything that the generator honours.
const SAMPLES: &[&str] = fixtures![
    "defaults",
    "deprecations",
    "directions",
    "documents",
    "enums",
    "errors",
    "int-enums",
    "names",
    "prose",
    "recursion",
    "resources",
    "secrets",
    "shared",
    "timestamps",
    "unions",
    "values",
];

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

/// What is added to a model by a second file.
const OVERLAY: &str = r#"{"smithy":"2.0","shapes":{"example.test#Secret":{"type":"apply","traits":{
"smithy.api#sensitive":{}}}}}"#;

/// A model of one file or two.
///
/// # Errors
/// Where the fuzzer has no more bytes.
///
/// # Panics
/// Where what must hold does not, and where there is no room for a file.
pub fn model(u: &mut Unstructured<'_>) -> Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &[u8]| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    write("model.json", &mutate::text(u, SAMPLES)?);
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
