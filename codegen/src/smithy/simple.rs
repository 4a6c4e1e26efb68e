//! Defines the simple shape types and their names.

/// A shape without members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simple {
    /// `blob`
    Blob,
    /// `boolean`
    Boolean,
    /// `string`
    String,
    /// `byte`
    Byte,
    /// `short`
    Short,
    /// `integer`
    Integer,
    /// `long`
    Long,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `bigInteger`
    BigInteger,
    /// `bigDecimal`
    BigDecimal,
    /// `timestamp`
    Timestamp,
    /// `document`
    Document,
}

/// The simple types by the names that the JSON AST gives them.
const NAMES: [(&str, Simple); 13] = [
    ("blob", Simple::Blob),
    ("boolean", Simple::Boolean),
    ("string", Simple::String),
    ("byte", Simple::Byte),
    ("short", Simple::Short),
    ("integer", Simple::Integer),
    ("long", Simple::Long),
    ("float", Simple::Float),
    ("double", Simple::Double),
    ("bigInteger", Simple::BigInteger),
    ("bigDecimal", Simple::BigDecimal),
    ("timestamp", Simple::Timestamp),
    ("document", Simple::Document),
];

impl Simple {
    /// Every simple type with its name in the JSON AST.
    pub(super) fn all() -> impl Iterator<Item = (&'static str, Self)> {
        NAMES.into_iter()
    }

    /// The type with this name in the JSON AST, `bigInteger`.
    pub(crate) fn from_ast_name(name: &str) -> Option<Self> {
        Self::all().find(|(known, _)| *known == name).map(|(_, simple)| simple)
    }

    /// The name in the JSON AST, `bigInteger`.
    #[must_use]
    pub fn ast_name(self) -> &'static str {
        let named = Self::all().find(|(_, simple)| *simple == self);
        named.map_or("", |(name, _)| name)
    }

    /// The type with this name in C2J, which has no documents and uses lower case, `biginteger`.
    pub(crate) fn from_c2j_name(name: &str) -> Option<Self> {
        let is_named = |known: &str| known.to_ascii_lowercase() == name;
        let mut types = Self::all().filter(|(_, simple)| *simple != Self::Document);
        types.find(|(known, _)| is_named(known)).map(|(_, simple)| simple)
    }

    /// Returns true for integers and for numbers with fractions of any size.
    #[must_use]
    pub fn is_number(self) -> bool {
        use Simple::{BigDecimal, BigInteger, Byte, Double, Float, Integer, Long, Short};
        matches!(self, Byte | Short | Integer | Long | Float | Double | BigInteger | BigDecimal)
    }
}
