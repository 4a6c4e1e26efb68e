//! The thread on which a server listens, with a runtime of its own: so neither a runtime of the test
//! nor its clock matters, nor whether there is one at all.

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

use super::arrival::Arrival;
use super::body::{self, Pieces};
use super::desk::{Desk, Outcome};

/// A thread that listens until this is dropped.
pub(super) struct Listening {
    pub(super) address: SocketAddr,
    /// What ends the thread when it is dropped.
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl Listening {
    /// Listens at an address.
    pub(super) fn start(address: SocketAddr, desk: Arc<Desk>) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<Infallible>();
        let (sender, receiver) = mpsc::channel();
        let thread =
            thread::Builder::new().name("longshore-testing".to_owned()).spawn(move || {
                let begun = begin(listener);
                let (runtime, listener) = match begun {
                    Ok(begun) => begun,
                    Err(error) => return drop(sender.send(Err(error))),
                };
                let _ = sender.send(Ok(()));
                runtime.spawn(accept(listener, desk));
                // It ends when the sender is gone.
                let _ = runtime.block_on(stopped);
                // What handlers have left to other threads is not waited for.
                runtime.shutdown_background();
            })?;
        receiver.recv().map_err(io::Error::other)??;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        drop(self.stop.take());
        // A handler that has the last handle of its own server drops it on the thread itself.
        if let Some(thread) =
            self.thread.take().filter(|t| t.thread().id() != thread::current().id())
        {
            let _ = thread.join();
        }
    }
}

fn begin(listener: TcpListener) -> io::Result<(Runtime, tokio::net::TcpListener)> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _entered = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    Ok((runtime, listener))
}

async fn accept(listener: tokio::net::TcpListener, desk: Arc<Desk>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(serve(stream, Arc::clone(&desk)))),
            // There are too many connections; some of them end.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Answers the requests of one connection.
async fn serve(stream: TcpStream, desk: Arc<Desk>) {
    // Answers are small, and whoever waits for them waits for all of it.
    let _ = stream.set_nodelay(true);
    let resets = Arc::new(AtomicBool::new(false));
    let respond = |request| Box::pin(answer(Arc::clone(&desk), request, Arc::clone(&resets)));
    // What a client asks for is done also where it has gone away by then, as a service does it.
    // Otherwise its end may be seen before what it has sent, and ends the work on it.
    let mut connection = http1::Builder::new()
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service_fn(respond));
    // That a client goes away is its own affair.
    let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let stream = connection.into_parts().io.into_inner();
    if resets.load(Ordering::Relaxed) {
        let _ = stream.set_zero_linger();
    }
}

async fn answer(
    desk: Arc<Desk>,
    request: Request<Incoming>,
    resets: Arc<AtomicBool>,
) -> Result<Response<Pieces>, Gone> {
    let (head, body) = request.into_parts();
    let body = body::read(body).await.map_err(|_| Gone)?;
    match desk.answer(Arrival::new(head, body)).await {
        Outcome::Answer { reply, truncated } => Ok(reply.into_response(truncated)),
        Outcome::Nothing { reset } => {
            resets.store(reset, Ordering::Relaxed);
            Err(Gone)
        }
    }
}

/// Ends a connection without an answer.
#[derive(Debug)]
struct Gone;

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no answer")
    }
}

impl Error for Gone {}
