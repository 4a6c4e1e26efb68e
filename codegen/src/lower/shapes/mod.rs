//! Lowers structures, unions and enums: the types of members, presence, defaults and constraints.

mod constraints;
mod default;
mod definitions;
mod element_names;
mod enumeration;
mod http_location;
mod member_type;
mod recursion;
mod structure;
mod unchecked_patterns;
mod union;
mod wire_names;

pub(super) use self::{
    constraints::ruled_shapes,
    definitions::lower_types,
    recursion::{recursive_members, refuse_impossible},
    structure::{Role, has_secret_message, lower as lower_structure},
    unchecked_patterns::warn_of_unchecked_patterns,
};
