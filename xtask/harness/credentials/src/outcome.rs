//! What an implementation did with a combination, and how two outcomes differ.

use std::fmt;

use crate::combination::Combination;
use crate::request::{Kind, Request, Signature};

/// What one implementation did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The descriptions of the requests, without consecutive duplicates.
    pub requests: Vec<String>,
    /// The signature of the program's call; `None` if there was no call.
    pub signature: Option<Signature>,
    /// Whether the program's call was made, possibly to a host other than the server.
    pub called: bool,
    /// The text of the error; empty if there was none.
    pub error: String,
}

/// How two outcomes differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The call is signed with other credentials.
    OtherIdentity,
    /// Only Longshore fails.
    OnlyLongshoreFails,
    /// Only botocore fails.
    OnlyBotocoreFails,
    /// Same identity, but another region or endpoint, or other requests before the call.
    Other,
}

/// Prefixes of the host names of the called service.
const CALLED_HOSTS: [&str; 2] = ["api.ecr", "ecr"];

impl Outcome {
    /// The outcome of a run.
    #[must_use]
    pub fn new(
        combination: &Combination,
        requests: &[Request],
        server: &str,
        error: String,
    ) -> Self {
        let server = server.trim_start_matches("http://");
        let mut descriptions = Vec::new();
        for request in requests {
            let text = request.description(combination).replace(server, "server");
            if descriptions.last() != Some(&text) {
                descriptions.push(text);
            }
        }
        let call = requests.iter().find(|request| request.kind() == Kind::Call);
        Self {
            requests: descriptions,
            signature: call.and_then(Request::signature),
            called: requests.iter().any(is_call),
            error,
        }
    }

    /// The difference between the outcome of Longshore and that of botocore.
    #[must_use]
    pub fn difference(&self, botocore: &Self) -> Option<Difference> {
        match (self.called, botocore.called) {
            (false, false) => (self.connects() != botocore.connects()).then_some(Difference::Other),
            (false, true) => Some(Difference::OnlyLongshoreFails),
            (true, false) => Some(Difference::OnlyBotocoreFails),
            (true, true) if self.identity() != botocore.identity() => {
                Some(Difference::OtherIdentity)
            }
            (true, true) => (self.requests != botocore.requests).then_some(Difference::Other),
        }
    }

    /// The access key ID and the token of the call.
    #[must_use]
    pub fn identity(&self) -> Option<(&str, &str)> {
        let signature = self.signature.as_ref()?;
        Some((&signature.access_key_id, &signature.token))
    }

    /// The connections to other hosts, which are compared even if both implementations fail.
    fn connects(&self) -> Vec<&String> {
        self.requests.iter().filter(|request| request.starts_with("CONNECT")).collect()
    }
}

fn is_call(request: &Request) -> bool {
    match request.kind() {
        Kind::Call => true,
        Kind::Connect => CALLED_HOSTS.iter().any(|host| request.target.starts_with(host)),
        _ => false,
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for request in &self.requests {
            writeln!(f, "      {request}")?;
        }
        if !self.error.is_empty() {
            writeln!(f, "      error: {}", self.error.trim_end().replace('\n', " "))?;
        }
        Ok(())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherIdentity => "different identity",
            Self::OnlyLongshoreFails => "error only with Longshore",
            Self::OnlyBotocoreFails => "error only with botocore",
            Self::Other => "different requests",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(id: Option<&str>, requests: &[&str]) -> Outcome {
        let signature = |id: &str| Signature { access_key_id: id.to_owned(), ..Default::default() };
        Outcome {
            requests: requests.iter().map(|request| (*request).to_owned()).collect(),
            signature: id.map(signature),
            called: id.is_some(),
            error: String::new(),
        }
    }

    #[test]
    fn differences_have_a_kind() {
        let a = outcome(Some("A"), &["sts", "call"]);
        let failed = outcome(None, &["sts"]);
        let table = [
            (&a, a.clone(), None),
            (&a, outcome(Some("B"), &["sts", "call"]), Some(Difference::OtherIdentity)),
            (&a, outcome(Some("A"), &["call"]), Some(Difference::Other)),
            (&a, failed.clone(), Some(Difference::OnlyBotocoreFails)),
            (&failed, a.clone(), Some(Difference::OnlyLongshoreFails)),
            (&failed, outcome(None, &[]), None),
            (&failed, outcome(None, &["CONNECT x"]), Some(Difference::Other)),
        ];
        for (longshore, botocore, expected) in table {
            assert_eq!(longshore.difference(&botocore), expected, "{longshore} {botocore}");
        }
    }

    #[test]
    fn repeated_requests_count_once_and_the_port_is_not_compared() {
        let connect = Request::new("CONNECT", "api.ecr.r.amazonaws.com:443");
        let metadata = Request::new("GET", "/container?at=127.0.0.1:77");
        let requests = [metadata.clone(), metadata, connect];
        let combination = Combination::default();
        let outcome = Outcome::new(&combination, &requests, "http://127.0.0.1:77", String::new());
        let expected = [
            "container /container?at=server authorization=\"\"",
            "CONNECT api.ecr.r.amazonaws.com:443",
        ];
        assert_eq!(outcome.requests, expected);
        assert!(outcome.called);
    }
}
