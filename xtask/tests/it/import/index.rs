//! A package index that serves one project on a loopback socket.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use serde_json::{Value, json};

/// The page of the project.
pub(super) struct Page {
    status: &'static str,
    media_type: &'static str,
    body: String,
}

impl Page {
    /// A page that lists these files in JSON.
    pub(super) fn json(files: &[Value]) -> Self {
        let body = json!({"meta": {"api-version": "1.0"}, "name": "botocore", "files": files});
        let media_type = "application/vnd.pypi.simple.v1+json";
        Self { status: "200 OK", media_type, body: body.to_string() }
    }

    /// A page that lists files as links in HTML.
    pub(super) fn html(links: &str) -> Self {
        let body = format!("<!DOCTYPE html>\n<html><body>\n{links}</body></html>\n");
        Self { status: "200 OK", media_type: "text/html", body }
    }

    /// An index without the project.
    pub(super) fn missing() -> Self {
        Self { status: "404 Not Found", media_type: "text/plain", body: String::new() }
    }
}

/// A running index. Its thread ends with the process.
pub(super) struct Index {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Index {
    /// Serves a page, and archives by name.
    pub(super) fn start(page: Page, archives: &[(&str, &[u8])]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let file = |(name, bytes): &(&str, &[u8])| (format!("/files/{name}"), bytes.to_vec());
        let archives: BTreeMap<String, Vec<u8>> = archives.iter().map(file).collect();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = requests.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &page, &archives, &log);
            }
        });
        Self { port, requests }
    }

    /// The URL for `PIP_INDEX_URL`.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/simple", self.port)
    }

    /// The paths that were requested so far.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn answer(
    mut stream: TcpStream,
    page: &Page,
    archives: &BTreeMap<String, Vec<u8>>,
    log: &Mutex<Vec<String>>,
) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    // The request has no body, so an empty line ends it.
    lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
    log.lock().unwrap().push(path.clone());
    let (status, media_type, body) = match archives.get(&path) {
        _ if path == "/simple/botocore/" => (page.status, page.media_type, page.body.as_bytes()),
        Some(bytes) => ("200 OK", "application/gzip", bytes.as_slice()),
        None => ("404 Not Found", "text/plain", &b""[..]),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n"
    );
    // The client may have closed the connection.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}
