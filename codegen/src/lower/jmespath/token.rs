//! Splits JMESPath into tokens.

use std::fmt;

use serde_json::Value;

/// The maximum number of tokens. Real expressions have a dozen; each may be nested in another one,
/// which costs stack in this program and in the compiler.
const MAX_TOKENS: usize = 60;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name without quotes.
    Name(String),
    /// A name in double quotes.
    Quoted(String),
    /// A value in backticks or single quotes, as JSON text.
    Literal(String),
    /// A whole number.
    Number(i64),
    /// Anything else.
    Sign(&'static str),
    /// The end of the text.
    End,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(text) | Self::Quoted(text) | Self::Literal(text) => write!(f, "`{text}`"),
            Self::Number(number) => write!(f, "`{number}`"),
            Self::Sign(sign) => write!(f, "`{sign}`"),
            Self::End => f.write_str("its end"),
        }
    }
}

/// The signs, longest first.
const SIGNS: &[&str] = &[
    "||", "&&", "==", "!=", "<=", ">=", "[]", "[?", "|", "&", "<", ">", "[", "]", "{", "}", "(",
    ")", ".", ",", ":", "*", "@", "!",
];

/// The tokens of an expression.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if tokens.len() == MAX_TOKENS {
            return Err(format!("it has more than {MAX_TOKENS} tokens"));
        }
        let (token, behind) = token(rest)?;
        tokens.push(token);
        rest = behind.trim_start();
    }
    Ok(tokens)
}

/// Reads the token at the start of `text`, and returns the rest.
fn token(text: &str) -> Result<(Token, &str), String> {
    if let Some(inner) = text.strip_prefix('\'') {
        let (raw, behind) = quoted(inner, '\'')?;
        return Ok((Token::Literal(Value::String(unescaped(raw, '\'')).to_string()), behind));
    }
    if let Some(inner) = text.strip_prefix('`') {
        let (raw, behind) = quoted(inner, '`')?;
        let json: Result<Value, _> = serde_json::from_str(&unescaped(raw, '`'));
        let value = json.map_err(|_| format!("`{raw}` in backticks is not JSON"))?;
        return Ok((Token::Literal(value.to_string()), behind));
    }
    if let Some(inner) = text.strip_prefix('"') {
        let (raw, behind) = quoted(inner, '"')?;
        let name = serde_json::from_str(&format!("\"{raw}\""));
        return Ok((Token::Quoted(name.map_err(|_| format!("\"{raw}\" is not a name"))?), behind));
    }
    if let Some(sign) = SIGNS.iter().find(|sign| text.starts_with(**sign)) {
        return Ok((Token::Sign(sign), &text[sign.len()..]));
    }
    let end = |is: fn(char) -> bool| text.find(|c| !is(c)).unwrap_or(text.len());
    if text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        let (name, behind) = text.split_at(end(|c| c.is_ascii_alphanumeric() || c == '_'));
        return Ok((Token::Name(name.to_owned()), behind));
    }
    let (number, behind) = text.split_at(end(|c| c.is_ascii_digit() || c == '-'));
    if number.is_empty() {
        let first: String = text.chars().take(1).collect();
        return Err(format!("unexpected character `{first}`"));
    }
    let parsed = number.parse().map_err(|_| match number.contains('-') {
        true => format!("{number} is not a number"),
        false => format!("the number {number} is too large"),
    })?;
    Ok((Token::Number(parsed), behind))
}

/// Returns the text before the closing `quote`, and the rest. A backslash escapes the next
/// character.
fn quoted(text: &str, quote: char) -> Result<(&str, &str), String> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Ok((&text[..at], &text[at + c.len_utf8()..])),
            _ => {}
        }
    }
    Err(format!("unclosed {quote}"))
}

/// Removes the backslashes before quotes.
fn unescaped(text: &str, quote: char) -> String {
    text.replace(&format!("\\{quote}"), &quote.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_names_may_be_quoted() {
        let table = [
            ("'it\\'s'", Token::Literal("\"it's\"".to_owned())),
            ("`\"a\\`b\"`", Token::Literal("\"a`b\"".to_owned())),
            ("` [1, {\"a\": null}] `", Token::Literal("[1,{\"a\":null}]".to_owned())),
            ("\"a\\u0062\\\"\"", Token::Quoted("ab\"".to_owned())),
            ("-3", Token::Number(-3)),
        ];
        for (text, wanted) in table {
            assert_eq!(tokens(text), Ok(vec![wanted]), "{text}");
        }
    }

    #[test]
    fn invalid_tokens_are_refused() {
        let table = [
            ("a = b", "unexpected character `=`"),
            ("`{`", "`{` in backticks is not JSON"),
            ("`1", "unclosed `"),
            ("'a\\'", "unclosed '"),
            ("\"\\x\"", "\"\\x\" is not a name"),
            ("1-2", "1-2 is not a number"),
            ("ä", "unexpected character `ä`"),
        ];
        for (text, wanted) in table {
            assert_eq!(tokens(text), Err(wanted.to_owned()), "{text}");
        }
    }
}
