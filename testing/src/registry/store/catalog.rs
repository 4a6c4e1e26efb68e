//! Catalog data: what the public gallery shows about a repository.

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

/// The image of a logo, and the random token in its URL.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Logo {
    pub token: String,
    pub image: Bytes,
}
