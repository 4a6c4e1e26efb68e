//! Parses JMESPath, as far as waiters use it, to [`Path`].
//!
//! It uses precedence climbing with the binding powers of the JMESPath grammar. The parser is
//! independent of models; [`typed`](super::typed) checks whether a path exists.

use super::token::{Token, tokens};
use crate::ir::waiter::{Comparison, Function, Path};

/// Parses an expression; the error describes what is wrong or not supported.
pub(in crate::lower) fn parse(text: &str) -> Result<Path, String> {
    let mut parser = Parser { tokens: tokens(text)?, next: 0 };
    let path = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(path),
        other => Err(unexpected(other)),
    }
}

/// The binding power at which a projection ends.
const PROJECTION_END: u8 = 10;

struct Parser {
    tokens: Vec<Token>,
    next: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.next).unwrap_or(&Token::End)
    }

    fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    fn takes(&mut self, sign: &'static str) -> bool {
        let there = *self.peek() == Token::Sign(sign);
        self.next += usize::from(there);
        there
    }

    fn need(&mut self, sign: &'static str) -> Result<(), String> {
        if self.takes(sign) { Ok(()) } else { Err(unexpected(self.peek())) }
    }

    /// Parses an expression up to an operator that does not bind more strongly than `least`.
    fn expression(&mut self, least: u8) -> Result<Path, String> {
        let mut left = self.first()?;
        while power(self.peek()) > least {
            left = self.more(left)?;
        }
        Ok(left)
    }

    /// Parses the start of an expression.
    fn first(&mut self) -> Result<Path, String> {
        match self.take() {
            Token::Name(name) if self.takes("(") => self.call(&name),
            Token::Name(name) | Token::Quoted(name) => Ok(Path::Fields(vec![name])),
            Token::Literal(value) => Ok(Path::Literal(value)),
            Token::Sign("@") => Ok(Path::Current),
            Token::Sign("(") => {
                let inner = self.expression(0)?;
                self.need(")").map(|()| inner)
            }
            Token::Sign("!") => Ok(Path::Not(Box::new(self.expression(45)?))),
            Token::Sign("*") => self.values(Path::Current),
            Token::Sign("[]") => self.flatten(Path::Current),
            Token::Sign("[?") => self.filter(Path::Current),
            Token::Sign("[") if matches!(self.peek(), Token::Number(_) | Token::Sign("*")) => {
                self.bracket(Path::Current)
            }
            Token::Sign("[") => self.list(),
            Token::Sign("{") => self.object(),
            Token::Sign("&") => Err("expression arguments (`&`) are not supported".to_owned()),
            other => Err(unexpected(&other)),
        }
    }

    /// Parses the continuation of an expression.
    fn more(&mut self, left: Path) -> Result<Path, String> {
        match self.take() {
            Token::Sign(".") if self.takes("*") => self.values(left),
            Token::Sign(".") => Ok(then(left, self.member(40)?)),
            Token::Sign("|") => Ok(Path::Then(left.into(), self.expression(1)?.into())),
            Token::Sign("||") => Ok(Path::Or(left.into(), self.expression(2)?.into())),
            Token::Sign("&&") => Ok(Path::And(left.into(), self.expression(3)?.into())),
            Token::Sign("[]") => self.flatten(left),
            Token::Sign("[?") => self.filter(left),
            Token::Sign("[") => self.bracket(left),
            other => match comparison(&other) {
                Some(comparison) => {
                    Ok(Path::Compare(left.into(), comparison, self.expression(5)?.into()))
                }
                None => Err(unexpected(&other)),
            },
        }
    }

    /// Parses what follows a dot.
    fn member(&mut self, least: u8) -> Result<Path, String> {
        match self.peek() {
            Token::Name(_) | Token::Quoted(_) | Token::Sign("*") => self.expression(least),
            Token::Sign("[") => {
                self.next += 1;
                self.list()
            }
            Token::Sign("{") => {
                self.next += 1;
                self.object()
            }
            other => Err(unexpected(other)),
        }
    }

    /// Parses the expression that is applied to each element of a list.
    fn each(&mut self, least: u8) -> Result<Path, String> {
        match self.peek() {
            token if power(token) < PROJECTION_END => Ok(Path::Current),
            Token::Sign("[" | "[?") => self.expression_on_current(least),
            Token::Sign(".") => {
                self.next += 1;
                self.member(least)
            }
            other => Err(unexpected(other)),
        }
    }

    /// Parses an expression that starts with a bracket and is applied to an element.
    fn expression_on_current(&mut self, least: u8) -> Result<Path, String> {
        let mut left = self.more(Path::Current)?;
        while power(self.peek()) > least {
            left = self.more(left)?;
        }
        Ok(left)
    }

    fn values(&mut self, left: Path) -> Result<Path, String> {
        Ok(Path::Values(Box::new(left), Box::new(self.each(20)?)))
    }

    fn flatten(&mut self, left: Path) -> Result<Path, String> {
        let list = Box::new(Path::Flatten(Box::new(left)));
        Ok(match self.each(9)? {
            Path::Current => *list,
            each => Path::Each(list, Box::new(each)),
        })
    }

    fn filter(&mut self, left: Path) -> Result<Path, String> {
        let condition = self.expression(0)?;
        self.need("]")?;
        let each = if *self.peek() == Token::Sign("[]") { Path::Current } else { self.each(21)? };
        Ok(Path::Filter(Box::new(left), Box::new(condition), Box::new(each)))
    }

    /// Parses what follows a `[` after an expression.
    fn bracket(&mut self, left: Path) -> Result<Path, String> {
        match self.take() {
            Token::Sign("*") => {
                self.need("]")?;
                Ok(Path::Each(Box::new(left), Box::new(self.each(20)?)))
            }
            Token::Number(index) if *self.peek() != Token::Sign(":") => {
                self.need("]")?;
                Ok(then(left, Path::Index(index)))
            }
            Token::Number(_) | Token::Sign(":") => Err("slices are not supported".to_owned()),
            other => Err(unexpected(&other)),
        }
    }

    /// Parses what follows the `[` of a list of expressions.
    fn list(&mut self) -> Result<Path, String> {
        if *self.peek() == Token::Sign(":") {
            return self.bracket(Path::Current);
        }
        self.separated("]", |parser| parser.expression(0)).map(Path::List)
    }

    /// Parses what follows the `{` of an object of expressions.
    fn object(&mut self) -> Result<Path, String> {
        let entries = self.separated("}", |parser| {
            let key = match parser.take() {
                Token::Name(key) | Token::Quoted(key) => key,
                other => return Err(unexpected(&other)),
            };
            parser.need(":")?;
            Ok((key, parser.expression(0)?))
        });
        entries.map(Path::Object)
    }

    /// Parses what follows the `(` of a function.
    fn call(&mut self, name: &str) -> Result<Path, String> {
        let arguments = self.separated(")", |parser| parser.expression(0))?;
        let (function, wanted) =
            function(name).ok_or_else(|| format!("the function {name} is not supported"))?;
        let count = arguments.len();
        match wanted {
            Some(wanted) if wanted != count => {
                Err(format!("it calls {name} with {count} arguments instead of {wanted}"))
            }
            _ => Ok(Path::Call(function, arguments)),
        }
    }

    /// Parses one or more elements, separated by commas, up to `end`.
    fn separated<T>(
        &mut self,
        end: &'static str,
        mut one: impl FnMut(&mut Self) -> Result<T, String>,
    ) -> Result<Vec<T>, String> {
        let mut all = vec![one(self)?];
        while !self.takes(end) {
            self.need(",")?;
            all.push(one(self)?);
        }
        Ok(all)
    }
}

