//! References to images: `team/app:v1`, `team/app@sha256:...`.

use std::fmt;
use std::str::FromStr;

use crate::Digest;

/// Hosts of registries, which references must not contain.
const HOSTS: [&str; 6] = [
    ".amazonaws.com/",
    ".amazonaws.com.cn/",
    ".on.aws/",
    ".on.amazonwebservices.com.cn/",
    "public.ecr.aws/",
    "ecr-public.aws.com/",
];

/// An image in a repository, by tag, by digest, or by both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    repository: String,
    tag: Option<String>,
    digest: Option<Digest>,
}

impl Reference {
    /// The name of the repository.
    #[must_use]
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// The tag, if there is one.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The repository and the tag, if there is one.
    #[must_use]
    pub(crate) fn name(&self) -> Option<String> {
        self.tag.as_ref().map(|tag| format!("{}:{tag}", self.repository))
    }

    /// The digest, if there is one.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let invalid = |problem: String| ReferenceError { text: text.to_owned(), problem };
        if HOSTS.iter().any(|host| text.contains(host)) {
            return Err(invalid("omit the host and start with the repository".to_owned()));
        }
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (text, None),
        };
        let (repository, tag) = match rest.split_once(':') {
            Some((repository, tag)) => (repository, Some(tag)),
            None => (rest, None),
        };
        if !is_repository_name(repository) {
            return Err(invalid(format!("{repository:?} is not a valid repository name")));
        }
        if let Some(tag) = tag.filter(|tag| !is_tag(tag)) {
            return Err(invalid(format!("{tag:?} is not a valid tag")));
        }
        let digest = digest.map(str::parse).transpose();
        Ok(Self {
            repository: repository.to_owned(),
            tag: tag.map(str::to_owned),
            digest: digest.map_err(|error: crate::DigestError| invalid(error.to_string()))?,
        })
    }
}

/// Lower-case letters and digits, separated by `.`, `_`, `__` or any number of `-`, in components
/// separated by `/`.
fn is_repository_name(name: &str) -> bool {
    (2..=256).contains(&name.len()) && name.split('/').all(is_component)
}

fn is_component(component: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut between = component.split(plain).filter(|between| !between.is_empty());
    component.starts_with(plain)
        && component.ends_with(plain)
        && between.all(|between| {
            matches!(between, "." | "_" | "__") || between.bytes().all(|byte| byte == b'-')
        })
}

fn is_tag(tag: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=128).contains(&tag.len())
        && tag.bytes().next().is_some_and(word)
        && tag.bytes().all(|byte| word(byte) || b".-".contains(&byte))
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repository)?;
        self.tag.iter().try_for_each(|tag| write!(f, ":{tag}"))?;
        self.digest.iter().try_for_each(|digest| write!(f, "@{digest}"))
    }
}

/// The error of parsing a [`Reference`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceError {
    text: String,
    problem: String,
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not an image reference: {} (example: team/app:v1)",
            self.text, self.problem
        )
    }
}

impl std::error::Error for ReferenceError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_displayed_reference_can_be_parsed() {
        let digest = Digest::of(b"");
        let both = format!("team/app:v1@{digest}");
        for text in ["app", "app:1", "team/app:v1.2-rc_3", "a-b/c.d/e__f--g:V1", &both] {
            assert_eq!(text.parse::<Reference>().map(|read| read.to_string()), Ok(text.to_owned()));
        }
        let read: Reference = both.parse().expect("it is one");
        assert_eq!(read.repository(), "team/app");
        assert_eq!((read.tag(), read.digest()), (Some("v1"), Some(digest)));
    }

    #[test]
    fn invalid_references_are_rejected_with_a_reason() {
        let cases = [
            ("", "\"\" is not a valid repository name"),
            ("a", "\"a\" is not a valid repository name"),
            ("App:1", "\"App\" is not a valid repository name"),
            ("a//b", "\"a//b\" is not a valid repository name"),
            ("../etc", "\"../etc\" is not a valid repository name"),
            ("a..b", "\"a..b\" is not a valid repository name"),
            ("app-", "\"app-\" is not a valid repository name"),
            ("app:", "\"\" is not a valid tag"),
            ("app:-1", "\"-1\" is not a valid tag"),
            ("app:a:b", "\"a:b\" is not a valid tag"),
            (
                "app@sha256:1",
                "\"sha256:1\" is not a digest: write sha256: and 64 digits 0-9 or a-f",
            ),
            (
                "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1",
                "omit the host and start with the repository",
            ),
            (
                "111122223333.dkr-ecr.eu-west-1.on.aws/app:1",
                "omit the host and start with the repository",
            ),
            ("ecr-public.aws.com/x/app:1", "omit the host and start with the repository"),
            ("public.ecr.aws/x/app:1", "omit the host and start with the repository"),
        ];
        for (text, problem) in cases {
            let error = text.parse::<Reference>().map_err(|error| error.to_string());
            let expected =
                format!("{text:?} is not an image reference: {problem} (example: team/app:v1)");
            assert_eq!(error, Err(expected));
        }
    }
}
