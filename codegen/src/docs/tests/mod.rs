//! Tests each construct, and odd texts that must be rendered unchanged.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{wrap::wrap, *};

mod plain;
mod upstream;
mod words;

/// Prose and its paragraphs.
type Rows<'a> = &'a [(&'a str, &'a [&'a str])];

fn check(rows: Rows<'_>) {
    for (prose, expected) in rows {
        assert_eq!(markdown(prose), *expected, "for {prose:?}");
    }
}

#[test]
fn paragraphs_are_lines() {
    check(&[
        ("", &[]),
        (" \n ", &[]),
        ("<p></p><p> </p><b> </b>", &[]),
        ("<p>One\n   two.</p>\n<p>Three.</p>", &["One two.", "Three."]),
        ("One.<p>Two.", &["One.", "Two."]),
        ("<p>One.<p>Two.</p></p>Three.", &["One.", "Two.", "Three."]),
        ("<div>One.<br/>Two.<br>Three.</div>", &["One.", "Two.", "Three."]),
        ("<fullname>Service</fullname><p>It serves.</p>", &["Service", "It serves."]),
        ("<h2>Title</h2>Text.", &["**Title**", "Text."]),
        ("<p>One<!-- two --> three.</p>", &["One three."]),
        ("<p>One.</p><script>two()</script>", &["One."]),
    ]);
}

#[test]
fn inline_marks() {
    check(&[
        ("<p>Use <code>tag</code>.</p>", &["Use `tag`."]),
        ("<i>a</i> <em>b</em> <b>c</b> <strong>d</strong>", &["*a* *b* **c** **d**"]),
        ("a<b> b </b>c<i>d </i>e", &["a **b** c*d* e"]),
        ("<b>a</b><b>b</b> <b><b>c</b></b>", &["**ab** **c**"]),
        ("<b>a</b><i>b</i>", &["**a**b"]),
        ("<b><i>a</i> b</b>", &["***a* b**"]),
        // Marks that would not be parsed as marks are omitted.
        ("a<b>\"b\"</b>c", &["a\"b\"c"]),
        ("<b>a<p>b</b>c", &["**a**", "bc"]),
        ("<code>a</code><code>b</code>", &["`ab`"]),
        ("<code>a <i>b</i></code>", &["`a b`"]),
        ("a<code> b </code>c", &["a `b` c"]),
        ("<code></code>a<code/>b", &["ab"]),
        ("<code>a`b</code> <code>`</code>", &["``a`b`` `` ` ``"]),
        ("<p>`<x>` and ``a`b``</p>", &["`<x>` and ``a`b``"]),
        ("<p>one ` tick</p><p>and ` another</p>", &["one \\` tick", "and \\` another"]),
        ("<CODE class='x>y'>a</CODE >", &["`a`"]),
        ("In <i>a</i> , <code>b</code> : c <i>d </i>.", &["In *a*, `b`: c *d*."]),
        ("Name <code>a</code> .txt or <code>b</code> : c", &["Name `a` .txt or `b`: c"]),
        ("<span>a</span><sup>2</sup>", &["a2"]),
    ]);
}

#[test]
fn links_are_absolute_or_text() {
    check(&[
        ("<a href=\"https://a.example/b\">c</a>", &["[c](https://a.example/b)"]),
        ("<a class=x href = 'http://a.example'> c </a>.", &["[c](http://a.example)."]),
        ("<a href=https://a.example>c</a>", &["[c](https://a.example)"]),
        ("<a>c</a> <a href=''>d</a>", &["c d"]),
        ("<a href=\"b.html\">c</a> <a href=\"#d\">d</a>", &["c d"]),
        ("<a href=\"javascript:c()\">c</a> <a href=\"//a.example\">d</a>", &["c d"]),
        ("<a href=\"https://a.example\"></a>", &["<https://a.example>"]),
        ("At <https://a.example/b>. `c`", &["At <<https://a.example/b>>. `c`"]),
        ("<a href=\"https://a.example\">https://a.example</a>", &["<https://a.example>"]),
        (
            "<a href=\"https://a.example\">see https://b.example</a>",
            &["[see https://b.example](https://a.example)"],
        ),
        (
            "<a href=\"https://a.example/(b) c&amp;d\">[e]</a>",
            &["[\\[e\\]](https://a.example/%28b%29%20c&d)"],
        ),
        ("<code><a href=\"https://a.example\">b</a></code>", &["[`b`](https://a.example)"]),
        ("<a href=\"https://a.example\"><code>b</code></a>", &["[`b`](https://a.example)"]),
        (
            "<a href=\"https://a.example\">b <a href=\"https://c.example\">d</a></a>",
            &["[b d](https://a.example)"],
        ),
        ("see!<a href=\"https://a.example\">b</a>", &["see\\![b](https://a.example)"]),
    ]);
}

#[test]
fn bare_addresses_become_links() {
    check(&[
        ("See https://a.example/b_c.", &["See <https://a.example/b_c>."]),
        ("(http://a.example/?b=c&d=e)", &["(<http://a.example/?b=c&d=e>)"]),
        (
            "\"https://a.example\",\"https://b.example\"",
            &["\"<https://a.example>\",\"<https://b.example>\""],
        ),
        ("https://<Name>.a.example/", &["`https://<Name>.a.example/`"]),
        ("https://{name}.a.example", &["`https://{name}.a.example`"]),
        ("https://*.a.example, https://", &["`https://*.a.example`, `https://`"]),
        ("<code>https://a.example</code>", &["`https://a.example`"]),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("<ul><li>a</li><li><p>b</p></li></ul>", &["- a\n- b"]),
        ("<ol><li>a<li>b</ol>c", &["1. a\n2. b", "c"]),
        ("a<ul><li>b</li></ul>c", &["a", "- b", "c"]),
        (
            "<ul><li>a<ul><li>b<ol><li>c</ol></li></ul></li><li>d</li></ul>",
            &["- a\n  - b\n    1. c\n- d"],
        ),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", &["- a\n  - b"]),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", &["- a\n\n  b\n- c"]),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", &["- a", "* b"]),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", &["1. a", "1) b"]),
        ("<ul></ul><ul><li> </li></ul>", &[]),
        ("<ul>a<li>b</li></ul>", &["- a\n- b"]),
        ("<li>a</li>", &["a"]),
        ("<ul><li>- a</li><li># b</li></ul>", &["- \\- a\n- \\# b"]),
        ("<dl><dt>a</dt><dd>b</dd><dd>c</dd><dt>d</dt></dl>", &["- **a**\n\n  b\n\n  c\n- **d**"]),
        (
            "<note><p>a</p></note><important><ul><li>b</li></ul></important>",
            &["**Note:** a", "**Important:**", "- b"],
        ),
        ("<ul><li>a<note>b</note></li></ul>", &["- a\n\n  **Note:** b"]),
    ]);
}

#[test]
fn verbatim_text_and_tables() {
    check(&[
        ("<pre>a\n    b  <i>c</i></pre>", &["```text\na\n    b  c\n```"]),
        ("<pre><code>```\n</code></pre>", &["````text\n```\n````"]),
        ("<ul><li><pre>a\nb</pre></li></ul>", &["- ```text\n  a\n  b\n  ```"]),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td><p>c|d</p></td></tr></table>",
            &["| a | b |\n| --- | --- |\n| c\\|d |  |"],
        ),
        (
            "<table><tbody><tr><td>a<td><ul><li>b</li></ul></tbody></table>c",
            &["| a | b |\n| --- | --- |", "c"],
        ),
        ("<table></table>", &[]),
    ]);
}

