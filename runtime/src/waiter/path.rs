//! The paths of waiters: JMESPath expressions, parsed by the generator and evaluated on JSON.
//!
//! If JMESPath defines an error, for example for the length of a number, the result is `null`,
//! which passes no test of a waiter.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::comparison::{Comparison, compare};
use super::function::{self, Function};
use crate::Document;

/// A JMESPath expression. It is evaluated on the current value, which at first is the whole
/// response.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Path {
    /// `@`: the current value.
    Current,
    /// `a.b.c`: nested members.
    Fields(&'static [&'static str]),
    /// `[0]`: an element of a list. A negative index counts from the end.
    Index(i64),
    /// A literal, as JSON text.
    Literal(&'static str),
    /// `a | b` and `a.b`: the second expression, evaluated on the result of the first.
    Then(&'static Path, &'static Path),
    /// `a[*].b`: the second expression, evaluated on each element of the first. Results that are
    /// `null` are omitted, as in the next two expressions.
    Each(&'static Path, &'static Path),
    /// `a.*.b`: the second expression, evaluated on each value of the object.
    Values(&'static Path, &'static Path),
    /// `a[?b].c`: the third expression, evaluated on each element of the first for which the second
    /// is true.
    Filter(&'static Path, &'static Path, &'static Path),
    /// `a[]`: the list with nested lists flattened by one level.
    Flatten(&'static Path),
    /// `a == b`
    Compare(&'static Path, Comparison, &'static Path),
    /// `a && b`
    And(&'static Path, &'static Path),
    /// `a || b`
    Or(&'static Path, &'static Path),
    /// `!a`
    Not(&'static Path),
    /// `length(a)`
    Call(Function, &'static [Path]),
    /// `[a, b]`
    List(&'static [Path]),
    /// `{a: b}`
    Object(&'static [(&'static str, Path)]),
}

impl Path {
    /// Evaluates the expression on `value`. The result is `null` if the path does not exist.
    pub(super) fn evaluate<'v>(&self, value: &'v Document) -> Cow<'v, Document> {
        match self {
            Self::Current => Cow::Borrowed(value),
            Self::Fields(names) => Cow::Borrowed(field(value, names)),
            Self::Index(index) => Cow::Borrowed(element(value, *index)),
            Self::Literal(json) => Cow::Owned(json.parse().unwrap_or_default()),
            Self::Then(first, second) => pipe(first.evaluate(value), second),
            Self::Each(list, path) => owned(project_array(&list.evaluate(value), |_| true, path)),
            Self::Values(object, path) => owned(match &*object.evaluate(value) {
                Document::Object(entries) => project(entries.values(), path),
                _ => Document::Null,
            }),
            Self::Filter(list, condition, path) => {
                let is_included = |element: &Document| is_true(&condition.evaluate(element));
                owned(project_array(&list.evaluate(value), is_included, path))
            }
            Self::Flatten(list) => owned(flatten(list.evaluate(value).into_owned())),
            Self::Compare(left, comparison, right) => {
                owned(compare(&left.evaluate(value), *comparison, &right.evaluate(value)))
            }
            Self::And(left, right) => {
                short_circuit(left.evaluate(value), true, || right.evaluate(value))
            }
            Self::Or(left, right) => {
                short_circuit(left.evaluate(value), false, || right.evaluate(value))
            }
            Self::Not(path) => owned(Document::Bool(!is_true(&path.evaluate(value)))),
            Self::Call(function, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(|path| path.evaluate(value)).collect();
                owned(function::call(*function, &arguments))
            }
            // A list or object built from `null` is `null`.
            Self::List(_) | Self::Object(_) if value.is_null() => owned(Document::Null),
            Self::List(paths) => {
                owned(paths.iter().map(|path| path.evaluate(value).into_owned()).collect())
            }
            Self::Object(entries) => owned(Document::Object(object(entries, value))),
        }
    }
}

fn owned<'v>(value: Document) -> Cow<'v, Document> {
    Cow::Owned(value)
}

fn field<'v>(value: &'v Document, names: &[&str]) -> &'v Document {
    names.iter().fold(value, |value, name| value.get(name).unwrap_or(&Document::Null))
}

fn element(value: &Document, index: i64) -> &Document {
    let position = |length: usize| {
        let index = if index < 0 { i64::try_from(length).ok()? + index } else { index };
        usize::try_from(index).ok()
    };
    let elements = value.as_array().unwrap_or_default();
    position(elements.len()).and_then(|position| elements.get(position)).unwrap_or(&Document::Null)
}

