//! The file in which the AWS CLI keeps a session of `aws login`.
//!
//! Errors contain no part of the file.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use ring::digest::{SHA256, digest};

use crate::clock;
use crate::credentials::credentials::Credentials;
use crate::hex::hex;
use crate::providers::json_object::{Members, text};
use crate::providers::token_file;
use crate::{Document, Timestamp};

/// The member with the credentials.
const CREDENTIALS: &str = "accessToken";

/// The contents of a file that has all members.
pub(super) struct CachedSession {
    members: Members,
    expiration: SystemTime,
}

/// The file of a session.
pub(super) fn path(folder: &Path, session: &str) -> PathBuf {
    let digest = digest(&SHA256, session.as_bytes());
    folder.join(format!("{}.json", hex(digest.as_ref())))
}

impl CachedSession {
    /// Reads the newest session of a file. The error contains the path and the problem.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let members = token_file::read(path)?;
        Self::new(members)
            .map_err(|name| format!("the token in {} has no valid {name}", path.display()))
    }

    /// Checks that all members are present. The error is the name of a missing or invalid one.
    fn new(members: Members) -> Result<Self, &'static str> {
        let required = ["clientId", "refreshToken", "dpopKey"];
        if let Some(name) = required.into_iter().find(|name| text(&members, name).is_none()) {
            return Err(name);
        }
        let Some(Document::Object(credentials)) = members.get(CREDENTIALS) else {
            return Err(CREDENTIALS);
        };
        let required = ["accessKeyId", "secretAccessKey", "sessionToken", "accountId"];
        if let Some(name) = required.into_iter().find(|name| text(credentials, name).is_none()) {
            return Err(name);
        }
        let expiration = text(credentials, "expiresAt").and_then(|text| text.parse().ok());
        let expiration = expiration.and_then(|time: Timestamp| SystemTime::try_from(time).ok());
        Ok(Self { expiration: expiration.ok_or("expiresAt")?, members })
    }

    /// Returns the text of a member, which is empty if the member is absent.
    pub(super) fn text(&self, name: &str) -> &str {
        text(&self.members, name).unwrap_or_default()
    }

    /// The credentials, even if they are expired.
    pub(super) fn credentials(&self) -> Credentials {
        let object = self.members.get(CREDENTIALS).and_then(Document::as_object);
        let member = |name| object.and_then(|object| text(object, name)).unwrap_or_default();
        let (key_id, secret) = (member("accessKeyId"), member("secretAccessKey"));
        let (token, expiration) = (Some(member("sessionToken").to_owned()), Some(self.expiration));
        Credentials::new(key_id, secret, token, expiration, "login")
            .with_account_id(member("accountId"))
    }

    /// How long the credentials are valid.
    pub(super) fn remaining(&self) -> Duration {
        self.expiration.duration_since(clock::now()).unwrap_or_default()
    }

    /// Returns this session with new credentials of the same account and a new refresh token.
    pub(super) fn refreshed(
        &self,
        credentials: [(&str, String); 3],
        expiration: Timestamp,
        refresh_token: String,
    ) -> Result<Self, &'static str> {
        let mut members = self.members.clone();
        if let Some(Document::Object(object)) = members.get_mut(CREDENTIALS) {
            let expiration = ("expiresAt", expiration.to_string());
            for (name, value) in credentials.into_iter().chain([expiration]) {
                object.insert(name.to_owned(), Document::String(value));
            }
        }
        members.insert("refreshToken".to_owned(), Document::String(refresh_token));
        Self::new(members)
    }

    /// Saves this session, which is the result of refreshing `old`.
    pub(super) fn save(&self, path: &Path, old: &Self) {
        token_file::save(path, &old.members, &self.members);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_named_after_the_hash_of_the_session() {
        assert_eq!(
            path(Path::new("/cache"), "s"),
            Path::new(
                "/cache/043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89.json"
            )
        );
    }
}
