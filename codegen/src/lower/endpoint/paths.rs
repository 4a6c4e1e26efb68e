//! Lowers the paths in `operationContextParams`, which set endpoint parameters, to steps through
//! the request.
//!
//! The Smithy specification limits these paths to a subset of JMESPath: members, projections, lists
//! of expressions, `[]` and `keys`. Projections over the values of a map are not supported.

use crate::{
    ir::{
        PathStep, Struct, Type,
        endpoint::{Bound, ParameterType, RequestStep},
        waiter::{Function, Path},
    },
    lower::jmespath::{self, Structs},
};

/// The result of a part of a path.
enum Found<'s> {
    Struct(&'s Struct),
    /// A value of another type.
    Value(&'s Type),
    /// A list that the path creates from several results.
    Many(Box<Found<'s>>),
}

/// Lowers the path of a parameter of this type. The error describes why it cannot be used.
pub(super) fn lower<'s>(
    path: &str,
    kind: ParameterType,
    request: &'s Struct,
    structs: &Structs<'s>,
) -> Result<Bound, String> {
    let path = jmespath::parse(path)?;
    let mut steps = Vec::new();
    let found = follow(structs, &path, Found::Struct(request), &mut steps)?;
    match kind {
        ParameterType::Text if found.is_text() => Ok(Bound::Path { steps, list: false }),
        ParameterType::List if element(structs, found, &mut steps)?.is_text() => {
            Ok(Bound::Path { steps, list: true })
        }
        ParameterType::Text => Err("the result is not a string".to_owned()),
        ParameterType::List => Err("the result is not a list of strings".to_owned()),
        ParameterType::Flag => Err("paths to booleans are not supported".to_owned()),
    }
}

/// Adds the steps of `path`, which starts at `from`.
fn follow<'s>(
    structs: &Structs<'s>,
    path: &Path,
    from: Found<'s>,
    steps: &mut Vec<RequestStep>,
) -> Result<Found<'s>, String> {
    match path {
        Path::Current => Ok(from),
        Path::Fields(names) => {
            names.iter().try_fold(from, |found, name| member(structs, &found, name, steps))
        }
        Path::Then(first, second) => {
            let first = follow(structs, first, from, steps)?;
            follow(structs, second, first, steps)
        }
        Path::Each(list, path) => {
            let list = follow(structs, list, from, steps)?;
            let element = element(structs, list, steps)?;
            follow(structs, path, element, steps).map(Found::many)
        }
        Path::Flatten(list) => {
            let list = follow(structs, list, from, steps)?;
            let inner = element(structs, list, steps)?;
            match inner.is_list() {
                true => element(structs, inner, steps).map(Found::many),
                false => Ok(inner.many()),
            }
        }
        Path::List(paths) => each_of(structs, paths, &from, steps),
        Path::Call(Function::Keys, arguments) => match arguments.as_slice() {
            [map] => keys(&follow(structs, map, from, steps)?, steps),
            _ => Err("`keys` needs one argument".to_owned()),
        },
        _ => Err("only members, projections, lists of expressions, `[]` and `keys` are supported"
            .to_owned()),
    }
}

fn member<'s>(
    structs: &Structs<'s>,
    from: &Found<'s>,
    name: &str,
    steps: &mut Vec<RequestStep>,
) -> Result<Found<'s>, String> {
    let Found::Struct(shape) = from else {
        return Err(format!("cannot take the member {name} of a value that is not a structure"));
    };
    let field = shape.fields.iter().find(|field| field.member == name);
    let field = field.ok_or_else(|| format!("{} has no member {name}", shape.wire))?;
    if field.sensitive {
        return Err(format!("{name} is sensitive, but hosts appear in errors and logs"));
    }
    steps.push(RequestStep::Field(PathStep::to(field)));
    Ok(Found::of(structs, &field.ty))
}

/// Adds a step to the elements of a list.
fn element<'s>(
    structs: &Structs<'s>,
    list: Found<'s>,
    steps: &mut Vec<RequestStep>,
) -> Result<Found<'s>, String> {
    match list {
        Found::Many(element) => Ok(*element),
        Found::Value(Type::List { element, sparse: false }) => {
            steps.push(RequestStep::Elements);
            Ok(Found::of(structs, element))
        }
        Found::Value(Type::List { sparse: true, .. }) => {
            Err("lists with null values are not supported".to_owned())
        }
        Found::Value(_) | Found::Struct(_) => {
            Err("cannot take elements of a value that is not a list".to_owned())
        }
    }
}

/// Adds a step to the results of several paths, which must be strings.
fn each_of<'s>(
    structs: &Structs<'s>,
    paths: &[Path],
    from: &Found<'s>,
    steps: &mut Vec<RequestStep>,
) -> Result<Found<'s>, String> {
    let Found::Struct(shape) = *from else {
        return Err("lists of expressions are supported only for structures".to_owned());
    };
    let mut all = Vec::new();
    let mut text = None;
    for path in paths {
        let mut steps = Vec::new();
        let found = follow(structs, path, Found::Struct(shape), &mut steps)?;
        if !found.is_text() {
            return Err("lists of expressions are supported only for strings".to_owned());
        }
        text = Some(found);
        all.push(steps);
    }
    steps.push(RequestStep::EachOf(all));
    text.map(Found::many).ok_or_else(|| "a list of expressions is empty".to_owned())
}

fn keys<'s>(map: &Found<'s>, steps: &mut Vec<RequestStep>) -> Result<Found<'s>, String> {
    let Found::Value(Type::Map { key, .. }) = map else {
        return Err("`keys` needs a map".to_owned());
    };
    steps.push(RequestStep::Keys);
    Ok(Found::Value(key).many())
}

impl<'s> Found<'s> {
    fn of(structs: &Structs<'s>, ty: &'s Type) -> Self {
        match ty.unboxed() {
            Type::Struct(name) => structs.get(name.as_str()).map_or(Self::Value(ty), Self::Struct),
            ty => Self::Value(ty),
        }
    }

    fn many(self) -> Self {
        Self::Many(Box::new(self))
    }

    fn is_text(&self) -> bool {
        matches!(self, Self::Value(Type::String | Type::Enum(_)))
    }

    fn is_list(&self) -> bool {
        matches!(self, Self::Many(_) | Self::Value(Type::List { .. }))
    }
}
