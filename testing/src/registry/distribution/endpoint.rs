//! The endpoints of the API, and their paths.

use super::error::DistributionError;
use super::query::percent_decoded;

/// What a path refers to.
#[derive(Debug, PartialEq)]
pub(super) enum Endpoint {
    /// The check of the API version and the authorization.
    Version,
    /// The list of repositories, which is not part of the specification.
    Catalog,
    /// The name of a repository, which is not validated yet, and one of its resources.
    Repository(String, Resource),
}

/// A resource of a repository. Its text is not validated yet.
#[derive(Debug, PartialEq)]
pub(super) enum Resource {
    Tags,
    /// A manifest, by its tag or digest.
    Manifest(String),
    /// A configuration or layer, by its digest.
    Blob(String),
    Uploads,
    /// A pending upload, by its ID.
    Upload(String),
    /// The manifests with this subject.
    Referrers(String),
}

impl Endpoint {
    /// Parses a path without its prefix.
    pub(super) fn parse(path: &str) -> Result<Self, DistributionError> {
        let path = percent_decoded(path)?;
        // Repository names may contain words such as `blobs`, so the end of the path determines the
        // endpoint.
        let segments: Vec<_> = path.split('/').collect();
        let (name, resource) = match segments.as_slice() {
            [""] => return Ok(Self::Version),
            ["_catalog"] => return Ok(Self::Catalog),
            [name @ .., "tags", "list"] => (name, Resource::Tags),
            [name @ .., "blobs", "uploads"] | [name @ .., "blobs", "uploads", ""] => {
                (name, Resource::Uploads)
            }
            [name @ .., "blobs", "uploads", id] => (name, Resource::Upload((*id).to_owned())),
            [name @ .., "blobs", digest] => (name, Resource::Blob((*digest).to_owned())),
            [name @ .., "manifests", reference] => {
                (name, Resource::Manifest((*reference).to_owned()))
            }
            [name @ .., "referrers", digest] => (name, Resource::Referrers((*digest).to_owned())),
            _ => return Err(DistributionError::no_endpoint(&path)),
        };
        match name {
            [] => Err(DistributionError::no_endpoint(&path)),
            name => Ok(Self::Repository(name.join("/"), resource)),
        }
    }
}

impl Resource {
    /// The supported methods, as in the header `Allow`.
    pub(super) fn methods(&self) -> &'static str {
        match self {
            Self::Tags | Self::Referrers(_) => "GET, HEAD",
            Self::Blob(_) => "GET, HEAD, DELETE",
            Self::Manifest(_) => "GET, HEAD, PUT, DELETE",
            Self::Uploads => "POST",
            Self::Upload(_) => "GET, HEAD, PATCH, PUT, DELETE",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, Resource};

    #[test]
    fn the_end_of_a_path_decides() {
        let of = |name: &str, resource| Some(Endpoint::Repository(name.to_owned(), resource));
        let text = |text: &str| text.to_owned();
        for (path, expected) in [
            ("", Some(Endpoint::Version)),
            ("_catalog", Some(Endpoint::Catalog)),
            ("team/app/tags/list", of("team/app", Resource::Tags)),
            ("a/tags/list/tags/list", of("a/tags/list", Resource::Tags)),
            ("a/manifests/v1", of("a", Resource::Manifest(text("v1")))),
            (
                "a/manifests/tags/manifests/list",
                of("a/manifests/tags", Resource::Manifest(text("list"))),
            ),
            ("a/blobs/sha256%3Aab", of("a", Resource::Blob(text("sha256:ab")))),
            ("a/blobs/uploads/", of("a", Resource::Uploads)),
            ("a/blobs/uploads", of("a", Resource::Uploads)),
            ("a/blobs/uploads/7", of("a", Resource::Upload(text("7")))),
            ("a/referrers/sha256:ab", of("a", Resource::Referrers(text("sha256:ab")))),
            ("/tags/list", of("", Resource::Tags)),
            ("tags/list", None),
            ("blobs/uploads/", None),
            ("a", None),
            ("a/manifests/v1/", None),
            ("a/blobs/%zz", None),
            ("a/blobs/%ff", None),
        ] {
            assert_eq!(Endpoint::parse(path).ok(), expected, "{path}");
        }
    }
}
