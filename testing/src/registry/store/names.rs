//! The names that the services take: of repositories, registries, uploads and tags.
//!
//! The lengths are in the models, and `longshore::validate` looks at those.

use super::refusal::Refusal;

/// Which of the two services a registry belongs to. They differ in the names they take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::registry) enum Kind {
    Private,
    Public,
}

impl Kind {
    /// Whether these characters may stand between two words of a name.
    fn separates(self, separator: &str) -> bool {
        match self {
            Self::Private => {
                matches!(separator, "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-')
            }
            Self::Public => matches!(separator, "." | "_" | "-"),
        }
    }

    /// Refuses what is no name of a repository.
    pub(in crate::registry) fn check_repository(self, name: &str) -> Result<(), Refusal> {
        if name.split('/').all(|part| self.is_part(part)) {
            return Ok(());
        }
        Err(Refusal::parameter(format!(
            "repositoryName {name:?} is no name of a repository: lower-case letters and digits, with \
             one of '.', '_' or '-' between them, in parts with '/' between them"
        )))
    }

    fn is_part(self, part: &str) -> bool {
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let mut separators = part.split(word).filter(|between| !between.is_empty());
        part.starts_with(word) && part.ends_with(word) && separators.all(|it| self.separates(it))
    }
}

/// Whether it is the number of an account.
pub(in crate::registry) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Refuses what is no number of an account.
pub(in crate::registry) fn check_account(account: &str) -> Result<(), Refusal> {
    match is_account(account) {
        true => Ok(()),
        false => Err(Refusal::parameter(format!("registryId {account:?} is not 12 digits"))),
    }
}

/// Refuses what cannot be the identifier of an upload.
pub(in crate::registry) fn check_upload(upload: &str) -> Result<(), Refusal> {
    let lengths = [8, 4, 4, 4, 12];
    let mut groups = upload.split('-');
    let grouped = lengths.iter().all(|length| {
        groups.next().is_some_and(|group| {
            group.len() == *length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    });
    match grouped && groups.next().is_none() {
        true => Ok(()),
        false => Err(Refusal::parameter(format!("uploadId {upload:?} is no UUID"))),
    }
}

/// Whether an image can have this tag.
pub(in crate::registry) fn is_tag(tag: &str) -> bool {
    let first = |c: char| c.is_ascii_alphanumeric() || c == '_';
    tag.starts_with(first) && tag.chars().all(|c| first(c) || matches!(c, '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::{Kind, check_account, check_upload, is_tag};

    #[test]
    fn names_of_repositories() {
        for (name, private, public) in [
            ("demo", true, true),
            ("team/app-1.x", true, true),
            ("a__b", true, false),
            ("a--b", true, false),
            ("a._b", false, false),
            ("a___b", false, false),
            ("Demo", false, false),
            ("-demo", false, false),
            ("demo-", false, false),
            ("a//b", false, false),
            ("/a", false, false),
            ("a/", false, false),
            ("a b", false, false),
            ("dé", false, false),
        ] {
            assert_eq!(Kind::Private.check_repository(name).is_ok(), private, "{name}");
            assert_eq!(Kind::Public.check_repository(name).is_ok(), public, "{name}");
        }
    }

    #[test]
    fn numbers_of_accounts_identifiers_of_uploads_and_tags() {
        for (account, good) in
            [("123456789012", true), ("12345678901", false), ("12345678901x", false)]
        {
            assert_eq!(check_account(account).is_ok(), good, "{account}");
        }
        for (upload, good) in [
            ("0a1B2c3d-0000-4000-8000-0123456789ab", true),
            ("0a1b2c3d-0000-4000-8000-0123456789ab-", false),
            ("0a1b2c3d-0000-4000-8000", false),
            ("0a1b2c3d00004000800000123456789ab", false),
            ("", false),
        ] {
            assert_eq!(check_upload(upload).is_ok(), good, "{upload}");
        }
        for (tag, good) in [
            ("v1.0-x_y", true),
            ("_a", true),
            (".a", false),
            ("-a", false),
            ("a b", false),
            ("", false),
        ] {
            assert_eq!(is_tag(tag), good, "{tag}");
        }
    }
}
