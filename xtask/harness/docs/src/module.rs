//! Turns a code block into a module that compiles.
//!
//! A program with `main` or a file with `include!` is the content of its module. Anything else is the body of an
//! asynchronous function with the parameters and imports that `FRAGMENT` declares.

use crate::markdown::Block;

/// Declares what the fragments in the documents use without declaring it.
const FRAGMENT: &str = "\
use std::time::Duration;
use longshore::ecr::{Client, operation::*};
pub async fn fragment(
    ecr: &Client, request: PutImageRequest, scan: DescribeImageScanFindingsRequest,
) -> Result<(), Box<dyn std::error::Error>> {
";

/// The name of a block's module. It is also the name of its file, so that compiler messages show
/// the document and the line.
pub(crate) fn name(document: &str, block: &Block) -> String {
    let document: String = document.chars().map(identifier_character).collect();
    format!("{document}_{}", block.line)
}

/// The content of the module.
pub(crate) fn content(block: &Block) -> String {
    let code = &block.code;
    let is_file = code.contains("fn main(") || code.starts_with("include!(");
    if is_file { code.clone() } else { format!("{FRAGMENT}{code}Ok(())\n}}\n") }
}

fn identifier_character(c: char) -> char {
    if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(code: &str) -> Block {
        Block { line: 7, code: code.to_owned() }
    }

    #[test]
    fn a_module_is_named_after_its_document_and_line() {
        assert_eq!(name("docs/a-b.md", &block("")), "docs_a_b_md_7");
        assert_eq!(name("README.md", &block("")), "readme_md_7");
    }

    #[test]
    fn programs_are_kept_and_fragments_become_functions() {
        for file in ["use a::b;\n\nfn main() {}\n", "include!(\"a.rs\");\n"] {
            assert_eq!(content(&block(file)), file);
        }
        for fragment in ["call().await?;\n", "fn f() {}\n"] {
            let expected = format!("{FRAGMENT}{fragment}Ok(())\n}}\n");
            assert_eq!(content(&block(fragment)), expected);
        }
    }
}
