//! Takes the fields of an object in a case file one by one, so that every problem names the case
//! and the field, and unknown fields are detected.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};

use crate::{
    error::Problem,
    json::{Fields, Node},
};

/// An object in a case. Its problems name the case and the field.
pub(super) struct CaseObject<'a> {
    node: Node<'a>,
    fields: Fields<'a>,
    /// The case, `input[3]`, with its id if that is known.
    pub(super) case: String,
    /// The path of the object in the case, with a trailing dot; empty for the case itself.
    path: String,
}

impl<'a> CaseObject<'a> {
    pub(super) fn of(node: Node<'a>, case: String, path: String) -> Result<Self, Problem> {
        match node.fields() {
            Ok(fields) => Ok(Self { node, fields, case, path }),
            Err(problem) if path.is_empty() => Err(named(problem, &case)),
            Err(problem) => {
                let field = path.trim_end_matches('.');
                Err(named(problem, &format!("{case}: `{field}`")))
            }
        }
    }

    /// Returns true if the field is present, even if it is `null`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }

    /// A field that is not `null`.
    pub(super) fn has_value(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, node)| key == name && !node.is_null())
    }

    /// Takes a field; `null` counts as absent.
    pub(super) fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let index = self.fields.iter().position(|(key, _)| key == name)?;
        Some(self.fields.remove(index).1).filter(|node| !node.is_null())
    }

    pub(super) fn need(&mut self, name: &str) -> Result<Node<'a>, Problem> {
        let missing = self.node.problem("it is missing. Add it.");
        self.take(name).ok_or_else(|| self.problem(name, missing))
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let node = self.take(name);
        node.map(Node::string).transpose().map_err(|problem| self.problem(name, problem))
    }

    /// Takes a field that must be one of these words.
    pub(super) fn one_of(
        &mut self,
        name: &str,
        words: &[&'static str],
    ) -> Result<Option<&'static str>, Problem> {
        let Some(node) = self.take(name) else { return Ok(None) };
        let text = node.string().map_err(|problem| self.problem(name, problem))?;
        let word = words.iter().copied().find(|word| *word == text);
        let what = || format!("unknown value `{text}`. Use one of {}.", words.join(", "));
        word.map(Some).ok_or_else(|| self.problem(name, node.problem(what())))
    }

    /// Takes a field that is true or false; an absent one is false.
    pub(super) fn flag(&mut self, name: &str) -> Result<bool, Problem> {
        let node = self.take(name).map(Node::boolean).transpose();
        node.map(Option::unwrap_or_default).map_err(|problem| self.problem(name, problem))
    }

    /// Takes a field that is base64.
    pub(super) fn base64(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let Some(node) = self.take(name) else { return Ok(None) };
        let text = node.string().map_err(|problem| self.problem(name, problem))?;
        let what = "expected base64. Correct it.";
        let bytes = STANDARD.decode(text).map_err(|_| self.problem(name, node.problem(what)))?;
        Ok(Some(bytes))
    }

    /// Takes a list of pairs of strings.
    pub(super) fn pairs(&mut self, name: &str) -> Result<Option<Vec<(String, String)>>, Problem> {
        let Some(node) = self.take(name) else { return Ok(None) };
        let pair = |node: Node<'_>| match node.elements()?.as_slice() {
            [name, value] => Ok((name.string()?, value.string()?)),
            _ => Err(node.problem("expected a name and a value. Correct it.")),
        };
        let pairs = node.elements().and_then(|nodes| nodes.into_iter().map(pair).collect());
        pairs.map(Some).map_err(|problem| self.problem(name, problem))
    }

    pub(super) fn need_text(&mut self, name: &str) -> Result<String, Problem> {
        let node = self.need(name)?;
        node.string().map_err(|problem| self.problem(name, problem))
    }

    pub(super) fn object(&mut self, name: &str) -> Result<Option<Self>, Problem> {
        let path = format!("{}{name}.", self.path);
        let node = self.take(name);
        node.map(|node| Self::of(node, self.case.clone(), path)).transpose()
    }

    pub(super) fn need_object(&mut self, name: &str) -> Result<Self, Problem> {
        let path = format!("{}{name}.", self.path);
        Self::of(self.need(name)?, self.case.clone(), path)
    }

    /// Takes the members of a structure; an absent field counts as no members.
    pub(super) fn members(&mut self, name: &str) -> Result<Map<String, Value>, Problem> {
        let Some(node) = self.take(name) else { return Ok(Map::new()) };
        // This detects duplicate keys at the top level; reading the typed values detects nested
        // ones.
        let members = node.fields().and_then(|_| node.value());
        match members.map_err(|problem| self.problem(name, problem))? {
            Value::Object(members) => Ok(members),
            _ => Ok(Map::new()),
        }
    }

    /// Header fields with their values.
    pub(super) fn headers(&mut self, name: &str) -> Result<Vec<(String, String)>, Problem> {
        let Some(headers) = self.object(name)? else { return Ok(Vec::new()) };
        let header = |(name, node): &(Cow<'_, str>, Node<'_>)| {
            let value = header_name(*node, name).and_then(|()| header_value(*node));
            let value = value.map_err(|problem| headers.problem(name, problem))?;
            Ok((name.to_string(), value))
        };
        headers.fields.iter().map(header).collect()
    }

    /// The names of header fields.
    pub(super) fn header_names(&mut self, name: &str) -> Result<Vec<String>, Problem> {
        let Some(node) = self.take(name) else { return Ok(Vec::new()) };
        let header = |node: Node<'_>| {
            let header = node.string()?;
            header_name(node, &header).map(|()| header)
        };
        let names = node.elements().and_then(|nodes| nodes.into_iter().map(header).collect());
        names.map_err(|problem| self.problem(name, problem))
    }

    /// Takes the cases of a list, each with its path.
    pub(super) fn cases(&mut self, name: &str) -> Result<Vec<(String, Node<'a>)>, Problem> {
        let Some(node) = self.take(name) else { return Ok(Vec::new()) };
        let nodes = node.elements().map_err(|problem| self.problem(name, problem))?;
        let nodes = nodes.into_iter().enumerate();
        Ok(nodes.map(|(index, node)| (format!("{name}[{index}]"), node)).collect())
    }

    /// A problem with a field.
    pub(super) fn problem(&self, name: &str, problem: Problem) -> Problem {
        named(problem, &format!("{}: `{}{name}`", self.case, self.path))
    }

    /// A problem with the object itself.
    pub(super) fn wrong(&self, what: &str) -> Problem {
        named(
            self.node.problem(what),
            &format!("{}: `{}`", self.case, self.path.trim_end_matches('.')),
        )
    }

    /// Reports the remaining fields as unknown.
    pub(super) fn finish(self, unknown: &mut Vec<Problem>) {
        for (name, node) in &self.fields {
            let what = "unknown field, which is ignored.";
            unknown.push(self.problem(name, node.problem(what)));
        }
    }
}

/// Prefixes a problem with its subject.
fn named(problem: Problem, what: &str) -> Problem {
    Problem { message: format!("{what}: {}", problem.message), ..problem }
}

/// A header name must be an HTTP token.
fn header_name(node: Node<'_>, name: &str) -> Result<(), Problem> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if !name.is_empty() && name.chars().all(is_token) {
        return Ok(());
    }
    Err(node.problem(format!("{name:?} is not a valid header name. Correct it.")))
}

/// A header value must be a single line.
fn header_value(node: Node<'_>) -> Result<String, Problem> {
    let value = node.string()?;
    match value.chars().any(|c| c.is_control() && c != '\t') {
        true => Err(node.problem("a header value must be a single line. Correct it.")),
        false => Ok(value),
    }
}
