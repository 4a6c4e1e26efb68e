//! Makes a module of a code block, so that it compiles.
//!
//! A program with `main` or a file with `include!` is the content of its module. Anything else is the body of an
//! asynchronous function with the parameters and imports that `FRAGMENT` declares.

use crate::markdown::Block;

/// What the fragments in the documents use without declaring it.
const FRAGMENT: &str = "\
use std::time::Duration;
use longshore::ecr::{Client, operation::*};
pub async fn fragment(
    ecr: &Client, request: PutImageRequest, scan: DescribeImageScanFindingsRequest,
) -> Result<(), Box<dyn std::error::Error>> {
";

/// The text of a module with the code of a block, which compiler messages about it show with the line of the
/// document.
pub(crate) fn module(document: &str, block: &Block) -> String {
    let Block { line, code } = block;
    let name: String = document.chars().map(identifier_character).collect();
    let content = if is_file(code) { code.clone() } else { function(code) };
    format!("/// {document}, line {line}\npub mod {name}_{line} {{\n{content}}}\n")
}

fn identifier_character(c: char) -> char {
    if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }
}

fn is_file(code: &str) -> bool {
    code.contains("fn main(") || code.starts_with("include!(")
}

fn function(code: &str) -> String {
    format!("{FRAGMENT}{code}Ok(())\n}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> String {
        module("docs/a-b.md", &Block { line: 7, code: code.to_owned() })
    }

    #[test]
    fn programs_are_kept_and_fragments_become_functions() {
        let program = "fn main() {}\n";
        let expected = "/// docs/a-b.md, line 7\npub mod docs_a_b_md_7 {\nfn main() {}\n}\n";
        assert_eq!(of(program), expected);
        assert!(!of("include!(\"a.rs\");\n").contains("async fn"));
        for fragment in ["call().await?;\n", "fn f() {}\n"] {
            assert!(of(fragment).ends_with(&format!("{{\n{fragment}Ok(())\n}}\n}}\n")));
        }
    }
}
