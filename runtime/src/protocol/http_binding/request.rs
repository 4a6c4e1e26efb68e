//! Builds a request from the bound members of a structure and the document in its body.

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use crate::format::error::FormatError;
use crate::protocol::http_binding::text::{Item, Text};
use crate::protocol::http_binding::uri::{LabelError, expand, has_parameter, push_parameter};
use crate::protocol::http_binding::write::{BoundMembers, Unbound};
use crate::protocol::wire::{EncodeError, WireRequest};
use crate::shape::binding::{self, Binding, Payload};
use crate::{RequestBody, Structure};

/// The format of documents in bodies.
pub(crate) trait BodyFormat {
    /// The value of the `Content-Type` header.
    const CONTENT_TYPE: &'static str;

    /// The body if the payload is a structure that is absent.
    const EMPTY: &'static [u8];

    /// Serializes a document.
    fn serialize<T: Serialize + ?Sized>(value: &T) -> Result<RequestBody, FormatError>;
}

/// Encodes a request. `uri` is the path of the operation, with its labels, and the literal query.
/// `has_body` is true if there are members without a binding, which form the document in the body.
pub(crate) fn encode<F: BodyFormat, T: Structure>(
    value: &T,
    method: Method,
    uri: &'static str,
    has_body: bool,
) -> Result<WireRequest, EncodeError> {
    let mut bound = BoundMembers::<F>::new(T::BINDINGS, T::SECRET);
    if const { !T::BINDINGS.is_empty() } {
        value.write(&mut bound).map_err(EncodeError::new)?;
    }
    let document = if has_body { Some(F::serialize(&Document(value))) } else { None };
    build(method, uri, bound, document)
}

/// Builds a request from bound members and, if the body is not one of them, its document.
fn build<F: BodyFormat>(
    method: Method,
    uri: &'static str,
    bound: BoundMembers<F>,
    document: Option<Result<RequestBody, FormatError>>,
) -> Result<WireRequest, EncodeError> {
    let mut request = WireRequest::new(method, path_and_query(uri, &bound)?);
    request.headers.extend(bound.headers);
    let (body, content_type) = match document {
        Some(document) => (document.map_err(EncodeError::new)?, Some(F::CONTENT_TYPE)),
        None => payload_body::<F>(bound.bindings, bound.payload),
    };
    request.body = body;
    if let Some(content_type) = content_type {
        set_content_type(&mut request, content_type)?;
    }
    Ok(request)
}

/// Returns the body of a message whose structure has a payload, and its content type. Without one,
/// the body is empty.
pub(super) fn payload_body<F: BodyFormat>(
    bindings: &[Binding],
    payload: Option<RequestBody>,
) -> (RequestBody, Option<&'static str>) {
    let Some((_, kind)) = binding::payload(bindings) else { return (RequestBody::default(), None) };
    let (content_type, absent) = match kind {
        Payload::Structure => (Some(F::CONTENT_TYPE), F::EMPTY),
        Payload::Value => (payload.is_some().then_some(F::CONTENT_TYPE), &[][..]),
        Payload::Text(media_type) => (payload.is_some().then_some(media_type), &[][..]),
        Payload::Blob(media_type) => (Some(media_type), &[][..]),
    };
    (payload.unwrap_or_else(|| absent.into()), content_type)
}

/// Sets the content type, unless a member has set it.
fn set_content_type(request: &mut WireRequest, value: &'static str) -> Result<(), EncodeError> {
    let value = HeaderValue::from_str(value).map_err(EncodeError::new)?;
    request.headers.entry(CONTENT_TYPE).or_insert(value);
    Ok(())
}

fn path_and_query<F>(uri: &'static str, bound: &BoundMembers<F>) -> Result<String, EncodeError> {
    let (path, literal) = uri.split_once('?').unwrap_or((uri, ""));
    let value = |name: &str| {
        bound.labels.iter().find(|(label, _)| *label == name).map(|(_, value)| value.as_str())
    };
    let mut result = expand(path, value).map_err(label_error)?;
    let mut query = literal.to_owned();
    if !bound.query.is_empty() {
        query.push_str(if query.is_empty() { "" } else { "&" });
        query.push_str(&bound.query);
    }
    let explicit = query.clone();
    for (name, text) in &bound.query_params {
        if !has_parameter(&explicit, name) {
            push_text(&mut query, name, text);
        }
    }
    if !query.is_empty() {
        result.push('?');
        result.push_str(&query);
    }
    Ok(result)
}

fn push_text(query: &mut String, name: &str, text: &Text) {
    let items: &[Item] = match text {
        Text::One(item) => std::slice::from_ref(item),
        Text::Many(items) => items,
        _ => &[],
    };
    for item in items {
        push_parameter(query, name, &item.text);
    }
}

fn label_error(error: LabelError) -> EncodeError {
    EncodeError::new(match error {
        LabelError::Missing(name) => format!("{name} is part of the path and has no value"),
        LabelError::Empty(name) => format!("{name} is part of the path and must not be empty"),
    })
}

/// The members of a structure that have no binding.
struct Document<'a, T>(&'a T);

impl<T: Structure> Serialize for Document<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(None)?;
        if const { T::BINDINGS.is_empty() } {
            self.0.write(&mut body)?;
        } else {
            self.0.write(&mut Unbound { bindings: T::BINDINGS, body: &mut body })?;
        }
        body.end()
    }
}
