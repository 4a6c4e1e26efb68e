//! The example as it is run, and what its build script left for it.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
};

/// Every file below a folder, by its way there.
fn files(folder: &Path, way: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{way}{}", path.file_name().unwrap().to_str().unwrap());
        match path.is_dir() {
            true => found.extend(files(&path, &format!("{name}/"))),
            false => drop(found.insert(name)),
        }
    }
    found
}

#[test]
fn what_the_two_operations_reach_is_generated_and_nothing_else() {
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
    expected.extend(["mod", "client", "endpoint"].map(|name| format!("ecr/{name}.rs")));
    let folders: [(&str, &[&str]); 3] =
        [("exception", &exceptions), ("types", &types), ("operation", &operations)];
    for (folder, names) in folders {
        let names = names.iter().chain(&["mod"]);
        expected.extend(names.map(|name| format!("ecr/{folder}/{name}.rs")));
    }
    let folder: PathBuf = [env!("OUT_DIR"), "src"].iter().collect();
    assert_eq!(files(&folder, ""), expected);
}

/// What was asked: the operation and the body.
type Request = (String, serde_json::Value);

fn read_request(stream: &mut BufReader<TcpStream>) -> Request {
    let (mut target, mut length) = (String::new(), 0);
    for line in stream.by_ref().lines() {
        let line = line.unwrap();
        let Some((name, value)) = line.split_once(": ") else {
            if line.is_empty() {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "x-amz-target" => target = value.to_owned(),
            "content-length" => length = value.parse().unwrap(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    (target, serde_json::from_slice(&body).unwrap())
}

/// Serves a connection with these statuses and bodies, and returns what was asked.
fn serve(listener: &TcpListener, answers: &[(&str, &str)]) -> Vec<Request> {
    let mut stream = BufReader::new(listener.accept().unwrap().0);
    let answer = |(status, body): &(&str, &str)| {
        let request = read_request(&mut stream);
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.get_mut().write_all((head + body).as_bytes()).unwrap();
        request
    };
    answers.iter().map(answer).collect()
}

/// Runs the example against a server that gives these answers; what it printed, and what it asked.
fn run(answers: &'static [(&str, &str)], by_variable: bool) -> (String, Vec<Request>) {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("manifest.json");
    fs::write(&manifest, "{\"schemaVersion\":2}").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || serve(&listener, answers));
    let mut command = Command::new(env!("CARGO_BIN_EXE_longshore-example-subset"));
    command.env_clear().env("HOME", folder.path()).env("AWS_REGION", "eu-west-1");
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
    command.args(["team/app", "v1"]).arg(&manifest);
    match by_variable {
        true => command.env("AWS_ENDPOINT_URL", endpoint),
        false => command.arg(endpoint),
    };
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (String::from_utf8(output.stdout).unwrap(), server.join().unwrap())
}

const GOT: (&str, &str) =
    ("200 OK", r#"{"images": [{"imageManifest": "{\"schemaVersion\":2}"}], "failures": []}"#);

#[test]
fn a_manifest_is_put_and_got_back() {
    let (printed, asked) = run(&[("200 OK", "{}"), GOT], false);
    assert_eq!(printed, "{\"schemaVersion\":2}\n");
    let [(put, manifest), (get, image)] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!(put, "AmazonEC2ContainerRegistry_V20150921.PutImage");
    assert_eq!(manifest["imageManifest"], "{\"schemaVersion\":2}");
    assert_eq!(get, "AmazonEC2ContainerRegistry_V20150921.BatchGetImage");
    assert_eq!(image["imageIds"][0]["imageTag"], "v1");
}

#[test]
fn an_image_that_is_there_already_is_no_failure() {
    const THERE: (&str, &str) = ("400 Bad Request", r#"{"__type": "ImageAlreadyExistsException"}"#);
    let (printed, asked) = run(&[THERE, GOT], true);
    assert_eq!(printed, "{\"schemaVersion\":2}\n");
    assert_eq!(asked.len(), 2);
}
