//! Tracks the variables of a rule set: those in scope, and their Rust names.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{RuleType, Typed};
use crate::{
    ir::endpoint::Expr,
    names::{self, Ident},
};

/// The variables in scope by their names in the rules, and the number of enclosing conditions.
#[derive(Clone, Debug, Default)]
pub(super) struct VariableScope {
    variables: BTreeMap<String, (Ident, RuleType)>,
    conditions: usize,
}

impl VariableScope {
    pub(super) fn add(&mut self, name: &str, variable: Ident, ty: RuleType) {
        self.variables.insert(name.to_owned(), (variable, ty));
    }

    pub(super) fn find(&self, name: &str) -> Option<Typed> {
        let (variable, ty) = self.variables.get(name)?;
        Some(Typed::new(Expr::Variable(variable.clone()), *ty))
    }

    /// Adds to the number of enclosing conditions, and returns the new number.
    pub(super) fn enter(&mut self, conditions: usize) -> usize {
        self.conditions += conditions;
        self.conditions
    }
}

/// The names of all variables of a rule set. A name in the rules has one Rust name wherever it is
/// assigned, and no two names share one.
#[derive(Debug)]
pub(super) struct Variables {
    names: BTreeMap<String, Ident>,
    /// Variables for attributes, by the record and the attribute's method.
    attributes: BTreeMap<(Ident, &'static str), Ident>,
    taken: BTreeSet<Ident>,
    /// The next number to try for each name.
    next: BTreeMap<String, usize>,
}

impl Variables {
    pub(super) fn new() -> Self {
        Self {
            names: BTreeMap::new(),
            attributes: BTreeMap::new(),
            taken: BTreeSet::new(),
            next: BTreeMap::new(),
        }
    }

    /// Returns the variable for a name of the rules.
    pub(super) fn named(&mut self, name: &str) -> Ident {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let variable = self.free(name);
        self.names.insert(name.to_owned(), variable.clone());
        variable
    }

    /// Returns the variable for an attribute of another variable.
    pub(super) fn attribute(&mut self, record: &Ident, method: &'static str) -> Ident {
        let key = (record.clone(), method);
        if let Some(known) = self.attributes.get(&key) {
            return known.clone();
        }
        let variable = self.free(method);
        self.attributes.insert(key, variable.clone());
        variable
    }

    /// Returns the variables for attributes of another variable, with the attributes' methods.
    pub(super) fn attributes_of(&self, record: &Ident) -> Vec<(Ident, &'static str)> {
        let all = self.attributes.iter().filter(|((known, _), _)| known == record);
        all.map(|((_, method), variable)| (variable.clone(), *method)).collect()
    }

    /// Returns a variable without a name in the rules.
    pub(super) fn unnamed(&mut self) -> Ident {
        self.free("value")
    }

    fn free(&mut self, name: &str) -> Ident {
        let next = self.next.entry(name.to_owned()).or_insert(1);
        // There are more numbers than variables, so one is always free.
        loop {
            let candidate = match *next {
                1 => names::variable(name),
                number => names::variable(&format!("{name}_{number}")),
            };
            *next += 1;
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}
