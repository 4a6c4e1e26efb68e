//! How people name an image in a repository: `team/app:v1`, `team/app@sha256:...`.

use std::fmt;
use std::str::FromStr;

use crate::Digest;

/// Where the services live, which is no part of a repository's name.
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

    /// The tag, where one is named.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The digest, where one is named.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let refused = |problem: String| ReferenceError { text: text.to_owned(), problem };
        if HOSTS.iter().any(|host| text.contains(host)) {
            return Err(refused("leave out the host and begin with the repository".to_owned()));
        }
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (text, None),
        };
        let (repository, tag) = match rest.split_once(':') {
            Some((repository, tag)) => (repository, Some(tag)),
            None => (rest, None),
        };
        if !is_repository(repository) {
            return Err(refused(format!("{repository:?} is no name of a repository")));
        }
        if let Some(tag) = tag.filter(|tag| !is_tag(tag)) {
            return Err(refused(format!("{tag:?} is no tag")));
        }
        let digest = digest.map(str::parse).transpose();
        Ok(Self {
            repository: repository.to_owned(),
            tag: tag.map(str::to_owned),
            digest: digest.map_err(|error: crate::DigestError| refused(error.to_string()))?,
        })
    }
}

/// Words of lower case letters and digits, with `.`, `_`, `__` or any number of `-` between them,
/// in steps divided by `/`.
fn is_repository(name: &str) -> bool {
    (2..=256).contains(&name.len()) && name.split('/').all(is_step)
}

fn is_step(step: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut between = step.split(plain).filter(|between| !between.is_empty());
    step.starts_with(plain)
        && step.ends_with(plain)
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

/// A text that names no image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceError {
    text: String,
    problem: String,
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} names no image: {} (as in team/app:v1)", self.text, self.problem)
    }
}

impl std::error::Error for ReferenceError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_it_is_written() {
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
    fn what_is_no_reference_is_refused_with_the_reason() {
        let cases = [
            ("", "\"\" is no name of a repository"),
            ("a", "\"a\" is no name of a repository"),
            ("App:1", "\"App\" is no name of a repository"),
            ("a//b", "\"a//b\" is no name of a repository"),
            ("../etc", "\"../etc\" is no name of a repository"),
            ("a..b", "\"a..b\" is no name of a repository"),
            ("app-", "\"app-\" is no name of a repository"),
            ("app:", "\"\" is no tag"),
            ("app:-1", "\"-1\" is no tag"),
            ("app:a:b", "\"a:b\" is no tag"),
            (
                "app@sha256:1",
                "\"sha256:1\" is no digest: write sha256: and 64 digits of 0-9 and a-f",
            ),
            (
                "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1",
                "leave out the host and begin with the repository",
            ),
            (
                "111122223333.dkr-ecr.eu-west-1.on.aws/app:1",
                "leave out the host and begin with the repository",
            ),
            ("ecr-public.aws.com/x/app:1", "leave out the host and begin with the repository"),
            ("public.ecr.aws/x/app:1", "leave out the host and begin with the repository"),
        ];
        for (text, problem) in cases {
            let error = text.parse::<Reference>().map_err(|error| error.to_string());
            let said = format!("{text:?} names no image: {problem} (as in team/app:v1)");
            assert_eq!(error, Err(said));
        }
    }
}