/// Applies the second path to the result of the first; consecutive fields become one step.
fn then(first: Path, second: Path) -> Path {
    match (first, second) {
        (Path::Current, second) => second,
        (Path::Fields(mut names), Path::Fields(more)) => {
            names.extend(more);
            Path::Fields(names)
        }
        (first, second) => Path::Then(Box::new(first), Box::new(second)),
    }
}

/// Returns the binding power of a token; 0 ends an expression.
fn power(token: &Token) -> u8 {
    match token {
        Token::Sign(sign) => match *sign {
            "|" => 1,
            "||" => 2,
            "&&" => 3,
            "==" | "!=" | "<" | "<=" | ">" | ">=" => 5,
            "[]" => 9,
            "[?" => 21,
            "." => 40,
            "[" => 55,
            _ => 0,
        },
        _ => 0,
    }
}

fn comparison(token: &Token) -> Option<Comparison> {
    Some(match token {
        Token::Sign("==") => Comparison::Equal,
        Token::Sign("!=") => Comparison::NotEqual,
        Token::Sign("<") => Comparison::Less,
        Token::Sign("<=") => Comparison::LessOrEqual,
        Token::Sign(">") => Comparison::Greater,
        Token::Sign(">=") => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

/// Returns a function and its number of arguments; `None` for one or more.
fn function(name: &str) -> Option<(Function, Option<usize>)> {
    Some(match name {
        "contains" => (Function::Contains, Some(2)),
        "ends_with" => (Function::EndsWith, Some(2)),
        "keys" => (Function::Keys, Some(1)),
        "length" => (Function::Length, Some(1)),
        "not_null" => (Function::NotNull, None),
        "starts_with" => (Function::StartsWith, Some(2)),
        "values" => (Function::Values, Some(1)),
        _ => return None,
    })
}

fn unexpected(token: &Token) -> String {
    match token {
        Token::End => "it ends unexpectedly".to_owned(),
        token => format!("unexpected {token}"),
    }
}
