//! The shapes that every model may target without defining them: the data types of `smithy.api`.
//!
//! The traits that the prelude also defines are shapes too, but nothing of a client's wire can
//! target them, so they are not here.

use std::{collections::HashMap, path::PathBuf, sync::Arc, sync::LazyLock};

use serde_json::{Value, json};

use super::{Kind, Members, Position, Shape, ShapeId, Simple, Traits};

/// The simple shapes of the prelude by name; the `Primitive` ones default to zero.
const SIMPLE: [(&str, Simple); 20] = [
    ("Blob", Simple::Blob),
    ("Boolean", Simple::Boolean),
    ("String", Simple::String),
    ("Byte", Simple::Byte),
    ("Short", Simple::Short),
    ("Integer", Simple::Integer),
    ("Long", Simple::Long),
    ("Float", Simple::Float),
    ("Double", Simple::Double),
    ("BigInteger", Simple::BigInteger),
    ("BigDecimal", Simple::BigDecimal),
    ("Timestamp", Simple::Timestamp),
    ("Document", Simple::Document),
    ("PrimitiveBoolean", Simple::Boolean),
    ("PrimitiveByte", Simple::Byte),
    ("PrimitiveShort", Simple::Short),
    ("PrimitiveInteger", Simple::Integer),
    ("PrimitiveLong", Simple::Long),
    ("PrimitiveFloat", Simple::Float),
    ("PrimitiveDouble", Simple::Double),
];

static PRELUDE: LazyLock<HashMap<ShapeId, Shape>> = LazyLock::new(|| {
    let position =
        Position { file: Arc::new(PathBuf::from("(Smithy prelude)")), line: 1, column: 1 };
    let shape = |kind, traits| Shape { kind, traits, position: position.clone() };
    let unit = shape(Kind::Structure(Members::new()), one_trait("smithy.api#unitType", json!({})));
    let mut shapes: HashMap<_, _> = SIMPLE
        .into_iter()
        .map(|(name, simple)| {
            (ShapeId::prelude(name), shape(Kind::Simple(simple), primitive_traits(name, simple)))
        })
        .collect();
    shapes.insert(ShapeId::prelude("Unit"), unit);
    shapes
});

/// The prelude shape of that id.
pub(super) fn shape(id: &ShapeId) -> Option<&'static Shape> {
    PRELUDE.get(id)
}

fn primitive_traits(name: &str, simple: Simple) -> Traits {
    let zero = if simple == Simple::Boolean { json!(false) } else { json!(0) };
    if name.starts_with("Primitive") {
        one_trait("smithy.api#default", zero)
    } else {
        Traits::default()
    }
}

fn one_trait(id: &str, value: Value) -> Traits {
    Traits([(id.to_owned(), value)].into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prelude_shapes_resolve() {
        let kind = |name| shape(&ShapeId::prelude(name)).map(|shape| shape.kind.clone());
        assert_eq!(kind("String"), Some(Kind::Simple(Simple::String)));
        assert_eq!(kind("PrimitiveLong"), Some(Kind::Simple(Simple::Long)));
        assert_eq!(kind("Unit"), Some(Kind::Structure(Members::new())));
        assert_eq!(kind("NoSuchShape"), None);
    }
}
