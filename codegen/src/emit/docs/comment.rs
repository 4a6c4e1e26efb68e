//! Emits doc comments: attributes that the formatter prints as `///`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::{docs, ir::Docs, rust_file::DOC_LINE_BREAK};

/// A string that needs more hashes than this is written with escapes.
const MAX_HASHES: usize = 8;

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
    of_lines(&docs::lines(paragraphs))
}

/// A doc comment of lines: one attribute for all of them, because `format` parses each attribute.
pub(in crate::emit) fn of_lines(lines: &[String]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for (index, line) in lines.iter().enumerate() {
        text.extend((index > 0).then_some(DOC_LINE_BREAK));
        if !line.is_empty() {
            text.extend([" ", line]);
        }
    }
    let text = raw_string(&text);
    quote!(#[doc = #text])
}

/// A string literal without escapes, if possible: escaping a text and parsing the escapes takes many
/// times as long as copying it.
fn raw_string(text: &str) -> Literal {
    let hashes = (0..=MAX_HASHES).map(|count| "#".repeat(count));
    let fits = |hashes: &String| !text.contains(&format!("\"{hashes}"));
    let raw = hashes.into_iter().find(fits).map(|hashes| format!("r{hashes}\"{text}\"{hashes}"));
    // Carriage returns cannot be written without escapes.
    raw.and_then(|raw| raw.parse().ok()).unwrap_or_else(|| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn every_text_becomes_a_literal_with_the_same_value() {
        let many = format!("\"{}", "#".repeat(MAX_HASHES));
        let rows = [
            ("plain \\ text", "r\"plain \\ text\""),
            ("a \"word\"", "r#\"a \"word\"\"#"),
            ("\"#a\"##", "r###\"\"#a\"##\"###"),
            ("a\rb", "\"a\\rb\""),
            (&many, "\"\\\"########\""),
        ];
        for (text, expected) in rows {
            let literal = raw_string(text);
            assert_eq!(literal.to_string(), expected);
            let parsed: syn::LitStr = syn::parse2(literal.into_token_stream()).unwrap();
            assert_eq!(parsed.value(), text);
        }
    }

    #[test]
    fn a_comment_of_several_lines_is_one_attribute() {
        let comment = comment(&["one".to_owned(), "- two\n- three".to_owned()]);
        let expected = "# [doc = r\" one\u{1e}\u{1e} - two\u{1e} - three\"]";
        assert_eq!(comment.to_string(), expected);
        assert!(super::comment(&[]).is_empty());
    }
}
