//! A server behind layers: a proxy that is asked for a way, TLS, or both in any order.

use std::collections::VecDeque;
use std::io::{BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::server::{Captured, Reply, read};

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

/// What a connection has to pass before the server hears anything of it.
#[derive(Clone)]
pub enum Layer {
    /// A proxy that answers its request like this; it opens the way if this is a 200.
    Proxy(&'static str),
    /// TLS with a certificate.
    Tls(Arc<ServerConfig>),
}

/// A proxy that lets everybody through.
pub const OPEN: Layer = Layer::Proxy("HTTP/1.1 200 Here you go\r\n\r\n");

pub struct Layered {
    /// `127.0.0.1:` and the port.
    pub address: String,
    captured: Arc<Mutex<Vec<Captured>>>,
}

impl Layered {
    /// Starts a server that gives these answers to what comes through all layers.
    pub fn start(layers: Vec<Layer>, script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let address = listener.local_addr().expect("an address").to_string();
        let captured = Arc::new(Mutex::new(Vec::new()));
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let seen = Arc::clone(&captured);
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let stream = Box::new(stream.expect("a connection"));
                let (layers, seen) = (layers.clone(), Arc::clone(&seen));
                let script = Arc::clone(&script);
                thread::spawn(move || {
                    let through = pass(stream, layers, number, &seen);
                    through.and_then(|stream| serve(stream, number, &seen, &script))
                });
            }
        });
        Self { address, captured }
    }

    /// All requests, those to proxies among them.
    pub fn requests(&self) -> Vec<Captured> {
        self.captured.lock().expect("the list").clone()
    }

    pub fn lines(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.line).collect()
    }
}

fn pass(
    mut stream: Box<dyn Stream>,
    layers: Vec<Layer>,
    number: usize,
    seen: &Mutex<Vec<Captured>>,
) -> Option<Box<dyn Stream>> {
    for layer in layers {
        stream = match layer {
            Layer::Proxy(answer) => {
                // A byte at a time, so that none of what follows is taken.
                let request = read(&mut BufReader::with_capacity(1, &mut stream), number)?;
                seen.lock().expect("the list").push(request);
                stream.write_all(answer.as_bytes()).ok()?;
                answer.starts_with("HTTP/1.1 200").then_some(stream)?
            }
            Layer::Tls(config) => {
                let connection = ServerConnection::new(config).expect("TLS");
                Box::new(StreamOwned::new(connection, stream))
            }
        };
    }
    Some(stream)
}

fn serve(
    stream: Box<dyn Stream>,
    number: usize,
    seen: &Mutex<Vec<Captured>>,
    script: &Mutex<VecDeque<Reply>>,
) -> Option<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let request = read(&mut reader, number)?;
        seen.lock().expect("the list").push(request);
        let reply = script.lock().expect("the script").pop_front()?;
        reader.get_mut().write_all(&reply.bytes).ok()?;
        reader.get_mut().flush().ok()?;
        if reply.closes() {
            // Without the farewell of TLS, as servers do that are in a hurry.
            return None;
        }
    }
}

/// Signs certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let mut parameters = CertificateParams::default();
        let name = format!("Authority {}", COUNT.fetch_add(1, Ordering::Relaxed));
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(parameters, key).expect("an authority"))
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    pub fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    /// TLS of a server of these names.
    pub fn server(&self, names: &[&str]) -> Layer {
        self.sign(names, 2096)
    }

    /// The same with a certificate that has expired.
    pub fn expired_server(&self, names: &[&str]) -> Layer {
        self.sign(names, 2001)
    }

    fn sign(&self, names: &[&str], until: i32) -> Layer {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut parameters = CertificateParams::new(names).expect("names");
        parameters.not_before = date_time_ymd(2000, 1, 1);
        parameters.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.signed_by(&key, &self.0).expect("a certificate");
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a certificate and its key");
        Layer::Tls(Arc::new(config))
    }
}
