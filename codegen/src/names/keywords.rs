//! Lists the keywords of Rust 2024, according to the reference.
//!
//! Weak keywords (`union`, `raw`, `safe`, `default`, `auto`, `macro_rules`) are omitted: they are
//! legal identifiers wherever a generated name occurs.

/// Strict and reserved keywords, which can be written raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that are path segments and cannot be raw identifiers.
const PATH_KEYWORDS: &[&str] = &["Self", "crate", "self", "super"];

/// Returns true if `text` must be written raw to be an identifier.
pub fn is_keyword(text: &str) -> bool {
    KEYWORDS.binary_search(&text).is_ok()
}

/// Returns true if `text` cannot be an identifier even when raw.
pub fn is_path_keyword(text: &str) -> bool {
    PATH_KEYWORDS.contains(&text)
}
