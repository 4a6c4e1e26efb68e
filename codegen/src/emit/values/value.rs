//! Emits whole values as expressions of the generated API, as a person would write them.
//!
//! A setter accepts anything that converts to its field, and the constructor of a union anything
//! that converts to its content, so `"a"` suffices for a `String` and `["a", "b"]` for a list of
//! them. Deeper levels are not converted, so values there are written with their exact types. The
//! modules `operation`, `types` and `exception` and the name `BTreeMap` must be in scope.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::emit::values::literal::float;
use crate::emit::values::ty::TypeScope;
use crate::ir::{
    Literal, Type,
    value::{Constructor, StructureValue, UnionContent, UnionValue, Value, ValueModule},
};

const SCOPE: TypeScope = TypeScope::Elsewhere;

/// A structure with its members: `types::Image::new("a").tag("b")`.
pub(crate) fn built(value: &StructureValue) -> TokenStream {
    let (name, home) = (&value.name, home(value.home));
    let start = match &value.start {
        Constructor::New(arguments) => {
            let arguments = arguments.iter().map(|given| argument(&given.ty, &given.value));
            quote!(#home::#name::new(#(#arguments),*))
        }
        Constructor::Empty => quote!(<#home::#name as longshore_runtime::Structure>::empty()),
    };
    let setters = value.members.iter().map(|given| {
        let (field, argument) = (&given.field, argument(&given.ty, &given.value));
        quote!(.#field(#argument))
    });
    quote!(#start #(#setters)*)
}

fn home(home: ValueModule) -> TokenStream {
    match home {
        ValueModule::Operation => quote!(operation),
        ValueModule::Types => quote!(types),
        ValueModule::Exception => quote!(exception),
    }
}

/// The argument of `new`, of a setter or of a union's constructor.
fn argument(ty: &Type, value: &Value) -> TokenStream {
    match (ty, value) {
        (Type::String, Value::Plain(Literal::Text(text))) => quote!(#text),
        (Type::Blob, Value::Plain(Literal::Blob(bytes))) => {
            let bytes = Token::byte_string(bytes);
            quote!(#bytes)
        }
        (Type::Boxed(inner), value) => exact(inner, value),
        (Type::List { element, sparse }, Value::List(values)) => {
            if values.is_empty() {
                return exact(ty, value);
            }
            let values = values.iter().map(|value| item(element, *sparse, value.as_ref()));
            quote!([#(#values),*])
        }
        (Type::Map { key, value: content, sparse }, Value::Map(entries)) => {
            if entries.is_empty() {
                return exact(ty, value);
            }
            let entries = entries.iter().map(|(name, value)| {
                let name = item(key, false, Some(name));
                let value = item(content, *sparse, value.as_ref());
                quote!((#name, #value))
            });
            quote!([#(#entries),*])
        }
        // The type is known, so no suffix is needed.
        (ty, Value::Plain(literal @ Literal::Integer(_))) => SCOPE.literal(ty, literal),
        (ty, Value::Plain(literal @ Literal::Float(number))) if number.is_finite() => {
            SCOPE.literal(ty, literal)
        }
        (ty, value) => exact(ty, value),
    }
}

/// An element of a list or a part of an entry in the argument of a setter. All of them must have
/// the same type.
fn item(ty: &Type, sparse: bool, value: Option<&Value>) -> TokenStream {
    match (ty, value) {
        (Type::String, Some(Value::Plain(Literal::Text(text)))) if !sparse => quote!(#text),
        (ty, value) => element(ty, sparse, value),
    }
}

/// An element with its exact type.
fn element(ty: &Type, sparse: bool, value: Option<&Value>) -> TokenStream {
    match value {
        Some(value) if sparse => {
            let value = exact(ty, value);
            quote!(Some(#value))
        }
        Some(value) => exact(ty, value),
        None => {
            let ty = SCOPE.ty(ty);
            quote!(None::<#ty>)
        }
    }
}

/// A value of exactly this type, independent of its context.
fn exact(ty: &Type, value: &Value) -> TokenStream {
    match value {
        Value::Plain(Literal::Integer(number)) => integer(ty, *number),
        Value::Plain(Literal::Float(number)) => exact_float(ty, *number),
        Value::Plain(literal) => SCOPE.literal(ty, literal),
        Value::Enum(name, Ok(variant)) | Value::IntEnum(name, Ok(variant)) => {
            quote!(types::#name::#variant)
        }
        Value::Enum(name, Err(text)) => quote!(types::#name::from(#text)),
        Value::IntEnum(name, Err(number)) => {
            let number = Token::i32_unsuffixed(*number);
            quote!(types::#name::from(#number))
        }
        Value::Struct(value) => boxed(ty, built(value)),
        Value::Union(name, chosen) => boxed(ty, union(name, chosen)),
        Value::List(values) => list(ty, values),
        Value::Map(entries) => map(ty, entries),
    }
}

fn union(name: &crate::names::Ident, chosen: &UnionValue) -> TokenStream {
    match chosen {
        UnionValue::Variant { name: variant, content: None } => quote!(types::#name::#variant),
        UnionValue::Variant { content: Some(content), .. } => {
            let UnionContent { constructor, ty, value } = content;
            let argument = argument(ty, value);
            quote!(types::#name::#constructor(#argument))
        }
        // An unknown member has no constructor, so that callers cannot construct members that the
        // model lists.
        UnionValue::Unlisted(json) => {
            quote!(serde_json::from_str::<types::#name>(#json).expect("a union is read from JSON"))
        }
    }
}

fn boxed(ty: &Type, value: TokenStream) -> TokenStream {
    match ty {
        Type::Boxed(_) => quote!(Box::new(#value)),
        _ => value,
    }
}

fn list(ty: &Type, values: &[Option<Value>]) -> TokenStream {
    let Type::List { element: inner, sparse } = ty.unboxed() else { return TokenStream::new() };
    if values.is_empty() {
        let inner = SCOPE.element(inner, *sparse);
        return boxed(ty, quote!(Vec::<#inner>::new()));
    }
    let values = values.iter().map(|value| element(inner, *sparse, value.as_ref()));
    boxed(ty, quote!(vec![#(#values),*]))
}

fn map(ty: &Type, entries: &[(Value, Option<Value>)]) -> TokenStream {
    let Type::Map { key, value, sparse } = ty.unboxed() else { return TokenStream::new() };
    if entries.is_empty() {
        let (key, value) = (SCOPE.ty(key), SCOPE.element(value, *sparse));
        return boxed(ty, quote!(BTreeMap::<#key, #value>::new()));
    }
    let entries = entries.iter().map(|(name, content)| {
        let (name, content) = (exact(key, name), element(value, *sparse, content.as_ref()));
        quote!((#name, #content))
    });
    boxed(ty, quote!(BTreeMap::from([#(#entries),*])))
}

fn integer(ty: &Type, number: i64) -> TokenStream {
    // `lower` has checked that the number fits.
    let number = match ty {
        Type::I8 => Token::i8_suffixed(number as i8),
        Type::I16 => Token::i16_suffixed(number as i16),
        Type::I32 => Token::i32_suffixed(number as i32),
        _ => Token::i64_suffixed(number),
    };
    quote!(#number)
}

fn exact_float(ty: &Type, number: f64) -> TokenStream {
    let narrow = *ty == Type::F32;
    let name = if narrow { quote!(f32) } else { quote!(f64) };
    if number.is_nan() {
        return quote!(#name::NAN);
    }
    match (number.is_infinite(), number < 0.0) {
        (true, false) => quote!(#name::INFINITY),
        (true, true) => quote!(#name::NEG_INFINITY),
        (false, _) if narrow => float(number, |number| Token::f32_suffixed(number as f32)),
        (false, _) => float(number, Token::f64_suffixed),
    }
}
