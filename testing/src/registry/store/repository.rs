//! A repository: what it is, and what is in it.

use super::catalog::Catalog;
use super::images::Images;
use super::labels::Labels;
use super::layers::Layers;
use super::mutability::Mutability;
use longshore::Timestamp;

/// A repository. What it is called, its registry knows.
pub(in crate::registry) struct Repository {
    pub created: Timestamp,
    pub mutability: Mutability,
    pub scan_on_push: bool,
    pub encryption: Encryption,
    pub layers: Layers,
    pub images: Images,
    pub labels: Labels,
    /// Who may do what, as JSON.
    pub policy: Option<String>,
    /// Which images go when, as JSON. It is kept and never acted upon.
    pub lifecycle: Option<String>,
    /// What the public gallery shows.
    pub catalog: Option<Catalog>,
}

/// How a repository says that it is encrypted.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Encryption {
    pub kind: String,
    pub key: Option<String>,
}

impl Default for Encryption {
    fn default() -> Self {
        Self { kind: "AES256".to_owned(), key: None }
    }
}

impl Repository {
    /// An empty one, with what holds where a request says nothing.
    pub(in crate::registry) fn new(created: Timestamp) -> Self {
        Self {
            created,
            mutability: Mutability::default(),
            scan_on_push: false,
            encryption: Encryption::default(),
            layers: Layers::default(),
            images: Images::default(),
            labels: Labels::default(),
            policy: None,
            lifecycle: None,
            catalog: None,
        }
    }
}
