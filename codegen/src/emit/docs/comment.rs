//! Emits doc comments: attributes that the formatter prints as `///`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::{docs, ir::Docs};

/// The maximum width of a doc comment, excluding `/// ` and indentation of up to four spaces.
const WIDTH: usize = 92;

/// The doc comment of an item, followed by its deprecation attribute.
pub(in crate::emit) fn item(docs: &Docs) -> TokenStream {
    let comment = comment(&docs.paragraphs);
    let deprecated = deprecated(docs);
    quote!(#comment #deprecated)
}

/// Returns the deprecation of an item with its reason, if it is deprecated.
pub(in crate::emit) fn deprecated(docs: &Docs) -> Option<TokenStream> {
    docs.deprecated.as_ref().map(|reason| match reason.as_str() {
        "" => quote!(#[deprecated]),
        reason => quote!(#[deprecated = #reason]),
    })
}

/// A doc comment of paragraphs.
pub(in crate::emit) fn comment(paragraphs: &[String]) -> TokenStream {
    let mut tokens = TokenStream::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if index > 0 {
            line("", &mut tokens);
        }
        for text in docs::wrap(paragraph, WIDTH) {
            line(&text, &mut tokens);
        }
    }
    tokens
}

fn line(text: &str, tokens: &mut TokenStream) {
    let text = if text.is_empty() { String::new() } else { format!(" {text}") };
    quote!(#[doc = #text]).to_tokens(tokens);
}
