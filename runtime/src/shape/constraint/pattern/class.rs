//! The character classes in patterns, such as `\w` and `\p{L}`.
//!
//! Membership is exact for ASCII. For other characters it is estimated with the functions of the
//! standard library, because exact tables of Unicode categories would be large.

/// Returns whether a character belongs to a class.
pub(super) type Class = fn(char) -> Membership;

/// Whether a character belongs to a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Membership {
    No,
    /// This depends on the engine or its Unicode version, or a table would be needed.
    Maybe,
    Yes,
}

impl Membership {
    pub(super) fn negated(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Maybe => Self::Maybe,
            Self::Yes => Self::No,
        }
    }
}

/// Returns the class of `\w`, `\d` or `\s`. In ECMAScript, the first two contain only ASCII. In Python
/// and Rust, they contain the letters and digits of Unicode, and `\w` in Rust also marks and some
/// punctuation.
pub(super) fn escape(letter: char) -> Option<Class> {
    Some(match letter {
        'w' => |c| membership(c, is_word, |c| !c.is_whitespace() && !c.is_control()),
        'd' => |c| membership(c, u8::is_ascii_digit, char::is_numeric),
        's' => |c| match c {
            // Python counts these separators as white space.
            '\u{1c}'..='\u{1f}' => Membership::Maybe,
            _ => membership(c, is_space, |c| c.is_whitespace() || c == '\u{feff}'),
        },
        _ => return None,
    })
}

/// Returns the class of `\p{name}`. Every character may belong to an unknown class.
pub(super) fn property(name: &str) -> Class {
    match name.strip_prefix("Is").unwrap_or(name) {
        "L" | "LC" | "Letter" | "Alpha" | "Alphabetic" => {
            |c| membership(c, u8::is_ascii_alphabetic, char::is_alphabetic)
        }
        "Lu" | "Upper" | "Uppercase" => {
            |c| membership(c, u8::is_ascii_uppercase, char::is_uppercase)
        }
        "Ll" | "Lower" | "Lowercase" => {
            |c| membership(c, u8::is_ascii_lowercase, char::is_lowercase)
        }
        "Lt" | "Lm" | "Lo" => |c| membership(c, no_byte, char::is_alphabetic),
        "M" | "Mn" | "Mc" | "Me" | "Mark" => |c| membership(c, no_byte, |_| true),
        "N" | "Nd" | "Number" | "Digit" => |c| membership(c, u8::is_ascii_digit, char::is_numeric),
        "Nl" | "No" => |c| membership(c, no_byte, char::is_numeric),
        "Alnum" => |c| membership(c, u8::is_ascii_alphanumeric, char::is_alphanumeric),
        "P" | "Punctuation" => {
            |c| membership(c, |c| c.is_ascii_punctuation() && !is_symbol(c), |_| true)
        }
        "Pc" => |c| membership(c, |c| *c == b'_', |_| true),
        "Pd" => |c| membership(c, |c| *c == b'-', |_| true),
        "S" | "Symbol" => |c| membership(c, is_symbol, |_| true),
        "Punct" => |c| membership(c, u8::is_ascii_punctuation, |_| true),
        "Graph" => |c| membership(c, u8::is_ascii_graphic, |_| true),
        "Print" => |c| membership(c, |c| !c.is_ascii_control(), |_| true),
        "Z" | "Zs" | "Separator" => |c| membership(c, |c| *c == b' ', char::is_whitespace),
        "Space" | "White_Space" | "Whitespace" => |c| membership(c, is_space, char::is_whitespace),
        "Blank" => |c| membership(c, |c| matches!(c, b' ' | b'\t'), char::is_whitespace),
        "C" | "Other" => |c| membership(c, u8::is_ascii_control, |c| !c.is_alphanumeric()),
        "Cc" | "Cntrl" => |c| membership(c, u8::is_ascii_control, char::is_control),
        "XDigit" => |c| membership(c, u8::is_ascii_hexdigit, char::is_alphanumeric),
        "ASCII" => |c| membership(c, |_| true, no_char),
        _ => |_| Membership::Maybe,
    }
}

fn membership(c: char, ascii: fn(&u8) -> bool, other: fn(char) -> bool) -> Membership {
    match u8::try_from(c).ok().filter(u8::is_ascii) {
        Some(byte) if ascii(&byte) => Membership::Yes,
        None if other(c) => Membership::Maybe,
        _ => Membership::No,
    }
}

fn no_byte(_: &u8) -> bool {
    false
}

fn no_char(_: char) -> bool {
    false
}

fn is_word(c: &u8) -> bool {
    c.is_ascii_alphanumeric() || *c == b'_'
}

/// Returns true for the ASCII white space of regular expressions, which includes the vertical tab.
fn is_space(c: &u8) -> bool {
    matches!(c, b' ' | b'\t'..=b'\r')
}

/// Returns true for the ASCII characters of the Unicode category S.
fn is_symbol(c: &u8) -> bool {
    b"$+<=>^`|~".contains(c)
}
