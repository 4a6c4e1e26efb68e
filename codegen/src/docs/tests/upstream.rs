//! Constructs from the documentation of real services, with different words.

use super::check;

#[test]
fn tags_of_upstreams_tools_are_tags_if_they_are_closed() {
    check(&[
        ("<text>A version.</text>", &["A version."]),
        ("<p>a</p> <para/><p>b</p></para>", &["a", "b"]),
        ("<zonbook></zonbook><xhtml></xhtml>", &[]),
        ("<p>arn:<replaceable>{a}</replaceable>:b</p>", &["arn:*{a}*:b"]),
        ("<p>the <filename>a.txt</filename> file</p>", &["the `a.txt` file"]),
        ("<p>the <link  linkend=\"a\">b</link>.</p>", &["the b."]),
        ("<p>--a <text> --b <value></p>", &["\\--a \\<text> \\--b \\<value>"]),
    ]);
}

#[test]
fn self_closing_links() {
    check(&[
        (
            "<p>See <a href=\"https://a.example/b\"/> for c.</p>",
            &["See <https://a.example/b> for c."],
        ),
        ("<p>See <a href='https://a.example' /></p>", &["See <https://a.example>"]),
        // Browsers ignore the slash.
        ("<p>See <a href=\"https://a.example\"/>b</a>.</p>", &["See [b](https://a.example)."]),
        ("<p><a href=https://a.example/>b</a> c</p>", &["[b](https://a.example/) c"]),
        ("<p><a href=\"b.html\"/>c <a id='d'/>e</p>", &["c e"]),
    ]);
}

#[test]
fn urls_with_placeholders_are_code() {
    check(&[
        ("<p>https://a.<i>b</i>.example</p>", &["`https://a`.*b*.example"]),
        ("<p>https://a.example/<code>b</code></p>", &["`https://a.example/b`"]),
        ("<p>https://a.example/<i> b</i></p>", &["<https://a.example/> *b*"]),
        ("<p><i>https://a.example/</i>.</p>", &["*<https://a.example/>*."]),
        ("<p>https://a.example and <i>b</i></p>", &["<https://a.example> and *b*"]),
    ]);
}

#[test]
fn no_space_precedes_a_period() {
    check(&[
        ("<p>See <a> <code>a</code> </a>.</p>", &["See `a`."]),
        ("<p>(<i>a </i>), <b>b </b>: c</p>", &["(*a*), **b**: c"]),
        ("<p><i> <i>a</i> </i>.</p>", &["*a*."]),
        ("<p>in <code>a </code>.net, <code>b </code>(c)</p>", &["in `a` .net, `b` (c)"]),
    ]);
}

#[test]
fn entities_are_read_in_the_code_of_html() {
    check(&[
        ("<p>`a &lt;&lt;&lt; b`</p>", &["`a <<< b`"]),
        ("<code>&amp;lt;</code>", &["`&lt;`"]),
        ("`a &lt; b`", &["`a &lt; b`"]),
    ]);
}

#[test]
fn text_between_items_belongs_to_the_item_before() {
    check(&[
        ("<ul><li>a</li>b<li>c</li></ul>", &["- a\n\n  b\n- c"]),
        ("<ol><li>a</li><p>b</p><note>c</note></ol>", &["1. a\n\n   b\n\n   **Note:** c"]),
        ("<dl>a<dt>b</dt>c<ul><li>d</li></ul></dl>", &["- a\n- **b**\n\n  c\n  - d"]),
    ]);
}

#[test]
fn images_become_their_alternative_text() {
    check(&[
        ("<p>a <img src=\"b.png\" alt=\"c &amp; d\"/> e</p>", &["a c & d e"]),
        ("<p>a <img src=\"b.png\"> <img alt=''> e</img></p>", &["a e"]),
    ]);
}

#[test]
fn odd_pairs_of_tags() {
    check(&[
        ("<p>a<ul><li>b</p></li></ul>c</p>", &["a", "- b", "c"]),
        ("<note>a</p></note> <p>b</note>", &["**Note:** a", "b"]),
        ("</p>/listitem> <li><p>a</p></li>/para>", &["/listitem>", "a", "/para>"]),
        ("<p>a <code>b</p><p>c</code> d</p>", &["a `b`", "c d"]),
        ("<p>a</code>, <code>b<code>, c</p>", &["a, `b, c`"]),
        (
            "<table><tr><td colspan=2>a<td><ul><li>b<li>c</ul></table>",
            &["| a | b c |\n| --- | --- |"],
        ),
    ]);
}
