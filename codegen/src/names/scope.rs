//! Names that live side by side, and the error when two become one.

use std::{collections::BTreeMap, error::Error, fmt};

use super::Ident;

/// The Rust names of one place: a structure's fields, an enum's variants, a module's types.
#[derive(Debug)]
pub struct Scope {
    place: String,
    claimed: BTreeMap<Ident, String>,
}

impl Scope {
    /// An empty scope; `place` opens the message of a collision, as in ``structure `ns#Foo` ``.
    pub fn new(place: impl Into<String>) -> Self {
        Self { place: place.into(), claimed: BTreeMap::new() }
    }

    /// Takes a name for a wire name, unless another wire name has it already.
    pub fn claim(&mut self, wire: &str, name: Ident) -> Result<Ident, Collision> {
        match self.claimed.get(&name) {
            Some(first) => Err(self.collision(first, wire, name)),
            None => {
                self.claimed.insert(name.clone(), wire.to_owned());
                Ok(name)
            }
        }
    }

    fn collision(&self, first: &str, second: &str, name: Ident) -> Collision {
        let (place, first, second) = (self.place.clone(), first.to_owned(), second.to_owned());
        Collision { place, first, second, name }
    }
}

/// Two wire names that would be the same name in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// The place, as its scope was given it.
    pub place: String,
    /// The wire name that took the Rust name.
    pub first: String,
    /// The wire name that wanted it too.
    pub second: String,
    /// The Rust name.
    pub name: Ident,
}

impl fmt::Display for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, first, second, name } = self;
        if first == second {
            write!(f, "{place}: {first:?} is there twice")
        } else {
            write!(f, "{place}: {first:?} and {second:?} would both be `{name}` in Rust")
        }
    }
}

impl Error for Collision {}
