//! A registry: its repositories, and the URLs of downloads.

use std::collections::{BTreeMap, HashMap};

use super::catalog::Logo;
use super::clock::Clock;
use super::digest::Digest;
use super::error::ApiError;
use super::layers::PartSizes;
use super::login_tokens::LoginTokens;
use super::names::{self, RegistryKind};
use super::page::{self, Page, PageRequest};
use super::random;
use super::repository::Repository;
use bytes::Bytes;

/// The region in ARNs and URIs, the same as in [`Server::config`](crate::Server::config).
const REGION: &str = "us-east-1";

/// The prefix of the paths of layers.
pub(in crate::registry) const LAYERS_PATH: &str = "/layers/";

/// The prefix of the paths of logos.
pub(in crate::registry) const LOGOS_PATH: &str = "/logos/";

/// The alias of the public registry.
pub(in crate::registry) const ALIAS: &str = "a1b2c3d4";

/// A registry, private or public.
pub(in crate::registry) struct Store {
    pub kind: RegistryKind,
    pub account: String,
    pub sizes: PartSizes,
    pub clock: Clock,
    pub repositories: BTreeMap<String, Repository>,
    /// The tokens that container engines log in with.
    pub login_tokens: LoginTokens,
    /// Whether a push through the distribution API creates a missing repository.
    pub create_on_push: bool,
    /// The display name of a public registry.
    pub display_name: Option<String>,
    /// Makes page tokens unforgeable.
    pub secret: String,
    /// The URL of the server.
    pub url: String,
    /// The repository and the layer of each download URL, by its random token.
    downloads: HashMap<String, (String, Digest)>,
}

impl Store {
    pub(in crate::registry) fn new(
        kind: RegistryKind,
        account: &str,
        url: &str,
        sizes: PartSizes,
        clock: Clock,
    ) -> Self {
        Self {
            kind,
            account: account.to_owned(),
            sizes,
            clock,
            repositories: BTreeMap::new(),
            login_tokens: LoginTokens::default(),
            create_on_push: false,
            display_name: None,
            url: url.to_owned(),
            // Without random numbers, page tokens can be forged, which is harmless.
            secret: random::token().unwrap_or_default(),
            downloads: HashMap::new(),
        }
    }

    /// Rejects the id of another registry.
    pub(in crate::registry) fn check_account(
        &self,
        requested: Option<&str>,
    ) -> Result<(), ApiError> {
        let Some(requested) = requested else { return Ok(()) };
        names::check_account(requested)?;
        match requested == self.account {
            true => Ok(()),
            false => Err(ApiError::registry_not_found(requested, &self.account)),
        }
    }

    /// Finds a repository.
    pub(in crate::registry) fn repository(
        &mut self,
        registry: Option<&str>,
        name: &str,
    ) -> Result<&mut Repository, ApiError> {
        self.check_account(registry)?;
        self.kind.check_repository(name)?;
        let found = self.repositories.get_mut(name);
        found.ok_or_else(|| ApiError::repository_not_found(name, &self.account))
    }

    /// Finds a repository for the operations that push and delete. They accept the alias of a public
    /// registry instead of its account.
    pub(in crate::registry) fn repository_by_alias(
        &mut self,
        registry: Option<&str>,
        name: &str,
    ) -> Result<&mut Repository, ApiError> {
        match registry.filter(|id| self.kind == RegistryKind::Public && !names::is_account(id)) {
            None => self.repository(registry, name),
            Some(ALIAS) => self.repository(None, name),
            Some(id) => Err(ApiError::registry_not_found(id, ALIAS)),
        }
    }

    /// Adds a repository. Rejects invalid names and names that already exist.
    pub(in crate::registry) fn create(
        &mut self,
        name: &str,
        repository: Repository,
    ) -> Result<(), ApiError> {
        self.kind.check_repository(name)?;
        if self.repositories.contains_key(name) {
            let message =
                format!("the repository {name:?} already exists in the registry {}", self.account);
            return Err(ApiError::new("RepositoryAlreadyExistsException", message));
        }
        self.repositories.insert(name.to_owned(), repository);
        Ok(())
    }

    /// Removes a repository. If it contains images, `force` is required.
    pub(in crate::registry) fn delete(
        &mut self,
        registry: Option<&str>,
        name: &str,
        force: bool,
    ) -> Result<Repository, ApiError> {
        let repository = self.repository(registry, name)?;
        if !repository.images.is_empty() && !force {
            let message = format!("the repository {name:?} contains images, and force is not set");
            return Err(ApiError::new("RepositoryNotEmptyException", message));
        }
        self.repositories
            .remove(name)
            .ok_or_else(|| ApiError::repository_not_found(name, &self.account))
    }

