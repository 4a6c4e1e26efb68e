//! A repository: its settings and its contents.

use longshore::Timestamp;

use super::catalog::Catalog;
use super::images::Images;
use super::layers::Layers;
use super::mutability::Mutability;
use super::resource_tags::ResourceTags;

/// A repository. Its name is the key in the [`Store`](super::Store).
pub(in crate::registry) struct Repository {
    pub created: Timestamp,
    pub mutability: Mutability,
    pub scan_on_push: bool,
    pub encryption: Encryption,
    pub layers: Layers,
    pub images: Images,
    pub resource_tags: ResourceTags,
    /// The repository policy, as JSON.
    pub policy: Option<String>,
    /// The lifecycle policy, as JSON.
    pub lifecycle: Option<String>,
    /// Catalog data, in public registries.
    pub catalog: Option<Catalog>,
}

/// The encryption setting, which has no effect.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Encryption {
    pub algorithm: String,
    pub kms_key: Option<String>,
}

impl Default for Encryption {
    fn default() -> Self {
        Self { algorithm: "AES256".to_owned(), kms_key: None }
    }
}

impl Repository {
    /// An empty repository with default settings.
    pub(in crate::registry) fn new(created: Timestamp) -> Self {
        Self {
            created,
            mutability: Mutability::default(),
            scan_on_push: false,
            encryption: Encryption::default(),
            layers: Layers::default(),
            images: Images::default(),
            resource_tags: ResourceTags::default(),
            policy: None,
            lifecycle: None,
            catalog: None,
        }
    }
}
