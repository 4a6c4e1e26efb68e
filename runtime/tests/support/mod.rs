//! What the tests share: a server that answers from a script, and a small service to call.

#![allow(dead_code, reason = "every test file uses a part of it")]

pub mod log;
pub mod server;
pub mod service;

use longshore_runtime::{Client, Config, ConfigBuilder, Error};

use server::{Reply, Server};
use service::{PutImageError, PutImageRequest};

/// The secret of every test, which must be in no output.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub const TOKEN: &str = "a-session-token-nobody-may-see";

/// An environment in which nothing is asked that is not on loopback.
pub const ALONE: [(&str, &str); 1] = [("AWS_EC2_METADATA_DISABLED", "true")];

/// A configuration for the server at `url`.
pub fn config(url: &str) -> ConfigBuilder {
    Config::builder()
        .region("eu-west-1")
        .static_credentials("AKIDEXAMPLE", SECRET, Some(TOKEN.to_owned()))
        .endpoint_url(url)
}

/// A client for the server at `url`.
pub fn client(url: &str) -> Client {
    Client::new(&config(url).build())
}

/// What a call ends with when the server answers like this.
pub async fn failure(reply: Reply) -> Error<PutImageError> {
    let server = Server::start([reply]);
    client(&server.url).call(&PutImageRequest::new("a", "b")).await.expect_err("an error")
}
