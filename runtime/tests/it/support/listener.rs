//! Accepts connections on the loopback address until it is dropped.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// A port of the loopback address. All tests share one process, so the port must be closed at the
/// end of its test: otherwise the threads and sockets of all servers would accumulate.
pub struct Listener {
    /// `127.0.0.1:` and the port.
    pub address: String,
    stopped: Arc<AtomicBool>,
}

impl Listener {
    /// Runs `serve` on a separate thread for each connection, with the connection and its number,
    /// counted from 0.
    pub fn start(serve: impl Fn(TcpStream, usize) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let address = listener.local_addr().expect("an address").to_string();
        let stopped = Arc::new(AtomicBool::new(false));
        let (stop, serve) = (Arc::clone(&stopped), Arc::new(serve));
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (serve, stream) = (Arc::clone(&serve), stream.expect("a connection"));
                thread::spawn(move || serve(stream, number));
            }
        });
        Self { address, stopped }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(&self.address);
    }
}
