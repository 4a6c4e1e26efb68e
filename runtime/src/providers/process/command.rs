//! Splits a command into a program and its arguments, as the AWS CLI does. No shell is involved.

use crate::settings::profile::words;

/// Returns the program and its arguments. On Unix, nothing is expanded.
pub(super) fn split(command: &str) -> Result<(String, Vec<String>), &'static str> {
    let words = if cfg!(windows) { windows(command) } else { words::split(command) };
    let mut words = words.ok_or("a quote or an escape is not complete")?.into_iter();
    let program = words.next().ok_or("the command is empty")?;
    Ok((program, words.collect()))
}

/// Splits by the rules of the C runtime on Windows: only double quotes quote, and backslashes are
/// literal unless a double quote follows them.
fn windows(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut is_quoted = false;
    let mut backslashes = 0;
    for c in command.chars() {
        if c == '\\' {
            backslashes += 1;
            continue;
        }
        let literal = if c == '"' { backslashes / 2 } else { backslashes };
        if backslashes > 0 {
            word.get_or_insert_default().extend(std::iter::repeat_n('\\', literal));
        }
        match c {
            '"' if backslashes % 2 == 1 => word.get_or_insert_default().push('"'),
            '"' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            ' ' | '\t' if !is_quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
        backslashes = 0;
    }
    if backslashes > 0 {
        word.get_or_insert_default().extend(std::iter::repeat_n('\\', backslashes));
    }
    words.extend(word);
    (!is_quoted).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_words() {
        let table: [(&str, &[&str]); 6] = [
            (r"C:\bin\tool.exe a  b", &[r"C:\bin\tool.exe", "a", "b"]),
            (r#""C:\my bin\tool.exe" 'a b'"#, &[r"C:\my bin\tool.exe", "'a", "b'"]),
            (r#"a\\\"b "c\\" d"#, &[r#"a\"b"#, r"c\", "d"]),
            (r#""" a"#, &["", "a"]),
            (r"a\ b\\", &[r"a\", r"b\\"]),
            ("", &[]),
        ];
        for (command, words) in table {
            assert_eq!(windows(command).expect("words"), words, "{command}");
        }
        assert_eq!(windows("a \"b"), None);
    }
}
