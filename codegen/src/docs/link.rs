//! Turns code spans that name something into links.

use super::wrap::{ATOM_STARTS, atom};

/// Links every code span whose name `find` has a path for. Code blocks and existing links remain
/// unchanged.
pub fn linked(paragraph: &str, find: impl Fn(&str) -> Option<String>) -> String {
    if !paragraph.contains('`') || paragraph.contains("```") {
        return paragraph.to_owned();
    }
    let mut linked = String::with_capacity(paragraph.len());
    let mut rest = paragraph;
    while let Some(start) = rest.find(ATOM_STARTS) {
        let (text, from) = rest.split_at(start);
        linked.push_str(text);
        let (piece, behind) = from.split_at(atom(from).unwrap_or(1));
        let name = piece.strip_prefix('`').and_then(|piece| piece.strip_suffix('`'));
        match name.and_then(&find) {
            Some(path) => linked.extend(["[", piece, "](", &path, ")"]),
            None => linked.push_str(piece),
        }
        rest = behind;
    }
    linked.push_str(rest);
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_links() {
        let find = |name: &str| (name == "PutImage").then(|| "Self::put_image".to_owned());
        let rows = [
            ("Before `PutImage`.", "Before [`PutImage`](Self::put_image)."),
            ("- `PutImage`: one", "- [`PutImage`](Self::put_image): one"),
            ("`putImage`, ``PutImage`` and PutImage", "`putImage`, ``PutImage`` and PutImage"),
            ("[`PutImage`](https://example.com)", "[`PutImage`](https://example.com)"),
            (r"\[`PutImage`\]", r"\[[`PutImage`](Self::put_image)\]"),
            ("```text\n`PutImage`\n```", "```text\n`PutImage`\n```"),
            ("a ` tick, `PutImage", "a ` tick, `PutImage"),
            ("<https://x.y>: `PutImage`", "<https://x.y>: [`PutImage`](Self::put_image)"),
            ("<`x>`: `PutImage`", "<`x>`: [`PutImage`](Self::put_image)"),
        ];
        for (text, expected) in rows {
            assert_eq!(linked(text, find), expected);
        }
    }
}
