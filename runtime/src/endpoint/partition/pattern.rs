//! Patterns of region names, matched without a regular expression engine: they use only literals,
//! alternatives and two character classes, and a dependency would cost every build more than this
//! file.

/// A pattern for a whole region name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// One of these strings. A literal is a list of one.
    OneOf(Vec<String>),
    /// `\w+`: one or more letters, digits or underscores.
    Word,
    /// `\d+`: one or more digits.
    Digits,
}

impl Pattern {
    /// Parses a pattern such as `^(us|eu)\-\w+\-\d+$`. Returns `None` if it uses other syntax.
    pub(super) fn parse(pattern: &str) -> Option<Self> {
        let mut rest = pattern.strip_prefix('^')?.strip_suffix('$')?;
        let mut segments = Vec::new();
        while let Some(first) = rest.chars().next() {
            if let Some(tail) = rest.strip_prefix("\\w+") {
                segments.push(Segment::Word);
                rest = tail;
            } else if let Some(tail) = rest.strip_prefix("\\d+") {
                segments.push(Segment::Digits);
                rest = tail;
            } else if first == '(' {
                let (alternatives, tail) = rest[1..].split_once(')')?;
                let literals = alternatives.split('|').map(literal).collect::<Option<Vec<_>>>()?;
                segments.push(Segment::OneOf(literals));
                rest = tail;
            } else {
                let end = if first == '\\' { 2 } else { first.len_utf8() };
                segments.push(Segment::OneOf(vec![literal(rest.get(..end)?)?]));
                rest = &rest[end..];
            }
        }
        Some(Self(segments))
    }

    /// Returns true if the whole of `name` matches.
    pub(super) fn matches(&self, name: &str) -> bool {
        matches(&self.0, name)
    }
}

/// Unescapes a literal. Returns `None` if it contains special characters other than escaped hyphens
/// and dots.
fn literal(text: &str) -> Option<String> {
    let plain = text.replace("\\-", "-").replace("\\.", "\u{0}");
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '\u{0}');
    plain.chars().all(legal).then(|| plain.replace('\u{0}', "."))
}

fn matches(segments: &[Segment], name: &str) -> bool {
    let Some((first, rest)) = segments.split_first() else { return name.is_empty() };
    match first {
        Segment::OneOf(literals) => literals
            .iter()
            .filter_map(|literal| name.strip_prefix(literal.as_str()))
            .any(|n| matches(rest, n)),
        Segment::Word => {
            matches_run(name, |byte| byte.is_ascii_alphanumeric() || byte == b'_', rest)
        }
        Segment::Digits => matches_run(name, |byte| byte.is_ascii_digit(), rest),
    }
}

/// Returns true if one or more bytes of the class, followed by `rest`, match. Longer runs are tried
/// first.
fn matches_run(name: &str, class: fn(u8) -> bool, rest: &[Segment]) -> bool {
    let longest = name.bytes().take_while(|byte| class(*byte)).count();
    (1..=longest).rev().any(|length| matches(rest, &name[length..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_regular_expressions() {
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
    fn unsupported_patterns_are_rejected() {
        for pattern in
            ["us", "^us", "^a.b$", "^a*$", "^(a$", "^[ab]$", "^\\s$", "^\\$", "^((a))$", "^ä\\$"]
        {
            assert_eq!(Pattern::parse(pattern), None, "{pattern}");
        }
    }
}
