//! The JSON objects in which containers, instances and programs provide credentials.
//!
//! Errors name members but contain no values, which may be secrets.

use std::time::SystemTime;

use crate::clock;
use crate::credentials::credentials::Credentials;
use crate::providers::json_object::{self, Members};
use crate::{Document, Timestamp};

const OUT_OF_RANGE: &str = "the expiration of the credentials is out of range";

/// A JSON object.
pub(super) struct CredentialsObject(Members);

/// The members of an object besides the access key ID and the secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// `Token` and `Expiration`, which are required.
    Metadata,
    /// `SessionToken` and `Expiration`, which are optional.
    Process,
}

impl CredentialsObject {
    pub(super) fn parse(text: &[u8]) -> Result<Self, String> {
        match Document::from_slice(text) {
            Ok(Document::Object(members)) => Ok(Self(members)),
            Ok(_) => Err("the credentials are not a JSON object".to_owned()),
            // The error contains a position, but none of the text, which may be secret.
            Err(error) => Err(format!("the credentials are {error}")),
        }
    }

    /// A string; `None` if it is absent or empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        json_object::text(&self.0, name)
    }

    pub(super) fn integer(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    /// Returns the credentials, or an error if they are incomplete or expired.
    pub(super) fn credentials(
        &self,
        format: Format,
        provider_name: &'static str,
    ) -> Result<Credentials, String> {
        let key_id = self.required("AccessKeyId")?;
        let secret = self.required("SecretAccessKey")?;
        let (token, expiration) = match format {
            Format::Metadata => (Some(self.required("Token")?), Some(self.required("Expiration")?)),
            Format::Process => (self.optional("SessionToken")?, self.optional("Expiration")?),
        };
        let expiration = expiration.map(unexpired_text).transpose()?;
        let token = token.map(str::to_owned);
        let credentials = Credentials::new(key_id, secret, token, expiration, provider_name);
        Ok(match self.account_id() {
            Some(account_id) => credentials.with_account_id(account_id),
            None => credentials,
        })
    }

    /// The account ID, which some programs print as a number. A number that cannot be an ID, such as
    /// a negative one, is treated as absent.
    fn account_id(&self) -> Option<String> {
        match self.0.get("AccountId")? {
            Document::String(id) if !id.is_empty() => Some(id.clone()),
            Document::Number(id) => id.as_u64().map(|id| format!("{id:012}")),
            _ => None,
        }
    }

    fn required(&self, name: &str) -> Result<&str, String> {
        self.text(name).ok_or_else(|| format!("the credentials have no {name}"))
    }

    fn optional(&self, name: &str) -> Result<Option<&str>, String> {
        match self.0.get(name) {
            None | Some(Document::Null) => Ok(None),
            Some(Document::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
            Some(_) => Err(format!("{name} of the credentials is not a string")),
        }
    }
}

/// Parses an expiration time, which must be in the future.
fn unexpired_text(text: &str) -> Result<SystemTime, String> {
    unexpired(Some(parse_expiration(text)?))
}

/// Returns an error if an expiration time is out of range or in the past.
pub(super) fn unexpired(expiration: Option<SystemTime>) -> Result<SystemTime, String> {
    let expiration = expiration.ok_or(OUT_OF_RANGE)?;
    check_expiration(expiration, clock::now())?;
    Ok(expiration)
}

/// Parses an expiration time.
pub(super) fn parse_expiration(text: &str) -> Result<SystemTime, String> {
    let expiration = text.parse::<Timestamp>().map_err(|_| {
        "the expiration of the credentials is not a time such as 2030-01-02T03:04:05Z".to_owned()
    })?;
    SystemTime::try_from(expiration).map_err(|_| OUT_OF_RANGE.to_owned())
}

/// Returns an error if credentials with this expiration time are expired.
pub(super) fn check_expiration(expiration: SystemTime, now: SystemTime) -> Result<(), String> {
    if expiration <= now {
        return Err(format!("the credentials expired at {}", Timestamp::from(expiration)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, format: Format) -> Result<Credentials, String> {
        CredentialsObject::parse(text.as_bytes())?.credentials(format, "test")
    }

    #[test]
    fn members_are_read() {
        let text = r#"{"AccessKeyId":"A","SecretAccessKey":"S","Token":"T",
            "Expiration":"2096-10-02T07:00:00Z","AccountId":"012345678901"}"#;
        let credentials = parse(text, Format::Metadata).expect("credentials");
        assert_eq!(credentials.account_id(), Some("012345678901"));
        assert_eq!(credentials.session_token(), Some("T"));
        assert!(credentials.expiration().is_some());
        let text = r#"{"AccessKeyId":"A","SecretAccessKey":"S","AccountId":12345678901}"#;
        let credentials = parse(text, Format::Process).expect("credentials");
        assert_eq!(credentials.account_id(), Some("012345678901"));
        assert_eq!((credentials.session_token(), credentials.expiration()), (None, None));
        for number in ["1.5", "-1", "1e11"] {
            let text = text.replace("12345678901}", &format!("{number}}}"));
            let credentials = parse(&text, Format::Process).expect("credentials");
            assert_eq!(credentials.account_id(), None, "{number}");
        }
    }

    #[test]
    fn errors_name_the_member_and_contain_no_value() {
        let keys = r#""AccessKeyId":"A","SecretAccessKey":"my-secret""#;
        for (members, format, expected) in [
            (r#""SecretAccessKey":"my-secret""#.to_owned(), Format::Process, "no AccessKeyId"),
            (r#""AccessKeyId":"A""#.to_owned(), Format::Process, "no SecretAccessKey"),
            (r#""AccessKeyId":"A","SecretAccessKey":"""#.to_owned(), Format::Process, "no Secret"),
            (keys.to_owned(), Format::Metadata, "no Token"),
            (format!(r#"{keys},"Token":"my-secret""#), Format::Metadata, "no Expiration"),
            (format!(r#"{keys},"Expiration":"my-secret""#), Format::Process, "is not a time"),
            (format!(r#"{keys},"SessionToken":7"#), Format::Process, "SessionToken of"),
            (
                format!(r#"{keys},"Expiration":"2020-01-02T03:04:05Z""#),
                Format::Process,
                "expired at 2020-01-02T03:04:05Z",
            ),
            (format!("{keys},my-secret"), Format::Process, "not a JSON document"),
        ] {
            let error = parse(&format!("{{{members}}}"), format).expect_err("an error");
            assert!(error.contains(expected) && !error.contains("my-secret"), "{error}");
        }
        let error = parse("[\"my-secret\"]", Format::Process).expect_err("an error");
        assert_eq!(error, "the credentials are not a JSON object");
    }
}
