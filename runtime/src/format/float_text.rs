//! The text of floating-point numbers, in JSON, paths, queries, headers and forms.

use std::fmt::{self, Debug, Display, Formatter};

/// Formats a number as the shortest text that is read back as the same value, in scientific
/// notation if it is very large or small. It always has a fraction or an exponent, as in JSON.
pub(crate) struct FloatText<T>(pub(crate) T);

impl<T: Debug> Display for FloatText<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_short_and_exact() {
        let table = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (5.0, "5.0"),
            (0.1, "0.1"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e16"),
            (1e300, "1e300"),
            (0.0001, "0.0001"),
            (1.5e-7, "1.5e-7"),
            (f64::MAX, "1.7976931348623157e308"),
            (5e-324, "5e-324"),
        ];
        for (number, text) in table {
            assert_eq!(FloatText(number).to_string(), text);
            assert_eq!(text.parse(), Ok(number));
        }
        assert_eq!(FloatText(0.1_f32).to_string(), "0.1");
        assert_eq!(FloatText(f32::MAX).to_string(), "3.4028235e38");
    }
}
