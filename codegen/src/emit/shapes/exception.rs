//! Emits an exception: a structure that is also an error.

use proc_macro2::Literal;
use quote::quote;

use crate::emit::content::Content;
use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::index::ServiceIndex;
use crate::emit::shapes::structure;
use crate::emit::shapes::wire;
use crate::emit::shapes::wire::TableRole;
use crate::emit::values::ty::Needs;
use crate::emit::values::ty::TypeScope;
use crate::{docs, ir::Exception};

/// The HTTP status of exceptions for which the model states none.
const DEFAULT_STATUS: u16 = 400;

/// The file of an exception.
pub(in crate::emit) fn emit_exception<'s>(
    exception: &'s Exception,
    index: &'s ServiceIndex<'s>,
) -> Content {
    let shape = &exception.shape;
    let page = Page { index, owner: &shape.wire, kind: PageKind::Exception };
    let scope = TypeScope::Elsewhere;
    let mut items = structure::imports(Needs::of([shape]), scope);
    let sentence = || format!("The exception `{}`.", shape.wire);
    let mut about = page.docs_or(&shape.docs, sentence);
    if exception.code != shape.wire {
        about.paragraphs.push(docs::error_code(&exception.code));
    }
    let role = TableRole::Exception(exception.message.as_ref());
    items.extend(structure::emit_definition(shape, &page, role, &about));
    items.push(wire::emit_members(shape, scope, role));
    let (name, code) = (&shape.name, &exception.code);
    let message = exception.message.as_ref().map(|message| quote!(, #message));
    let status =
        (exception.status != DEFAULT_STATUS).then(|| Literal::u16_unsuffixed(exception.status));
    let status = status.map(|status| quote!(as #status));
    let binding = quote!(longshore_runtime::impl_exception!(#name, #code #status #message););
    items.push(binding.into());
    (vec![sentence()], items)
}
