//! Prints the report as JSON for other programs, in version 1 of this format:
//!
//! ```text
//! {
//!   "version": 1,
//!   "from": "...", "to": "...",              OLD and NEW
//!   "equal": false,
//!   "services": [{
//!     "name": "ecr",
//!     "equal": false,
//!     "breaking": 1,                          number of breaking changes; null if unknown
//!     "bump": {"stable": "major", "initialDevelopment": "minor"},     version bump from 1.0 on,
//!                                             and before 1.0; null if unknown
//!     "notCounted": {"documentation": 3, "traits": 0},
//!     "unknown": "...",                       why the Rust API is unknown; absent if it is known
//!     "service": NODE,                        absent if nothing changed
//!     "operations": [NODE, ...],              including those that changed through shared types
//!     "types": [NODE with "usedBy": ["PutImage", ...], ...]
//!   }],
//!   "added": ["name", ...], "removed": [...], services on one side only, which are not changes
//!   "ignored": 0,                             number of services of unsupported protocols
//!   "failed": [{"name": "...", "why": "..."}]
//! }
//!
//! NODE: {
//!   "kind": "member",                         service, operation, request, response, exception, type,
//!                                             member, element, key, value, enumValue, paginator, waiter,
//!                                             endpointRules
//!   "name": "imageDigest",                    if it has one
//!   "status": "added",                        added, removed, changed
//!   "type": "list of Image", "required": true,           of added or removed members
//!   "rules": {"smithy.api#length": {"min": 1}},          of added members; absent if empty
//!   "request": ["a", ...], "response": [...],            of added or removed operations
//!   "facts": [{"what": "smithy.api#length", "from": ..., "to": ...}],    absent if empty
//!   "effects": [{"breaking": true, "text": "..."}],      effects on callers of the Rust API
//!   "see": {"type": "Image", "in": "types"},  the type whose changes are reported elsewhere: in
//!                                             "types", or "above" in the same operation
//!   "children": [NODE, ...]
//! }
//! ```
//!
//! New keys may be added without a new version. Removing a key or changing its meaning requires one.

use serde_json::{Map, Value, json};

use super::{
    Report,
    summary::version_bumps,
    words::{self, Word},
};
use crate::changes::tree::{Changes, Effect, Fact, Location, Node, Reference, SharedType};

/// The version of the format.
const VERSION: u32 = 1;

pub(super) fn print(report: &Report) -> String {
    let failed = report.failed.iter().map(|(name, why)| json!({"name": name, "why": why}));
    let value = json!({
        "version": VERSION,
        "from": report.from,
        "to": report.to,
        "equal": report.is_equal(),
        "services": report.services.iter().map(service).collect::<Vec<_>>(),
        "added": report.added,
        "removed": report.removed,
        "ignored": report.passed_over,
        "failed": failed.collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn service(changes: &Changes) -> Value {
    let release = changes.release();
    let bump = release.map(|release| {
        let (stable, early) = version_bumps(release);
        json!({"stable": stable, "initialDevelopment": early})
    });
    let mut fields = Map::new();
    fields.insert("name".to_owned(), json!(changes.name));
    fields.insert("equal".to_owned(), json!(changes.is_empty()));
    fields.insert("breaking".to_owned(), json!(release.map(|_| changes.breaking())));
    fields.insert("bump".to_owned(), json!(bump));
    let uncounted = json!({
        "documentation": changes.uncounted.documentation,
        "traits": changes.uncounted.traits,
    });
    fields.insert("notCounted".to_owned(), uncounted);
    if let Some(why) = &changes.unknown {
        fields.insert("unknown".to_owned(), json!(why));
    }
    if !changes.service.is_empty() {
        fields.insert("service".to_owned(), node(&changes.service));
    }
    let all = |nodes: &[Node]| nodes.iter().map(node).collect::<Vec<_>>();
    fields.insert("operations".to_owned(), json!(all(&changes.operations)));
    let types: Vec<_> = changes.types.iter().map(shared).collect();
    fields.insert("types".to_owned(), json!(types));
    Value::Object(fields)
}

fn shared(shared: &SharedType) -> Value {
    let mut value = node(&shared.node);
    value["usedBy"] = json!(shared.used_by);
    value
}

fn node(node: &Node) -> Value {
    let (kind, name) = kind_and_name(&node.location);
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), json!(kind));
    if let Some(name) = name {
        fields.insert("name".to_owned(), json!(name));
    }
    fields.insert("status".to_owned(), json!(words::status(node.status)));
    match (&node.details, &node.location) {
        (Some(about), Location::Operation(_)) => {
            for (part, members) in ["request", "response"].iter().zip(&about.members) {
                let names: Vec<_> = members.iter().map(|(name, _)| name).collect();
                fields.insert((*part).to_owned(), json!(names));
            }
        }
        (Some(about), _) => {
            fields.insert("type".to_owned(), json!(about.ty));
            fields.insert("required".to_owned(), json!(about.required));
            let rules: Map<_, _> =
                about.facts.iter().map(|fact| (fact.what.clone(), json!(fact.to))).collect();
            if !rules.is_empty() {
                fields.insert("rules".to_owned(), Value::Object(rules));
            }
        }
        (None, _) => {}
    }
    let mut list = |name: &str, all: Vec<Value>| {
        if !all.is_empty() {
            fields.insert(name.to_owned(), Value::Array(all));
        }
    };
    list("facts", node.facts.iter().map(fact).collect());
    list("effects", node.effects.iter().map(effect).collect());
    list("children", node.children.iter().map(self::node).collect());
    if let Some(see) = &node.reference {
        let (ty, place) = match see {
            Reference::Shared(ty) => (ty, "types"),
            Reference::Above(ty) => (ty, "above"),
        };
        fields.insert("see".to_owned(), json!({"type": ty, "in": place}));
    }
    Value::Object(fields)
}

fn fact(fact: &Fact) -> Value {
    json!({"what": fact.what, "from": fact.from, "to": fact.to})
}

fn effect(effect: &Effect) -> Value {
    let text: String = words::effect(effect)
        .into_iter()
        .map(|word| match word {
            Word::Plain(text) | Word::Code(text) | Word::Shared(text) => text,
        })
        .collect();
    json!({"breaking": effect.breaks(), "text": text})
}

fn kind_and_name(location: &Location) -> (&'static str, Option<&str>) {
    match location {
        Location::Service => ("service", None),
        Location::Operation(name) => ("operation", Some(name)),
        Location::Request => ("request", None),
        Location::Response => ("response", None),
        Location::Exception(name) => ("exception", Some(name)),
        Location::Type(name) => ("type", Some(name)),
        Location::Member(name) => ("member", Some(name)),
        Location::Element => ("element", None),
        Location::Key => ("key", None),
        Location::Value => ("value", None),
        Location::EnumValue(value) => ("enumValue", Some(value)),
        Location::Paginator => ("paginator", None),
        Location::Waiter(name) => ("waiter", Some(name)),
        Location::EndpointRules => ("endpointRules", None),
    }
}
