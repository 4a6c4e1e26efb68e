//! Runs the example, and checks the files that its build script generated.

mod generated {
    include!(concat!(env!("OUT_DIR"), "/src/mod.rs"));
}

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use generated::ecr::{
    exception::ImageAlreadyExistsException,
    operation::{
        BatchGetImageRequest, BatchGetImageResponse, PutImageError, PutImageRequest,
        PutImageResponse,
    },
    types::{Image, ImageIdentifier},
};
use longshore_testing::Server;

/// The relative paths of all files in a folder.
fn files(folder: &Path, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        match path.is_dir() {
            true => found.extend(files(&path, &format!("{name}/"))),
            false => drop(found.insert(name)),
        }
    }
    found
}

#[test]
fn only_the_two_operations_and_their_types_are_generated() {
    let exceptions = [
        "image_already_exists_exception",
        "image_digest_does_not_match_exception",
        "image_tag_already_exists_exception",
        "invalid_parameter_exception",
        "kms_exception",
        "layers_not_found_exception",
        "limit_exceeded_exception",
        "referenced_images_not_found_exception",
        "repository_not_found_exception",
        "server_exception",
        "unable_to_get_upstream_image_exception",
    ];
    let types = ["image", "image_failure", "image_failure_code", "image_identifier"];
    let operations = ["batch_get_image", "put_image"];
    let mut expected = BTreeSet::from(["mod.rs".to_owned()]);
    expected.extend(["mod", "client", "endpoint", "error"].map(|name| format!("ecr/{name}.rs")));
    let folders: [(&str, &[&str]); 3] =
        [("exception", &exceptions), ("types", &types), ("operation", &operations)];
    for (folder, names) in folders {
        let names = names.iter().chain(&["mod"]);
        expected.extend(names.map(|name| format!("ecr/{folder}/{name}.rs")));
    }
    let folder: PathBuf = [env!("OUT_DIR"), "src"].iter().collect();
    assert_eq!(files(&folder, ""), expected);
}

const MANIFEST: &str = "{\"schemaVersion\":2}";

/// The request that the example sends first.
fn put_request() -> PutImageRequest {
    PutImageRequest::new("team/app", MANIFEST).image_tag("v1")
}

/// A server that expects the second request of the example.
fn server() -> Server {
    let server = Server::start();
    let get = BatchGetImageRequest::new("team/app", [ImageIdentifier::new().image_tag("v1")]);
    let image = Image::new().image_manifest(MANIFEST);
    server.expect(get).returns(BatchGetImageResponse::new().images([image]));
    server
}

/// Runs the example and returns its output. The endpoint is passed as an argument or a variable.
fn run(server: &Server, by_variable: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("manifest.json");
    fs::write(&manifest, MANIFEST).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_longshore-example-subset"));
    command.env_clear().env("HOME", folder.path()).env("AWS_REGION", "eu-west-1");
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
    command.args(["team/app", "v1"]).arg(&manifest);
    match by_variable {
        true => command.env("AWS_ENDPOINT_URL", server.url()),
        false => command.arg(server.url()),
    };
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_manifest_is_put_and_read_back() {
    let server = server();
    server.expect(put_request()).returns(PutImageResponse::new());
    assert_eq!(run(&server, false), format!("{MANIFEST}\n"));
}

#[test]
fn an_existing_image_is_not_an_error() {
    let server = server();
    let exists = ImageAlreadyExistsException::new();
    server.expect(put_request()).fails(PutImageError::ImageAlreadyExistsException(exists));
    assert_eq!(run(&server, true), format!("{MANIFEST}\n"));
}
