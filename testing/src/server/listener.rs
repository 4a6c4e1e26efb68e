//! The thread on which a server listens.
//!
//! It has its own Tokio runtime, so that tests need no runtime, and tests with a paused clock work.

use std::convert::Infallible;
use std::error::Error;
use std::future::poll_fn;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fmt, io};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use super::body::{self, Chunks, MAX_BODY};
use super::dispatcher::{Dispatcher, Outcome};
use super::received::ReceivedRequest;

/// How long to wait after `accept` failed, which usually means that there are too many connections.
const RETRY_ACCEPT: Duration = Duration::from_millis(10);

/// Listens until it is dropped.
pub(super) struct Listener {
    pub(super) address: SocketAddr,
    /// The thread ends when this is dropped.
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    pub(super) fn start(address: SocketAddr, dispatcher: Arc<Dispatcher>) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<Infallible>();
        let (started, result) = mpsc::channel();
        let run = move || {
            let (runtime, listener) = match runtime(listener) {
                Ok(runtime) => runtime,
                Err(error) => return drop(started.send(Err(error))),
            };
            let _ = started.send(Ok(()));
            runtime.spawn(accept(listener, dispatcher));
            // Ends with an error when the sender is dropped.
            let _ = runtime.block_on(stopped);
            // Does not wait for blocking tasks that handlers spawned.
            runtime.shutdown_background();
        };
        let thread = thread::Builder::new().name("longshore-testing".to_owned()).spawn(run)?;
        result.recv().map_err(io::Error::other)??;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        drop(self.stop.take());
        // If a handler owns the last handle of its own server, this runs on the thread itself.
        let other = |thread: &JoinHandle<()>| thread.thread().id() != thread::current().id();
        if let Some(thread) = self.thread.take().filter(other) {
            let _ = thread.join();
        }
    }
}

fn runtime(listener: TcpListener) -> io::Result<(Runtime, tokio::net::TcpListener)> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _entered = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    Ok((runtime, listener))
}

async fn accept(listener: tokio::net::TcpListener, dispatcher: Arc<Dispatcher>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(serve(stream, Arc::clone(&dispatcher)))),
            Err(_) => tokio::time::sleep(RETRY_ACCEPT).await,
        }
    }
}

/// Serves one connection.
async fn serve(stream: TcpStream, dispatcher: Arc<Dispatcher>) {
    // Otherwise Nagle's algorithm would delay small responses.
    let _ = stream.set_nodelay(true);
    let reset = Arc::new(AtomicBool::new(false));
    let respond = |request| Box::pin(respond(Arc::clone(&dispatcher), request, Arc::clone(&reset)));
    // Requests that were received are handled even if the client disconnects, as a service would do.
    // Without half-close, hyper cancels them when it sees the end of the stream.
    let mut connection = http1::Builder::new()
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service_fn(respond));
    // Errors of the connection are ignored, because the client notices that it has ended.
    let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let stream = connection.into_parts().io.into_inner();
    if reset.load(Ordering::Relaxed) {
        let _ = stream.set_zero_linger();
    }
}

async fn respond(
    dispatcher: Arc<Dispatcher>,
    request: Request<Incoming>,
    reset: Arc<AtomicBool>,
) -> Result<Response<Chunks>, Closed> {
    let (head, body) = request.into_parts();
    let body = body::read(body, MAX_BODY).await.map_err(|_| Closed)?;
    match dispatcher.dispatch(ReceivedRequest::new(head, body)).await {
        Outcome::Respond { response, truncated } => Ok(response.into_http(truncated)),
        Outcome::Close { reset: with_reset } => {
            reset.store(with_reset, Ordering::Relaxed);
            Err(Closed)
        }
    }
}

/// Makes hyper close the connection without a response.
#[derive(Debug)]
struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed without a response")
    }
}

impl Error for Closed {}
