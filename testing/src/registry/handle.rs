//! The handle of a registry: everything a test does with it.

use std::fmt;
use std::time::Duration;

use longshore::{Config, ConfigBuilder};

use super::RegistryBuilder;
use super::store::clock::Clock;
use super::store::shared::{SharedStore, lock};
use crate::Server;

/// Amazon ECR and Amazon ECR Public in memory, with one account each.
///
/// Images that are pushed can be pulled. The registry computes digests, compares sizes, paginates
/// lists, and rejects invalid requests with the exceptions of the services.
///
/// Clones are handles of the same registry, which stops when the last handle is dropped. As with every
/// [`Server`], this drop panics if the registry received a call of an operation that it does not
/// support.
///
/// ```
/// use longshore::ecr::Client;
/// use longshore::ecr::operation::CreateRepositoryRequest;
/// use longshore_testing::Registry;
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let registry = Registry::start();
/// let client = Client::new(&registry.config());
/// let created = client.create_repository(&CreateRepositoryRequest::new("team/app")).await?;
/// assert!(created.repository.is_some());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// # Supported operations
///
/// - All operations of Amazon ECR Public.
/// - Repositories of Amazon ECR: `CreateRepository`, `DescribeRepositories`, `DeleteRepository`,
///   `PutImageTagMutability`, `PutImageScanningConfiguration`, `TagResource`, `UntagResource`,
///   `ListTagsForResource`, and those on repository policies and lifecycle policies.
/// - Layers: `BatchCheckLayerAvailability`, `InitiateLayerUpload`, `UploadLayerPart`,
///   `CompleteLayerUpload`, `GetDownloadUrlForLayer`.
/// - Images: `PutImage`, `BatchGetImage`, `BatchDeleteImage`, `ListImages`, `DescribeImages`.
/// - Registry: `DescribeRegistry`, `GetAuthorizationToken`.
///
/// Other operations are unexpected calls, unless the test registers a handler on
/// [`server`](Self::server).
///
/// # Manifests
///
/// `PutImage` rejects what the services reject:
///
/// | manifest | exception |
/// |---|---|
/// | not JSON, more than 4 MiB, without `schemaVersion` 2, an unsupported or contradictory media type | `InvalidParameterException` |
/// | an image without `config`, without layers, or with more than 500 layers | `InvalidParameterException` |
/// | a descriptor without media type, digest or size, or with a wrong size | `InvalidParameterException` |
/// | a configuration or layer that was not uploaded, or whose digest is not SHA-256 | `LayersNotFoundException` |
/// | an index of images that were not pushed | `ReferencedImagesNotFoundException` |
/// | a digest that differs from that of the request | `ImageDigestDoesNotMatchException` |
/// | more than 1,000 tags for one image | `LimitExceededException` |
/// | the tag exists and is immutable | `ImageTagAlreadyExistsException` |
/// | nothing would change | `ImageAlreadyExistsException` |
///
/// Foreign layers need not be uploaded.
///
/// # Container engines
///
/// The registry also supports the OCI distribution API at the same address, so docker, skopeo,
/// crane and other tools can push to the repositories of Amazon ECR and pull from them. They log in
/// as the user `AWS` with a password from [`login_password`](Self::login_password) or from the
/// token of `GetAuthorizationToken`.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use longshore_testing::Registry;
///
/// let registry = Registry::builder().create_on_push(true).start()?;
/// let host = registry.url().trim_start_matches("http://");
/// let credentials = format!("AWS:{}", registry.login_password());
/// let image = format!("docker://{host}/team/app:v1");
/// // Run `skopeo copy --dest-tls-verify=false --dest-creds $credentials oci:FOLDER $image` here.
/// # Ok(())
/// # }
/// ```
///
/// All endpoints of version 1.1 of the specification are supported, as well as the list of
/// repositories at `/v2/_catalog`. Manifests follow the rules above, with these differences:
///
/// - A manifest can be pushed again, unless its tag is immutable.
/// - Chunks of layers may have any size, but no request may have more than 1 GiB.
/// - Deleting a tag does not delete its manifest. A layer cannot be deleted before the images that
///   contain it, nor an image before the indexes that contain it.
/// - Errors have the codes of the specification, except that a push to an immutable tag fails with
///   `TAG_INVALID`, as in Amazon ECR. So does a push to an invalid tag.
///
/// Faults of [`Server::fault_on_get`] apply to `GET` and `HEAD` requests, and faults of
/// [`Server::fault`] to all others.
///
/// # Differences from the services
///
/// - Permissions are not checked: signatures must be present but are not verified, and policies are
///   stored but not enforced. The passwords of container engines, however, are checked.
/// - The URIs of repositories and the `proxyEndpoint` of `GetAuthorizationToken` contain the host names
///   of AWS. Container engines must use the address in [`url`](Self::url).
/// - Container engines cannot reach the repositories of Amazon ECR Public.
/// - Manifests are OCI manifests and indexes or Docker manifests of schema 2, and are never converted.
/// - Quotas other than those for layers and tags are not enforced.
/// - Images are not scanned, replicated, archived or pulled through from other registries.
/// - ARNs and URIs contain the region us-east-1, whatever the region of the client.
#[derive(Clone)]
pub struct Registry {
    pub(super) server: Server,
    pub(super) clock: Clock,
    /// The store of Amazon ECR.
    pub(super) private: SharedStore,
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry").field("server", &self.server).finish_non_exhaustive()
    }
}

