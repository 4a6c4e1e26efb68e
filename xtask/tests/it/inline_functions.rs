//! Checks that the generated crate compiles no function of its own.
//!
//! A function that is neither generic nor `#[inline]` is compiled with the crate, together with
//! everything that it calls, even if the caller does not use it. Callers use only a few of hundreds
//! of operations.

use std::fs;

use proc_macro2::LineColumn;
use syn::{
    Attribute, File, FnArg, ImplItemFn, ItemFn, Signature, Type,
    visit::{self, Visit},
};

use crate::repository;

#[test]
fn generated_functions_are_generic_or_inline() {
    let files = repository::files(&repository::root().join("generated/src"), &[]);
    assert!(!files.is_empty());
    let mut found: Vec<String> = Vec::new();
    for file in files {
        // Each of these files has one such function, which contains the endpoint rules of a
        // service.
        if file.ends_with("endpoint.rs") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a file");
        let parsed: File = syn::parse_file(&text).expect("Rust");
        let mut functions = Functions::default();
        functions.visit_file(&parsed);
        let lines = functions.0.iter().map(|at| format!("{}:{}", file.display(), at.line));
        found.extend(lines);
    }
    assert!(found.is_empty(), "neither generic nor #[inline]:\n{}", found.join("\n"));
}

#[test]
fn only_functions_that_are_compiled_with_the_crate_are_found() {
    let source = "
        impl A {
            #[inline] fn a() {}
            fn b(text: impl Into<String>) {}
            fn c<T>() {}
            fn d(text: Option<String>) {}
        }
        #[must_use] fn e() {}
    ";
    let mut functions = Functions::default();
    functions.visit_file(&syn::parse_file(source).expect("Rust"));
    let lines: Vec<_> = functions.0.iter().map(|at| at.line).collect();
    assert_eq!(lines, [6, 8]);
}

/// The positions of functions that are neither generic nor inline.
#[derive(Default)]
struct Functions(Vec<LineColumn>);

impl Functions {
    fn add(&mut self, attributes: &[Attribute], signature: &Signature) {
        let is_inline = attributes.iter().any(|attribute| attribute.path().is_ident("inline"));
        if !is_inline && !is_generic(signature) {
            self.0.push(signature.ident.span().start());
        }
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.add(&item.attrs, &item.sig);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.add(&item.attrs, &item.sig);
        visit::visit_item_fn(self, item);
    }
}

fn is_generic(signature: &Signature) -> bool {
    let has_impl = |argument: &FnArg| matches!(argument, FnArg::Typed(typed) if matches!(*typed.ty, Type::ImplTrait(_)));
    signature.generics.type_params().next().is_some() || signature.inputs.iter().any(has_impl)
}