    /// A page of repository names: either the requested `names`, in their order and on one page, or all
    /// names.
    pub(in crate::registry) fn page(
        &mut self,
        registry: Option<&str>,
        names: &[String],
        request: &PageRequest,
    ) -> Result<Page<String>, ApiError> {
        self.check_account(registry)?;
        if names.is_empty() {
            let all = self.repositories.keys().map(|name| (name.clone(), name.clone()));
            return page::page(all, request, &self.secret);
        }
        request.reject_for("repositoryNames")?;
        names.iter().try_for_each(|name| self.repository(None, name).map(|_| ()))?;
        Ok(Page { elements: names.to_vec(), next: None })
    }

    pub(in crate::registry) fn arn(&self, name: &str) -> String {
        match self.kind {
            RegistryKind::Private => {
                format!("arn:aws:ecr:{REGION}:{}:repository/{name}", self.account)
            }
            RegistryKind::Public => {
                format!("arn:aws:ecr-public::{}:repository/{name}", self.account)
            }
        }
    }

    pub(in crate::registry) fn uri(&self, name: &str) -> String {
        match self.kind {
            RegistryKind::Private => format!("{}/{name}", Self::host(&self.account)),
            RegistryKind::Public => format!("public.ecr.aws/{ALIAS}/{name}"),
        }
    }

    /// The host of a private registry, to which container engines log in.
    pub(in crate::registry) fn host(account: &str) -> String {
        format!("{account}.dkr.ecr.{REGION}.amazonaws.com")
    }

    /// Finds a repository by its ARN, ignoring the region.
    pub(in crate::registry) fn by_arn(&mut self, arn: &str) -> Result<&mut Repository, ApiError> {
        let service = match self.kind {
            RegistryKind::Private => "ecr",
            RegistryKind::Public => "ecr-public",
        };
        let mut fields = arn.splitn(6, ':');
        let head = [fields.next(), fields.next(), fields.next()];
        let (_region, account, resource) = (fields.next(), fields.next(), fields.next());
        let name = resource.and_then(|resource| resource.strip_prefix("repository/"));
        match (head, account, name) {
            ([Some("arn"), Some(_), Some(named)], Some(account), Some(name))
                if named == service =>
            {
                let registry = account.to_owned();
                self.repository(Some(&registry), name)
            }
            _ => Err(ApiError::invalid_parameter(format!(
                "resourceArn {arn:?} is not the ARN of a repository"
            ))),
        }
    }

    /// Creates a download URL for a layer. Only layers that an image references can be downloaded.
    pub(in crate::registry) fn create_download_url(
        &mut self,
        name: &str,
        digest: &Digest,
    ) -> Result<String, ApiError> {
        let repository = self.repository(None, name)?;
        if repository.layers.get(digest).is_none() {
            let message = format!("the repository {name:?} has no layer {digest}");
            return Err(ApiError::new("LayersNotFoundException", message));
        }
        if repository.images.layer_type(digest).is_none() {
            let message =
                format!("no image of the repository {name:?} references the layer {digest}");
            return Err(ApiError::new("LayerInaccessibleException", message));
        }
        let token = random::token()?;
        let url = format!("{}{LAYERS_PATH}{token}", self.url);
        self.downloads.insert(token, (name.to_owned(), digest.clone()));
        Ok(url)
    }

    /// The layer of a download URL, if it still exists.
    pub(in crate::registry) fn download(&self, token: &str) -> Option<Vec<Bytes>> {
        let (name, digest) = self.downloads.get(token)?;
        Some(self.repositories.get(name)?.layers.get(digest)?.parts.clone())
    }

    pub(in crate::registry) fn logo_url(&self, logo: &Logo) -> String {
        format!("{}{LOGOS_PATH}{}", self.url, logo.token)
    }

    /// The image of a logo.
    pub(in crate::registry) fn logo(&self, token: &str) -> Option<Bytes> {
        let catalogs = self.repositories.values().filter_map(|it| it.catalog.as_ref());
        let mut logos = catalogs.filter_map(|catalog| catalog.logo.as_ref());
        logos.find(|logo| logo.token == token).map(|logo| logo.image.clone())
    }
}
