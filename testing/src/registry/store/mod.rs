//! All that a registry holds: its repositories, and the addresses that it has given away.
//!
//! Knows no request and no answer; `private` and `public` translate.

pub(in crate::registry) mod catalog;
pub(in crate::registry) mod clock;
pub(in crate::registry) mod digest;
pub(in crate::registry) mod images;
pub(in crate::registry) mod labels;
pub(in crate::registry) mod layers;
pub(in crate::registry) mod login;
mod manifest;
pub(in crate::registry) mod mutability;
pub(in crate::registry) mod names;
pub(in crate::registry) mod page;
pub(in crate::registry) mod policy;
pub(in crate::registry) mod push;
pub(in crate::registry) mod random;
pub(in crate::registry) mod refusal;
pub(in crate::registry) mod repository;

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use catalog::Logo;
use clock::Clock;
use digest::Digest;
use layers::PartSizes;
use names::Kind;
use page::Page;
use refusal::Refusal;
use repository::Repository;

/// The region that names are in: the one of [`Server::config`](crate::Server::config).
const REGION: &str = "us-east-1";

/// What the paths of layers begin with.
pub(in crate::registry) const LAYERS: &str = "/layers/";

/// What the paths of logos begin with.
pub(in crate::registry) const LOGOS: &str = "/logos/";

/// The alias of the public registry.
pub(in crate::registry) const ALIAS: &str = "a1b2c3d4";

/// A registry, private or public.
pub(in crate::registry) struct Store {
    pub kind: Kind,
    pub account: String,
    pub sizes: PartSizes,
    pub clock: Clock,
    pub repositories: BTreeMap<String, Repository>,
    /// What the public registry is called.
    pub display_name: Option<String>,
    /// Seals the tokens of pages.
    pub secret: String,
    /// Where downloads are served.
    url: String,
    /// Under which words which layer can be fetched.
    downloads: HashMap<String, (String, Digest)>,
}

