//! Model prose to rustdoc: the only place where one becomes the other, and where facts of a model
//! (constraints, values) become words.
//!
//! AWS writes its documentation in HTML, or in something close to it, and Smithy says that it is
//! Markdown. [`markdown`] takes both and is total: whatever the text, what a reader sees of it is
//! kept, and nothing in the result means more to rustdoc than it did to its author. Nothing here
//! knows what is documented.

mod block;
mod constraint;
mod element;
mod escape;
mod inline;
mod link;
mod literal;
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
pub use wrap::wrap;

/// A text that is no Markdown as Markdown of one line.
pub fn text(text: &str) -> String {
    escape::escaped(&line(text), None, None)
}

/// The prose as paragraphs of Markdown, without empty ones.
///
/// A paragraph is one line; a list, a table or a block of code is one paragraph of several lines.
pub fn markdown(prose: &str) -> Vec<String> {
    let tokens = token::tokens(prose);
    let tokens =
        if tokens.iter().any(token::Token::is_tag) { tokens } else { plain::tokens(prose) };
    block::paragraphs(&tree::blocks(&tokens))
}