fn pipe<'v>(first: Cow<'v, Document>, second: &Path) -> Cow<'v, Document> {
    match first {
        Cow::Borrowed(value) => second.evaluate(value),
        Cow::Owned(value) => Cow::Owned(second.evaluate(&value).into_owned()),
    }
}

fn project_array(
    value: &Document,
    is_included: impl Fn(&Document) -> bool,
    path: &Path,
) -> Document {
    match value {
        Document::Array(elements) => project(elements.iter().filter(|e| is_included(e)), path),
        _ => Document::Null,
    }
}

fn project<'e>(elements: impl IntoIterator<Item = &'e Document>, path: &Path) -> Document {
    let found = elements.into_iter().map(|element| path.evaluate(element));
    found.filter(|value| !value.is_null()).map(Cow::into_owned).collect()
}

fn flatten(value: Document) -> Document {
    let Document::Array(elements) = value else { return Document::Null };
    let flattened = elements.into_iter().flat_map(|element| match element {
        Document::Array(inner) => inner,
        other => vec![other],
    });
    flattened.collect()
}

/// Returns `right` if the truth of `left` equals `condition` (true for `&&`, false for `||`),
/// otherwise `left`.
fn short_circuit<'v>(
    left: Cow<'v, Document>,
    condition: bool,
    right: impl FnOnce() -> Cow<'v, Document>,
) -> Cow<'v, Document> {
    if is_true(&left) == condition { right() } else { left }
}

/// Returns true for all values but `null`, `false` and empty ones.
fn is_true(value: &Document) -> bool {
    match value {
        Document::Null => false,
        Document::Bool(flag) => *flag,
        Document::Number(_) => true,
        Document::String(text) => !text.is_empty(),
        Document::Array(elements) => !elements.is_empty(),
        Document::Object(entries) => !entries.is_empty(),
    }
}

fn object(entries: &[(&str, Path)], value: &Document) -> BTreeMap<String, Document> {
    let entry = |(key, path): &(&str, Path)| ((*key).to_owned(), path.evaluate(value).into_owned());
    entries.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::Path::*;
    use super::*;
    use crate::shape::document::document as json;

    const A: &Path = &Fields(&["a"]);
    const S: &Path = &Fields(&["s"]);
    const DONE: &Path = &Literal("\"done\"");

    #[test]
    fn paths_follow_jmespath() {
        let value = json!({
            "a": [{"s": "done", "n": 1}, {"s": "busy", "n": 2}, {"n": 3}, null],
            "b": {"x": {"s": "done"}, "y": {"s": ""}},
            "l": [[1, 2], [3], 4],
            "e": "", "deep": {"s": {"t": [true]}},
        });
        let table = [
            (Fields(&["deep", "s", "t"]), json!([true])),
            (Fields(&["deep", "x", "t"]), json!(null)),
            (Then(A, &Index(0)), json!({"s": "done", "n": 1})),
            (Then(&Then(A, &Index(-2)), &Fields(&["n"])), json!(3)),
            (Then(A, &Index(4)), json!(null)),
            (Then(A, &Index(-5)), json!(null)),
            (Then(&Fields(&["e"]), &Index(0)), json!(null)),
            (Each(A, S), json!(["done", "busy"])),
            (Each(S, S), json!(null)),
            (Values(&Fields(&["b"]), S), json!(["done", ""])),
            (Values(A, S), json!(null)),
            (Filter(A, &Compare(S, Comparison::Equal, DONE), &Fields(&["n"])), json!([1])),
            (Filter(S, &Current, &Current), json!(null)),
            (Each(&Flatten(&Fields(&["l"])), &Current), json!([1, 2, 3, 4])),
            (Flatten(&Fields(&["b"])), json!(null)),
            (And(A, DONE), json!("done")),
            (And(&Fields(&["e"]), DONE), json!("")),
            (Or(&Fields(&["e"]), DONE), json!("done")),
            (Or(DONE, A), json!("done")),
            (Not(&Fields(&["nothing"])), json!(true)),
            (Not(A), json!(false)),
            (List(&[Fields(&["e"]), Index(0)]), json!(["", null])),
            (Then(S, &List(&[Current])), json!(null)),
            (Object(&[("k", Fields(&["e"]))]), json!({"k": ""})),
            (Literal("[1, {\"a\": null}]"), json!([1, {"a": null}])),
        ];
        for (path, expected) in table {
            assert_eq!(*path.evaluate(&value), expected, "{path:?}");
        }
    }
}
