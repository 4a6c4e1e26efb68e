//! Translates HTTP bindings: the method and path of an operation, and the members in the path, the
//! query, the headers, the status or the payload.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::model::C2jModel;
use crate::{
    error::Problem,
    json::{Keys, Node},
    smithy::{Members, Traits},
};

impl C2jModel<'_> {
    /// Returns true if the protocol has HTTP bindings; other protocols ignore their keys.
    fn binds_http(&self) -> bool {
        self.protocol.is_some_and(|protocol| protocol.binds_http())
    }

    /// Takes `http` of an operation. The names of labels are replaced by those of the members that
    /// provide their values.
    pub(super) fn take_http(
        &self,
        keys: &mut Keys<'_>,
        traits: &mut Traits,
    ) -> Result<(), Problem> {
        let Some(node) = keys.take("http").filter(|_| self.binds_http()) else { return Ok(()) };
        let mut http = Keys::of(node)?;
        let method = http.need("method")?.string()?;
        let uri = http.need("requestUri")?.string()?;
        let code = http.take("responseCode").map(Node::value).transpose()?;
        http.finish()?;
        let input =
            keys.peek("input").map(|input| self.targets.behind(input)).transpose()?.flatten();
        let uri = input.map_or(uri.clone(), |input| with_members(&uri, &input.labels));
        let code = code.unwrap_or(json!(200));
        let value = json!({"method": method, "uri": uri, "code": code});
        traits.0.insert("smithy.api#http".to_owned(), value);
        Ok(())
    }

    /// Returns the binding of a member as a trait, if it has a location.
    pub(super) fn binding(
        &self,
        location: Option<Node<'_>>,
        location_name: Option<&str>,
        (name, node): (&str, Node<'_>),
    ) -> Result<Option<(String, Value)>, Problem> {
        let Some(location) = location.filter(|_| self.binds_http()) else { return Ok(None) };
        let wire = location_name.unwrap_or(name);
        let (binding, value) = match location.string()?.as_str() {
            "uri" => ("httpLabel", json!({})),
            "querystring" if self.is_map(node)? => ("httpQueryParams", json!({})),
            "querystring" => ("httpQuery", json!(wire)),
            "header" => ("httpHeader", json!(wire)),
            "headers" => ("httpPrefixHeaders", json!(location_name.unwrap_or_default())),
            "statusCode" => ("httpResponseCode", json!({})),
            other => {
                return Err(location.problem(format!(
                    "unknown location `{other}`. Use uri, querystring, header, headers or \
                     statusCode."
                )));
            }
        };
        Ok(Some((format!("smithy.api#{binding}"), value)))
    }

    /// Takes `payload` of a structure: the member that is the whole body.
    pub(super) fn take_payload(
        &self,
        keys: &mut Keys<'_>,
        members: &mut Members,
    ) -> Result<(), Problem> {
        let Some(node) = keys.take("payload").filter(|_| self.binds_http()) else { return Ok(()) };
        let name = node.string()?;
        let member = members.get_mut(&name).ok_or_else(|| {
            node.problem(format!("the payload `{name}` is not a member. Correct it."))
        })?;
        // The body has no key for the member.
        member.traits.0.remove("smithy.api#jsonName");
        member.traits.0.insert("smithy.api#httpPayload".to_owned(), json!({}));
        Ok(())
    }

    fn is_map(&self, member: Node<'_>) -> Result<bool, Problem> {
        Ok(self.targets.behind(member)?.is_some_and(|target| target.is_map))
    }
}

/// Replaces the labels of a path, such as `{Id}` and `{Key+}`, by the names of their members.
fn with_members(uri: &str, labels: &HashMap<String, String>) -> String {
    let mut parts = uri.split('{');
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        renamed.push('{');
        let end = part.find(['}', '+']).unwrap_or(part.len());
        let (label, rest) = part.split_at(end);
        renamed.push_str(labels.get(label).map_or(label, String::as_str));
        renamed.push_str(rest);
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_members() {
        let labels = [("id", "Name"), ("Name", "id"), ("key", "Key")];
        let labels = labels.map(|(label, member)| (label.to_owned(), member.to_owned())).into();
        let table = [
            ("/", "/"),
            ("/a/{id}/{key+}?x={id}", "/a/{Name}/{Key+}?x={Name}"),
            ("/{Name}/{id}/{other}", "/{id}/{Name}/{other}"),
            ("/{id", "/{Name"),
            ("", ""),
        ];
        for (uri, wanted) in table {
            assert_eq!(with_members(uri, &labels), wanted, "{uri}");
        }
    }
}
