//! A transport that gives answers of success in turn and keeps the bodies of requests.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http::{Request, Response};
use longshore::{BoxFuture, Config, Credentials, Transport, TransportError, TransportErrorKind};

#[derive(Debug)]
pub struct Mock {
    answers: Mutex<VecDeque<&'static str>>,
    bodies: Mutex<Vec<String>>,
}

impl Mock {
    pub fn answering(answers: impl IntoIterator<Item = &'static str>) -> Arc<Self> {
        let answers = Mutex::new(answers.into_iter().collect());
        Arc::new(Self { answers, bodies: Mutex::default() })
    }

    /// What it was sent.
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
        let answer = self.answers.lock().unwrap().pop_front();
        let over = || TransportError::new(TransportErrorKind::Unusable, "the script is over");
        Box::pin(async move { answer.map(|body| Response::new(body.into())).ok_or_else(over) })
    }
}

/// A configuration over the mock.
pub fn config(mock: &Arc<Mock>) -> Config {
    Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "not-so-secret", None, None, "test"))
        .transport(Arc::clone(mock))
        .build()
}
