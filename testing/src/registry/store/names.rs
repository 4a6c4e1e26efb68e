//! The syntax of names: repositories, accounts, uploads and image tags. Their lengths are constraints
//! of the models, which `longshore::validate` checks.

use super::error::ApiError;

/// The service of a registry. The two differ in the syntax of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::registry) enum RegistryKind {
    Private,
    Public,
}

impl RegistryKind {
    /// Returns `true` if this separates two words of a name.
    fn is_separator(self, separator: &str) -> bool {
        match self {
            Self::Private => {
                matches!(separator, "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-')
            }
            Self::Public => matches!(separator, "." | "_" | "-"),
        }
    }

    /// Rejects invalid names of repositories.
    pub(in crate::registry) fn check_repository(self, name: &str) -> Result<(), ApiError> {
        if name.split('/').all(|component| self.is_component(component)) {
            return Ok(());
        }
        Err(ApiError::invalid_parameter(format!(
            "repositoryName {name:?} is not valid: use lower-case letters and digits, separated by \
             single '.', '_' or '-', in components separated by '/'"
        )))
    }

    fn is_component(self, component: &str) -> bool {
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let mut separators = component.split(word).filter(|between| !between.is_empty());
        component.starts_with(word)
            && component.ends_with(word)
            && separators.all(|it| self.is_separator(it))
    }
}

/// Returns `true` for the id of an account.
pub(in crate::registry) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Rejects invalid account ids.
pub(in crate::registry) fn check_account(account: &str) -> Result<(), ApiError> {
    match is_account(account) {
        true => Ok(()),
        false => {
            Err(ApiError::invalid_parameter(format!("registryId {account:?} is not 12 digits")))
        }
    }
}

/// Rejects invalid upload ids.
pub(in crate::registry) fn check_upload(upload: &str) -> Result<(), ApiError> {
    let lengths = [8, 4, 4, 4, 12];
    let mut groups = upload.split('-');
    let grouped = lengths.iter().all(|length| {
        groups.next().is_some_and(|group| {
            group.len() == *length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    });
    match grouped && groups.next().is_none() {
        true => Ok(()),
        false => Err(ApiError::invalid_parameter(format!("uploadId {upload:?} is not a UUID"))),
    }
}

/// Returns `true` for valid image tags.
pub(in crate::registry) fn is_tag(tag: &str) -> bool {
    let first = |c: char| c.is_ascii_alphanumeric() || c == '_';
    tag.starts_with(first) && tag.chars().all(|c| first(c) || matches!(c, '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::{RegistryKind, check_account, check_upload, is_tag};

    #[test]
    fn repository_names() {
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
            assert_eq!(RegistryKind::Private.check_repository(name).is_ok(), private, "{name}");
            assert_eq!(RegistryKind::Public.check_repository(name).is_ok(), public, "{name}");
        }
    }

    #[test]
    fn account_ids_upload_ids_and_image_tags() {
        for (account, valid) in
            [("123456789012", true), ("12345678901", false), ("12345678901x", false)]
        {
            assert_eq!(check_account(account).is_ok(), valid, "{account}");
        }
        for (upload, valid) in [
            ("0a1B2c3d-0000-4000-8000-0123456789ab", true),
            ("0a1b2c3d-0000-4000-8000-0123456789ab-", false),
            ("0a1b2c3d-0000-4000-8000", false),
            ("0a1b2c3d00004000800000123456789ab", false),
            ("", false),
        ] {
            assert_eq!(check_upload(upload).is_ok(), valid, "{upload}");
        }
        for (tag, valid) in [
            ("v1.0-x_y", true),
            ("_a", true),
            (".a", false),
            ("-a", false),
            ("a b", false),
            ("", false),
        ] {
            assert_eq!(is_tag(tag), valid, "{tag}");
        }
    }
}
