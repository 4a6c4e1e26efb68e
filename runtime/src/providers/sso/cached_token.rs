//! The file in which the AWS CLI keeps the token of an SSO session.
//!
//! Errors contain no part of the file.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::Timestamp;
use crate::clock;
use crate::hex::hex;
use crate::providers::json_object::{self, Members};
use crate::providers::token_file;

/// The contents of a token file.
pub(super) struct CachedToken(pub(super) Members);

/// Returns the path of the file. `key` is the name of the session, or the start URL if there is no
/// session.
pub(super) fn path(home: &Path, key: &str) -> PathBuf {
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes());
    home.join(".aws/sso/cache").join(format!("{}.json", hex(digest.as_ref())))
}

impl CachedToken {
    /// Reads the newest token of a file. An error contains the path and the problem.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let token = Self(token_file::read(path)?);
        if token.text("accessToken").is_none() || token.time("expiresAt").is_none() {
            let path = path.display();
            return Err(format!("the token in {path} has no accessToken or no expiresAt"));
        }
        Ok(token)
    }

    /// Saves this token, which is the result of refreshing `old`.
    pub(super) fn save(&self, path: &Path, old: &Self) {
        token_file::save(path, &old.0, &self.0);
    }

    /// A string; `None` if it is absent or empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        json_object::text(&self.0, name)
    }

    /// A time. Old versions of the AWS CLI write times such as `2020-06-10T19:17:27UTC`.
    pub(super) fn time(&self, name: &str) -> Option<SystemTime> {
        let text = self.text(name)?;
        let text = match text.strip_suffix("UTC") {
            Some(local) => format!("{local}Z"),
            None => text.to_owned(),
        };
        text.parse::<Timestamp>().ok()?.try_into().ok()
    }

    /// Returns how long the token is still valid.
    pub(super) fn remaining(&self) -> std::time::Duration {
        let expiration = self.time("expiresAt").unwrap_or(SystemTime::UNIX_EPOCH);
        expiration.duration_since(clock::now()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_named_after_the_hash_of_the_session() {
        let path = path(Path::new("/home/me"), "s");
        assert_eq!(
            path,
            Path::new("/home/me/.aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json")
        );
    }

    #[test]
    fn both_formats_of_times_are_read() {
        for text in ["2020-06-10T19:17:27UTC", "2020-06-10T19:17:27Z"] {
            let members = [("expiresAt".to_owned(), text.into())].into_iter().collect();
            let time = CachedToken(members).time("expiresAt").expect("a time");
            let seconds =
                time.duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").as_secs();
            assert_eq!(seconds, 1_591_816_647);
        }
    }
}
