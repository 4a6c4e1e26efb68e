//! Prose without tags: the Markdown of Smithy models.

use super::{check, seen};
use crate::docs::markdown;

#[test]
fn paragraphs_titles_and_fences() {
    check(&[
        ("One\ntwo `three`.\n\nFour.", &["One two `three`.", "Four."]),
        ("[a](https://a.example) [b](c.html)", &["[a](https://a.example) \\[b\\](c.html)"]),
        ("a\n```sh\nb <c>\n  d\n```\ne", &["a", "```text\nb <c>\n  d\n```", "e"]),
        ("# Title\nText.\n## Another ##\n#tag", &["**Title**", "Text.", "**Another**", "#tag"]),
    ]);
}

#[test]
fn lists_nest_by_their_indentation() {
    check(&[
        ("List:\n- a\n  b\n- c\n\nEnd.", &["List:", "- a b\n- c", "End."]),
        ("1. a\n2) b\n* c", &["1. a\n2. b", "- c"]),
        ("- a\n  - b\n    1. c\n  - d\n- e", &["- a\n  - b\n    1. c\n  - d\n- e"]),
        ("- a\n\n  b\n\n- c", &["- a\n\n  b\n- c"]),
        ("- a\n\nb\n- c", &["- a", "b", "- c"]),
        ("  * a\n * b\n* c", &["- a\n- b\n- c"]),
        ("- a\n  1. b\n  - c", &["- a\n  1. b\n  - c"]),
        (
            "1. a\n   ```\n   b\n     c\n   ```\n2. d",
            &["1. a\n\n   ```text\n   b\n     c\n   ```\n2. d"],
        ),
        ("- a\n\n      - b\n    - c\n- d", &["- a\n  - b\n  - c\n- d"]),
    ]);
}

#[test]
fn emphasis_is_marked_by_pairs_of_signs() {
    check(&[
        ("*a* **b c** _d_ __e__.", &["*a* **b c** *d* **e**."]),
        ("**a `b` c**, *[d](https://a.example)*", &["**a `b` c**, *[d](https://a.example)*"]),
        ("(*a*), \"**b**\": **Note:** c", &["(*a*), \"**b**\": **Note:** c"]),
        ("**a *b* c**", &["**a *b* c**"]),
        ("- *a*: b", &["- *a*: b"]),
        // Signs that do not mark emphasis.
        ("*.a and _b", &["\\*.a and \\_b"]),
        ("*.a.example, *.b.example*", &["\\*.a.example, \\*.b.example\\*"]),
        ("a*b*c d_e_f (*) and (*)", &["a\\*b\\*c d_e_f (\\*) and (\\*)"]),
        ("2 * 3 * 4, **a, b*", &["2 * 3 * 4, \\*\\*a, b\\*"]),
        ("***a***", &["\\*\\*\\*a\\*\\*\\*"]),
        ("*a\n\nb*", &["\\*a", "b\\*"]),
    ]);
}

#[test]
fn letters_are_kept_and_nothing_is_raw() {
    let pieces = [
        "a",
        " ",
        "\n",
        "\n\n",
        "  - ",
        "1. ",
        "# ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "[b](c)",
        ")",
        "<c>",
        "&lt;",
        "|",
        "http://x.y",
        "> ",
        "\\",
        "---",
        "    ",
    ];
    let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let text = format!("{first}q{second}{third}r{first}s");
                let text = text.replace("&lt;", "&");
                let seen = seen(&markdown(&text).join("\n\n"));
                let known = ["CodeBlock(Fenced(Borrowed(\"text\")))", "Emphasis", "Strong"];
                let seen = known.iter().fold(seen, |seen, event| seen.replace(event, ""));
                assert_eq!(letters(&seen), letters(&text), "{text:?} {seen}");
            }
        }
    }
}
