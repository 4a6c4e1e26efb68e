//! Reads the bound members of a request.

use std::borrow::Cow;

use http::header::{
    ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST,
    TRANSFER_ENCODING, USER_AGENT,
};
use http::{HeaderMap, HeaderName, StatusCode};

use crate::Structure;
use crate::format::error::FormatError;
use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::http_binding::element_text::{FromPairs, FromText, OneValue};
use crate::protocol::http_binding::read::{problem, read};
use crate::protocol::http_binding::server::parameters::FromValues;
use crate::protocol::http_binding::server::uri_pattern::{UriPattern, split};
use crate::protocol::received_request::ReceivedRequest;
use crate::protocol::url_text::decode_pairs;
use crate::protocol::wire::WireResponse;
use crate::shape::binding::{Binding, Place};

/// The headers that belong to the HTTP message or to its signature, even if the prefix of a member
/// matches their names.
const OTHER_HEADERS: [HeaderName; 16] = [
    ACCEPT,
    AUTHORIZATION,
    CONNECTION,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    HOST,
    TRANSFER_ENCODING,
    USER_AGENT,
    HeaderName::from_static("amz-sdk-invocation-id"),
    HeaderName::from_static("amz-sdk-request"),
    HeaderName::from_static("content-md5"),
    HeaderName::from_static("x-amz-content-sha256"),
    HeaderName::from_static("x-amz-date"),
    HeaderName::from_static("x-amz-security-token"),
    HeaderName::from_static("x-amzn-trace-id"),
];

/// Reads all members that are not in a document, and returns the names of those that the request
/// contains.
pub(crate) fn read_request<T: Structure>(
    request: &ReceivedRequest<'_>,
    pattern: &UriPattern,
    value: &mut T,
) -> Result<Vec<&'static str>, DecodeProblem> {
    let bound = BoundRequest::new(request, pattern, T::BINDINGS);
    let mut found = Vec::new();
    for binding in T::BINDINGS {
        if bound.read(value, binding).map_err(|error| problem(binding, &error))? {
            found.push(binding.member);
        }
    }
    Ok(found)
}

struct BoundRequest<'a> {
    labels: Vec<(&'static str, String)>,
    parameters: Vec<(String, String)>,
    /// The headers and the body, as a response, so that they can be read like one.
    message: WireResponse<'a>,
    /// The headers that a prefix can match.
    free_headers: HeaderMap,
    /// The parameters that neither the URI nor another member contains.
    free_parameters: Vec<(String, FromValues)>,
}

impl<'a> BoundRequest<'a> {
    fn new(
        request: &ReceivedRequest<'a>,
        pattern: &UriPattern,
        bindings: &'static [Binding],
    ) -> Self {
        let (path, query) = split(request.path_and_query);
        let parameters = decode_pairs(query);
        let (headers, body) = (request.headers, request.body);
        Self {
            labels: pattern.labels(path).unwrap_or_default(),
            free_parameters: free_parameters(&parameters, pattern, bindings),
            free_headers: free_headers(headers, bindings),
            parameters,
            message: WireResponse { status: StatusCode::OK, headers, body },
        }
    }

    fn read<T: Structure>(
        &self,
        value: &mut T,
        binding: &'static Binding,
    ) -> Result<bool, FormatError> {
        let member = binding.member;
        match binding.place {
            Place::Label(name) => {
                let label = self.labels.iter().find(|(label, _)| *label == name);
                let Some((_, text)) = label else { return Ok(false) };
                value.read(member, &mut OneValue::new(FromText(Cow::Borrowed(text))))
            }
            Place::Query(name) => {
                let parameters = self.parameters.iter().filter(|(other, _)| other == name);
                let values: Vec<_> = parameters.map(|(_, value)| value.clone()).collect();
                if values.is_empty() {
                    return Ok(false);
                }
                value.read(member, &mut OneValue::new(FromValues(values)))
            }
            Place::QueryParams => {
                if self.free_parameters.is_empty() {
                    return Ok(false);
                }
                let parameters = FromPairs(self.free_parameters.clone());
                value.read(member, &mut OneValue::new(parameters))
            }
            Place::PrefixHeaders(_) => {
                let message = WireResponse { headers: &self.free_headers, ..self.message };
                read(&message, value, binding)
            }
            Place::Header(_) | Place::Payload(_) => read(&self.message, value, binding),
            Place::Status => Ok(false),
        }
    }
}

fn free_parameters(
    parameters: &[(String, String)],
    pattern: &UriPattern,
    bindings: &[Binding],
) -> Vec<(String, FromValues)> {
    let is_bound = |name: &str| {
        bindings.iter().any(|binding| matches!(binding.place, Place::Query(bound) if bound == name))
    };
    let mut free: Vec<(String, FromValues)> = Vec::new();
    for (name, value) in parameters {
        if is_bound(name) || pattern.has_literal(name) {
            continue;
        }
        match free.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.0.push(value.clone()),
            None => free.push((name.clone(), FromValues(vec![value.clone()]))),
        }
    }
    free
}

fn free_headers(headers: &HeaderMap, bindings: &[Binding]) -> HeaderMap {
    let is_prefix = |binding: &Binding| matches!(binding.place, Place::PrefixHeaders(_));
    if !bindings.iter().any(is_prefix) {
        return HeaderMap::new();
    }
    let mut headers = headers.clone();
    for name in OTHER_HEADERS {
        headers.remove(name);
    }
    for binding in bindings {
        if let Place::Header(name) = binding.place {
            headers.remove(name);
        }
    }
    headers
}
