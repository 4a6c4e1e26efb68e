//! The tokens that identify the pages of an operation.

use crate::Operation;

/// An operation that returns its result in pages, each identified by one token.
///
/// The trait is implemented by the request type, like [`Operation`]. Operations with several tokens
/// implement [`PageTokens`] instead. Generic code with the bound `PageTokens` can handle both.
pub trait Paginated: Operation {
    /// The type of a page token, usually `String`.
    type Token: Clone + PartialEq + Send + Sync + 'static;

    /// Returns the token in the request, or `None` if it requests the first page.
    fn token(&self) -> Option<&Self::Token>;

    /// Sets the token, so that the request is for the page of this token.
    fn set_token(&mut self, token: Self::Token);

    /// Returns the token of the page after `output`, or `None` if it is the last page. The last
    /// page has no token or an empty one.
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;
}

/// An operation that returns its result in pages, each identified by one or several tokens.
///
/// Every [`Paginated`] operation implements this trait. An operation with several tokens, such as
/// `ListObjectVersions` of Amazon S3, implements it directly.
pub trait PageTokens: Operation {
    /// The tokens of a page: [`Paginated::Token`], or a tuple of options, because a page may have
    /// only some of the tokens.
    type Tokens: Clone + PartialEq + Send + Sync + 'static;

    /// Returns the tokens in the request, or `None` if it requests the first page.
    fn tokens(&self) -> Option<Self::Tokens>;

    /// Sets all tokens, so that the request is for the page of these tokens. A token that is `None`
    /// is removed from the request.
    fn set_tokens(&mut self, tokens: Self::Tokens);

    /// Returns the tokens of the page after `output`, or `None` if it is the last page. The last
    /// page has no tokens or only empty ones, or the response marks it as the last one.
    fn next_tokens(output: &Self::Output) -> Option<Self::Tokens>;
}

impl<O: Paginated> PageTokens for O {
    type Tokens = O::Token;

    fn tokens(&self) -> Option<O::Token> {
        self.token().cloned()
    }

    fn set_tokens(&mut self, token: O::Token) {
        self.set_token(token);
    }

    fn next_tokens(output: &O::Output) -> Option<O::Token> {
        O::next_token(output).cloned()
    }
}
