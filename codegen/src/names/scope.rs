//! Resolves collisions in a scope: the first claim gets the plain name, and later ones get a
//! number.
//!
//! Earlier claims always win. Only later names get a number, so members that a later version of the
//! model appends never change existing names, even if their wire name equals a numbered name.

use std::collections::BTreeMap;

use super::ident::Ident;

/// The Rust names of one scope: a structure's fields, an enum's variants, a module's types.
#[derive(Debug)]
pub struct Scope {
    style: Style,
    /// Each name with the next number to try.
    taken: BTreeMap<Ident, u32>,
}

/// The style of numbers in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `image_id_2`, `IMAGE_ID_2`
    Words,
    /// `ImageId2`, and `Sha256_2` after a digit.
    Camel,
}

impl Scope {
    /// Creates an empty scope of names with underscores between words: fields, methods, modules and
    /// constants.
    pub fn words() -> Self {
        Self { style: Style::Words, taken: BTreeMap::new() }
    }

    /// An empty scope of names in camel case: types and variants.
    pub fn camel() -> Self {
        Self { style: Style::Camel, taken: BTreeMap::new() }
    }

    /// Claims a name or, if it is taken, the name with the least free number, starting at 2.
    pub fn claim(&mut self, name: Ident) -> Ident {
        let Some(next) = self.taken.get(&name).copied() else {
            self.taken.insert(name.clone(), 2);
            return name;
        };
        let free = (next..).map(|number| (number, self.numbered(&name, number)));
        let mut free = free.filter(|(_, numbered)| !self.taken.contains_key(numbered));
        // A scope never contains enough names to exhaust the numbers.
        let Some((number, numbered)) = free.next() else { return name };
        self.taken.insert(name, number.saturating_add(1));
        self.taken.insert(numbered.clone(), 2);
        numbered
    }

    fn numbered(&self, name: &Ident, number: u32) -> Ident {
        // The number makes a trailing underscore unnecessary, and two underscores would cause a
        // warning.
        let plain = name.as_str().trim_end_matches('_');
        let divided = self.style == Style::Words || plain.ends_with(|c: char| c.is_ascii_digit());
        Ident(format!("{plain}{}{number}", if divided { "_" } else { "" }))
    }
}
