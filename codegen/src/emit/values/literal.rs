//! Emits default values.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::emit::values::ty::TypeScope;
use crate::ir::{Document, Literal, Type};

impl TypeScope {
    /// Returns a default value of the model as a value of type `ty`.
    pub(in crate::emit) fn literal(self, ty: &Type, literal: &Literal) -> TokenStream {
        match literal {
            Literal::Bool(value) => quote!(#value),
            Literal::Integer(number) => {
                let number = Token::i64_unsuffixed(*number);
                match ty {
                    Type::IntEnum(_) => {
                        let ty = self.ty(ty);
                        quote!(#ty::from(#number))
                    }
                    _ => quote!(#number),
                }
            }
            Literal::Float(number) => float(*number, Token::f64_unsuffixed),
            Literal::Text(text) => match ty {
                Type::String => quote!(String::from(#text)),
                ty => {
                    let ty = self.ty(ty);
                    quote!(#ty::from(#text))
                }
            },
            Literal::Blob(bytes) => {
                let bytes = Token::byte_string(bytes);
                quote!(longshore_runtime::Blob::from_static(#bytes))
            }
            Literal::Timestamp { seconds, nanos } => {
                let seconds = Token::i64_unsuffixed(*seconds);
                match nanos {
                    0 => quote!(longshore_runtime::Timestamp::from_seconds(#seconds)),
                    nanos => {
                        let nanos = Token::u32_unsuffixed(*nanos);
                        quote!(longshore_runtime::Timestamp::new(#seconds, #nanos).unwrap_or_default())
                    }
                }
            }
            Literal::Document(value) => document(value),
            Literal::Empty => quote!(Default::default()),
        }
    }
}

/// Any JSON.
fn document(value: &Document) -> TokenStream {
    let document = quote!(longshore_runtime::Document);
    match value {
        Document::Null => quote!(#document::Null),
        Document::Bool(value) => quote!(#document::from(#value)),
        Document::Integer(number) => {
            // The reader produces only integers that fit into one of these types.
            match (i64::try_from(*number), u64::try_from(*number)) {
                (Ok(number), _) => quote!(#document::from(#number)),
                (_, number) => {
                    let number = number.unwrap_or_default();
                    quote!(#document::from(#number))
                }
            }
        }
        Document::Float(number) => {
            let number = float(*number, Token::f64_suffixed);
            quote!(#document::from(#number))
        }
        Document::Text(text) => quote!(#document::from(#text)),
        Document::List(elements) => {
            let elements = elements.iter().map(self::document);
            quote!(#document::Array(Vec::from([#(#elements),*])))
        }
        Document::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = self::document(value);
                quote!((String::from(#key), #value))
            });
            quote!(#document::Object([#(#entries),*].into()))
        }
    }
}

/// A minus sign is not part of a literal.
pub(in crate::emit) fn float(number: f64, token: impl Fn(f64) -> Token) -> TokenStream {
    let size = token(number.abs());
    if number.is_sign_negative() { quote!(-#size) } else { quote!(#size) }
}
