//! Objects whose keys are all known.

use super::node::{Fields, Node};
use crate::error::Problem;

/// An object of which every key must be taken: what is left over is unknown.
pub(crate) struct Keys<'a> {
    node: Node<'a>,
    fields: Fields<'a>,
}

impl<'a> Keys<'a> {
    /// The keys of an object.
    pub(crate) fn of(node: Node<'a>) -> Result<Self, Problem> {
        Ok(Self { node, fields: node.fields()? })
    }

    /// Takes a key's value where the key is there.
    pub(crate) fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let index = self.fields.iter().position(|(key, _)| key == name)?;
        Some(self.fields.remove(index).1)
    }

    /// A key's value, which remains to be taken.
    pub(crate) fn peek(&self, name: &str) -> Option<Node<'a>> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, node)| *node)
    }

    /// Takes a key's value; its absence is a problem.
    pub(crate) fn need(&mut self, name: &str) -> Result<Node<'a>, Problem> {
        let node = self.node;
        self.take(name).ok_or_else(|| node.problem(format!("the key `{name}` is missing. Add it.")))
    }

    /// Takes keys that mean nothing here.
    pub(crate) fn ignore(&mut self, names: &[&str]) {
        self.fields.retain(|(key, _)| !names.contains(&key.as_ref()));
    }

    /// A problem where a key was not taken.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        match self.fields.first() {
            None => Ok(()),
            Some((key, node)) => Err(node.problem(format!(
                "unknown key `{key}`, which may change the meaning of the model. Correct or \
                    remove it."
            ))),
        }
    }
}
