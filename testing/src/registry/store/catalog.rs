//! What the public gallery shows of a repository.

use bytes::Bytes;

/// The catalog data of a repository.
#[derive(Debug, Clone, Default)]
pub(in crate::registry) struct Catalog {
    pub description: Option<String>,
    pub architectures: Vec<String>,
    pub operating_systems: Vec<String>,
    pub about: Option<String>,
    pub usage: Option<String>,
    pub logo: Option<Logo>,
}

/// A picture, and the random word under which it can be fetched.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Logo {
    pub token: String,
    pub picture: Bytes,
}
