//! Lists repositories over a transport that prints the status and the duration of each request:
//!
//! ```text
//! AWS_PROFILE=... cargo run --example custom_transport --features blocking
//! ```
//!
//! The program depends only on the crate `longshore`.

use std::{error::Error, time::Instant};

use longshore::{
    BoxFuture, Bytes, Config, Environment, HttpTransport, Transport, TransportError,
    ecr::{blocking::Client, operation::DescribeRepositoriesRequest},
    http::{Request, Response},
};

/// Prints the status and the duration of each request.
#[derive(Debug, Default)]
struct Timed(HttpTransport);

impl Transport for Timed {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let (host, started) = (request.uri().host().map(str::to_owned), Instant::now());
            let result = self.0.send(request).await;
            let status = result.as_ref().map(Response::status);
            eprintln!("{host:?}: {status:?} after {:?}", started.elapsed());
            result
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let builder = Config::builder().transport(Timed::default());
    let config = builder.load_blocking(&Environment::process())?;
    for page in Client::new(&config).describe_repositories_pages(DescribeRepositoriesRequest::new())
    {
        for repository in page?.repositories {
            println!("{}", repository.repository_name.as_deref().unwrap_or("?"));
        }
    }
    Ok(())
}
