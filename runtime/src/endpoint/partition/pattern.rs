//! The patterns of region names, matched without an engine for regular expressions: they consist
//! of literals, alternatives and two classes, and a dependency would cost every build more than
//! these lines.

/// A pattern that the whole of a name has to match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// One of these texts; a literal is the only one of its list.
    OneOf(Vec<String>),
    /// `\w+`: letters, digits and underscores.
    Word,
    /// `\d+`
    Digits,
}

impl Pattern {
    /// Reads `^(us|eu)\-\w+\-\d+$`; nothing where there is more in it than this can express.
    pub(super) fn parse(pattern: &str) -> Option<Self> {
        let mut rest = pattern.strip_prefix('^')?.strip_suffix('$')?;
        let mut pieces = Vec::new();
        while let Some(first) = rest.chars().next() {
            if let Some(behind) = rest.strip_prefix("\\w+") {
                pieces.push(Piece::Word);
                rest = behind;
            } else if let Some(behind) = rest.strip_prefix("\\d+") {
                pieces.push(Piece::Digits);
                rest = behind;
            } else if first == '(' {
                let (inside, behind) = rest[1..].split_once(')')?;
                let texts = inside.split('|').map(literal).collect::<Option<Vec<_>>>()?;
                pieces.push(Piece::OneOf(texts));
                rest = behind;
            } else {
                let end = if first == '\\' { 2 } else { first.len_utf8() };
                pieces.push(Piece::OneOf(vec![literal(rest.get(..end)?)?]));
                rest = &rest[end..];
            }
        }
        Some(Self(pieces))
    }

    /// Whether the whole of `name` matches.
    pub(super) fn matches(&self, name: &str) -> bool {
        matches(&self.0, name)
    }
}

/// A text without anything special in it but escaped hyphens and dots.
fn literal(text: &str) -> Option<String> {
    let plain = text.replace("\\-", "-").replace("\\.", "\u{0}");
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '\u{0}');
    plain.chars().all(legal).then(|| plain.replace('\u{0}', "."))
}

fn matches(pieces: &[Piece], name: &str) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return name.is_empty() };
    match first {
        Piece::OneOf(texts) => texts
            .iter()
            .filter_map(|text| name.strip_prefix(text.as_str()))
            .any(|n| matches(rest, n)),
        Piece::Word => run(name, |byte| byte.is_ascii_alphanumeric() || byte == b'_', rest),
        Piece::Digits => run(name, |byte| byte.is_ascii_digit(), rest),
    }
}

/// Whether one or more bytes of a class and then `rest` match; the longest run is tried first.
fn run(name: &str, class: fn(u8) -> bool, rest: &[Piece]) -> bool {
    let longest = name.bytes().take_while(|byte| class(*byte)).count();
    (1..=longest).rev().any(|length| matches(rest, &name[length..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_as_a_regular_expression_would() {
        let table = [
            ("^(us|eu)\\-\\w+\\-\\d+$", "us-east-1", true),
            ("^(us|eu)\\-\\w+\\-\\d+$", "eu-x_y-12", true),
            ("^(us|eu)\\-\\w+\\-\\d+$", "us-gov-east-1", false),
            ("^(us|eu)\\-\\w+\\-\\d+$", "us-east-", false),
            ("^(us|eu)\\-\\w+\\-\\d+$", "us-east-1x", false),
            ("^(us|eu)\\-\\w+\\-\\d+$", "xus-east-1", false),
            ("^(us|eu)\\-\\w+\\-\\d+$", "us--1", false),
            ("^(us|eu)\\-\\w+\\-\\d+$", "us-ä-1", false),
            ("^(us|eu)\\-\\w+\\-\\d+$", "", false),
            ("^us\\-gov\\-\\w+\\-\\d+$", "us-gov-east-1", true),
            ("^eusc\\-(de)\\-\\w+\\-\\d+$", "eusc-de-east-1", true),
            ("^\\w+\\d+$", "a1", true),
            ("^\\w+\\d+$", "1", false),
            ("^(a|ab)c$", "abc", true),
            ("^a\\.b$", "a.b", true),
            ("^a\\.b$", "axb", false),
            ("^$", "", true),
        ];
        for (pattern, name, expected) in table {
            let parsed = Pattern::parse(pattern).expect(pattern);
            assert_eq!(parsed.matches(name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for pattern in
            ["us", "^us", "^a.b$", "^a*$", "^(a$", "^[ab]$", "^\\s$", "^\\$", "^((a))$", "^ä\\$"]
        {
            assert_eq!(Pattern::parse(pattern), None, "{pattern}");
        }
    }
}
