//! A registry with one repository, and operations on it.

use std::path::Path;
use std::sync::Arc;

use longshore::ecr::operation::{ListImagesRequest, PutImageTagMutabilityRequest};
use longshore::ecr::types::ImageTagMutability;
use longshore::{Operation, ecr, ecr_public};
use longshore_images::{Error, Progress, PullOptions, PushOptions, Remote, Summary, pull, push};
use longshore_testing::{Call, Registry, RegistryBuilder};

use crate::test_layout::TestLayout;

/// The name of the repository.
pub const REPOSITORY: &str = "team/app";

/// A registry with the repository `team/app`.
pub struct TestRegistry {
    pub registry: Registry,
    pub ecr: ecr::Client,
}

impl TestRegistry {
    pub async fn new() -> Self {
        Self::start(Registry::builder()).await
    }

    /// Sets the part size in bytes.
    pub async fn with_parts(bytes: u64) -> Self {
        Self::start(Registry::builder().part_size(bytes).min_part_size(1)).await
    }

    async fn start(builder: RegistryBuilder) -> Self {
        let registry = builder.start().expect("a registry");
        let ecr = ecr::Client::new(&registry.config());
        let this = Self { registry, ecr };
        assert!(this.remote().create_repository(REPOSITORY).await.expect("a repository"));
        this
    }

    pub fn remote(&self) -> Remote {
        Remote::Private(self.ecr.clone())
    }

    pub fn public(&self) -> Remote {
        Remote::Public(ecr_public::Client::new(&self.registry.config()))
    }

    pub async fn push(&self, folder: &TestLayout, to: &str) -> Result<Summary, Error> {
        self.push_with(folder, to, &PushOptions::new(), Arc::new(())).await
    }

    pub async fn push_with(
        &self,
        folder: &TestLayout,
        to: &str,
        options: &PushOptions,
        progress: Arc<dyn Progress>,
    ) -> Result<Summary, Error> {
        let to = to.parse().expect("a reference");
        push(&self.remote(), &folder.layout(), &to, options, progress).await
    }

    pub async fn pull(&self, from: &str, folder: &Path) -> Result<Summary, Error> {
        self.pull_with(from, folder, &PullOptions::new(), Arc::new(())).await
    }

    pub async fn pull_with(
        &self,
        from: &str,
        folder: &Path,
        options: &PullOptions,
        progress: Arc<dyn Progress>,
    ) -> Result<Summary, Error> {
        let from = from.parse().expect("a reference");
        pull(&self.ecr, &from, folder, options, progress).await
    }

    /// Makes tags immutable.
    pub async fn make_immutable(&self) {
        let request = PutImageTagMutabilityRequest::new(REPOSITORY, ImageTagMutability::Immutable);
        self.ecr.put_image_tag_mutability(&request).await.expect("changed");
    }

    /// The tags of the repository and their digests, sorted.
    pub async fn tags(&self) -> Vec<(String, String)> {
        let listed = self.ecr.list_images(&ListImagesRequest::new(REPOSITORY)).await;
        let ids = listed.expect("a list").image_ids.into_iter();
        let mut tags: Vec<_> =
            ids.filter_map(|id| Some((id.image_tag?, id.image_digest?))).collect();
        tags.sort();
        tags
    }

    /// The number of received requests of an operation.
    pub fn count<O: Operation>(&self) -> usize {
        self.calls().iter().filter(|call| call.is::<O>()).count()
    }

    pub fn calls(&self) -> Vec<Call> {
        self.registry.server().calls()
    }

    /// The number of received downloads.
    pub fn downloads(&self) -> usize {
        self.calls().iter().filter(|call| call.method() == "GET").count()
    }
}
