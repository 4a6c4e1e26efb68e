//! Converts model prose to rustdoc, and describes facts of a model (constraints, values) in words.
//! No other module does either.
//!
//! AWS writes its documentation in HTML or something close to it, and Smithy defines it as
//! Markdown. [`markdown`] accepts both and is total: it keeps everything visible, and the result
//! contains no markup that the author did not intend. This module is independent of the kind of item
//! that is documented, and imports only `ir`.

mod block;
mod constraint;
mod element;
mod escape;
mod inline;
mod link;
mod literal;
mod lookahead;
mod plain;
mod sentence;
mod stress;
#[cfg(test)]
mod tests;
mod token;
mod tree;
mod wrap;

pub use constraint::{Counted, constraints};
pub use escape::{code, line};
pub use link::linked;
pub use literal::literal;
pub use sentence::{is_sentence, summary};
pub use wrap::lines;

/// Converts plain text to a line of Markdown.
pub fn text(text: &str) -> String {
    escape::escaped(&line(text), None, None)
}

/// Returns a sentence that states the error code of an exception in responses.
pub fn error_code(code: &str) -> String {
    format!("Its error code is {}.", self::code(code))
}

/// The prose as paragraphs of Markdown, without empty ones.
///
/// A paragraph is one line; a list, a table or a code block is one paragraph with several lines.
pub fn markdown(prose: &str) -> Vec<String> {
    if prose.is_empty() {
        return Vec::new();
    }
    let tokens = token::tokens(prose);
    let tokens =
        if tokens.iter().any(token::ProseToken::is_tag) { tokens } else { plain::tokens(prose) };
    block::paragraphs(&tree::blocks(&tokens))
}
