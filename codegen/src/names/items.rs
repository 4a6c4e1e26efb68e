//! Chooses the names of generated items, with one function for each kind of item.

use super::{
    ident::Ident,
    words::{self, camel, snake},
};

/// Names that a field must not have: functions of every generated structure, because a field and
/// its setter share one name; and `clone`, because a setter would shadow `value.clone()`.
const TAKEN_BY_STRUCTURES: &[&str] = &["clone", "default", "new", "validate", "validate_with"];

/// Names that the constructor of a union's variant must not have: functions of traits that callers
/// call through the union, as in `Union::from`.
const TAKEN_BY_UNIONS: &[&str] =
    &["clone", "default", "deserialize", "empty", "from", "serialize", "try_from"];

/// Names that an operation must not have: functions of every client.
const TAKEN_BY_CLIENTS: &[&str] = &["as_ref", "clone", "new"];

/// Names of the standard library that generated code uses without a path. A type with one of these
/// names would shadow it in its own file.
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

/// Names that the files of operations and of the client use without a path, in addition to those of
/// every file; and derive macros, which links in the documentation could also refer to.
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

/// Names that a module at the root of a crate must not have: files with a meaning to cargo, crates
/// that generated code uses, modules of the runtime, and cargo's default feature.
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

/// File names that Windows reserves for devices, regardless of their extension.
pub(super) const DEVICES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Returns the name of a structure, enum or exception: the model's, with an initial capital and
/// without underscores, which would cause warnings. A name that generated code uses itself gets the
/// suffix `Shape`.
pub fn type_name(wire: &str) -> Ident {
    let mut name = words::joined(wire);
    // A name without a letter would equal that of its own module.
    if !name.contains(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "Shape");
    }
    if SHADOWED_TYPES.contains(&name.as_str()) {
        name.push_str("Shape");
    }
    Ident::legal(name)
}

/// Returns the name of an operation's request, response or error, which the client's file also
/// uses.
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

/// Returns the name of a module, and of its file without `.rs`. It is never a keyword, because
/// `type.rs` would require `mod r#type`, nor a file name that Windows refuses.
pub fn module(wire: &str) -> Ident {
    let name = Ident::legal(snake(wire));
    if name.is_raw() { name.marked() } else { leave(name, DEVICES) }
}

/// Returns the name of a variable of compiled endpoint rules, whose function has a parameter
/// `parameters`.
pub fn variable(wire: &str) -> Ident {
    leave(Ident::legal(snake(wire)), &["parameters"])
}

/// Returns the name of a service's module, which is at the root of a crate.
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

/// The name of the function that creates a union's variant for one of its members. It is never the
/// name of a variant, which would shadow it.
pub fn constructor(wire: &str) -> Ident {
    match Ident::legal(snake(wire)) {
        // A number has no case: the variant is also called `_1`.
        name if name.0.starts_with('_') => Ident("value".to_owned() + &name.0),
        name => leave(name, TAKEN_BY_UNIONS),
    }
}

/// The name of an operation error's variant for an exception: the exception's own.
pub fn error_variant(wire: &str) -> Ident {
    match Ident::legal(words::joined(wire)) {
        name if name == unmodeled() => Ident(name.0 + "Exception"),
        name => name,
    }
}

/// Returns the name of a service's error enum: `EcrPublicError` in the module `ecr_public`.
pub fn service_error(module: &Ident) -> Ident {
    Ident::legal(camel(module.as_str()) + "Error")
}

/// The variant for unknown enum values or union members; [`variant`] and [`union_variant`] never
/// return it.
pub fn unrecognized() -> Ident {
    Ident("Unrecognized".to_owned())
}

/// The variant for unknown errors; [`error_variant`] never returns it.
pub fn unmodeled() -> Ident {
    Ident("Unmodeled".to_owned())
}

/// Returns true if a reader might not recognize the wire name in the Rust name: they differ in more
/// than case and underscores between words, or the name is raw.
pub fn is_renamed(wire: &str, name: &Ident) -> bool {
    let added = name.0.starts_with('_') && !wire.starts_with('_')
        || name.0.ends_with('_') && !wire.ends_with('_');
    let same = |text: &str| text.replace('_', "").to_lowercase();
    name.is_raw() || added || same(wire) != same(&name.0)
}

/// Spells a text with letters, digits and underscores, for names outside of Rust. Text without
/// letters and digits is spelled with the names of its characters, and a plus is always spelled
/// out.
pub fn spelled(wire: &str) -> String {
    words::spelled(wire)
}

/// Appends a `_` to a name that is reserved.
fn leave(name: Ident, taken: &[&str]) -> Ident {
    if taken.contains(&name.as_str()) { name.marked() } else { name }
}
