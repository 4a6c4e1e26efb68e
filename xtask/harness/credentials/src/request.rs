//! A request that the scripted server received, and its description without random values.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::combination::Combination;

/// The header with the account ID of the credentials. Both implementations add it to the call.
pub const ACCOUNT_ID: &str = "x-account-id";

/// A received request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// `GET`, `POST`, `PUT` or `CONNECT`.
    pub method: String,
    /// Path and query, or the host of a `CONNECT` request.
    pub target: String,
    /// Headers, with names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

/// The signature of a request, from its `Authorization` header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signature {
    /// The access key ID.
    pub access_key_id: String,
    /// The signing region.
    pub region: String,
    /// The signing name of the service.
    pub service: String,
    /// The session token; empty if there is none.
    pub token: String,
}

/// The kind of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A call of an operation of STS.
    Sts,
    /// A call of the SSO portal.
    Sso,
    /// A call that refreshes an SSO token.
    Oidc,
    /// A call that refreshes a login session.
    SignIn,
    /// The metadata of an EC2 instance.
    Instance,
    /// The credentials endpoint of a container.
    Container,
    /// The call of the program, which shows the identity.
    Call,
    /// A connection to a host other than the server.
    Connect,
}

impl Request {
    /// A request without headers and body.
    #[must_use]
    pub fn new(method: &str, target: &str) -> Self {
        Self { method: method.to_owned(), target: target.to_owned(), ..Self::default() }
    }

    /// The value of a header; empty if it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The path without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.path() {
            _ if self.method == "CONNECT" => Kind::Connect,
            path if path.contains("/latest/") => Kind::Instance,
            path if path.contains("/container") || path.starts_with("/link-local") => {
                Kind::Container
            }
            path if path.ends_with("/federation/credentials") => Kind::Sso,
            path if path.ends_with("/v1/token") => Kind::SignIn,
            path if path.ends_with("/token") => Kind::Oidc,
            _ if self.header("x-amz-target").contains("ContainerRegistry") => Kind::Call,
            _ => Kind::Sts,
        }
    }

    /// The signature; `None` if the request is not signed.
    #[must_use]
    pub fn signature(&self) -> Option<Signature> {
        let credential = self.header("authorization").split("Credential=").nth(1)?;
        // The access key ID is the part before the four last slashes.
        let mut parts = credential.split(',').next()?.rsplitn(5, '/').skip(1);
        let (service, region) = (parts.next()?, parts.next()?);
        Some(Signature {
            access_key_id: parts.nth(1)?.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
            token: self.header("x-amz-security-token").to_owned(),
        })
    }

    /// The parts of the request that must be the same for both implementations. Values that the
    /// implementation chooses, such as the session name, are replaced.
    #[must_use]
    pub fn description(&self, combination: &Combination) -> String {
        match self.kind() {
            Kind::Connect => format!("CONNECT {}", self.target),
            Kind::Instance => "instance metadata".to_owned(),
            Kind::Container => {
                format!(
                    "container {} authorization={:?}",
                    self.target,
                    self.header("authorization")
                )
            }
            Kind::Sso => format!(
                "SSO {} token={:?}",
                sorted_query(&self.target),
                self.header("x-amz-sso_bearer_token")
            ),
            Kind::Oidc => format!("OIDC {} {}", self.target, sorted_json(&self.body)),
            Kind::SignIn => {
                let proof = if self.header("dpop").is_empty() { "without" } else { "with" };
                let body = sorted_json(&self.body);
                format!("sign-in {} {body} {proof} a proof of possession", self.target)
            }
            Kind::Sts | Kind::Call => self.call_description(combination),
        }
    }

    fn call_description(&self, combination: &Combination) -> String {
        let signer = match self.signature() {
            Some(Signature { access_key_id, region, service, token }) => {
                format!("{access_key_id} token={token:?} for {service} in {region}")
            }
            None => "no signature".to_owned(),
        };
        let parameters: Vec<String> = parameters(&self.body)
            .into_iter()
            .filter(|(name, _)| name != "Version")
            .map(|(name, value)| {
                let is_own = name == "RoleSessionName" && !combination.contains(&value);
                format!("{name}={:?}", if is_own { "(chosen)".to_owned() } else { value })
            })
            .collect();
        let account = match self.header(ACCOUNT_ID) {
            "" => String::new(),
            account_id => format!(" of the account {account_id}"),
        };
        // Longshore adds a trailing slash to a custom endpoint with a path; botocore does not.
        let path = self.path().trim_end_matches('/');
        format!("{path}/ {} by {signer}{account}", parameters.join(" "))
    }
}

/// The parameters of a query or a form, sorted by name.
#[must_use]
pub fn parameters(text: &str) -> BTreeMap<String, String> {
    conformance::form_pairs(text).into_iter().collect()
}

fn sorted_query(target: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    format!("{path} {:?}", parameters(query))
}

fn sorted_json(body: &str) -> String {
    // serde_json sorts the members of an object.
    serde_json::from_str::<Value>(body).map_or_else(|_| body.to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(id: &str) -> Request {
        let mut request = Request::new("POST", "/prefix/?a");
        let value = format!("AWS4-HMAC-SHA256 Credential={id}/20260101/r/sts/aws4_request, Signed");
        request.headers.insert("authorization".into(), value);
        request.body = "Action=AssumeRole&RoleSessionName=n&Version=1".into();
        request
    }

    #[test]
    fn the_signature_is_read_from_the_right() {
        for id in ["AKIA", "a/b", ""] {
            let signature = signed(id).signature().expect("a signature");
            let expected = ["r", "sts", id, ""];
            let Signature { region, service, access_key_id, token } = signature;
            assert_eq!([region, service, access_key_id, token], expected);
        }
        assert_eq!(Request::new("POST", "/").signature(), None);
    }

    #[test]
    fn a_path_determines_the_kind() {
        for (path, kind) in [
            ("/prefix/latest/api/token", Kind::Instance),
            ("/container?at=1", Kind::Container),
            ("/link-local", Kind::Container),
            ("/link-local/credentials/1", Kind::Container),
            ("/prefix/v1/token", Kind::SignIn),
            ("/token", Kind::Oidc),
            ("/", Kind::Sts),
        ] {
            assert_eq!(Request::new("GET", path).kind(), kind, "{path}");
        }
    }

    #[test]
    fn a_session_name_that_the_combination_does_not_contain_is_replaced() {
        let chosen = signed("AKIA").description(&Combination::default());
        let expected =
            "Action=\"AssumeRole\" RoleSessionName=\"(chosen)\" by AKIA token=\"\" for sts in r";
        assert_eq!(chosen, format!("/prefix/ {expected}"));
        let config = vec!["role_session_name = n".to_owned()];
        let configured = signed("AKIA").description(&Combination { config, ..Default::default() });
        assert!(configured.contains("RoleSessionName=\"n\""), "{configured}");
    }

    #[test]
    fn the_account_id_is_part_of_the_description() {
        let mut request = signed("AKIA");
        request.headers.insert(ACCOUNT_ID.into(), "111111111111".into());
        let description = request.description(&Combination::default());
        assert!(
            description.ends_with(" for sts in r of the account 111111111111"),
            "{description}"
        );
    }
}
