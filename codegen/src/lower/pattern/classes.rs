//! The character classes in patterns, such as `\w` and `\p{L}`, limited to ASCII, which is
//! sufficient for examples.

use super::Set;

/// The ranges of a class.
type Ranges = &'static [(char, char)];

/// The last ASCII character.
const LAST: char = '\x7f';

/// Returns the class of `\w`, `\d` or `\s`.
pub(super) fn escape(letter: char) -> Option<Ranges> {
    Some(match letter {
        'w' => &[('a', 'z'), ('0', '9'), ('A', 'Z'), ('_', '_')],
        'd' => &[('0', '9')],
        's' => &[(' ', ' '), ('\t', '\r')],
        _ => return None,
    })
}

/// Returns the class of `\p{name}`, if it is known.
pub(super) fn property(name: &str) -> Option<Ranges> {
    Some(match name.strip_prefix("Is").unwrap_or(name) {
        "L" | "LC" | "Letter" | "Alpha" | "Alphabetic" => &[('a', 'z'), ('A', 'Z')],
        "Lu" | "Upper" | "Uppercase" => &[('A', 'Z')],
        "Ll" | "Lower" | "Lowercase" => &[('a', 'z')],
        "N" | "Nd" | "Number" | "Digit" => &[('0', '9')],
        "Alnum" => &[('a', 'z'), ('A', 'Z'), ('0', '9')],
        "P" | "Punctuation" => &[
            ('-', '/'),
            ('_', '_'),
            ('!', '#'),
            ('%', '*'),
            (',', ','),
            (':', ';'),
            ('?', '@'),
            ('[', ']'),
            ('{', '{'),
            ('}', '}'),
        ],
        "Pc" => &[('_', '_')],
        "Pd" => &[('-', '-')],
        "S" | "Symbol" => {
            &[('+', '+'), ('<', '>'), ('$', '$'), ('^', '^'), ('`', '`'), ('|', '|'), ('~', '~')]
        }
        "Punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "Graph" => &[('!', '~')],
        "Print" => &[(' ', '~')],
        "Z" | "Zs" | "Separator" => &[(' ', ' ')],
        "Space" | "White_Space" | "Whitespace" => &[(' ', ' '), ('\t', '\r')],
        "Blank" => &[(' ', ' '), ('\t', '\t')],
        "C" | "Other" | "Cc" | "Cntrl" => &[('\0', '\x1f'), (LAST, LAST)],
        "XDigit" => &[('0', '9'), ('a', 'f'), ('A', 'F')],
        "ASCII" => &[('\0', LAST)],
        "M" | "Mn" | "Mc" | "Me" | "Mark" | "Lt" | "Lm" | "Lo" | "Nl" | "No" => &[],
        _ => return None,
    })
}

/// Returns the ranges of a class; if it is negated, those of the other ASCII characters.
pub(super) fn ranges(class: &Set) -> Vec<(char, char)> {
    if !class.negated {
        return class.ranges.clone();
    }
    ('\0'..=LAST).filter(|c| class.has(*c)).map(|c| (c, c)).collect()
}
