//! A service with the lookup tables of its documentation, computed once for all of its files.

use std::collections::HashMap;

use crate::emit::docs::link_targets::LinkTargets;
use crate::{
    ir::{Enum, IntEnum, Service, Type},
    names::Ident,
};

/// A service with the lookup tables of its documentation.
pub(crate) struct ServiceIndex<'s> {
    /// The service.
    pub(super) service: &'s Service,
    /// The link targets of names in documentation.
    pub(super) targets: LinkTargets,
    enums: HashMap<&'s Ident, &'s Enum>,
    int_enums: HashMap<&'s Ident, &'s IntEnum>,
}

impl<'s> ServiceIndex<'s> {
    pub(crate) fn of(service: &'s Service) -> Self {
        let types = &service.types;
        Self {
            service,
            targets: LinkTargets::of(service),
            enums: types.enums.iter().map(|shape| (&shape.name, shape)).collect(),
            int_enums: types.int_enums.iter().map(|shape| (&shape.name, shape)).collect(),
        }
    }

    /// The service.
    pub(crate) fn service(&self) -> &'s Service {
        self.service
    }

    /// The wire values of a type, if it is an enum.
    pub(super) fn enum_values(&self, ty: &Type) -> Option<Vec<String>> {
        match ty {
            Type::Enum(name) => self.enums.get(name).map(|shape| values(shape)),
            Type::IntEnum(name) => self.int_enums.get(name).map(|shape| values(shape)),
            _ => None,
        }
    }

    /// Returns true if the text is a wire value of an enum in a type, including its elements, keys
    /// and values.
    pub(super) fn has_enum_value(&self, ty: &Type, text: &str) -> bool {
        match ty.unboxed() {
            Type::List { element, .. } => self.has_enum_value(element, text),
            Type::Map { key, value, .. } => {
                self.has_enum_value(key, text) || self.has_enum_value(value, text)
            }
            Type::Enum(name) => self.enums.get(name).is_some_and(|shape| has_value(shape, text)),
            Type::IntEnum(name) => {
                self.int_enums.get(name).is_some_and(|shape| has_value(shape, text))
            }
            _ => false,
        }
    }
}

/// Returns true if the text is a wire value of the enum.
pub(super) fn has_value<V: ToString>(shape: &Enum<V>, text: &str) -> bool {
    shape.variants.iter().any(|variant| variant.wire.to_string() == text)
}

fn values<V: ToString>(shape: &Enum<V>) -> Vec<String> {
    shape.variants.iter().map(|variant| variant.wire.to_string()).collect()
}
