//! Writes the front page of a service: what it is, how to create a client, and its operations.

use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::index::ServiceIndex;
use crate::emit::target::Crate;
use crate::emit::values::example;
use crate::{
    docs::text,
    ir::{Operation, Service},
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
    about.extend(prose);
    about.extend(example::client(service, home));
    about.extend(links);
    about
}

/// Lists the operations that are not linked yet, as one paragraph.
fn operations(service: &Service, prose: &[String]) -> Option<String> {
    let link = |operation: &Operation| {
        let method = operation.method.as_str();
        (format!("(Client::{method})"), format!("[`{method}`](Client::{method})"))
    };
    let is_new = |address: &String| !prose.iter().any(|paragraph| paragraph.contains(address));
    let links = service.operations.iter().map(link);
    let new: Vec<_> = links.filter(|(address, _)| is_new(address)).map(|(_, link)| link).collect();
    let opening = match new.len() {
        0 => return None,
        count if count == service.operations.len() => "The methods of [`Client`]:",
        _ => "The other methods of [`Client`]:",
    };
    Some(format!("# Operations\n{opening} {}.", new.join(", ")))
}
