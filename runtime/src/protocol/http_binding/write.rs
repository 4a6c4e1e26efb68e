//! Collects the bound members of a structure while the structure is written.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_core::ser::{Error as _, Serialize, SerializeMap};

use crate::RequestBody;
use crate::format::error::FormatError;
use crate::protocol::http_binding::header_list;
use crate::protocol::http_binding::request::BodyFormat;
use crate::protocol::http_binding::text::{Item, Text, ToText};
use crate::protocol::http_binding::uri::push_parameter;
use crate::protocol::with_name::WithName;
use crate::shape::binding::{Binding, Payload, Place};

/// The bound members of a structure. Serializing the structure into it ignores all other members.
pub(super) struct BoundMembers<F> {
    pub(super) bindings: &'static [Binding],
    /// The wire names of the secret members.
    secret: &'static [&'static str],
    pub(super) labels: Vec<(&'static str, String)>,
    /// The query parameters of individual members, encoded.
    pub(super) query: String,
    /// The entries of the map of additional query parameters.
    pub(super) query_params: Vec<(String, Text)>,
    pub(super) headers: HeaderMap,
    pub(super) payload: Option<RequestBody>,
    /// The status of a response.
    #[cfg(feature = "server")]
    pub(super) status: Option<String>,
    format: std::marker::PhantomData<F>,
}

impl<F> BoundMembers<F> {
    pub(super) fn new(bindings: &'static [Binding], secret: &'static [&'static str]) -> Self {
        Self {
            bindings,
            secret,
            labels: Vec::new(),
            query: String::new(),
            query_params: Vec::new(),
            headers: HeaderMap::new(),
            payload: None,
            #[cfg(feature = "server")]
            status: None,
            format: std::marker::PhantomData,
        }
    }

    fn bind(&mut self, binding: &'static Binding, text: Text) -> Result<(), FormatError> {
        match (binding.place, text) {
            #[cfg(feature = "server")]
            (Place::Status, Text::One(item)) => self.status = Some(item.text),
            (_, Text::Absent) | (Place::Status, _) => {}
            (Place::Label(label), Text::One(item)) => self.labels.push((label, item.text)),
            (Place::Query(name), Text::One(item)) => self.push_query(name, &[item]),
            (Place::Query(name), Text::Many(items)) => self.push_query(name, &items),
            (Place::QueryParams, Text::Entries(entries)) => self.query_params = entries,
            (Place::Header(name), Text::One(item)) => {
                self.push_header(binding, name, &item.text)?;
            }
            (Place::Header(name), Text::Many(items)) => {
                self.push_header(binding, name, &header_list::join(&items))?;
            }
            (Place::PrefixHeaders(prefix), Text::Entries(entries)) => {
                self.push_headers(binding, prefix, entries)?;
            }
            (Place::Payload(_), Text::One(item)) => self.payload = Some(item.text.into()),
            (Place::Payload(_), Text::Binary(bytes)) => self.payload = Some(bytes.into()),
            _ => return Err(FormatError::unsupported()),
        }
        Ok(())
    }

    fn push_query(&mut self, name: &str, items: &[Item]) {
        for item in items {
            push_parameter(&mut self.query, name, &item.text);
        }
    }

    fn push_headers(
        &mut self,
        binding: &'static Binding,
        prefix: &str,
        entries: Vec<(String, Text)>,
    ) -> Result<(), FormatError> {
        for (name, text) in entries {
            match text {
                Text::One(item) => {
                    self.push_header(binding, &[prefix, &name].concat(), &item.text)?;
                }
                Text::Absent => {}
                _ => return Err(FormatError::unsupported()),
            }
        }
        Ok(())
    }

    /// Adds a header. If the member is secret, the value is marked as sensitive.
    fn push_header(
        &mut self,
        binding: &'static Binding,
        name: &str,
        value: &str,
    ) -> Result<(), FormatError> {
        let invalid = |what| match binding.place {
            // The keys may be secret.
            Place::PrefixHeaders(prefix) => {
                FormatError::custom(format_args!("the header \"{prefix}*\" has {what}"))
            }
            _ => FormatError::custom(format_args!("the header {name:?} has {what}")),
        };
        let header = name.parse::<HeaderName>();
        let header = header.map_err(|_| invalid("a name with characters that are not allowed"))?;
        // HTTP specifies visible ASCII, but services accept UTF-8.
        let value = HeaderValue::from_bytes(value.as_bytes());
        let mut value = value.map_err(|_| invalid("a value with a control character"))?;
        value.set_sensitive(self.secret.contains(&binding.member));
        self.headers.append(header, value);
        Ok(())
    }
}

impl<F: BodyFormat> SerializeMap for BoundMembers<F> {
    type Ok = ();
    type Error = FormatError;

    fn serialize_entry<K, V>(&mut self, key: &K, value: &V) -> Result<(), FormatError>
    where
        K: Serialize + ?Sized,
        V: Serialize + ?Sized,
    {
        let Some(binding) =
            key.serialize(WithName(|name: &str| Binding::find(self.bindings, name)))?
        else {
            return Ok(());
        };
        match binding.place {
            Place::Payload(Payload::Structure | Payload::Value) => {
                self.payload = Some(F::serialize(value)?);
                Ok(())
            }
            Place::Payload(Payload::Blob(_)) => {
                self.bind(binding, value.serialize(ToText::BINARY)?)
            }
            _ => {
                let text = value.serialize(ToText::READABLE);
                text.and_then(|text| self.bind(binding, text)).map_err(|error| {
                    FormatError::custom(format_args!("{}: {error}", binding.member))
                })
            }
        }
    }

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), FormatError> {
        Err(FormatError::unsupported())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), FormatError> {
        Err(FormatError::unsupported())
    }

    fn end(self) -> Result<(), FormatError> {
        Ok(())
    }
}

/// Writes only the members that have no binding, into the map of the body.
pub(super) struct Unbound<'a, M> {
    pub(super) bindings: &'static [Binding],
    pub(super) body: &'a mut M,
}

impl<M: SerializeMap> SerializeMap for Unbound<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_entry<K, V>(&mut self, key: &K, value: &V) -> Result<(), M::Error>
    where
        K: Serialize + ?Sized,
        V: Serialize + ?Sized,
    {
        match key.serialize(WithName(|name: &str| Binding::find(self.bindings, name))) {
            Ok(Some(_)) => Ok(()),
            _ => self.body.serialize_entry(key, value),
        }
    }

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        self.body.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        self.body.serialize_value(value)
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}