#[test]
fn text_stays_text() {
    check(&[
        (
            "<p>a &lt;b&gt; &amp;amp; &#39;c&#x27; &bogus; d & e</p>",
            &["a \\<b> \\&amp; 'c' \\&bogus; d & e"],
        ),
        ("<p>[a] [b](c) <region> 1 < 2 > 0</p>", &["\\[a\\] \\[b\\](c) \\<region> 1 < 2 \\> 0"]),
        ("<p>a_b __c__ *.d e * f ~g</p>", &["a_b \\_\\_c\\_\\_ \\*.d e * f \\~g"]),
        ("<p>a\\b \\*c \\ d</p>", &["a\\b \\\\\\*c \\\\ d"]),
        (
            "<p>1. a</p><p>2) b</p><p>- c</p><p>+</p><p>## d</p><p>> e</p>",
            &["1\\. a", "2\\) b", "\\- c", "\\+", "\\## d", "\\> e"],
        ),
        ("<p>1.5 a</p><p>-1 b</p><p>#c</p>", &["1.5 a", "-1 b", "#c"]),
        ("<p>--option</p><p>---</p>", &["\\--option", "\\-\\--"]),
        ("<p>a&#x96;b\u{202e}c\u{0}d</p>", &["a–bcd"]),
        ("<pq>a</pq> <p", &["\\<pq>a\\</pq> \\<p"]),
    ]);
}

