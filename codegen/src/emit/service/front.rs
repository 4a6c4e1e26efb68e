//! Writes the front page of a service: a quick start, what the module contains, and then what the
//! service is, with its operations.

use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::docs::topics::{self, Topic};
use crate::emit::index::ServiceIndex;
use crate::emit::target::Crate;
use crate::emit::values::example;
use crate::{
    docs::text,
    ir::{Operation, Service, Union},
};

/// Returns the documentation of `mod.rs`. Operations that the model's own text already links are
/// not listed again.
pub(in crate::emit) fn about(index: &ServiceIndex<'_>, home: Crate<'_>) -> Vec<String> {
    let service = index.service;
    let page = Page { index, owner: "", kind: PageKind::Service };
    let prose = page.linked_all(&service.docs.paragraphs);
    let opening = format!("{}, API version {}.", text(&service.title), text(&service.version));
    let mut about = vec![opening];
    let links = operations(service, &prose);
    about.extend(example::client(service, home));
    about.push(
        "The methods of [`Client`] take requests from [`operation`] and return responses, or an \
         [`Error`](longshore_runtime::Error) with the exceptions of the operation. A function that \
         calls several operations can return [`Error`], to which `?` converts all of these errors. \
         Setters of optional members take a value or an `Option`, and all fields are public."
            .to_owned(),
    );
    about.extend(constructors(service));
    about.push(contents(service));
    if let Some((first, others)) = prose.split_first() {
        about.push(format!("# About the service\n{first}"));
        about.extend_from_slice(others);
    }
    about.extend(links);
    about
}

/// The constructors of unions, if there are any, with an example.
fn constructors(service: &Service) -> Option<String> {
    let of = |union: &Union| {
        let variant = union.variants.iter().find(|variant| variant.ty.is_some())?;
        // rustdoc does not resolve raw identifiers.
        Some(format!("types::{}::{}", union.name, variant.constructor.as_str()))
    };
    let path = service.types.unions.iter().find_map(of)?;
    Some(format!(
        "A union has a constructor for each variant with a value, such as [`{path}`]({path}). It \
         accepts anything that converts to the value."
    ))
}

/// Lists where to find what.
fn contents(service: &Service) -> String {
    let types = &service.types;
    let mut lines = vec![
        "Operations: [`Client`] has a method for each; requests and responses are in [`operation`]"
            .to_owned(),
    ];
    if !types.is_empty() {
        lines.push("Types of members: [`types`]".to_owned());
    }
    lines.push(match types.exceptions.is_empty() {
        true => "Errors: [`Error`]".to_owned(),
        false => "Errors: [`Error`], and the exceptions of the service in [`exception`]".to_owned(),
    });
    lines.extend(service.operations.iter().find_map(|operation| {
        let method = &operation.pages.as_ref()?.method;
        Some(format!("Pages: methods such as [`{method}`](Client::{method}) call an operation up to the last page"))
    }));
    lines.extend(service.operations.iter().find_map(|operation| {
        let method = &operation.waiters.first()?.method;
        Some(format!("Waiters: methods such as [`{method}`](Client::{method})"))
    }));
    lines.push("Configuration: [`Config`](longshore_runtime::Config)".to_owned());
    format!("# Contents\n- {}", lines.join("\n- "))
}

/// Lists the operations that are not linked yet, by topic.
fn operations(service: &Service, prose: &[String]) -> Option<String> {
    let method = |operation: &Operation| operation.method.as_str().to_owned();
    let is_new = |method: &String| {
        let address = format!("(Client::{method})");
        !prose.iter().any(|paragraph| paragraph.contains(&address))
    };
    let new: Vec<_> = service.operations.iter().map(method).filter(is_new).collect();
    let opening = match new.len() {
        0 => return None,
        count if count == service.operations.len() => "The methods of [`Client`] by topic:",
        _ => "The other methods of [`Client`] by topic:",
    };
    let links = new.into_iter().map(|method| {
        let link = format!("[`{method}`](Client::{method})");
        (method, link)
    });
    Some(format!("# Operations\n{opening}\n\n{}", list(topics::of_operations(links))))
}

/// A list with an item for each topic.
pub(in crate::emit) fn list(topics: Vec<Topic<String>>) -> String {
    let lines = topics.into_iter().map(|(title, links)| format!("- {title}: {}", links.join(", ")));
    lines.collect::<Vec<_>>().join("\n")
}
