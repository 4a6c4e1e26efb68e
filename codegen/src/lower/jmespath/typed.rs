//! Determines the type at the end of a path, so that a path that does not exist is a generator
//! error instead of a waiter that never ends.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ir::{
    Struct, TimestampFormat, Type, Union,
    waiter::{Comparison, Function, Path, Test},
};

/// What is known about the type of a value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lower) enum PathType<'s> {
    /// The type is unknown.
    Anything,
    Bool,
    Number,
    Text,
    List(Box<PathType<'s>>),
    Map(Box<PathType<'s>>),
    /// A structure or union of the model.
    Struct(&'s str),
    /// An object of these members.
    Object(BTreeMap<String, PathType<'s>>),
}

/// The structures and unions that members refer to, by their Rust names.
#[derive(Debug, Default)]
pub(in crate::lower) struct Structs<'s> {
    structs: BTreeMap<&'s str, &'s Struct>,
    unions: BTreeMap<&'s str, &'s Union>,
}

impl<'s> Structs<'s> {
    /// These structures and unions.
    pub(in crate::lower) fn of(structs: &'s [Struct], unions: &'s [Union]) -> Self {
        Self {
            structs: structs.iter().map(|shape| (shape.name.as_str(), shape)).collect(),
            unions: unions.iter().map(|shape| (shape.name.as_str(), shape)).collect(),
        }
    }

    /// The structure of that name.
    pub(in crate::lower) fn get(&self, name: &str) -> Option<&'s Struct> {
        self.structs.get(name).copied()
    }

    /// The request or the response, as an object.
    pub(in crate::lower) fn root(&self, shape: &'s Struct) -> PathType<'s> {
        let member = |(wire, ty): (&'s str, &'s Type)| (wire.to_owned(), self.of_type(ty));
        let fields = shape.fields.iter().map(|field| (field.wire.as_str(), &field.ty));
        PathType::Object(fields.map(member).collect())
    }

    /// A union as an object: a path finds the member that is present, and `null` for the others.
    fn union(&self, shape: &'s Union) -> PathType<'s> {
        let members = shape.variants.iter().map(|variant| {
            let known = variant.ty.as_ref().map(|ty| self.of_type(ty));
            (variant.wire.clone(), known.unwrap_or_else(|| PathType::Object(BTreeMap::new())))
        });
        PathType::Object(members.collect())
    }

    fn of_type(&self, ty: &'s Type) -> PathType<'s> {
        match ty {
            Type::String | Type::Enum(_) | Type::Blob => PathType::Text,
            Type::Bool => PathType::Bool,
            Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::F32 | Type::F64 => {
                PathType::Number
            }
            Type::IntEnum(_) | Type::Timestamp(TimestampFormat::EpochSeconds) => PathType::Number,
            Type::Timestamp(_) => PathType::Text,
            Type::Document => PathType::Anything,
            Type::List { element, .. } => PathType::List(self.of_type(element).into()),
            Type::Map { value, .. } => PathType::Map(self.of_type(value).into()),
            Type::Struct(name) | Type::Union(name) => PathType::Struct(name.as_str()),
            Type::Boxed(inner) => self.of_type(inner),
        }
    }

    /// Returns the type at the end of `path`, starting from a value of this type.
    pub(in crate::lower) fn follow(
        &self,
        path: &Path,
        known: &PathType<'s>,
    ) -> Result<PathType<'s>, String> {
        match path {
            Path::Current => Ok(known.clone()),
            Path::Fields(names) => {
                // The first object may have many members, so it is not copied.
                let mut names = names.iter();
                let Some(first) = names.next() else { return Ok(known.clone()) };
                let first = self.member(known, first)?;
                names.try_fold(first, |known, name| self.member(&known, name))
            }
            Path::Index(_) => known.clone().element(),
            Path::Literal(json) => Ok(literal(json)),
            Path::Then(first, second) => self.follow(second, &self.follow(first, known)?),
            Path::Each(list, path) => self.each(&self.follow(list, known)?.element()?, path),
            Path::Values(object, path) => self.each(&self.follow(object, known)?.value()?, path),
            Path::Filter(list, condition, path) => {
                let element = self.follow(list, known)?.element()?;
                self.follow(condition, &element)?;
                self.each(&element, path)
            }
            Path::Flatten(list) => {
                let element = self.follow(list, known)?.element()?;
                let inner = if let PathType::List(inner) = element { *inner } else { element };
                Ok(PathType::List(inner.into()))
            }
            Path::Compare(left, comparison, right) => {
                compare(&self.follow(left, known)?, *comparison, &self.follow(right, known)?)
            }
            Path::And(left, right) | Path::Or(left, right) => {
                Ok(self.follow(left, known)?.or(self.follow(right, known)?))
            }
            Path::Not(path) => self.follow(path, known).map(|_| PathType::Bool),
            Path::Call(function, arguments) => {
                let arguments = arguments.iter().map(|path| self.follow(path, known));
                call(*function, &arguments.collect::<Result<Vec<_>, _>>()?)
            }
            Path::List(paths) => self.list(paths, known),
            Path::Object(entries) => {
                let entry =
                    |(key, path): &(String, Path)| Ok((key.clone(), self.follow(path, known)?));
                entries.iter().map(entry).collect::<Result<_, _>>().map(PathType::Object)
            }
        }
    }

    fn list(&self, paths: &[Path], known: &PathType<'s>) -> Result<PathType<'s>, String> {
        let elements = paths.iter().map(|path| self.follow(path, known));
        let elements = elements.collect::<Result<Vec<_>, _>>()?;
        let element = elements.into_iter().reduce(PathType::or).unwrap_or(PathType::Anything);
        Ok(PathType::List(element.into()))
    }

    fn each(&self, element: &PathType<'s>, path: &Path) -> Result<PathType<'s>, String> {
        Ok(PathType::List(self.follow(path, element)?.into()))
    }

    fn member(&self, known: &PathType<'s>, name: &str) -> Result<PathType<'s>, String> {
        match known {
            PathType::Anything => Ok(PathType::Anything),
            PathType::Map(value) => Ok((**value).clone()),
            PathType::Struct(shape) => match (self.structs.get(shape), self.unions.get(shape)) {
                (Some(shape), _) => match shape.fields.iter().find(|field| field.wire == name) {
                    Some(field) => Ok(self.of_type(&field.ty)),
                    None => self.member(&self.root(shape), name),
                },
                (None, Some(shape)) => self.member(&self.union(shape), name),
                (None, None) => Ok(PathType::Anything),
            },
            PathType::Object(members) => members.get(name).cloned().ok_or_else(|| {
                let all: Vec<_> = members.keys().map(String::as_str).collect();
                format!("there is no member {name}; the members are {}", all.join(", "))
            }),
            other => Err(format!("cannot take the member {name} of {}", other.name())),
        }
    }
}

impl PathType<'_> {
    fn name(&self) -> &'static str {
        match self {
            Self::Anything => "something",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Struct(_) | Self::Object(_) => "a structure",
        }
    }

    /// Returns the common type, or [`Anything`](Self::Anything) if they differ.
    fn or(self, other: Self) -> Self {
        if self == other { self } else { Self::Anything }
    }

    fn element(self) -> Result<Self, String> {
        match self {
            Self::List(element) => Ok(*element),
            Self::Anything => Ok(self),
            other => Err(format!("cannot take elements of {}", other.name())),
        }
    }

    fn value(self) -> Result<Self, String> {
        match self {
            Self::Map(value) => Ok(*value),
            Self::Struct(_) | Self::Object(_) | Self::Anything => Ok(Self::Anything),
            other => Err(format!("cannot take the values of {}", other.name())),
        }
    }

    /// Checks that a test can be applied to this type; the error describes why it cannot.
    pub(in crate::lower) fn suits(&self, test: &Test) -> Result<(), String> {
        let (suits, wanted) = match test {
            Test::StringEquals(_) => (matches!(self, Self::Text | Self::Anything), "a string"),
            Test::BooleanEquals(_) => (matches!(self, Self::Bool | Self::Anything), "a boolean"),
            Test::AllStringEquals(_) | Test::AnyStringEquals(_) => {
                let element = self.clone().element();
                let suits = matches!(element, Ok(Self::Text | Self::Anything));
                (suits, "a list of strings")
            }
        };
        let found = match self {
            Self::List(element) => format!("a list whose elements are each {}", element.name()),
            other => other.name().to_owned(),
        };
        if suits {
            Ok(())
        } else {
            Err(format!("the result is {found}, but the comparator needs {wanted}"))
        }
    }
}

fn literal<'s>(json: &str) -> PathType<'s> {
    match serde_json::from_str(json) {
        Ok(Value::Bool(_)) => PathType::Bool,
        Ok(Value::Number(_)) => PathType::Number,
        Ok(Value::String(_)) => PathType::Text,
        Ok(Value::Array(_)) => PathType::List(PathType::Anything.into()),
        _ => PathType::Anything,
    }
}

fn compare<'s>(
    left: &PathType<'s>,
    comparison: Comparison,
    right: &PathType<'s>,
) -> Result<PathType<'s>, String> {
    let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let wrong = [left, right]
        .into_iter()
        .find(|side| ordered && !matches!(side, PathType::Number | PathType::Anything));
    if let Some(side) = wrong {
        return Err(format!("{} cannot be ordered; only numbers can", side.name()));
    }
    let known = *left != PathType::Anything && *right != PathType::Anything;
    if known && left.name() != right.name() {
        return Err(format!("cannot compare {} with {}", left.name(), right.name()));
    }
    Ok(PathType::Bool)
}

fn call<'s>(function: Function, arguments: &[PathType<'s>]) -> Result<PathType<'s>, String> {
    let first = arguments.first().unwrap_or(&PathType::Anything);
    let text = |known: &PathType<'_>| matches!(known, PathType::Text | PathType::Anything);
    let object = |known: &PathType<'_>| {
        use PathType::{Anything, Map, Object, Struct};
        matches!(known, Map(_) | Struct(_) | Object(_) | Anything)
    };
    let (takes, result) = match function {
        Function::Contains => (text(first) || matches!(first, PathType::List(_)), PathType::Bool),
        Function::EndsWith | Function::StartsWith => (arguments.iter().all(text), PathType::Bool),
        Function::Keys => (object(first), PathType::List(PathType::Text.into())),
        Function::Length => {
            (text(first) || object(first) || matches!(first, PathType::List(_)), PathType::Number)
        }
        Function::NotNull => {
            (true, arguments.iter().cloned().reduce(PathType::or).unwrap_or(PathType::Anything))
        }
        Function::Values => {
            let value = first.clone().value().unwrap_or(PathType::Anything);
            (object(first), PathType::List(value.into()))
        }
    };
    let names: Vec<_> = arguments.iter().map(PathType::name).collect();
    takes
        .then_some(result)
        .ok_or_else(|| format!("{function:?} does not accept {}", names.join(" and ")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{super::parse, *};

    fn known() -> PathType<'static> {
        let inner = PathType::Object(BTreeMap::from([
            ("s".to_owned(), PathType::Text),
            ("n".to_owned(), PathType::Number),
            ("l".to_owned(), PathType::List(PathType::Text.into())),
        ]));
        let members = [
            ("s", PathType::Text),
            ("b", PathType::Bool),
            ("n", PathType::Number),
            ("l", PathType::List(inner.clone().into())),
            ("m", PathType::Map(inner.into())),
        ];
        PathType::Object(members.map(|(name, known)| (name.to_owned(), known)).into())
    }

    fn follow(text: &str) -> Result<PathType<'static>, String> {
        Structs::default().follow(&parse(text)?, &known())
    }

    #[test]
    fn a_path_has_a_type() {
        let texts = || PathType::List(PathType::Text.into());
        let table = [
            ("s", PathType::Text),
            ("l[].s", texts()),
            ("l[].l[]", texts()),
            ("l[*].l | [0]", texts()),
            ("m.any.n", PathType::Number),
            ("m.*.s", texts()),
            ("values(m)[].s", texts()),
            ("keys(@)", texts()),
            ("l[?n > `2`].s", texts()),
            ("l[0].s || s", PathType::Text),
            ("[s, l[0].s]", texts()),
            ("{a: s}.a", PathType::Text),
            ("length(l) == `0`", PathType::Bool),
            ("contains(l[].s, 'x') && !b", PathType::Bool),
            ("not_null(s, s)", PathType::Text),
            ("starts_with(s, 'x')", PathType::Bool),
            ("`[1]`[0].x", PathType::Anything),
        ];
        for (text, wanted) in table {
            assert_eq!(follow(text), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn a_path_that_does_not_exist_is_refused() {
        let table = [
            ("x", "there is no member x; the members are b, l, m, n, s"),
            ("l[].x", "there is no member x; the members are l, n, s"),
            ("{a: s}.b", "there is no member b; the members are a"),
            ("l.s", "cannot take the member s of a list"),
            ("s.x", "cannot take the member x of a string"),
            ("s[0]", "cannot take elements of a string"),
            ("n[]", "cannot take elements of a number"),
            ("s.*", "cannot take the values of a string"),
            ("l[?x]", "there is no member x; the members are l, n, s"),
            ("s == `1`", "cannot compare a string with a number"),
            ("s < 'x'", "a string cannot be ordered; only numbers can"),
            ("length(n)", "Length does not accept a number"),
            ("keys(l)", "Keys does not accept a list"),
            ("starts_with(s, n)", "StartsWith does not accept a string and a number"),
        ];
        for (text, wanted) in table {
            assert_eq!(follow(text), Err(wanted.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_test_requires_its_type() {
        let text = || String::from("x");
        let list = || PathType::List(PathType::Number.into());
        assert!(PathType::Text.suits(&Test::StringEquals(text())).is_ok());
        assert!(PathType::Anything.suits(&Test::AllStringEquals(text())).is_ok());
        let wrong = PathType::Text.suits(&Test::BooleanEquals(true));
        assert_eq!(
            wrong,
            Err("the result is a string, but the comparator needs a boolean".to_owned())
        );
        let wrong = list().suits(&Test::AnyStringEquals(text()));
        let wanted = "the result is a list whose elements are each a number, but the comparator needs a list of strings";
        assert_eq!(wrong, Err(wanted.to_owned()));
    }
}
