//! Files of other formats and folders without a model each cause one problem, which describes them.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use longshore_codegen::read::{probe::probe, read_model};

fn refusal(path: &Path) -> String {
    read_model(&[path.to_owned()]).unwrap_err().to_string()
}

/// The header of a tar archive, which is recognized by its magic number.
fn tar() -> Vec<u8> {
    let mut bytes = vec![0; 512];
    bytes[..10].copy_from_slice(b"model.json");
    bytes[257..262].copy_from_slice(b"ustar");
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_file_of_another_format_is_one_problem_that_names_the_format() {
    let table: [(&[u8], &str); 36] = [
        (b"", "an empty file. Pass a Smithy JSON AST"),
        (b" \n\t\n", "an empty file. "),
        (b"PK\x03\x04\x14\0", "a zip archive. Unpack it"),
        (b"PK\x05\x06\0\0", "an empty zip archive. Pass"),
        (&tar(), "a tar archive. Unpack it"),
        (&gzip(&tar()), "a tar archive. Unpack it"),
        (&gzip(b""), "an empty file. "),
        (b"BZh91AY", "a bzip2 file. Unpack it"),
        (b"\xfd7zXZ\0\0", "an xz file. Unpack it"),
        (b"\x28\xb5\x2f\xfd\0", "a zstd file. Unpack it"),
        (b"\xff\xfe{\0}\0", "UTF-16 text. Save it as UTF-8"),
        (b"<?php\nreturn [];", "PHP source: "),
        (b"<?xml version=\"1.0\"?><definitions/>", "XML or HTML. "),
        (b"$version: \"2\"\n\nnamespace a.b\n", "Smithy IDL. Convert it with `smithy ast`"),
        (b"// Ours.\n\nnamespace a.b\n", "Smithy IDL. "),
        (b"syntax = \"proto3\";\n", "a Protocol Buffers file. "),
        (b"# Ours.\n---\nopenapi: 3.1.0\n", "an OpenAPI description. "),
        (b"AWSTemplateFormatVersion: '2010-09-09'\n", "a CloudFormation template. "),
        (b"version https://git-lfs\n", "a Git LFS pointer. "),
        (br#"{"openapi": "3.1.0", "paths": {}}"#, "an OpenAPI description. "),
        (br#"{"swagger": "2.0", "paths": {}}"#, "an OpenAPI description. "),
        (br#"{"asyncapi": "3.0.0"}"#, "an AsyncAPI description. "),
        (br#"{"Resources": {}}"#, "a CloudFormation template. "),
        (br#"{"typeName": "A::B::C", "properties": {}}"#, "a CloudFormation resource type. "),
        (br#"{"Version": "2012-10-17", "Statement": []}"#, "an IAM policy. "),
        (br#"{"$schema": "x"}"#, "a JSON Schema or a file that follows one. "),
        (
            br#"{"name": "x", "version": "1.0.0", "main": "x.js"}"#,
            "the manifest of an npm package. ",
        ),
        (br#"{"name": "x", "lockfileVersion": 3}"#, "the lock file of an npm package. "),
        (br#"{"version": 3, "partitions": []}"#, "a table of AWS partitions. "),
        (br#"{"version": "1.0", "sources": []}"#, "the configuration of a Smithy build. "),
        (br#"{"pagination": {}}"#, "the paginators file of a C2J service. Pass the folder"),
        (br#"{"version": 2, "waiters": {}}"#, "the waiters file of a C2J service. "),
        (br#"{"parameters": {}, "rules": []}"#, "the endpoint rules file of a C2J service. "),
        (br#"{"testCases": []}"#, "a file of test cases of a C2J service. "),
        (br#"{"examples": {}}"#, "the examples file of a C2J service. "),
        (
            br#"{"version": "2.0", "service": "", "operations": {}}"#,
            "the documentation file of a C2J",
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.json");
    for (bytes, expected) in table {
        fs::write(&file, bytes).unwrap();
        let refused = refusal(&file);
        let start = format!("{}: this is {expected}", file.display());
        assert!(refused.starts_with(&start), "{expected}: {refused}");
        assert_eq!(refused.lines().count(), 1, "{refused}");
    }
}

#[test]
fn broken_json_keeps_its_position() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.json");
    for (text, expected) in
        [("{\"smithy\":", "model.json:1:10: "), ("// {\n{]", "model.json:1:1: ")]
    {
        fs::write(&file, text).unwrap();
        assert!(refusal(&file).contains(expected), "{}", refusal(&file));
    }
}

#[test]
fn a_minified_model_is_one_problem() {
    let file = PathBuf::from("tests/rejects/c2j_minified.json");
    let problem = probe(&file).unwrap_err().to_string();
    assert!(problem.contains("a minified model of the AWS SDK for JavaScript"), "{problem}");
    // A folder with many such models, like the one in that SDK.
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "b", "c", "d", "e"] {
        fs::copy(&file, folder.path().join(format!("{name}.min.json"))).unwrap();
        let paginators = folder.path().join(format!("{name}.paginators.json"));
        fs::write(paginators, "{\"pagination\": {}}").unwrap();
    }
    let expected = "this folder contains 5 services: a.min.json, b.min.json, c.min.json and 2 \
        more. Pass one of these files.";
    assert_eq!(refusal(folder.path()), format!("{}: {expected}", folder.path().display()));
}

#[test]
fn a_folder_without_json_names_what_is_in_it_or_a_better_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("main.smithy"), "namespace a.b").unwrap();
    assert!(refusal(path).contains(", only Smithy IDL. Convert it"), "{}", refusal(path));
    fs::remove_file(path.join("main.smithy")).unwrap();
    // The data of botocore: tables at the top, and a folder for each version of each service.
    fs::write(path.join("partitions.json"), "{\"partitions\": []}").unwrap();
    for version in ["2012-08-10", "2011-12-05"] {
        let version = path.join("things").join(version);
        fs::create_dir_all(&version).unwrap();
        fs::write(version.join("service-2.json"), "{}").unwrap();
    }
    let newest = path.join("things").join("2012-08-10");
    let expected = format!(
        "{}: there is no service model in this folder, only partitions.json (a table of AWS \
         partitions). Pass the folder that contains one, such as {}.",
        path.display(),
        newest.display()
    );
    assert_eq!(refusal(path), expected);
}

#[test]
fn a_service_that_cannot_be_read_is_the_only_problem_of_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("service-2.json"), "{\"metadata\": {").unwrap();
    fs::write(folder.path().join("paginators-1.json"), "{\"pagination\": {}}").unwrap();
    let refused = refusal(folder.path());
    assert!(refused.contains("service-2.json:1:14: the JSON ends unexpectedly"), "{refused}");
    assert_eq!(refused.lines().count(), 1, "{refused}");
}
