//! Splits text into words by the rules of a POSIX shell. The AWS CLI writes profile names as shell
//! words, such as `[profile 'two words']`.

/// Returns the words; `None` if a quote or an escape is not complete.
pub(crate) fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = text.chars();
    let mut word: Option<String> = None;
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\\' => word.get_or_insert_default().push(rest.next()?),
            '\'' => single_quoted(&mut rest, word.get_or_insert_default())?,
            '"' => double_quoted(&mut rest, word.get_or_insert_default())?,
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Some(words)
}

/// Quotes a word for a section title, if necessary.
pub(crate) fn quote(word: &str) -> String {
    if split(word).is_some_and(|words| words == [word]) {
        return word.to_owned();
    }
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

fn single_quoted(rest: &mut impl Iterator<Item = char>, word: &mut String) -> Option<()> {
    loop {
        match rest.next()? {
            '\'' => return Some(()),
            c => word.push(c),
        }
    }
}

/// In double quotes, a backslash escapes only a quote and a backslash.
fn double_quoted(rest: &mut impl Iterator<Item = char>, word: &mut String) -> Option<()> {
    loop {
        match rest.next()? {
            '"' => return Some(()),
            '\\' => match rest.next()? {
                c @ ('"' | '\\') => word.push(c),
                c => word.extend(['\\', c]),
            },
            c => word.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{quote, split};

    #[test]
    fn words_are_those_of_a_shell() {
        let table: [(&str, &[&str]); 14] = [
            ("", &[]),
            (" \t ", &[]),
            ("profile dev", &["profile", "dev"]),
            ("profile\t dev ", &["profile", "dev"]),
            ("profile two words", &["profile", "two", "words"]),
            ("profile 'two words'", &["profile", "two words"]),
            ("profile \"two words\"", &["profile", "two words"]),
            ("profile team/app", &["profile", "team/app"]),
            (r#"profile 'dev'"'"'s laptop'"#, &["profile", "dev's laptop"]),
            (r"profile two\ words", &["profile", "two words"]),
            (r#"profile "a\"b\\c\d""#, &["profile", r#"a"b\c\d"#]),
            (r"profile 'a\b'", &["profile", r"a\b"]),
            ("profile ''", &["profile", ""]),
            ("profile caf\u{e9}\u{a0}x #y", &["profile", "caf\u{e9}\u{a0}x", "#y"]),
        ];
        for (text, expected) in table {
            assert_eq!(split(text).expect("words"), expected, "{text}");
        }
        for text in ["profile it's", "profile \"a", r"profile a\", r#"profile "a\"#, "'"] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn quoted_words_are_one_word() {
        for word in ["dev", "two words", "dev's \"laptop\"", "a\\b", "", "team/app", "caf\u{e9}"] {
            assert_eq!(split(&quote(word)).expect("words"), [word]);
        }
        assert_eq!((quote("dev"), quote("a b")), ("dev".to_owned(), "\"a b\"".to_owned()));
    }
}
