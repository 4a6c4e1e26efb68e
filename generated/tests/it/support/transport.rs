//! A transport that returns a list of responses with status 200, and records the bodies of requests.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use longshore::{
    BoxFuture, Bytes, Config, Credentials, Transport, TransportError, TransportErrorKind,
    http::{Request, Response},
};

#[derive(Debug)]
pub struct Mock {
    responses: Mutex<VecDeque<&'static str>>,
    bodies: Mutex<Vec<String>>,
}

impl Mock {
    pub fn returning(responses: impl IntoIterator<Item = &'static str>) -> Arc<Self> {
        let responses = Mutex::new(responses.into_iter().collect());
        Arc::new(Self { responses, bodies: Mutex::default() })
    }

    /// The bodies of the requests.
    pub fn bodies(&self) -> Vec<String> {
        self.bodies.lock().unwrap().clone()
    }
}

impl Transport for Mock {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        self.bodies.lock().unwrap().push(body);
        let response = self.responses.lock().unwrap().pop_front();
        let over =
            || TransportError::new(TransportErrorKind::Unusable, "there are no more responses");
        Box::pin(async move { response.map(|body| Response::new(body.into())).ok_or_else(over) })
    }
}

/// The configuration for clients with the transport.
pub fn config(mock: &Arc<Mock>) -> Config {
    Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "not-so-secret", None, None, "test"))
        .transport(Arc::clone(mock))
        .build()
}
