//! Represents a page of documentation: the file and the item that a text belongs to, from which its
//! links are resolved.

use crate::emit::docs::link_targets::LinkTarget;
use crate::emit::index::ServiceIndex;
use crate::emit::values::ty::TypeScope;
use crate::{docs, ir::Docs};

/// The kinds of files with documentation from the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emit) enum PageKind {
    /// `ecr/mod.rs`
    Service,
    /// `ecr/client.rs`
    Client,
    /// `ecr/error.rs`
    Error,
    /// `ecr/operation/put_image.rs`
    Operation,
    /// `ecr/types/image.rs`
    Types,
    /// `ecr/exception/kms_exception.rs`
    Exception,
}

impl PageKind {
    /// The prefix of paths to types on this page.
    pub(in crate::emit) fn scope(self) -> TypeScope {
        if self == Self::Types { TypeScope::Types } else { TypeScope::Elsewhere }
    }

    /// The path to the service's module.
    fn to_service(self) -> &'static str {
        match self {
            Self::Service => "",
            Self::Client | Self::Error => "super::",
            Self::Operation | Self::Types | Self::Exception => "super::super::",
        }
    }
}

/// The file and the item that texts belong to.
#[derive(Clone, Copy)]
pub(in crate::emit) struct Page<'s> {
    /// The service.
    pub(in crate::emit) index: &'s ServiceIndex<'s>,
    /// The model's name of the item, which is not linked to itself.
    pub(in crate::emit) owner: &'s str,
    /// The file.
    pub(in crate::emit) kind: PageKind,
}

impl Page<'_> {
    /// The paragraphs, with links for every code span that names an item of the service.
    pub(in crate::emit) fn linked_all(&self, paragraphs: &[String]) -> Vec<String> {
        paragraphs.iter().map(|paragraph| self.linked(paragraph)).collect()
    }

    /// Returns the paragraphs with links, except for code spans that are values of an enum: a value
    /// may be equal to the name of an item.
    pub(in crate::emit) fn linked_except(
        &self,
        paragraphs: &[String],
        is_value: impl Fn(&str) -> bool,
    ) -> Vec<String> {
        let path = |name: &str| self.path(name).filter(|_| !is_value(name));
        paragraphs.iter().map(|paragraph| docs::linked(paragraph, path)).collect()
    }

    /// The text, with links for every code span that names an item of the service.
    pub(in crate::emit) fn linked(&self, text: &str) -> String {
        docs::linked(text, |name| self.path(name))
    }

    /// The documentation of an item with links, or a sentence if the model has none.
    pub(in crate::emit) fn docs_or(&self, docs: &Docs, sentence: impl FnOnce() -> String) -> Docs {
        let mut paragraphs = self.linked_all(&docs.paragraphs);
        if paragraphs.is_empty() {
            paragraphs.push(sentence());
        }
        Docs { paragraphs, deprecated: docs.deprecated.clone() }
    }

    /// The documentation of an item with links, followed by a paragraph that the model does not have.
    pub(in crate::emit) fn docs_and(&self, docs: &Docs, paragraph: String) -> Docs {
        let mut docs = self.docs(docs);
        docs.paragraphs.push(paragraph);
        docs
    }

    /// The documentation of an item with links.
    pub(in crate::emit) fn docs(&self, docs: &Docs) -> Docs {
        let paragraphs = self.linked_all(&docs.paragraphs);
        Docs { paragraphs, deprecated: docs.deprecated.clone() }
    }

    fn path(&self, name: &str) -> Option<String> {
        let target = self.index.targets.get(name).filter(|_| name != self.owner)?;
        let service = self.kind.to_service();
        Some(match (target, self.kind) {
            (LinkTarget::Method(method), PageKind::Client) => format!("Self::{}", method.as_str()),
            (LinkTarget::Method(method), _) => format!("{service}Client::{}", method.as_str()),
            (LinkTarget::Item("types", item), PageKind::Types)
            | (LinkTarget::Item("exception", item), PageKind::Exception) => {
                format!("super::{}", item.as_str())
            }
            (LinkTarget::Item(module, item), _) => format!("{service}{module}::{}", item.as_str()),
        })
    }
}
