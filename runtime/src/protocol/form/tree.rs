//! The fields of a form as a tree: the parts of the name of a field are the path to its value.

use std::collections::BTreeMap;

use serde_core::de::Error;

use crate::format::error::FormatError;

/// The maximum number of parts in a name, which limits the recursion of readers.
const MAX_DEPTH: usize = 127;

/// The value of the field with this name, if any, and the parts that can follow in longer names.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Node {
    pub(super) value: Option<String>,
    pub(super) parts: BTreeMap<String, Node>,
}

impl Node {
    /// Builds the tree of fields. If several fields have the same name, the last one is used.
    pub(crate) fn of(
        fields: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, FormatError> {
        let mut root = Self::default();
        for (name, value) in fields {
            if name.split('.').count() > MAX_DEPTH {
                let what = format!("the name of a field has more than {MAX_DEPTH} parts");
                return Err(FormatError::custom(what));
            }
            let parts = name.split('.');
            let node =
                parts.fold(&mut root, |node, part| node.parts.entry(part.to_owned()).or_default());
            node.value = Some(value);
        }
        Ok(root)
    }

    /// The nodes whose names are numbers, in ascending order.
    pub(super) fn numbered(&self) -> Vec<&Self> {
        let number = |(name, node): (&String, _)| Some((name.parse::<u64>().ok()?, node));
        let mut nodes: Vec<_> = self.parts.iter().filter_map(number).collect();
        nodes.sort_by_key(|(number, _)| *number);
        nodes.into_iter().map(|(_, node)| node).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::url_text::decode_pairs;

    #[test]
    fn names_are_paths() {
        let root = Node::of(decode_pairs("a.10=x&a.2=y&b=z&b=w&a.c=v")).expect("a form");
        let list = &root.parts["a"];
        let values: Vec<_> = list.numbered().iter().map(|node| node.value.as_deref()).collect();
        assert_eq!(values, [Some("y"), Some("x")]);
        assert_eq!(root.parts["b"].value.as_deref(), Some("w"));
        assert_eq!(Node::of([]).expect("a form"), Node::default());
    }

    #[test]
    fn depth_is_limited() {
        let field = |parts: usize| [(vec!["a"; parts].join("."), String::new())];
        assert!(Node::of(field(MAX_DEPTH)).is_ok());
        assert!(Node::of(field(MAX_DEPTH + 1)).is_err());
    }
}