impl Store {
    pub(in crate::registry) fn new(
        kind: Kind,
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
            display_name: None,
            url: url.to_owned(),
            // Without random numbers, tokens of pages can be guessed and nothing else happens.
            secret: random::token().unwrap_or_default(),
            downloads: HashMap::new(),
        }
    }

    /// Refuses the registry of somebody else.
    pub(in crate::registry) fn check_account(&self, asked: Option<&str>) -> Result<(), Refusal> {
        let Some(asked) = asked else { return Ok(()) };
        names::check_account(asked)?;
        match asked == self.account {
            true => Ok(()),
            false => Err(Refusal::no_registry(asked, &self.account)),
        }
    }

    /// The repository that a request means.
    pub(in crate::registry) fn repository(
        &mut self,
        registry: Option<&str>,
        name: &str,
    ) -> Result<&mut Repository, Refusal> {
        self.check_account(registry)?;
        self.kind.check_repository(name)?;
        let found = self.repositories.get_mut(name);
        found.ok_or_else(|| Refusal::no_repository(name, &self.account))
    }

    /// The same for the operations of pushing and deleting, which take the alias of a public registry
    /// in the place of its account.
    pub(in crate::registry) fn repository_by_alias(
        &mut self,
        registry: Option<&str>,
        name: &str,
    ) -> Result<&mut Repository, Refusal> {
        match registry.filter(|asked| self.kind == Kind::Public && !names::is_account(asked)) {
            None => self.repository(registry, name),
            Some(ALIAS) => self.repository(None, name),
            Some(asked) => Err(Refusal::no_registry(asked, ALIAS)),
        }
    }

    /// Refuses a name that is taken or that is none.
    pub(in crate::registry) fn create(
        &mut self,
        name: &str,
        repository: Repository,
    ) -> Result<(), Refusal> {
        self.kind.check_repository(name)?;
        if self.repositories.contains_key(name) {
            let message =
                format!("the registry {} has a repository {name:?} already", self.account);
            return Err(Refusal::new("RepositoryAlreadyExistsException", message));
        }
        self.repositories.insert(name.to_owned(), repository);
        Ok(())
    }

    /// Removes a repository; one with images only with `force`.
    pub(in crate::registry) fn delete(
        &mut self,
        registry: Option<&str>,
        name: &str,
        force: bool,
    ) -> Result<Repository, Refusal> {
        let repository = self.repository(registry, name)?;
        if !repository.images.is_empty() && !force {
            let message = format!("the repository {name:?} has images, and force is not set");
            return Err(Refusal::new("RepositoryNotEmptyException", message));
        }
        self.repositories.remove(name).ok_or_else(|| Refusal::no_repository(name, &self.account))
    }

    /// The names of a page of repositories: of those that are named, in that order and on one page, or
    /// of all.
    pub(in crate::registry) fn page(
        &mut self,
        registry: Option<&str>,
        names: &[String],
        wanted: &page::Wanted,
    ) -> Result<Page<String>, Refusal> {
        self.check_account(registry)?;
        if names.is_empty() {
            let all = self.repositories.keys().map(|name| (name.clone(), name.clone()));
            return page::page(all, wanted, &self.secret);
        }
        wanted.none("repositoryNames")?;
        names.iter().try_for_each(|name| self.repository(None, name).map(|_| ()))?;
        Ok(Page { elements: names.to_vec(), next: None })
    }

    pub(in crate::registry) fn arn(&self, name: &str) -> String {
        match self.kind {
            Kind::Private => format!("arn:aws:ecr:{REGION}:{}:repository/{name}", self.account),
            Kind::Public => format!("arn:aws:ecr-public::{}:repository/{name}", self.account),
        }
    }

    pub(in crate::registry) fn uri(&self, name: &str) -> String {
        match self.kind {
            Kind::Private => format!("{}/{name}", Self::host(&self.account)),
            Kind::Public => format!("public.ecr.aws/{ALIAS}/{name}"),
        }
    }

    /// Where a container engine would log in.
    pub(in crate::registry) fn host(account: &str) -> String {
        format!("{account}.dkr.ecr.{REGION}.amazonaws.com")
    }

    /// The repository with this ARN, in whichever region.
    pub(in crate::registry) fn by_arn(&mut self, arn: &str) -> Result<&mut Repository, Refusal> {
        let service = match self.kind {
            Kind::Private => "ecr",
            Kind::Public => "ecr-public",
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
            _ => Err(Refusal::parameter(format!("resourceArn {arn:?} is no ARN of a repository"))),
        }
    }

    /// Gives an address to a layer. Only those that an image refers to can be fetched.
    pub(in crate::registry) fn offer(
        &mut self,
        name: &str,
        digest: &Digest,
    ) -> Result<String, Refusal> {
        let repository = self.repository(None, name)?;
        if repository.layers.get(digest).is_none() {
            let message = format!("the repository {name:?} has no layer {digest}");
            return Err(Refusal::new("LayersNotFoundException", message));
        }
        if repository.images.layer_type(digest).is_none() {
            let message =
                format!("no image of the repository {name:?} refers to the layer {digest}");
            return Err(Refusal::new("LayerInaccessibleException", message));
        }
        let token = random::token()?;
        let url = format!("{}{LAYERS}{token}", self.url);
        self.downloads.insert(token, (name.to_owned(), digest.clone()));
        Ok(url)
    }

    /// The layer that was given this address, if it is still there.
    pub(in crate::registry) fn download(&self, token: &str) -> Option<Vec<Bytes>> {
        let (name, digest) = self.downloads.get(token)?;
        Some(self.repositories.get(name)?.layers.get(digest)?.parts.clone())
    }

    pub(in crate::registry) fn logo_url(&self, logo: &Logo) -> String {
        format!("{}{LOGOS}{}", self.url, logo.token)
    }

    /// The logo with this address.
    pub(in crate::registry) fn logo(&self, token: &str) -> Option<Bytes> {
        let catalogs = self.repositories.values().filter_map(|it| it.catalog.as_ref());
        let mut logos = catalogs.filter_map(|catalog| catalog.logo.as_ref());
        logos.find(|logo| logo.token == token).map(|logo| logo.picture.clone())
    }
}
