//! The registry as a test has it.

use std::time::Duration;

use longshore::{Config, ConfigBuilder};

use super::RegistryBuilder;
use super::store::clock::Clock;
use crate::Server;

/// Amazon ECR and Amazon ECR Public in memory, each with one account, so that a program runs end to
/// end without one.
///
/// It holds what is pushed: repositories, layers that come in parts, manifests, tags, policies.
/// Digests are computed and sizes compared, and what the services refuse is refused with the same
/// exceptions. Clones are handles of the same registry; it ends with the last one, and like that of
/// every [`Server`] this drop panics where a call had come that the registry does not answer.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// use longshore::ecr;
/// use longshore::ecr::operation::CreateRepositoryRequest;
/// use longshore_testing::Registry;
///
/// let registry = Registry::start();
/// let ecr = ecr::Client::new(&registry.config());
/// let created = ecr.create_repository(&CreateRepositoryRequest::new("team/app")).await?;
/// assert!(created.repository.is_some());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
///
/// # What it answers
///
/// Every operation of Amazon ECR Public, and of Amazon ECR those for repositories, their policies, tags
/// and settings (`CreateRepository`, `DescribeRepositories`, `DeleteRepository`,
/// `PutImageTagMutability`, `PutImageScanningConfiguration`, `..RepositoryPolicy`,
/// `..LifecyclePolicy`, `TagResource`, `UntagResource`, `ListTagsForResource`), for layers
/// (`BatchCheckLayerAvailability`, `InitiateLayerUpload`, `UploadLayerPart`, `CompleteLayerUpload`,
/// `GetDownloadUrlForLayer`), for images (`PutImage`, `BatchGetImage`, `BatchDeleteImage`,
/// `ListImages`, `DescribeImages`), and `DescribeRegistry` and `GetAuthorizationToken`. Names are of the
/// region us-east-1, wherever a client thinks it is.
///
/// # What it does not do
///
/// Nobody is refused for want of permission: signatures must be there and are not checked, policies
/// are stored and not acted upon. Manifests are those of OCI and of Docker's version 2, and are never
/// converted. Nothing is scanned, replicated, archived or pulled through from elsewhere; operations
/// for that are unexpected calls, unless [`server`](Self::server) is given a handler for them.
#[derive(Clone, Debug)]
pub struct Registry {
    pub(super) server: Server,
    pub(super) clock: Clock,
}

impl Registry {
    /// A registry on a free port of loopback.
    ///
    /// # Panics
    /// Where the system has no port for it.
    #[must_use]
    #[track_caller]
    pub fn start() -> Self {
        match Self::builder().start() {
            Ok(registry) => registry,
            Err(error) => panic!("the registry does not start: {error}"),
        }
    }

    /// A registry that is not like every other.
    pub fn builder() -> RegistryBuilder {
        RegistryBuilder::new()
    }

    /// The server it is on: for faults, for the calls that have come, and for handlers of other
    /// operations. A handler for an operation of the registry replaces the registry's.
    ///
    /// Of calls with a body of more than 1 MiB, as those with parts of layers, the record has all but
    /// the body, so that [`Server::requests`] panics for them and [`Server::calls`] does not.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Where it listens: `http://127.0.0.1:41234`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// Lets time pass for the registry, to the second: what is pushed, tagged or fetched afterwards is
    /// later by so much. With that a program can be tested that deletes what is old.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// # use longshore::ecr::{Client, operation::CreateRepositoryRequest};
    /// # use longshore_testing::Registry;
    /// use std::time::Duration;
    ///
    /// let registry = Registry::start();
    /// let ecr = Client::new(&registry.config());
    /// let old = ecr.create_repository(&CreateRepositoryRequest::new("old")).await?;
    /// registry.advance(Duration::from_secs(30 * 24 * 60 * 60));
    /// let new = ecr.create_repository(&CreateRepositoryRequest::new("new")).await?;
    /// # let created = |it: longshore::ecr::operation::CreateRepositoryResponse| {
    /// #     it.repository.and_then(|it| it.created_at).unwrap().seconds()
    /// # };
    /// # assert!(created(new) - created(old) >= 30 * 24 * 60 * 60);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// ```
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// A configuration with which clients call it.
    #[must_use]
    pub fn config(&self) -> Config {
        self.server.config()
    }

    /// The same, to be changed.
    pub fn config_builder(&self) -> ConfigBuilder {
        self.server.config_builder()
    }
}
