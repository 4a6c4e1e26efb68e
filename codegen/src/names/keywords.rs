//! The keywords of Rust 2024, as the reference lists them.
//!
//! Weak keywords (`union`, `raw`, `safe`, `default`, `auto`, `macro_rules`) are missing on
//! purpose: they are legal identifiers everywhere a generated name stands.

/// Strict and reserved keywords, of which each may be written raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that are path segments, which no raw prefix turns into identifiers.
const PATH_KEYWORDS: &[&str] = &["Self", "crate", "self", "super"];

/// Whether `text` must be written raw to be an identifier.
pub fn is_keyword(text: &str) -> bool {
    KEYWORDS.binary_search(&text).is_ok()
}

/// Whether `text` is no identifier even when it is written raw.
pub fn is_path_keyword(text: &str) -> bool {
    PATH_KEYWORDS.contains(&text)
}
