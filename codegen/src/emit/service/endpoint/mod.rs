//! Emits the endpoint rules of a service as a function: one `if` per rule, nested like the rules.
//!
//! Conditions are nested `if` statements instead of let chains, because the tree may be mounted in
//! a crate whose edition does not support let chains.

mod bindings;
mod cases;
mod expression;

use proc_macro2::TokenStream;
use quote::quote;

use self::expression::{endpoint, expr, owned_text, template, whole};
use crate::emit::content::Content;
use crate::{
    docs::text,
    ir::{
        Service,
        endpoint::{
            BuiltIn, End, Expr, LibraryFunction, Parameter, ParameterPresence, ParameterType,
            ParameterValue, Rule, RuleStep, Rules, Source,
        },
    },
    rust_file::Item,
};

pub(in crate::emit) use self::bindings::context;

/// `ecr/endpoint.rs`
pub(in crate::emit) fn emit_endpoint(service: &Service, rules: &Rules) -> Content {
    let about = format!(
        "The endpoint rules of {}, which determine where requests are sent.",
        text(&service.title)
    );
    let calls = |expr: &Expr| match expr {
        Expr::Call(function, _) => *function != LibraryFunction::Partition,
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
    let per_account = rules.depend_on_account().then(|| quote!(.per_account()));
    let binding = quote! {
        /// The rules of the service.
        pub(super) const RULES: EndpointRules = EndpointRules::new(resolve)#per_request #per_account;
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
    let body = emit_rules(&rules.rules, true);
    let partition = |expr: &Expr| matches!(expr, Expr::Call(LibraryFunction::Partition, _));
    let asks = !rules.parameters.is_empty() || any(rules, &partition);
    let argument = if asks { quote!(parameters) } else { quote!(_) };
    quote! {
        /// Returns the endpoint for these parameters, or the reason why there is none.
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
        ParameterType::Text => quote!(parameters.get_text(#name)),
        ParameterType::Flag => quote!(parameters.get_flag(#name)),
        ParameterType::List => quote!(parameters.get_list(#name)),
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
        ParameterPresence::Optional => value,
        ParameterPresence::Required => quote!(#value.ok_or_else(|| EndpointError::missing(#name))?),
        ParameterPresence::Defaulted(ParameterValue::Flag(false)) => {
            quote!(#value.unwrap_or_default())
        }
        ParameterPresence::Defaulted(ParameterValue::Flag(flag)) => quote!(#value.unwrap_or(#flag)),
        ParameterPresence::Defaulted(ParameterValue::Text(text)) => quote!(#value.unwrap_or(#text)),
        ParameterPresence::Defaulted(ParameterValue::List(list)) => {
            quote!(#value.unwrap_or(&[#(#list),*]))
        }
    };
    quote!(let #variable = #value;)
}

fn configured(built_in: BuiltIn) -> TokenStream {
    match built_in {
        BuiltIn::Region => quote!(parameters.get_region()),
        BuiltIn::Endpoint => quote!(parameters.get_endpoint()),
        BuiltIn::UseFips => quote!(parameters.get_use_fips()),
        BuiltIn::UseDualStack => quote!(parameters.get_use_dual_stack()),
        BuiltIn::UseStsGlobalEndpoint => quote!(parameters.get_use_sts_global_endpoint()),
        BuiltIn::AccountId => quote!(parameters.get_account_id()),
        BuiltIn::AccountIdEndpointMode => quote!(parameters.get_account_id_endpoint_mode()),
    }
}

/// Emits a list of rules; `last` if nothing follows them in the function.
fn emit_rules(rules: &[Rule], last: bool) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut open = true;
    for rule in rules {
        let conditional = rule.steps.iter().any(|step| !matches!(step, RuleStep::Let(..)));
        tokens.extend(steps(&rule.steps, &rule.end, last && !conditional));
        open = conditional;
    }
    if open {
        tokens.extend(emit_result(&quote!(Err(EndpointError::no_rule())), last));
    }
    tokens
}

/// Emits the conditions of a rule, one inside the other, and its result.
fn steps(steps: &[RuleStep], end: &End, last: bool) -> TokenStream {
    match steps {
        [] => emit_end(end, last),
        [RuleStep::Let(variable, value), rest @ ..] => {
            let rest = self::steps(rest, end, last);
            let (ty, value) = match value {
                Expr::Template(parts) => {
                    let text = template(parts);
                    (Some(quote!(: &str)), quote!(&#text))
                }
                Expr::Call(LibraryFunction::UriEncode, _) => {
                    let value = expr(value);
                    (Some(quote!(: &str)), quote!(&#value))
                }
                Expr::Call(LibraryFunction::Split, _) => {
                    let value = expr(value);
                    (Some(quote!(: &[&str])), quote!(&#value))
                }
                value => (None, whole(value)),
            };
            quote!(let #variable #ty = #value; #rest)
        }
        [RuleStep::Bind(variable, value), rest @ ..] => {
            let (value, rest) = (whole(value), self::steps(rest, end, false));
            quote!(if let Some(#variable) = #value { #rest })
        }
        [RuleStep::Test(_), ..] => {
            let tests = steps.iter().map_while(|step| match step {
                RuleStep::Test(test) => Some(expr(test)),
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
        End::Rules(rules) => emit_rules(rules, last),
        End::Error(reason) => {
            let reason = match reason {
                Expr::Text(reason) => quote!(#reason),
                reason => owned_text(reason),
            };
            emit_result(&quote!(Err(EndpointError::new(#reason))), last)
        }
        End::Endpoint(found) => {
            let found = endpoint(found);
            emit_result(&quote!(Ok(#found)), last)
        }
    }
}

/// Emits a result, as the last expression of the function or as a `return`.
fn emit_result(value: &TokenStream, last: bool) -> TokenStream {
    if last { value.clone() } else { quote!(return #value;) }
}
