//! Finds the code blocks of a Markdown file that are marked as Rust.

/// A code block.
#[derive(Debug, PartialEq)]
pub(crate) struct Block {
    /// The number of its first line of code, counted from 1.
    pub(crate) line: usize,
    /// Its code.
    pub(crate) code: String,
}

/// The blocks that begin with a fence and the word `rust` alone. Blocks such as `rust,ignore` are
/// excluded.
pub(crate) fn rust_blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let Some(fence) = Fence::open(line) else { continue };
        let code: String = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| !fence.is_closed_by(line))
            .map(|line| format!("{}\n", fence.content(line)))
            .collect();
        if fence.language == "rust" {
            blocks.push(Block { line: index + 2, code });
        }
    }
    blocks
}

/// The line that opens a code block.
struct Fence<'t> {
    /// The spaces before the fence, for example in a list item.
    indent: &'t str,
    /// Three or more backticks.
    ticks: &'t str,
    language: &'t str,
}

impl<'t> Fence<'t> {
    fn open(line: &'t str) -> Option<Self> {
        let content = line.trim_start_matches(' ');
        let language = content.trim_start_matches('`');
        let ticks = &content[..content.len() - language.len()];
        let indent = &line[..line.len() - content.len()];
        // If more backticks follow after the first ones, the line is inline code, not a fence.
        let is_fence = ticks.len() >= 3 && !language.contains('`');
        is_fence.then(|| Self { indent, ticks, language: language.trim() })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.ticks.len() && line.bytes().all(|byte| byte == b'`')
    }

    fn content<'l>(&self, line: &'l str) -> &'l str {
        line.strip_prefix(self.indent).unwrap_or(line.trim_start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_blocks_marked_as_rust_are_found() {
        let table: [(&str, &[(usize, &str)]); 8] = [
            ("text\n```rust\nlet a;\n\nlet b;\n```\n", &[(3, "let a;\n\nlet b;\n")]),
            ("```rust\nlet a;\n```\n```rust\nlet b;\n```", &[(2, "let a;\n"), (5, "let b;\n")]),
            ("```toml\n[features]\n```\n```rust,ignore\nlet a;\n```\n```\nlet b;\n```\n", &[]),
            // The block of another language contains a fence.
            ("````text\n```rust\nlet a;\n```\n````\n", &[]),
            (
                "- item\n\n  ```rust\n  if a {\n      b();\n  }\n  ```\n",
                &[(4, "if a {\n    b();\n}\n")],
            ),
            ("```rust``` is inline code\n\nlet a;\n", &[]),
            ("```rust\nlet a;\n", &[(2, "let a;\n")]),
            ("```rust\n```\n", &[(2, "")]),
        ];
        for (text, expected) in table {
            let expected = expected.iter().map(|(line, code)| (*line, (*code).to_owned()));
            let found = rust_blocks(text).into_iter().map(|block| (block.line, block.code));
            assert!(found.eq(expected), "{text}");
        }
    }
}
