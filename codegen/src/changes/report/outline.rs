//! Arranges a report in sections of entries, each a sentence with further entries below it. Every
//! format prints the same outline.

use super::words::{self, Word, Words, code, plain};
use crate::changes::tree::{Changes, Location, Node, Status};

/// A section of a report with a heading.
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) entries: Vec<Entry>,
}

/// A location with its changes.
pub(super) struct Entry {
    pub(super) status: Status,
    /// What it is and, if there is only one change, what changed.
    pub(super) words: Words,
    /// Further changes at this location.
    pub(super) notes: Vec<Words>,
    /// Effects on callers, and whether they break callers.
    pub(super) effects: Vec<(bool, Words)>,
    /// The location, without the path to it.
    pub(super) location: Location,
    /// The operations that use a shared type.
    pub(super) used_by: Vec<String>,
    pub(super) children: Vec<Entry>,
}

impl Entry {
    /// Returns true if callers break here or below.
    pub(super) fn breaks(&self) -> bool {
        self.effects.iter().any(|(breaks, _)| *breaks) || self.children.iter().any(Self::breaks)
    }
}

/// The sections of a service that are not empty.
pub(super) fn sections(changes: &Changes) -> Vec<Section> {
    let of = |status| changes.operations(status).map(outline).collect();
    let types = changes
        .types
        .iter()
        .map(|shared| Entry { used_by: shared.used_by.clone(), ..outline(&shared.node) });
    let service = (!changes.service.is_empty()).then(|| outline(&changes.service));
    let all = [
        Section { title: "Service", entries: service.into_iter().collect() },
        Section { title: "New operations", entries: of(Status::Added) },
        Section { title: "Updated operations", entries: of(Status::Changed) },
        Section { title: "Removed operations", entries: of(Status::Removed) },
        Section { title: "Types used by several operations", entries: types.collect() },
    ];
    all.into_iter().filter(|section| !section.entries.is_empty()).collect()
}

/// The entry of a node. Locations that have no changes themselves are joined with the next one to
/// form a path.
fn outline(node: &Node) -> Entry {
    let mut end = node;
    let mut path = words::path("", &node.location);
    while let (false, [only]) = (end.has_content(), &end.children[..]) {
        if !is_joined(&end.location) || !is_joined(&only.location) {
            break;
        }
        path = words::path(&path, &only.location);
        end = only;
    }
    let mut named = Words::new();
    let kind = words::kind(&end.location);
    named.extend((!kind.is_empty()).then(|| plain(kind)));
    named.push(word(&end.location, path));
    if let Some(about) = &end.details {
        named.extend(words::details(about));
    }
    let mut notes: Vec<_> = end.facts.iter().map(words::fact).collect();
    notes.extend(end.details.iter().flat_map(words::members));
    notes.extend(end.reference.as_ref().map(words::reference));
    if let ([_], Status::Changed) = (&notes[..], end.status) {
        named.push(plain(": "));
        named.extend(notes.remove(0));
    }
    let effects = end.effects.iter().map(|effect| (effect.breaks(), words::effect(effect)));
    Entry {
        status: end.status,
        words: named,
        notes,
        effects: effects.collect(),
        location: end.location.clone(),
        used_by: Vec::new(),
        children: below(&end.children),
    }
}

/// The entries of child nodes. Enum values that are all added or all removed share an entry.
fn below(nodes: &[Node]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut rest = nodes;
    while let Some((first, others)) = rest.split_first() {
        let alike = |node: &&Node| is_value(node) && is_value(first) && node.status == first.status;
        let count = 1 + others.iter().take_while(alike).count();
        let mut entry = outline(first);
        if count > 1 {
            entry.words = vec![plain("values ")];
            let names = rest[..count]
                .iter()
                .map(|node| word(&node.location, words::path("", &node.location)));
            for (index, name) in names.enumerate() {
                entry.words.extend((index > 0).then(|| plain(", ")));
                entry.words.push(name);
            }
            let effects = rest[1..count].iter().flat_map(|node| &node.effects);
            entry.effects.extend(effects.map(|effect| (effect.breaks(), words::effect(effect))));
        }
        entries.push(entry);
        rest = &rest[count..];
    }
    entries
}

/// Returns true for an enum value that was added or removed, without further changes.
fn is_value(node: &Node) -> bool {
    matches!(node.location, Location::EnumValue(_)) && node.status != Status::Changed
}

/// Returns true if a location may be joined with another one to form a path.
fn is_joined(location: &Location) -> bool {
    matches!(location, Location::Member(_) | Location::Element | Location::Key | Location::Value)
}

/// Names from the model are shown as code; our own words are not.
fn word(location: &Location, path: String) -> Word {
    match location {
        Location::Service
        | Location::Request
        | Location::Response
        | Location::Paginator
        | Location::EndpointRules => plain(path),
        _ => code(path),
    }
}
