//! Emits the examples in the documentation: a call of each operation, its pages, and the creation
//! of a client.
//!
//! If the name of the crate is known, they are doctests, which are compiled but never run.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::emit::target::Crate;
use crate::emit::values::value::built;
use crate::{
    format,
    ir::{Operation, Pages, Service},
};

/// Shows the creation of a client and a call on the front page of a crate, where the service may be
/// disabled: `feature` is that of the service.
pub(in crate::emit) fn first_call(
    service: &Service,
    feature: &str,
    home: Crate<'_>,
) -> Option<String> {
    let example = client(service, home)?;
    Some(example.replacen(
        "# async fn",
        &format!("# #[cfg(feature = \"{feature}\")]\n# async fn"),
        1,
    ))
}

/// Shows how to create a client from the environment and how to call an operation.
pub(in crate::emit) fn client(service: &Service, home: Crate<'_>) -> Option<String> {
    let module = &service.module;
    let root = home.root();
    let call = simple_operation(service).map(|operation| {
        let (request, method) = (&operation.request.name, &operation.method);
        let argument = match operation.takes_input {
            true => quote!(&#root::#module::operation::#request::new()),
            false => quote!(),
        };
        quote! {
            let response = client.#method(#argument).await?;
            println!("{response:?}");
        }
    });
    let code = quote! {
        let config = #root::Config::from_env().await?;
        let client = #root::#module::Client::new(&config);
        #call
    };
    section(home, "Quick start", "", &code)
}

/// Returns an operation that reads something and needs no arguments: the one with the shortest name,
/// preferably one with pages, because it lists things.
fn simple_operation(service: &Service) -> Option<&Operation> {
    let reads = |operation: &&Operation| {
        let name = operation.method.as_str();
        let is_read = ["describe_", "get_", "list_"].iter().any(|verb| name.starts_with(verb));
        is_read && operation.response.is_some() && !operation.request.has_required()
    };
    let cost =
        |operation: &&Operation| (operation.pages.is_none(), operation.method.as_str().len());
    service.operations.iter().filter(reads).min_by_key(cost)
}

/// Shows a call of the operation with its example request.
pub(in crate::emit) fn call(
    service: &Service,
    operation: &Operation,
    home: Crate<'_>,
) -> Option<String> {
    let request = operation.example.as_ref()?;
    let method = &operation.method;
    let (request, argument) = match operation.takes_input {
        true => {
            let request = built(request);
            (quote!(let request = #request;), quote!(&request))
        }
        false => (quote!(), quote!()),
    };
    let call = quote!(client.#method(#argument).await?;);
    let call = match operation.response {
        Some(_) => quote!(let response = #call println!("{response:?}");),
        None => call,
    };
    method_example(service, &quote!(#request #call), home)
}

/// Iterates over items, or over pages if the model does not name the items.
pub(in crate::emit) fn pages(
    service: &Service,
    operation: &Operation,
    pages: &Pages,
    home: Crate<'_>,
) -> Option<String> {
    let request = built(operation.example.as_ref()?);
    let method = &pages.method;
    let request = quote!(let request = #request;);
    let code = match pages.items {
        Some(_) => quote! {
            #request
            let mut items = client.#method(request).items();
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        },
        None => quote! {
            #request
            let mut pages = client.#method(request);
            while let Some(page) = pages.next().await {
                let page = page?;
                println!("{page:?}");
            }
        },
    };
    method_example(service, &code, home)
}

/// An example with an existing client.
fn method_example(service: &Service, code: &TokenStream, home: Crate<'_>) -> Option<String> {
    let (root, module) = (home.root(), &service.module);
    let mut names = ["operation", "types", "exception", "BTreeMap"].map(|name| (name, false));
    mark_names(code.clone(), &mut names);
    let [modules @ .., (_, maps)] = names;
    let used = modules.into_iter().filter(|(_, used)| *used);
    let used: Vec<_> = used.map(|(name, _)| Ident::new(name, Span::call_site())).collect();
    let imports = match used.as_slice() {
        [] => quote!(),
        [one] => quote!(use #root::#module::#one;),
        several => quote!(use #root::#module::{#(#several),*};),
    };
    let maps = maps.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let argument = format!("client: {}::{module}::Client", home.root());
    let imports = format::statements(&quote!(#maps #imports))?;
    let code = section(home, "Example", &argument, code)?;
    if imports.is_empty() {
        return Some(code);
    }
    // Separates imports from code with an empty line.
    let (before, behind) = code.split_at(code.match_indices('\n').nth(2)?.0);
    Some(format!("{before}\n{imports}\n{behind}"))
}

/// Wraps code in a doctest block below a heading, in a hidden function.
fn section(home: Crate<'_>, heading: &str, argument: &str, code: &TokenStream) -> Option<String> {
    let code = format::statements(&home.own(code.clone()))?;
    let fence = match home {
        Crate::Named(_) => "no_run",
        Crate::Unknown => "ignore",
    };
    Some(format!(
        "# {heading}\n```{fence}\n# async fn example({argument}) -> Result<(), \
         Box<dyn std::error::Error>> {{\n{code}\n# Ok(()) }}\n```"
    ))
}

/// Sets the flag of each name that appears in the code.
fn mark_names(code: TokenStream, names: &mut [(&str, bool)]) {
    for token in code {
        match token {
            TokenTree::Ident(ident) => {
                names.iter_mut().for_each(|(name, is_used)| *is_used |= ident == *name);
            }
            TokenTree::Group(group) => mark_names(group.stream(), names),
            _ => {}
        }
    }
}

impl Crate<'_> {
    /// The crate in a path. If its name is not known, the path starts with `crate`, which readers
    /// replace.
    fn root(self) -> Ident {
        match self {
            Self::Named(name) => Ident::new(name, Span::call_site()),
            Self::Unknown => Ident::new("crate", Span::call_site()),
        }
    }

    /// Replaces paths to the runtime with the crate's re-exports.
    fn own(self, code: TokenStream) -> TokenStream {
        let Self::Named(_) = self else { return code };
        let root = self.root();
        let token = |token| match token {
            TokenTree::Ident(name) if name == "longshore_runtime" => root.clone().into(),
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), self.own(group.stream())).into()
            }
            other => other,
        };
        code.into_iter().map(token).collect::<Vec<TokenTree>>().into_iter().collect()
    }
}
