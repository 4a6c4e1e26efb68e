//! Reads integers in any notation, because Smithy compares numbers by value.

use serde_json::Number;

/// Above this, not every integer is exact in `f64`.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns a number without a fraction, whether it is written `1` or `1.0`.
pub(in crate::lower) fn whole(number: &Number) -> Option<i64> {
    let of_float = |number: f64| {
        let exact = number.fract() == 0.0 && number.abs() <= MAX_EXACT;
        exact.then_some(number as i64)
    };
    number.as_i64().or_else(|| number.as_f64().and_then(of_float))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_may_be_written_with_a_point() {
        let whole = |text: &str| whole(&serde_json::from_str(text).unwrap());
        assert_eq!(whole("1.0"), Some(1));
        assert_eq!(whole("-9223372036854775808"), Some(i64::MIN));
        assert_eq!(whole("1.5"), None);
        assert_eq!(whole("18446744073709551615"), None);
        assert_eq!(whole("1e30"), None);
    }
}
