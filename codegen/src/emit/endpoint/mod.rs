//! The endpoint rules of a service as a function: an `if` for each rule, nested as the rules are.
//!
//! Conditions are nested and never chained with `let`, because the tree may be mounted in a crate
//! of an edition that does not have it.

mod bindings;
mod cases;
mod expression;

use proc_macro2::TokenStream;
use quote::quote;

use self::expression::{endpoint, expr, owned_text, template, whole};
use super::content::Content;
use crate::{
    docs::text,
    ir::{
        Service,
        endpoint::{
            BuiltIn, End, Expr, Function, Kind, Parameter, Presence, Rule, Rules, Source, Step,
            Value,
        },
    },
    rust_file::Item,
};

pub(super) use self::bindings::context;

/// `ecr/endpoint.rs`
pub(super) fn emit_endpoint(service: &Service, rules: &Rules) -> Content {
    let about = format!("Where the requests of {} go: its endpoint rules.", text(&service.title));
    let calls = |expr: &Expr| match expr {
        Expr::Call(function, _) => *function != Function::Partition,
        Expr::Element(..) => true,
        _ => false,
    };
    let library = any(rules, &calls).then(|| quote!(endpoint_rules,));
    let imports = quote!(
        use longshore_runtime::{
            Endpoint, EndpointError, EndpointParameters, EndpointRules, #library
        };
    );
    let per_request = rules.per_request.then(|| quote!(.per_request()));
    let binding = quote! {
        /// The rules, as the service has them.
        pub(super) const RULES: EndpointRules = EndpointRules::new(resolve)#per_request;
    };
    let mut items: Vec<Item> = vec![imports.into(), binding.into(), function(rules).into()];
    if !rules.cases.is_empty() {
        items.push(cases::emit(&rules.cases).into());
    }
    (vec![about], items)
}

fn any(rules: &Rules, is: &dyn Fn(&Expr) -> bool) -> bool {
    rules.rules.iter().any(|rule| rule.any(is))
}

fn function(rules: &Rules) -> TokenStream {
    let parameters = rules.parameters.iter().map(parameter);
    let body = decide(&rules.rules, true);
    let partition = |expr: &Expr| matches!(expr, Expr::Call(Function::Partition, _));
    let asks = !rules.parameters.is_empty() || any(rules, &partition);
    let argument = if asks { quote!(parameters) } else { quote!(_) };
    quote! {
        /// The endpoint for these parameters, or the reason why there is none.
        #[allow(clippy::collapsible_if, clippy::comparison_to_empty, clippy::op_ref)]
        fn resolve(#argument: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
            #(#parameters)*
            #body
        }
    }
}

/// The variable of a parameter.
fn parameter(parameter: &Parameter) -> TokenStream {
    let Parameter { variable, name, kind, .. } = parameter;
    let from_context = match kind {
        Kind::Text => quote!(parameters.get_text(#name)),
        Kind::Flag => quote!(parameters.get_flag(#name)),
        Kind::List => quote!(parameters.get_list(#name)),
    };
    let value = match parameter.source {
        Source::BuiltIn(built_in) => configured(built_in),
        Source::Context => from_context,
        Source::Either(built_in) => {
            let configured = configured(built_in);
            quote!(#from_context.or(#configured))
        }
    };
    let value = match &parameter.presence {
        Presence::Optional => value,
        Presence::Required => quote!(#value.ok_or_else(|| EndpointError::missing(#name))?),
        Presence::Defaulted(Value::Flag(false)) => quote!(#value.unwrap_or_default()),
        Presence::Defaulted(Value::Flag(flag)) => quote!(#value.unwrap_or(#flag)),
        Presence::Defaulted(Value::Text(text)) => quote!(#value.unwrap_or(#text)),
        Presence::Defaulted(Value::List(list)) => quote!(#value.unwrap_or(&[#(#list),*])),
    };
    quote!(let #variable = #value;)
}

fn configured(built_in: BuiltIn) -> TokenStream {
    match built_in {
        BuiltIn::Region => quote!(parameters.get_region()),
        BuiltIn::Endpoint => quote!(parameters.get_endpoint()),
        BuiltIn::UseFips => quote!(parameters.get_use_fips()),
        BuiltIn::UseDualStack => quote!(parameters.get_use_dual_stack()),
    }
}

/// What rules decide together; `last` where nothing of the function comes after them.
fn decide(rules: &[Rule], last: bool) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut open = true;
    for rule in rules {
        let conditional = rule.steps.iter().any(|step| !matches!(step, Step::Let(..)));
        tokens.extend(steps(&rule.steps, &rule.end, last && !conditional));
        open = conditional;
    }
    if open {
        tokens.extend(answer(&quote!(Err(EndpointError::no_rule())), last));
    }
    tokens
}

/// The steps of a rule, one inside the other, and its end.
fn steps(steps: &[Step], end: &End, last: bool) -> TokenStream {
    match steps {
        [] => emit_end(end, last),
        [Step::Let(variable, value), rest @ ..] => {
            let rest = self::steps(rest, end, last);
            let (ty, value) = match value {
                Expr::Template(parts) => {
                    let text = template(parts);
                    (Some(quote!(: &str)), quote!(&#text))
                }
                Expr::Call(Function::UriEncode, _) => {
                    let value = expr(value);
                    (Some(quote!(: &str)), quote!(&#value))
                }
                Expr::Call(Function::Split, _) => {
                    let value = expr(value);
                    (Some(quote!(: &[&str])), quote!(&#value))
                }
                value => (None, whole(value)),
            };
            quote!(let #variable #ty = #value; #rest)
        }
        [Step::Bind(variable, value), rest @ ..] => {
            let (value, rest) = (whole(value), self::steps(rest, end, false));
            quote!(if let Some(#variable) = #value { #rest })
        }
        [Step::Test(_), ..] => {
            let tests = steps.iter().map_while(|step| match step {
                Step::Test(test) => Some(expr(test)),
                _ => None,
            });
            let tests: Vec<_> = tests.collect();
            let rest = self::steps(&steps[tests.len()..], end, false);
            quote!(if #(#tests)&&* { #rest })
        }
    }
}

fn emit_end(end: &End, last: bool) -> TokenStream {
    match end {
        End::Rules(rules) => decide(rules, last),
        End::Error(reason) => {
            let reason = match reason {
                Expr::Text(reason) => quote!(#reason),
                reason => owned_text(reason),
            };
            answer(&quote!(Err(EndpointError::new(#reason))), last)
        }
        End::Endpoint(found) => {
            let found = endpoint(found);
            answer(&quote!(Ok(#found)), last)
        }
    }
}

/// An answer, as the function's last expression or before.
fn answer(value: &TokenStream, last: bool) -> TokenStream {
    if last { value.clone() } else { quote!(return #value;) }
}
