//! Reads objects whose keys are all known.

use super::node::{Fields, Node};
use crate::error::Problem;

/// An object whose keys must all be taken: the remaining ones are unknown.
pub(crate) struct Keys<'a> {
    node: Node<'a>,
    fields: Fields<'a>,
}

impl<'a> Keys<'a> {
    /// The keys of an object.
    pub(crate) fn of(node: Node<'a>) -> Result<Self, Problem> {
        Ok(Self { node, fields: node.fields()? })
    }

    /// Takes the value of a key, if it is present.
    pub(crate) fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let index = self.fields.iter().position(|(key, _)| key == name)?;
        Some(self.fields.remove(index).1)
    }

    /// Returns the value of a key without taking it.
    pub(crate) fn peek(&self, name: &str) -> Option<Node<'a>> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, node)| *node)
    }

    /// Takes the value of a key; its absence is a problem.
    pub(crate) fn need(&mut self, name: &str) -> Result<Node<'a>, Problem> {
        let node = self.node;
        self.take(name).ok_or_else(|| node.problem(format!("the key `{name}` is missing. Add it.")))
    }

    /// Drops irrelevant keys.
    pub(crate) fn ignore(&mut self, names: &[&str]) {
        self.fields.retain(|(key, _)| !names.contains(&key.as_ref()));
    }

    /// Reports the first key that was not taken.
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
