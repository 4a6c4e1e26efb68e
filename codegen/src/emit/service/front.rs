//! Writes the front page of a service: what it is, how to create a client, and its operations.

use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::docs::topics::{self, Topic};
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
    about.push(
        "The methods of [`Client`] take requests from [`operation`] and return responses, or an \
         [`Error`](longshore_runtime::Error) with the exceptions of the operation. A function that \
         calls several operations can return [`Error`], to which `?` converts all of these errors. \
         Setters of optional members take a value or an `Option`, and all fields are public."
            .to_owned(),
    );
    about.extend(links);
    about
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
