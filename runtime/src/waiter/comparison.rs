//! The comparisons of JMESPath.

use crate::Document;

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`. This and the next three are defined only for numbers.
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Compares two values. The result is `null` if the operator is not defined for them.
pub(super) fn compare(left: &Document, comparison: Comparison, right: &Document) -> Document {
    let ordered = |compare: fn(f64, f64) -> bool| match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => Document::Bool(compare(left, right)),
        _ => Document::Null,
    };
    match comparison {
        Comparison::Equal => Document::Bool(equal(left, right)),
        Comparison::NotEqual => Document::Bool(!equal(left, right)),
        Comparison::Less => ordered(|left, right| left < right),
        Comparison::LessOrEqual => ordered(|left, right| left <= right),
        Comparison::Greater => ordered(|left, right| left > right),
        Comparison::GreaterOrEqual => ordered(|left, right| left >= right),
    }
}

/// Returns true if two values are equal. Numbers are compared by value, so 1 equals 1.0.
pub(super) fn equal(left: &Document, right: &Document) -> bool {
    match (left, right) {
        (Document::Number(a), Document::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Document::Array(a), Document::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Document::Object(a), Document::Object(b)) => {
            let same = |(key, a): (&String, &Document)| b.get(key).is_some_and(|b| equal(a, b));
            a.len() == b.len() && a.iter().all(same)
        }
        _ => left == right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::document::document as json;

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
        for (left, comparison, right, expected) in table {
            assert_eq!(
                compare(&left, comparison, &right),
                expected,
                "{left} {comparison:?} {right}"
            );
        }
    }
}
