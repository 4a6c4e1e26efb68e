//! The rules of a member, as the row of a table has them: `where (length(1..=100))`.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::{Limits, Rules};

/// What stands behind a member in its row; nothing where nothing is checked and nothing secret.
pub(super) fn emit_rules(checks: Option<&Rules>, sensitive: bool) -> Option<TokenStream> {
    let rules = checks.map(list);
    let secret = sensitive.then(|| quote!(secret));
    (rules.is_some() || secret.is_some()).then(|| {
        let rules = rules.unwrap_or_default();
        quote!(where #secret (#(#rules),*))
    })
}

fn list(rules: &Rules) -> Vec<TokenStream> {
    let Rules { length, range, float_range, unique, each, key } = rules;
    let length = length.as_ref().map(|limits| emit_limits(limits, Literal::u64_unsuffixed));
    let range = range.as_ref().map(|limits| emit_limits(limits, Literal::i128_unsuffixed));
    let float = float_range.as_ref().map(|limits| emit_limits(limits, Literal::f64_unsuffixed));
    let inner = |rules: &Option<Box<Rules>>| rules.as_ref().map(|rules| list(rules));
    let rules = [
        length.map(|limits| quote!(length(#limits))),
        range.map(|limits| quote!(range(#limits))),
        float.map(|limits| quote!(float_range(#limits))),
        unique.then(|| quote!(unique)),
        inner(key).map(|rules| quote!(key(#(#rules),*))),
        inner(each).map(|rules| quote!(each(#(#rules),*))),
    ];
    rules.into_iter().flatten().collect()
}

fn emit_limits<T: Copy>(limits: &Limits<T>, literal: impl Fn(T) -> Literal) -> TokenStream {
    let min = limits.min.map(|min| literal(min).into_token_stream());
    match limits.max.map(literal) {
        Some(max) => quote!(#min..=#max),
        None => quote!(#min..),
    }
}
