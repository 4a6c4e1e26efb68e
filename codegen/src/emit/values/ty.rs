//! Emits types: the type of a field, the parameter of a setter, and the codec.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Direction, Field, HttpLocation, Presence, Struct, TimestampFormat, Type, Union};

/// The prefix of paths to types in the current file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emit) enum TypeScope {
    /// A file of the `types` module, where the other types are siblings.
    Types,
    /// Any other file, which imports the module `types`.
    Elsewhere,
}

impl TypeScope {
    /// The type itself, without its presence.
    pub(in crate::emit) fn ty(self, ty: &Type) -> TokenStream {
        match ty {
            Type::String => quote!(String),
            Type::Bool => quote!(bool),
            Type::I8 => quote!(i8),
            Type::I16 => quote!(i16),
            Type::I32 => quote!(i32),
            Type::I64 => quote!(i64),
            Type::F32 => quote!(f32),
            Type::F64 => quote!(f64),
            Type::Blob => quote!(longshore_runtime::Blob),
            Type::Timestamp(_) => quote!(longshore_runtime::Timestamp),
            Type::Document => quote!(longshore_runtime::Document),
            Type::List { element, sparse } => {
                let element = self.element(element, *sparse);
                quote!(Vec<#element>)
            }
            Type::Map { key, value, sparse } => {
                let (key, value) = (self.ty(key), self.element(value, *sparse));
                quote!(BTreeMap<#key, #value>)
            }
            Type::Struct(name) | Type::Union(name) | Type::Enum(name) | Type::IntEnum(name) => {
                match self {
                    Self::Types => quote!(super::#name),
                    Self::Elsewhere => quote!(types::#name),
                }
            }
            Type::Boxed(inner) => {
                let inner = self.ty(inner);
                quote!(Box<#inner>)
            }
        }
    }

    /// The type of a field.
    pub(in crate::emit) fn field(self, field: &Field) -> TokenStream {
        let ty = self.ty(&field.ty);
        match field.presence {
            Presence::Optional | Presence::Filled => quote!(Option<#ty>),
            Presence::Required | Presence::Corrected { .. } | Presence::Defaulted(_) => ty,
        }
    }

    /// Returns the type of a parameter that sets a field, and the expression that converts it.
    pub(in crate::emit) fn parameter(
        self,
        ty: &Type,
        name: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        match ty {
            ty if is_plain(ty) => (self.ty(ty), name.clone()),
            Type::List { element, sparse } => {
                let (item, convert) = self.item(element, *sparse);
                let map = convert.then(|| quote!(.map(Into::into)));
                (quote!(impl IntoIterator<Item = #item>), quote!(#name.into_iter()#map.collect()))
            }
            Type::Map { key, value, sparse } => {
                let (key, _) = self.item(key, false);
                let (value, convert) = self.item(value, *sparse);
                let value_out = if convert { quote!(value.into()) } else { quote!(value) };
                (
                    quote!(impl IntoIterator<Item = (#key, #value)>),
                    quote!(#name.into_iter().map(|(key, value)| (key.into(), #value_out)).collect()),
                )
            }
            Type::Boxed(inner) => {
                let inner = self.ty(inner);
                (quote!(impl Into<#inner>), quote!(Box::new(#name.into())))
            }
            ty => {
                let ty = self.ty(ty);
                (quote!(impl Into<#ty>), quote!(#name.into()))
            }
        }
    }

    /// Returns the argument of a setter, for its row in the table of setters.
    pub(in crate::emit) fn setter_argument(self, field: &Field) -> TokenStream {
        if !field.is_option() {
            return self.argument(&field.ty);
        }
        let own = self.ty(field.ty.unboxed());
        match &field.ty {
            ty if is_plain(ty) => quote!(option_exact(#own)),
            Type::Boxed(_) => quote!(option_boxed(#own)),
            _ => quote!(option(#own)),
        }
    }

    /// Returns the argument of a function that is converted to a value of this type, for a row in
    /// a table of setters or constructors.
    pub(in crate::emit) fn argument(self, ty: &Type) -> TokenStream {
        let own = self.ty(ty.unboxed());
        match ty {
            // With a conversion, a literal would be an `i32` or an `f64`.
            ty if is_plain(ty) => quote!(exact(#own)),
            Type::Boxed(_) => quote!(boxed(#own)),
            Type::List { element, sparse } => {
                let exact = *sparse || is_plain(element);
                let element = self.element(element, *sparse);
                if exact { quote!(exact_list(#element)) } else { quote!(list(#element)) }
            }
            Type::Map { key, value, sparse } => {
                let exact = *sparse || is_plain(value);
                let (key, value) = (self.ty(key), self.element(value, *sparse));
                if exact { quote!(exact_map(#key, #value)) } else { quote!(map(#key, #value)) }
            }
            _ => quote!(into(#own)),
        }
    }

    pub(in crate::emit) fn element(self, ty: &Type, sparse: bool) -> TokenStream {
        let ty = self.ty(ty);
        if sparse { quote!(Option<#ty>) } else { ty }
    }

    /// The item of an iterator parameter, and whether it has to be converted.
    fn item(self, ty: &Type, sparse: bool) -> (TokenStream, bool) {
        let element = self.element(ty, sparse);
        if is_plain(ty) || sparse { (element, false) } else { (quote!(impl Into<#element>), true) }
    }
}

/// Returns the type of a field in readable form: `Option<types::Image>`.
pub(crate) fn field_text(field: &Field) -> String {
    text(&TypeScope::Elsewhere.field(field))
}

/// The type itself, in readable form.
pub(crate) fn type_text(ty: &Type) -> String {
    text(&TypeScope::Elsewhere.ty(ty))
}

/// Prints tokens without spaces, and types of the runtime without the crate name.
fn text(tokens: &TokenStream) -> String {
    let text = tokens.to_string().replace(' ', "").replace(',', ", ");
    text.replace("longshore_runtime::", "")
}

/// Returns true if a setter takes exactly this type, without a conversion. With `impl Into<f32>` a
/// literal would be an `f64`.
fn is_plain(ty: &Type) -> bool {
    matches!(ty, Type::Bool | Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::F32 | Type::F64)
}

/// Returns the tokens that follow the name of a member: the description of its XML or form, and its
/// codec. After a description, there is always a codec.
pub(in crate::emit) fn wire_form(
    elements: Option<&str>,
    codec: Option<TokenStream>,
) -> Option<TokenStream> {
    match (elements, codec) {
        (Some(elements), Some(codec)) => Some(quote!(xml #elements as #codec)),
        (Some(elements), None) => Some(quote!(xml #elements as codec::Same)),
        (None, Some(codec)) => Some(quote!(as #codec)),
        (None, None) => None,
    }
}

/// Returns the codec of a member, if it has one. It depends on the type and the location of the
/// member.
pub(in crate::emit) fn field_codec(field: &Field, direction: Direction) -> Option<TokenStream> {
    match &field.location {
        Some(HttpLocation::Header { encoded: true, .. }) => Some(quote!(codec::Base64Text)),
        _ => codec(&field.ty, direction),
    }
}

/// Returns the codec of a type whose wire format differs from serde's, or `None`. The codecs of
/// dense lists and maps discard `null`. In responses, dense lists and maps have a codec even if
/// their elements need none, because services send `null` although their models do not allow it.
pub(in crate::emit) fn codec(ty: &Type, direction: Direction) -> Option<TokenStream> {
    match ty {
        Type::F32 | Type::F64 => Some(quote!(codec::Float)),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => Some(quote!(codec::Integer)),
        Type::Timestamp(TimestampFormat::DateTime) => Some(quote!(codec::DateTime)),
        Type::Timestamp(TimestampFormat::HttpDate) => Some(quote!(codec::HttpDate)),
        Type::List { element, sparse } => {
            collection_codec(quote!(codec::List), element, *sparse, direction)
        }
        Type::Map { value, sparse, .. } => {
            collection_codec(quote!(codec::Map), value, *sparse, direction)
        }
        Type::Boxed(inner) => {
            let inner = codec(inner, direction)?;
            Some(quote!(codec::Boxed<#inner>))
        }
        _ => None,
    }
}

fn collection_codec(
    collection: TokenStream,
    element: &Type,
    sparse: bool,
    direction: Direction,
) -> Option<TokenStream> {
    match codec(element, direction) {
        Some(inner) if sparse => Some(quote!(#collection<codec::Sparse<#inner>>)),
        Some(inner) => Some(quote!(#collection<#inner>)),
        // A `null` is a valid document.
        None if sparse || !direction.is_received() || *element == Type::Document => None,
        None => Some(collection),
    }
}

/// The imports that a file with these structures needs.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::emit) struct Needs {
    /// `BTreeMap`
    pub(in crate::emit) maps: bool,
    /// The module `exception`
    pub(in crate::emit) exceptions: bool,
    /// The module `types`
    pub(in crate::emit) types: bool,
    /// The runtime's `codec`
    pub(in crate::emit) codec: bool,
    /// The runtime's `wait`
    pub(in crate::emit) waiters: bool,
}

impl Needs {
    /// What the members of `structs` need.
    pub(in crate::emit) fn of<'s>(structs: impl IntoIterator<Item = &'s Struct>) -> Self {
        let mut needs = Self::default();
        for shape in structs {
            for field in &shape.fields {
                needs.codec |= field.elements.is_some();
                needs.codec |= field_codec(field, shape.direction).is_some();
                needs.add(&field.ty);
            }
        }
        needs
    }

    /// What the variants of a union need.
    pub(in crate::emit) fn of_union(shape: &Union) -> Self {
        let codec = shape.variants.iter().any(|variant| variant.elements.is_some());
        let mut needs = Self { codec, ..Self::default() };
        let types = shape.variants.iter().filter_map(|variant| variant.ty.as_ref());
        types.for_each(|ty| needs.add_member(ty, shape.direction));
        needs
    }

    fn add_member(&mut self, ty: &Type, direction: Direction) {
        self.codec |= codec(ty, direction).is_some();
        self.add(ty);
    }

    /// Adds what the full type needs.
    pub(in crate::emit) fn add(&mut self, ty: &Type) {
        match ty {
            Type::List { element, .. } => self.add(element),
            Type::Map { key, value, .. } => {
                self.maps = true;
                self.add(key);
                self.add(value);
            }
            Type::Struct(_) | Type::Union(_) | Type::Enum(_) | Type::IntEnum(_) => {
                self.types = true;
            }
            Type::Boxed(inner) => self.add(inner),
            _ => {}
        }
    }
}
