//! Names that live side by side: who asks first has the plain name, and who asks later a number.
//!
//! Earlier wins, always. A number is given out only to what comes later in the model, so nothing
//! that a later version of the model adds behind it changes a name that was there before; not even
//! a wire name that is exactly what somebody before it had to be called.

use std::collections::BTreeMap;

use super::ident::Ident;

/// The Rust names of one place: a structure's fields, an enum's variants, a module's types.
#[derive(Debug)]
pub struct Scope {
    style: Style,
    /// Each name with the number that the next one to ask for it tries first.
    taken: BTreeMap<Ident, u32>,
}

/// How the names of a scope take a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `image_id_2`, `IMAGE_ID_2`
    Words,
    /// `ImageId2`, and `Sha256_2`, where a digit stands before the number.
    Camel,
}

impl Scope {
    /// An empty scope of names that are words with underscores between them: fields, methods,
    /// modules and constants.
    pub fn words() -> Self {
        Self { style: Style::Words, taken: BTreeMap::new() }
    }

    /// An empty scope of names in camel case: types and variants.
    pub fn camel() -> Self {
        Self { style: Style::Camel, taken: BTreeMap::new() }
    }

    /// Takes a name, or where somebody has it already, the name with the least number behind it,
    /// from 2 on, that is free.
    pub fn claim(&mut self, name: Ident) -> Ident {
        let Some(next) = self.taken.get(&name).copied() else {
            self.taken.insert(name.clone(), 2);
            return name;
        };
        let free = (next..).map(|number| (number, self.numbered(&name, number)));
        let mut free = free.filter(|(_, numbered)| !self.taken.contains_key(numbered));
        // A scope never holds so many names that the numbers end.
        let Some((number, numbered)) = free.next() else { return name };
        self.taken.insert(name, number.saturating_add(1));
        self.taken.insert(numbered.clone(), 2);
        numbered
    }

    fn numbered(&self, name: &Ident, number: u32) -> Ident {
        // A name that was marked does not need its mark any more, and two underscores would earn a
        // warning.
        let plain = name.as_str().trim_end_matches('_');
        let divided = self.style == Style::Words || plain.ends_with(|c: char| c.is_ascii_digit());
        Ident(format!("{plain}{}{number}", if divided { "_" } else { "" }))
    }
}