impl Registry {
    /// Starts a registry on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// Panics if the system provides no port or no thread.
    #[must_use]
    #[track_caller]
    pub fn start() -> Self {
        match Self::builder().start() {
            Ok(registry) => registry,
            Err(error) => panic!("the registry did not start: {error}"),
        }
    }

    /// Creates a builder, to change the settings of a registry.
    pub fn builder() -> RegistryBuilder {
        RegistryBuilder::new()
    }

    /// The server of the registry: for faults, recorded calls, and handlers of other operations. A
    /// handler for an operation of the registry replaces that of the registry.
    ///
    /// Bodies of more than 1 MiB are not recorded, which excludes most parts of layers:
    /// [`Server::requests`] panics for such calls, but [`Server::calls`] contains them.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The URL of the registry, such as `http://127.0.0.1:41234`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// Issues a password for container engines, as `GetAuthorizationToken` does. The user name is
    /// `AWS`, and the password is valid for 12 hours according to the registry's clock.
    ///
    /// # Panics
    /// Panics if the operating system provides no random numbers.
    #[must_use]
    pub fn login_password(&self) -> String {
        match lock(&self.private).login_tokens.issue(self.clock.now()) {
            Ok(token) => token.password,
            Err(error) => panic!("no password was issued: {}", error.message()),
        }
    }

    /// Advances the clock of the registry, in whole seconds. It sets the times of later pushes and
    /// pulls; use it to test code that deletes old images.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// # use longshore::ecr::{Client, operation::CreateRepositoryRequest};
    /// # use longshore_testing::Registry;
    /// use std::time::Duration;
    ///
    /// let registry = Registry::start();
    /// let client = Client::new(&registry.config());
    /// let old = client.create_repository(&CreateRepositoryRequest::new("old")).await?;
    /// registry.advance(Duration::from_secs(30 * 24 * 60 * 60));
    /// let new = client.create_repository(&CreateRepositoryRequest::new("new")).await?;
    /// # let created = |response: longshore::ecr::operation::CreateRepositoryResponse| {
    /// #     let created = response.repository.and_then(|repository| repository.created_at);
    /// #     created.map(|time| time.seconds()).ok_or("no time")
    /// # };
    /// # assert!(created(new)? - created(old)? >= 30 * 24 * 60 * 60);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// The configuration for clients of this registry.
    #[must_use]
    pub fn config(&self) -> Config {
        self.server.config()
    }

    /// A builder with the same settings.
    pub fn config_builder(&self) -> ConfigBuilder {
        self.server.config_builder()
    }
}
