//! A cache of the last signing key, which is valid for a day.

use std::sync::{Mutex, PoisonError};

use crate::sigv4::credential_scope::CredentialScope;
use crate::sigv4::signing_key::SigningKey;

/// The signing key of the last request of a client, and what it was derived from.
#[derive(Default)]
pub(crate) struct SigningKeyCache(Mutex<Option<Entry>>);

struct Entry {
    secret_access_key: String,
    date: String,
    region: String,
    service: String,
    key: SigningKey,
}

impl SigningKeyCache {
    /// Returns the key for this secret access key and scope. It is derived again if either differs
    /// from that of the cached key.
    pub(super) fn get(&self, secret_access_key: &str, scope: &CredentialScope<'_>) -> SigningKey {
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*cached {
            Some(entry) if entry.is_for(secret_access_key, scope) => entry.key.clone(),
            _ => cached.insert(Entry::new(secret_access_key, scope)).key.clone(),
        }
    }
}

impl Entry {
    fn new(secret_access_key: &str, scope: &CredentialScope<'_>) -> Self {
        Self {
            secret_access_key: secret_access_key.to_owned(),
            date: scope.date().to_owned(),
            region: scope.region.to_owned(),
            service: scope.service.to_owned(),
            key: SigningKey::new(secret_access_key, scope),
        }
    }

    fn is_for(&self, secret_access_key: &str, scope: &CredentialScope<'_>) -> bool {
        self.secret_access_key == secret_access_key
            && self.date == scope.date()
            && self.region == scope.region
            && self.service == scope.service
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::*;
    use crate::sigv4::keys::Scope;

    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    fn scope<'a>(region: &'a str, service: &'a str, time: SystemTime) -> CredentialScope<'a> {
        CredentialScope::new(&Scope { region, service, time }).expect("a time in range")
    }

    #[test]
    fn the_cached_key_is_used_only_for_what_it_was_derived_from() {
        let noon = UNIX_EPOCH + DAY / 2;
        let table = [
            ("secret", "r-1", "a", noon),
            ("secret", "r-1", "a", noon + DAY / 4),
            ("secret", "r-1", "a", noon + DAY),
            ("secret", "r-1", "b", noon),
            ("secret", "r-2", "a", noon),
            ("another", "r-1", "a", noon),
            ("secret", "r-1", "a", noon),
        ];
        let cache = SigningKeyCache::default();
        for (secret, region, service, time) in table {
            let scope = scope(region, service, time);
            let (cached, derived) = (cache.get(secret, &scope), SigningKey::new(secret, &scope));
            let [cached, derived] = [cached, derived].map(|key| key.signature(&scope, b"hash"));
            assert_eq!(cached, derived, "{secret} {region} {service} {time:?}");
        }
    }
}