#[test]
fn nesting_has_an_end() {
    for tag in ["b", "ul><li", "a href='https://a.example'", "table><tr><td", "note", "pre"] {
        let prose = format!("<{tag}>").repeat(5000) + "text";
        assert!(markdown(&prose).concat().contains("text"), "{tag}");
    }
    for text in ["[", "`", "<", "&", "*", "- ", "1. ", "``[<"] {
        let prose = text.repeat(1000);
        wrap(&prose, 80);
        let paragraphs = markdown(&prose);
        assert!(!paragraphs.is_empty(), "{text}");
        summary(&paragraphs);
    }
}

/// Returns the text that rustdoc would show. Markup that plain text must not produce is included as
/// debug output.
fn seen(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut seen = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => seen.push_str(&text),
            Event::SoftBreak => seen.push(' '),
            Event::Start(Tag::Paragraph | Tag::Link { .. } | Tag::Item | Tag::List(_)) => {}
            Event::Start(tag) => seen.push_str(&format!("{tag:?}")),
            Event::End(_) => {}
            other => seen.push_str(&format!("{other:?}")),
        }
    }
    seen
}

#[test]
fn odd_texts_are_rendered_unchanged() {
    let pieces = [
        "a",
        " ",
        "*",
        "_",
        "`",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        ";",
        "#",
        "-",
        "+",
        "1.",
        "\\",
        "|",
        "~",
        "!",
        "=",
        ":",
        "http://x.y",
        "<b",
        "amp",
    ];
    let spaces = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let text = format!("{first}{second}{third}{first}");
                // A pair of backticks is code, as in Markdown.
                if text.matches('`').count() > 1 {
                    continue;
                }
                // A known tag makes it HTML, as do the tags around it.
                let prose = format!("<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;"));
                let paragraphs = markdown(&prose);
                let lines: Vec<_> = paragraphs.iter().flat_map(|text| wrap(text, 1)).collect();
                for markdown in [paragraphs.join("\n\n"), lines.join("\n")] {
                    assert_eq!(spaces(&seen(&markdown)), spaces(&text), "{markdown:?}");
                }
            }
        }
    }
}

#[test]
fn plain_text_is_escaped() {
    let table = [
        ("Amazon  ECR\r\n", "Amazon ECR"),
        ("a\u{202e}b\u{0}c", "ab c"),
        ("</p><b>t", r"\</p>\<b>t"),
        ("[link]", r"\[link\]"),
        ("", ""),
    ];
    for (given, wanted) in table {
        assert_eq!(text(given), wanted, "{given:?}");
    }
}
