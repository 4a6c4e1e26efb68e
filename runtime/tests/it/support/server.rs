//! A server on loopback that keeps what it is sent and answers from a script.
//!
//! It reads and writes bytes, not HTTP by the library under test, so that what it keeps is what
//! was really on the wire.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

/// How long a test waits for what must come. Only a test that fails waits that long.
const PATIENCE: Duration = Duration::from_secs(30);

/// An answer: bytes, and what follows them.
pub struct Reply {
    pub bytes: Vec<u8>,
    then: Then,
}

/// What a server does behind its answer.
enum Then {
    /// Waits for the next request.
    Listen,
    /// Writes nothing more for this request, and counts as stalled.
    Stall,
    /// Writes a byte a second, and counts as stalled.
    Drip,
    /// Writes so many bytes more, or as many as are taken.
    Flood(usize),
    Close,
    /// Ends the connection as a crash does.
    Reset,
}

impl Reply {
    /// Whether the connection ends behind the answer.
    pub fn closes(&self) -> bool {
        matches!(self.then, Then::Close | Then::Reset)
    }

    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        Self { bytes: [head.as_bytes(), b"\r\n", body].concat(), then: Then::Listen }
    }

    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::new(200, &[("x-amzn-requestid", "request-1")], body)
    }

    /// An error with a code and nothing else.
    pub fn code(status: u16, code: &str) -> Self {
        Self::new(status, &[("x-amzn-errortype", code), ("x-amzn-requestid", "id-1")], "")
    }

    /// An error that passes.
    pub fn busy() -> Self {
        Self::new(503, &[], "")
    }

    /// Exactly these bytes, and then nothing more over a connection that stays open.
    pub fn unfinished(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Stall }
    }

    /// Exactly these bytes, and then the end of the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Close }
    }

    /// Exactly these bytes, and then a reset of the connection.
    pub fn reset(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Reset }
    }

    /// Nothing at all, over a connection that stays open.
    pub fn never() -> Self {
        Self::unfinished("")
    }

    /// Exactly these bytes, and then one more each second.
    pub fn drip(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Drip }
    }

    /// Exactly these bytes, and then so many of a page.
    pub fn flood(bytes: impl Into<Vec<u8>>, more: usize) -> Self {
        Self { bytes: bytes.into(), then: Then::Flood(more) }
    }

    /// The same answer, and then the end of the connection although nothing had announced it.
    pub fn and_close(mut self) -> Self {
        self.then = Then::Close;
        self
    }
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Captured {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Which connection it came over, counted from 0.
    pub connection: usize,
}

impl Captured {
    /// The only header of this name.
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(n, _)| n == name);
        let value = &values.next().unwrap_or_else(|| panic!("no header {name}")).1;
        assert!(values.next().is_none(), "more than one header {name}");
        value
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }
}

/// A server; a clone looks at the same one.
#[derive(Clone)]
pub struct Server {
    pub url: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    script: VecDeque<Reply>,
    captured: Vec<Captured>,
    /// Answers that hang.
    stalled: usize,
    /// Connections that are over.
    closed: usize,
    /// Bytes of floods that went out.
    flooded: usize,
}

impl Server {
    /// Starts a server that gives these answers, in turn.
    pub fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::new(Seen::default());
        seen.lock().script = script.into_iter().collect();
        let server = Self { url, seen };
        let seen = Arc::clone(&server.seen);
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (seen, stream) = (Arc::clone(&seen), stream.expect("a connection"));
                thread::spawn(move || {
                    serve(&stream, number, &seen);
                    // Before it is said to be over.
                    drop(stream);
                    seen.change(|state| state.closed += 1);
                });
            }
        });
        server
    }

    pub fn requests(&self) -> Vec<Captured> {
        self.seen.lock().captured.clone()
    }

    /// The only request there was.
    pub fn request(&self) -> Captured {
        let mut all = self.requests();
        assert_eq!(all.len(), 1, "one request");
        all.remove(0)
    }

    /// How many bytes of a flood went out.
    pub fn flooded(&self) -> usize {
        self.seen.lock().flooded
    }

    /// How many answers hang, of those that were begun.
    pub fn stalled(&self) -> usize {
        self.seen.lock().stalled
    }

    /// Blocks until so many connections are over.
    pub fn wait_closed(&self, connections: usize) {
        self.seen.wait(|state| state.closed >= connections);
    }

    /// Blocks until so many answers hang, or until `otherwise`.
    pub fn wait_stalled(&self, answers: usize, otherwise: impl Fn() -> bool) {
        self.seen.wait(|state| state.stalled >= answers || otherwise());
    }

    /// Lets those who wait look again.
    pub fn wake(&self) {
        self.seen.change(|_| {});
    }
}

impl Seen {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("what was seen")
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn wait(&self, until: impl Fn(&State) -> bool) {
        let waiting = self.changed.wait_timeout_while(self.lock(), PATIENCE, |state| !until(state));
        assert!(!waiting.expect("what was seen").1.timed_out(), "it did not come to that");
    }
}

fn serve(stream: &TcpStream, connection: usize, seen: &Seen) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader, connection) {
        let reply = {
            let mut state = seen.lock();
            state.captured.push(request);
            state.script.pop_front()
        };
        let Some(reply) = reply else { return };
        if (&*stream).write_all(&reply.bytes).is_err()
            || follow(stream, &reply.then, seen).is_none()
        {
            return;
        }
    }
}

/// Does what comes behind an answer; nothing where the connection is over.
fn follow(mut stream: &TcpStream, then: &Then, seen: &Seen) -> Option<()> {
    match then {
        Then::Listen => Some(()),
        Then::Stall => {
            seen.change(|state| state.stalled += 1);
            Some(())
        }
        Then::Drip => {
            seen.change(|state| state.stalled += 1);
            loop {
                thread::sleep(Duration::from_secs(1));
                stream.write_all(b" ").ok()?;
            }
        }
        Then::Flood(bytes) => {
            let piece = [b'x'; 64 * 1024];
            let mut left = *bytes;
            while left > 0 {
                let written = stream.write(&piece[..left.min(piece.len())]).ok()?;
                left -= written;
                seen.change(|state| state.flooded += written);
            }
            Some(())
        }
        Then::Close => None,
        Then::Reset => {
            let socket = socket2::SockRef::from(stream);
            socket.set_linger(Some(Duration::ZERO)).expect("a socket");
            None
        }
    }
}

/// The next request of a connection.
pub fn read(reader: &mut impl BufRead, connection: usize) -> Option<Captured> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Captured { line: line.trim_end().to_owned(), headers, body, connection })
}
