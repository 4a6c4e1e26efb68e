//! The paths of waiters: JMESPath as the generator has read it, looked up in JSON.
//!
//! Where JMESPath knows an error, as for the length of a number, there is nothing: `null`, which no
//! test of a waiter accepts.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::function;

/// An expression of JMESPath. Each is looked up in a value, the current one; it begins as the whole
/// answer.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Path {
    /// `@`: the current value.
    Current,
    /// `a.b.c`: a member of a member.
    Fields(&'static [&'static str]),
    /// `[0]`: an element; those with negative numbers are counted from the end.
    Index(i64),
    /// JSON text as a value.
    Literal(&'static str),
    /// `a | b` and `a.b`: the second, with the first as its current value.
    Then(&'static Path, &'static Path),
    /// `a[*].b`: the second for each element of the first. What is `null` is left out, here and in
    /// the next two.
    Each(&'static Path, &'static Path),
    /// `a.*.b`: the second for each value of the object that the first is.
    Values(&'static Path, &'static Path),
    /// `a[?b].c`: the third for each element of the first for which the second is true.
    Filter(&'static Path, &'static Path, &'static Path),
    /// `a[]` before anything is done for each element: lists in the list are dissolved.
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

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`, of numbers as the next three
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// The functions of JMESPath that waiters use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Function {
    /// `contains(list or string, value)`
    Contains,
    /// `ends_with(string, end)`
    EndsWith,
    /// `keys(object)`
    Keys,
    /// `length(string, list or object)`
    Length,
    /// `not_null(a, b, ..)`: the first that is not `null`
    NotNull,
    /// `starts_with(string, beginning)`
    StartsWith,
    /// `values(object)`
    Values,
}

impl Path {
    /// What the path leads to in `value`; `null` where it leads nowhere.
    pub(super) fn find<'v>(&self, value: &'v Value) -> Cow<'v, Value> {
        match self {
            Self::Current => Cow::Borrowed(value),
            Self::Fields(names) => Cow::Borrowed(field(value, names)),
            Self::Index(index) => Cow::Borrowed(element(value, *index)),
            Self::Literal(json) => Cow::Owned(serde_json::from_str(json).unwrap_or(Value::Null)),
            Self::Then(first, second) => then(first.find(value), second),
            Self::Each(list, path) => owned(match &*list.find(value) {
                Value::Array(elements) => project(elements, path),
                _ => Value::Null,
            }),
            Self::Values(object, path) => owned(match &*object.find(value) {
                Value::Object(entries) => project(entries.values(), path),
                _ => Value::Null,
            }),
            Self::Filter(list, condition, path) => owned(match &*list.find(value) {
                Value::Array(elements) => {
                    project(elements.iter().filter(|e| is_true(&condition.find(e))), path)
                }
                _ => Value::Null,
            }),
            Self::Flatten(list) => owned(flatten(list.find(value).into_owned())),
            Self::Compare(left, comparison, right) => {
                owned(compare(&left.find(value), *comparison, &right.find(value)))
            }
            Self::And(left, right) => both(left.find(value), true, || right.find(value)),
            Self::Or(left, right) => both(left.find(value), false, || right.find(value)),
            Self::Not(path) => owned(Value::Bool(!is_true(&path.find(value)))),
            Self::Call(function, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(|path| path.find(value)).collect();
                owned(function::call(*function, &arguments))
            }
            // A list or an object of nothing is nothing.
            Self::List(_) | Self::Object(_) if value.is_null() => owned(Value::Null),
            Self::List(paths) => {
                owned(paths.iter().map(|path| path.find(value).into_owned()).collect())
            }
            Self::Object(entries) => owned(Value::Object(object(entries, value))),
        }
    }
}

fn owned<'v>(value: Value) -> Cow<'v, Value> {
    Cow::Owned(value)
}

fn field<'v>(value: &'v Value, names: &[&str]) -> &'v Value {
    names.iter().fold(value, |value, name| value.get(*name).unwrap_or(&Value::Null))
}

fn element(value: &Value, index: i64) -> &Value {
    let place = |length: usize| {
        let index = if index < 0 { i64::try_from(length).ok()? + index } else { index };
        usize::try_from(index).ok()
    };
    let elements = value.as_array().map(Vec::as_slice).unwrap_or_default();
    place(elements.len()).and_then(|place| elements.get(place)).unwrap_or(&Value::Null)
}

fn then<'v>(first: Cow<'v, Value>, second: &Path) -> Cow<'v, Value> {
    match first {
        Cow::Borrowed(value) => second.find(value),
        Cow::Owned(value) => Cow::Owned(second.find(&value).into_owned()),
    }
}

fn project<'e>(elements: impl IntoIterator<Item = &'e Value>, path: &Path) -> Value {
    let found = elements.into_iter().map(|element| path.find(element));
    found.filter(|value| !value.is_null()).map(Cow::into_owned).collect()
}

fn flatten(value: Value) -> Value {
    let Value::Array(elements) = value else { return Value::Null };
    let dissolved = elements.into_iter().flat_map(|element| match element {
        Value::Array(inner) => inner,
        other => vec![other],
    });
    dissolved.collect()
}

/// `&&` where the left one is to be true for the right one to count, `||` where it is to be false.
fn both<'v>(
    left: Cow<'v, Value>,
    on: bool,
    right: impl FnOnce() -> Cow<'v, Value>,
) -> Cow<'v, Value> {
    if is_true(&left) == on { right() } else { left }
}

/// All but `null`, `false` and what is empty.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
    }
}

fn compare(left: &Value, comparison: Comparison, right: &Value) -> Value {
    let ordered = |is: fn(f64, f64) -> bool| match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => Value::Bool(is(left, right)),
        _ => Value::Null,
    };
    match comparison {
        Comparison::Equal => Value::Bool(equal(left, right)),
        Comparison::NotEqual => Value::Bool(!equal(left, right)),
        Comparison::Less => ordered(|left, right| left < right),
        Comparison::LessOrEqual => ordered(|left, right| left <= right),
        Comparison::Greater => ordered(|left, right| left > right),
        Comparison::GreaterOrEqual => ordered(|left, right| left >= right),
    }
}

/// Whether two values are the same, where 1 and 1.0 are the same number.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let same = |(key, a): (&String, &Value)| b.get(key).is_some_and(|b| equal(a, b));
            a.len() == b.len() && a.iter().all(same)
        }
        _ => left == right,
    }
}

fn object(entries: &[(&str, Path)], value: &Value) -> Map<String, Value> {
    let entry = |(key, path): &(&str, Path)| ((*key).to_owned(), path.find(value).into_owned());
    entries.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Path::*;
    use super::*;

    const A: &Path = &Fields(&["a"]);
    const S: &Path = &Fields(&["s"]);
    const DONE: &Path = &Literal("\"done\"");

    #[test]
    fn paths_lead_where_jmespath_says() {
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
        for (path, wanted) in table {
            assert_eq!(*path.find(&value), wanted, "{path:?}");
        }
    }

    #[test]
    fn numbers_are_compared_by_value_and_only_numbers_are_ordered() {
        use Comparison::*;
        let table = [
            (json!(1), Equal, json!(1.0), json!(true)),
            (json!([{"a": 1}]), Equal, json!([{"a": 1.0}]), json!(true)),
            (json!({"a": 1}), Equal, json!({"b": 1}), json!(false)),
            (json!(u64::MAX), NotEqual, json!(1), json!(true)),
            (json!(null), Equal, json!(false), json!(false)),
            (json!(1), Less, json!(2), json!(true)),
            (json!(2), LessOrEqual, json!(2), json!(true)),
            (json!(2), Greater, json!(2), json!(false)),
            (json!(2), GreaterOrEqual, json!(1.5), json!(true)),
            (json!("b"), Greater, json!("a"), json!(null)),
        ];
        for (left, comparison, right, wanted) in table {
            assert_eq!(compare(&left, comparison, &right), wanted, "{left} {comparison:?} {right}");
        }
    }
}
