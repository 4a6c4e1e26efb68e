//! Emits expressions of endpoint rules. A text is a `&str` unless it is newly created.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::endpoint::{Endpoint, Expr, IfSet, IfSetResult, LibraryFunction, TemplatePart};

/// The expression; a text is a `&str`.
pub(super) fn expr(value: &Expr) -> TokenStream {
    match value {
        Expr::Text(text) => quote!(#text),
        Expr::Flag(flag) => quote!(#flag),
        Expr::Number(number) => {
            let number = Literal::usize_unsuffixed(*number);
            quote!(#number)
        }
        Expr::Template(parts) => {
            let text = template(parts);
            quote!(&#text)
        }
        Expr::Variable(name) => quote!(#name),
        Expr::Attribute(record, method) => {
            let (record, method) = (expr(record), quote::format_ident!("{method}"));
            quote!(#record.#method())
        }
        Expr::Element(list, index) => {
            let (list, index) = (argument(list), Literal::usize_unsuffixed(*index));
            quote!(endpoint_rules::element(#list, #index))
        }
        Expr::Equal(a, b) => {
            let (a, b) = (operand(a), operand(b));
            quote!(#a == #b)
        }
        Expr::IsTrue(value) => {
            let value = expr(value);
            quote!(#value == Some(true))
        }
        Expr::Not(inner) => not(inner),
        Expr::IsSet(value) => {
            let value = expr(value);
            quote!(#value.is_some())
        }
        Expr::Call(function, arguments) => call(*function, arguments),
        Expr::Some(value) => {
            let value = expr(value);
            quote!(Some(#value))
        }
        Expr::Or(a, b) => {
            let (a, b) = (expr(a), whole(b));
            quote!(#a.or(#b))
        }
        Expr::OrElse(a, b) => {
            let (a, b) = (expr(a), whole(b));
            quote!(#a.unwrap_or(#b))
        }
        Expr::Choice(..) => {
            let choice = whole(value);
            quote!((#choice))
        }
        Expr::IfSet(value) => if_set(value),
    }
}

/// Applies a closure to an optional value.
fn if_set(value: &IfSet) -> TokenStream {
    let IfSet { variable, .. } = value;
    let method = match value.result {
        IfSetResult::Test => quote!(is_some_and),
        IfSetResult::Value => quote!(map),
        IfSetResult::Optional => quote!(and_then),
    };
    let (value, then) = (expr(&value.value), &value.then);
    // A function of the variable alone needs no closure.
    if let Expr::Call(function, arguments) = then
        && *function != LibraryFunction::Partition
        && *arguments == [Expr::Variable(variable.clone())]
    {
        let name = function_name(*function);
        return quote!(#value.#method(endpoint_rules::#name));
    }
    let then = whole(then);
    quote!(#value.#method(|#variable| #then))
}

/// Like [`expr`], for a position in which a choice needs no parentheses.
pub(super) fn whole(value: &Expr) -> TokenStream {
    match value {
        Expr::Choice(condition, yes, no) => {
            let (condition, yes, no) = (whole(condition), whole(yes), whole(no));
            quote!(if #condition { #yes } else { #no })
        }
        other => expr(other),
    }
}

/// A text that can be stored: a `String`, or a literal.
pub(super) fn owned_text(value: &Expr) -> TokenStream {
    match value {
        Expr::Template(parts) => template(parts),
        Expr::Call(LibraryFunction::UriEncode, _) => expr(value),
        other => {
            let text = expr(other);
            quote!(#text.to_owned())
        }
    }
}

/// A `format!` of a template.
pub(super) fn template(parts: &[TemplatePart]) -> TokenStream {
    let mut pattern = String::new();
    let mut values = Vec::new();
    for part in parts {
        match part {
            TemplatePart::Text(text) => {
                pattern.push_str(&text.replace('{', "{{").replace('}', "}}"))
            }
            TemplatePart::Value(Expr::Variable(name)) if !name.is_raw() => {
                pattern.push('{');
                pattern.push_str(name.as_str());
                pattern.push('}');
            }
            TemplatePart::Value(value) => {
                pattern.push_str("{}");
                values.push(expr(value));
            }
        }
    }
    quote!(format!(#pattern #(, #values)*))
}

/// Negates a condition, without a `!` if there is a dedicated operator.
fn not(inner: &Expr) -> TokenStream {
    match inner {
        Expr::Equal(a, b) => {
            let (a, b) = (operand(a), operand(b));
            quote!(#a != #b)
        }
        Expr::IsTrue(value) => {
            let value = expr(value);
            quote!(#value != Some(true))
        }
        Expr::IsSet(value) => {
            let value = expr(value);
            quote!(#value.is_none())
        }
        other => {
            let value = expr(other);
            quote!(!#value)
        }
    }
}

/// An operand of a comparison, in parentheses if it is a comparison itself.
fn operand(value: &Expr) -> TokenStream {
    match value {
        Expr::Equal(..) | Expr::IsTrue(_) | Expr::Not(_) => {
            let tokens = expr(value);
            quote!((#tokens))
        }
        Expr::Choice(..) => expr(value),
        _ => argument(value),
    }
}

fn call(function: LibraryFunction, arguments: &[Expr]) -> TokenStream {
    let arguments: Vec<_> = arguments.iter().map(argument).collect();
    let name = function_name(function);
    match function {
        LibraryFunction::Partition => quote!(parameters.#name(#(#arguments),*)),
        _ => quote!(endpoint_rules::#name(#(#arguments),*)),
    }
}

fn function_name(function: LibraryFunction) -> TokenStream {
    match function {
        LibraryFunction::Partition => quote!(partition),
        LibraryFunction::IsValidHostLabel => quote!(is_valid_host_label),
        LibraryFunction::Substring => quote!(substring),
        LibraryFunction::UriEncode => quote!(uri_encode),
        LibraryFunction::ParseUrl => quote!(parse_url),
        LibraryFunction::Split => quote!(split),
        LibraryFunction::ParseArn => quote!(parse_arn),
        LibraryFunction::IsVirtualHostableS3Bucket => quote!(is_virtual_hostable_s3_bucket),
    }
}

/// An argument of a function; functions borrow their arguments.
fn argument(value: &Expr) -> TokenStream {
    let tokens = whole(value);
    match value {
        Expr::Call(LibraryFunction::UriEncode | LibraryFunction::Split, _) => quote!(&#tokens),
        _ => tokens,
    }
}

/// An endpoint as a value.
pub(super) fn endpoint(endpoint: &Endpoint) -> TokenStream {
    let url = text_argument(&endpoint.url);
    let name = endpoint.signing_name.iter().map(text_argument);
    let region = endpoint.signing_region.iter().map(text_argument);
    let headers = endpoint.headers.iter().map(|(name, value)| {
        let value = text_argument(value);
        quote!(.header(#name, #value))
    });
    quote! {
        Endpoint::new(#url) #(.signing_name(#name))* #(.signing_region(#region))* #(#headers)*
    }
}

/// A text as an argument for `impl Into<String>`.
fn text_argument(value: &Expr) -> TokenStream {
    match value {
        Expr::Template(parts) => template(parts),
        other => whole(other),
    }
}
