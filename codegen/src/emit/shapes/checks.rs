//! Emits the checks of a member for its row in a table: `where (length(1..=100))`.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::{Bounds, Constraints, Type};

/// Returns the tokens that follow a member in its row; empty if no value is checked and none is
/// sensitive. Values that are never sent (`is_sent`) are not checked.
pub(in crate::emit) fn emit_checks(
    constraints: &Constraints,
    ty: &Type,
    is_sent: bool,
    sensitive: bool,
) -> Option<TokenStream> {
    let checked = is_sent && constraints.is_checked();
    let secret = sensitive.then(|| quote!(secret));
    (checked || sensitive).then(|| {
        let checks = if checked { list(constraints, ty) } else { Vec::new() };
        quote!(where #secret (#(#checks),*))
    })
}

fn list(constraints: &Constraints, ty: &Type) -> Vec<TokenStream> {
    let Constraints { length, range, unique, each, key, .. } = constraints;
    let pattern = constraints.pattern.as_ref().filter(|_| constraints.is_pattern_checked);
    let ty = ty.unboxed();
    let (key_ty, each_ty) = match ty {
        Type::List { element, .. } => (ty, element.as_ref()),
        Type::Map { key, value, .. } => (key.as_ref(), value.as_ref()),
        _ => (ty, ty),
    };
    let inner = |constraints: &Option<Box<Constraints>>, ty| {
        let inner = constraints.as_ref().filter(|constraints| constraints.is_checked());
        inner.map(|constraints| list(constraints, ty))
    };
    let checks = [
        length.as_ref().and_then(length_check),
        range.as_ref().map(|range| range_check(range, ty)),
        pattern.map(|pattern| quote!(pattern(#pattern))),
        unique.then(|| quote!(unique)),
        inner(key, key_ty).map(|checks| quote!(key(#(#checks),*))),
        inner(each, each_ty).map(|checks| quote!(each(#(#checks),*))),
    ];
    checks.into_iter().flatten().collect()
}

fn length_check(length: &Bounds) -> Option<TokenStream> {
    let (min, max) = (length.min_length(), length.max_length());
    let limits = limits(min.map(Literal::u64_unsuffixed), max.map(Literal::u64_unsuffixed));
    (min.is_some() || max.is_some()).then(|| quote!(length(#limits)))
}

fn range_check(Bounds { min, max }: &Bounds, ty: &Type) -> TokenStream {
    if matches!(ty, Type::F32 | Type::F64) {
        let bound = |number: crate::ir::Number| Literal::f64_unsuffixed(number.to_f64());
        let limits = limits(min.map(bound), max.map(bound));
        return quote!(float_range(#limits));
    }
    let (min, max) = (min.map(|min| min.ceil()), max.map(|max| max.floor()));
    let limits = limits(min.map(Literal::i128_unsuffixed), max.map(Literal::i128_unsuffixed));
    quote!(range(#limits))
}

fn limits(min: Option<Literal>, max: Option<Literal>) -> TokenStream {
    let min = min.map(ToTokens::into_token_stream);
    match max {
        Some(max) => quote!(#min..=#max),
        None => quote!(#min..),
    }
}
