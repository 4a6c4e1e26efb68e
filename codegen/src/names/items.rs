//! The names of generated items, one function for each kind of item.

use super::{
    ident::Ident,
    words::{self, camel, snake},
};

/// Names that a field must leave to the functions every generated structure has, because a field
/// and its setter share one name; and `clone`, which a setter would hide from `value.clone()`.
const TAKEN_BY_STRUCTURES: &[&str] = &["clone", "default", "new", "validate"];

/// Names that an operation must leave to the functions every client has.
const TAKEN_BY_CLIENTS: &[&str] = &["as_ref", "clone", "new"];

/// Names of the standard library that generated code writes without a path. A type of the model
/// that had one of them would hide it in its own file.
pub(super) const SHADOWED_TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Default",
    "Into",
    "IntoIterator",
    "Option",
    "Result",
    "Self",
    "String",
    "Vec",
];

/// Names that the files of operations and of the client write without a path, beside those that every
/// file does; and derive macros, which a link in the documentation could mean as well.
pub(super) const SHADOWED_IN_CLIENTS: &[&str] = &[
    "AsRef",
    "Client",
    "Clone",
    "Config",
    "Copy",
    "Debug",
    "Eq",
    "Error",
    "FnOnce",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// Names that a module at the root of a crate must leave: those of files that cargo knows, of the
/// crates that generated code names, of the runtime's modules there, and of cargo's default feature.
const TAKEN_BY_ROOTS: &[&str] = &[
    "alloc",
    "bin",
    "blocking",
    "core",
    "default",
    "lib",
    "longshore_runtime",
    "main",
    "std",
    "wait",
];

/// File names that Windows keeps for devices, whatever their extension.
pub(super) const DEVICES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// The name of a structure, enum or exception: the model's own, with an upper-case start and
/// without the underscores that would earn a warning. A name that generated code needs for itself
/// gets `Shape` behind it.
pub fn type_name(wire: &str) -> Ident {
    let mut name = words::joined(wire);
    // A name without a letter would be its own module's.
    if !name.contains(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "Shape");
    }
    if SHADOWED_TYPES.contains(&name.as_str()) {
        name.push_str("Shape");
    }
    Ident::legal(name)
}

/// The name of an operation's request, response or error, which the client's file uses as well.
pub fn operation_type(wire: &str) -> Ident {
    let name = type_name(wire);
    if SHADOWED_IN_CLIENTS.contains(&name.as_str()) { Ident(name.0 + "Shape") } else { name }
}

/// The name of a structure's field, and of its setter.
pub fn field(wire: &str) -> Ident {
    leave(Ident::legal(snake(wire)), TAKEN_BY_STRUCTURES)
}

/// The name of a client's method for an operation.
pub fn method(wire: &str) -> Ident {
    leave(Ident::legal(snake(wire)), TAKEN_BY_CLIENTS)
}

/// The name of a client's method for the pages of an operation.
pub fn pages(wire: &str) -> Ident {
    Ident::legal(snake(wire) + "_pages")
}

/// The name of a client's method for a waiter.
pub fn waiter(wire: &str) -> Ident {
    Ident::legal(format!("wait_until_{}", snake(wire)))
}

/// The name of a constant.
pub fn constant(wire: &str) -> Ident {
    Ident::legal(snake(wire).to_uppercase())
}

/// The name of a module, and of its file without the `.rs`. It is never a keyword, because
/// `type.rs` would have to be `mod r#type`, nor a file name that Windows refuses.
pub fn module(wire: &str) -> Ident {
    let name = Ident::legal(snake(wire));
    if name.is_raw() { name.marked() } else { leave(name, DEVICES) }
}

/// The name of a variable of compiled endpoint rules, whose function has one parameter of its own.
pub fn variable(wire: &str) -> Ident {
    leave(Ident::legal(snake(wire)), &["parameters"])
}

/// The name of a service's module, which stands at the root of a crate.
pub fn service(sdk_id: &str) -> Ident {
    leave(module(sdk_id), TAKEN_BY_ROOTS)
}

/// The name of an enum's variant for one of its values.
pub fn variant(wire: &str) -> Ident {
    match Ident::legal(camel(wire)) {
        name if name == unrecognized() => Ident(name.0 + "Value"),
        name => name,
    }
}

/// The name of a union's variant for one of its members.
pub fn union_variant(wire: &str) -> Ident {
    match Ident::legal(camel(wire)) {
        name if name == unrecognized() => Ident(name.0 + "Member"),
        name => name,
    }
}

/// The name of an operation error's variant for an exception: the exception's own.
pub fn error_variant(wire: &str) -> Ident {
    match Ident::legal(words::joined(wire)) {
        name if name == unmodelled() => Ident(name.0 + "Exception"),
        name => name,
    }
}

/// The variant that keeps an enum value or a union member the model does not list; [`variant`] and
/// [`union_variant`] never give it.
pub fn unrecognized() -> Ident {
    Ident("Unrecognized".to_owned())
}

/// The variant for an error the model does not list; [`error_variant`] never gives it.
pub fn unmodelled() -> Ident {
    Ident("Unmodelled".to_owned())
}

/// Whether a reader who knows the wire name could fail to recognise the Rust name: more was done
/// to it than changing case and putting underscores between words, or it is written raw.
pub fn is_renamed(wire: &str, name: &Ident) -> bool {
    let added = name.0.starts_with('_') && !wire.starts_with('_')
        || name.0.ends_with('_') && !wire.ends_with('_');
    let same = |text: &str| text.replace('_', "").to_lowercase();
    name.is_raw() || added || same(wire) != same(&name.0)
}

/// A text as letters, digits and underscores, with a letter or digit among them: what says the same
/// in places whose names are not Rust's. A text of signs alone is the names of the signs, and a plus
/// is always one.
pub fn spelt(wire: &str) -> String {
    words::spelt(wire)
}

/// Marks a name that somebody else needs.
fn leave(name: Ident, taken: &[&str]) -> Ident {
    if taken.contains(&name.as_str()) { name.marked() } else { name }
}
