//! Defines the shapes that every model can target without defining them: the data types of
//! `smithy.api`.
//!
//! The traits of the prelude are shapes too, but no data shape can target them, so they are not
//! here.

use std::{collections::HashMap, path::PathBuf, sync::Arc, sync::LazyLock};

use serde_json::{Value, json};

use super::{Kind, Members, Position, Shape, ShapeId, Simple, Traits};

/// The simple types that the prelude also has as `Primitive` shapes, which default to zero.
const PRIMITIVE: [Simple; 7] = [
    Simple::Boolean,
    Simple::Byte,
    Simple::Short,
    Simple::Integer,
    Simple::Long,
    Simple::Float,
    Simple::Double,
];

static PRELUDE: LazyLock<HashMap<ShapeId, Shape>> = LazyLock::new(|| {
    let position =
        Position { file: Arc::new(PathBuf::from("(Smithy prelude)")), line: 1, column: 1 };
    let shape = |kind, traits| Shape { kind, traits, position: position.clone() };
    let unit = shape(Kind::Structure(Members::new()), one_trait("smithy.api#unitType", json!({})));
    let mut shapes = HashMap::from([(ShapeId::prelude("Unit"), unit)]);
    for (name, simple) in Simple::all() {
        let name = capitalized(name);
        let kind = Kind::Simple(simple);
        if PRIMITIVE.contains(&simple) {
            let id = ShapeId::prelude(&format!("Primitive{name}"));
            shapes.insert(id, shape(kind.clone(), zero_default(simple)));
        }
        shapes.insert(ShapeId::prelude(&name), shape(kind, Traits::default()));
    }
    shapes
});

/// The prelude shape of that id.
pub(super) fn shape(id: &ShapeId) -> Option<&'static Shape> {
    PRELUDE.get(id)
}

fn zero_default(simple: Simple) -> Traits {
    let zero = if simple == Simple::Boolean { json!(false) } else { json!(0) };
    one_trait("smithy.api#default", zero)
}

fn capitalized(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
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
