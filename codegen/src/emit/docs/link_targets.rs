//! Determines the link targets of names in documentation.

use std::collections::HashMap;

use crate::{
    ir::{Service, Struct},
    names::Ident,
};

/// The link target of a name of the model.
pub(in crate::emit) enum LinkTarget {
    Method(Ident),
    Item(&'static str, Ident),
}

/// The link targets by the model's names. If several items have the same name, an operation takes
/// precedence.
pub(in crate::emit) struct LinkTargets(HashMap<String, LinkTarget>);

impl LinkTargets {
    pub(in crate::emit) fn of(service: &Service) -> Self {
        let mut names = HashMap::new();
        let mut add = |wire: &String, target| {
            names.entry(wire.clone()).or_insert(target);
        };
        for operation in &service.operations {
            add(&operation.name, LinkTarget::Method(operation.method.clone()));
        }
        for exception in &service.types.exceptions {
            let shape = &exception.shape;
            add(&shape.wire, LinkTarget::Item("exception", shape.name.clone()));
        }
        let structs = service.types.structs.iter().map(|shape| (&shape.wire, &shape.name));
        let unions = service.types.unions.iter().map(|shape| (&shape.wire, &shape.name));
        let enums = service.types.enums.iter().map(|shape| (&shape.wire, &shape.name));
        let int_enums = service.types.int_enums.iter().map(|shape| (&shape.wire, &shape.name));
        for (wire, name) in structs.chain(unions).chain(enums).chain(int_enums) {
            add(wire, LinkTarget::Item("types", name.clone()));
        }
        for operation in &service.operations {
            for Struct { wire, name, .. } in
                std::iter::once(&operation.request).chain(&operation.response)
            {
                add(wire, LinkTarget::Item("operation", name.clone()));
            }
        }
        Self(names)
    }

    /// Returns the link target of a name, if it has one.
    pub(in crate::emit) fn get(&self, name: &str) -> Option<&LinkTarget> {
        self.0.get(name)
    }
}
