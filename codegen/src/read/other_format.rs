//! Recognizes files in other formats by their content, and describes them.
//!
//! Such a file is reported as one problem, instead of one for every missing key.

use std::path::Path;

use crate::{
    error::Problem,
    json::{Fields, Node},
};

/// A format that is not a model, or is only part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OtherFormat {
    /// What a file of this format is, with an article.
    pub(super) what: &'static str,
    /// What to do with it.
    advice: &'static str,
}

const EXPECTED: &str = "Pass a Smithy JSON AST (keys `smithy` and `shapes`) or a C2J service (keys \
    `metadata`, `operations` and `shapes`).";

const UNPACK: &str = "Unpack it, and pass the model file or folder in it.";

/// The advice for files that belong to a service.
const PART: &str = "Pass the folder that also contains the service's own file, `service-2.json`.";

const MINIFIED: OtherFormat = OtherFormat {
    what: "a minified model of the AWS SDK for JavaScript, which lacks the names of shapes",
    advice: "Pass the full model: `*.normal.json` from the source of that SDK, or the folder of \
        the service in the data of the Python package botocore.",
};

/// The first bytes of binary formats.
const BYTES: [(&[u8], &str, &str); 9] = [
    (b"PK\x03\x04", "a zip archive", UNPACK),
    (b"PK\x05\x06", "an empty zip archive", EXPECTED),
    (b"BZh", "a bzip2 file", UNPACK),
    (b"\xfd7zXZ\0", "an xz file", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd file", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"%PDF", "a PDF document", EXPECTED),
    (b"\xff\xfe", "UTF-16 text", "Save it as UTF-8."),
    (b"\xfe\xff", "UTF-16 text", "Save it as UTF-8."),
];

/// The first characters of text formats, after white space and comments.
const TEXTS: [(&str, &str, &str); 10] = [
    (
        "<?php",
        "PHP source: the AWS SDK for PHP stores its models as PHP arrays",
        "Pass the folder of the service in the data of the Python package botocore.",
    ),
    ("<", "XML or HTML", EXPECTED),
    ("$version", IDL, CONVERT),
    ("namespace ", IDL, CONVERT),
    ("metadata ", IDL, CONVERT),
    ("syntax ", "a Protocol Buffers file", EXPECTED),
    ("openapi:", "an OpenAPI description", EXPECTED),
    ("swagger:", "an OpenAPI description", EXPECTED),
    ("AWSTemplateFormatVersion:", "a CloudFormation template", EXPECTED),
    ("version https://git-lfs", "a Git LFS pointer", "Run `git lfs pull` to get the file."),
];

const IDL: &str = "Smithy IDL";
const CONVERT: &str = "Convert it with `smithy ast`, and pass the JSON.";

/// The top-level keys of JSON formats. The first row whose keys are all present applies.
const KEYS: [(&[&str], &str, &str); 26] = [
    (&["openapi"], "an OpenAPI description", EXPECTED),
    (&["swagger"], "an OpenAPI description", EXPECTED),
    (&["asyncapi"], "an AsyncAPI description", EXPECTED),
    (&["AWSTemplateFormatVersion"], "a CloudFormation template", EXPECTED),
    (&["Resources"], "a CloudFormation template", EXPECTED),
    (&["typeName", "properties"], "a CloudFormation resource type", EXPECTED),
    (&["Version", "Statement"], "an IAM policy", EXPECTED),
    (&["$schema"], "a JSON Schema or a file that follows one", EXPECTED),
    (&["discoveryVersion"], "a description of a Google API", EXPECTED),
    (&["__schema"], "a GraphQL schema", EXPECTED),
    (&["info", "item"], "a Postman collection", EXPECTED),
    (&["lockfileVersion"], "the lock file of an npm package", EXPECTED),
    (&["name", "version", "dependencies"], NPM, EXPECTED),
    (&["name", "version", "devDependencies"], NPM, EXPECTED),
    (&["name", "version", "main"], NPM, EXPECTED),
    (&["name", "scripts"], NPM, EXPECTED),
    (&["partitions"], "a table of AWS partitions", EXPECTED),
    (&["version", "projections"], BUILD, EXPECTED),
    (&["version", "sources"], BUILD, EXPECTED),
    (&["pagination"], "the paginators file of a C2J service", PART),
    (&["waiters"], "the waiters file of a C2J service", PART),
    (&["parameters", "rules"], "the endpoint rules file of a C2J service", PART),
    (&["testCases"], "a file of test cases of a C2J service", PART),
    (&["examples"], "the examples file of a C2J service", PART),
    (&["merge"], "a corrections file of a C2J service", PART),
    (&["service", "operations"], "the documentation file of a C2J service", PART),
];

const NPM: &str = "the manifest of an npm package";
const BUILD: &str = "the configuration of a Smithy build";

impl OtherFormat {
    /// Recognizes a binary format.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        // The magic number of tar follows the first fields of the header.
        if bytes.get(257..262) == Some(b"ustar") {
            return Some(Self { what: "a tar archive", advice: UNPACK });
        }
        let mut known = BYTES.into_iter();
        let (_, what, advice) = known.find(|(start, ..)| bytes.starts_with(start))?;
        Some(Self { what, advice })
    }

    /// Recognizes text that is not JSON.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let text = without_comments(text);
        if text.is_empty() {
            return Some(Self { what: "an empty file", advice: EXPECTED });
        }
        let mut known = TEXTS.into_iter();
        let (_, what, advice) = known.find(|(start, ..)| text.starts_with(start))?;
        Some(Self { what, advice })
    }

    /// Recognizes a JSON format by its top-level keys.
    pub(super) fn of_json(root: Node<'_>) -> Option<Self> {
        let fields = root.fields().ok()?;
        let has = |name: &&str| fields.iter().any(|(key, _)| key == name);
        let (_, what, advice) = KEYS.into_iter().find(|(keys, ..)| keys.iter().all(has))?;
        Some(Self { what, advice })
    }

    /// Recognizes the minified form of a C2J service: operations without names, with inline
    /// structures.
    pub(super) fn of_service(service: Node<'_>) -> Option<Self> {
        let operations = service.field("operations").ok()??.fields().ok()?;
        let operations: Vec<Fields<'_>> =
            operations.into_iter().filter_map(|(_, node)| node.fields().ok()).collect();
        let named = operations.iter().flatten().any(|(key, _)| key == "name");
        let in_place = operations.iter().flatten().any(|(key, node)| {
            matches!(key.as_ref(), "input" | "output") && matches!(node.field("shape"), Ok(None))
        });
        (in_place && !named).then_some(MINIFIED)
    }

    /// Returns the problem for the whole file.
    pub(super) fn problem(self, file: &Path) -> Problem {
        Problem::in_file(file, format!("this is {}. {}", self.what, self.advice))
    }
}

/// Skips white space and the comments of Smithy IDL, YAML and Protocol Buffers.
fn without_comments(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let is_comment = ["//", "#", "---"].iter().any(|start| text.starts_with(start));
        match text.split_once('\n') {
            Some((_, rest)) if is_comment => text = rest,
            _ => return text,
        }
    }
}
