//! Parses the text of a profile file into sections and properties, with their line numbers. The
//! rules are those of Python's `configparser`, which the AWS CLI uses.
//!
//! Names are not interpreted. Values may be secrets, so errors contain line numbers but no text.

/// A section, such as `[profile name]`, and the properties up to the next one.
pub(crate) struct Section {
    /// The text between the brackets.
    pub(crate) title: String,
    pub(crate) properties: Vec<Property>,
    /// Counted from 1.
    pub(crate) line: usize,
}

/// A line `name = value`, and the lines below it that are indented further.
pub(crate) struct Property {
    /// In lower case, because names are case-insensitive. Names of nested properties are unchanged.
    pub(crate) name: String,
    /// Several lines are separated by line feeds.
    pub(crate) value: String,
    /// The properties below a property without a value.
    pub(crate) nested: Vec<Property>,
    /// Counted from 1.
    pub(crate) line: usize,
    /// The number of empty lines since the last line. They are part of the value if it continues
    /// after them.
    empty_lines: usize,
}

/// A line that is neither a section nor a property.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) line: usize,
    pub(crate) problem: &'static str,
}

const COMMENT: [char; 2] = ['#', ';'];
const DELIMITERS: [char; 2] = ['=', ':'];

/// Parses the sections of a file, in order.
pub(crate) fn parse(text: &str) -> Result<Vec<Section>, Malformed> {
    let mut sections: Vec<Section> = Vec::new();
    let mut indent = 0;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in lines(text).enumerate() {
        let line = Line {
            content: line.trim_matches(is_space),
            indent: indentation(line),
            line: index + 1,
        };
        if line.content.starts_with(COMMENT) {
            continue;
        }
        // The indentation is compared with that of the last line that is not a continuation.
        let result = match sections.last_mut().and_then(|section| section.properties.last_mut()) {
            Some(property) if line.content.is_empty() => {
                property.empty_lines += 1;
                continue;
            }
            None if line.content.is_empty() => continue,
            Some(property) if line.indent > indent => property.append(&line),
            _ => {
                indent = line.indent;
                add(&mut sections, &line)
            }
        };
        result.map_err(|problem| Malformed { line: line.line, problem })?;
    }
    Ok(sections)
}

/// Splits a text at `\n`, `\r\n` and `\r`.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        let tail = tail.strip_prefix("\r\n").or_else(|| tail.get(1..));
        rest = tail.unwrap_or_default();
        Some(line)
    })
}

/// Returns true for a character that Python treats as whitespace, which includes four control
/// characters.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| is_space(*c)).count()
}

/// A line that is not a comment.
struct Line<'a> {
    content: &'a str,
    indent: usize,
    line: usize,
}

/// Adds a section, or a property to the last section.
fn add(sections: &mut Vec<Section>, line: &Line<'_>) -> Result<(), &'static str> {
    if line.content.starts_with('[') {
        let title = title(line.content)?.to_owned();
        sections.push(Section { title, properties: Vec::new(), line: line.line });
        return Ok(());
    }
    let section = sections
        .last_mut()
        .ok_or("has a property before the first section, such as `[default]`")?;
    let mut property = Property::parse(line.content, &DELIMITERS, line.line)?;
    property.name = property.name.to_lowercase();
    section.properties.push(property);
    Ok(())
}

/// Returns the text between the first `[` and the last `]`, including whitespace.
fn title(content: &str) -> Result<&str, &'static str> {
    let (title, rest) = content[1..].rsplit_once(']').ok_or("has no `]` after the section name")?;
    let rest = rest.trim_start_matches(is_space);
    if !rest.is_empty() && !rest.starts_with(COMMENT) {
        return Err("has text after the `]` of the section name");
    }
    if title.chars().all(is_space) { Err("has an empty section name") } else { Ok(title) }
}

impl Property {
    /// Parses `name = value`. A `#` or `;` in the value is part of it.
    fn parse(content: &str, delimiters: &[char], line: usize) -> Result<Self, &'static str> {
        let (name, value) =
            content.split_once(delimiters).ok_or("is not of the form `name = value`")?;
        let name = name.trim_matches(is_space).to_owned();
        if name.is_empty() {
            return Err("has no name before `=`");
        }
        let value = value.trim_matches(is_space).to_owned();
        Ok(Self { name, value, nested: Vec::new(), line, empty_lines: 0 })
    }

    /// Adds a line that is indented further: as a nested property if this property has no value, or
    /// else as a further line of the value.
    fn append(&mut self, line: &Line<'_>) -> Result<(), &'static str> {
        if self.value.is_empty() {
            self.nested.push(Self::parse(line.content, &['='], line.line)?);
        } else {
            let breaks = 1 + std::mem::take(&mut self.empty_lines);
            self.value.extend(std::iter::repeat_n('\n', breaks));
            self.value.push_str(line.content);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formats a file as `title: name=value@line`, with nested properties in braces.
    fn formatted(text: &str) -> String {
        let sections = parse(text).unwrap_or_else(|bad| panic!("{}: {}", bad.line, bad.problem));
        let sections = sections
            .iter()
            .map(|section| format!("{}: {}", section.title, properties(&section.properties)));
        sections.collect::<Vec<_>>().join("; ")
    }

    fn properties(all: &[Property]) -> String {
        let words = all.iter().map(|property| {
            let Property { name, value, nested, line, .. } = property;
            let nested = match nested.as_slice() {
                [] => String::new(),
                nested => format!("{{{}}}", properties(nested)),
            };
            format!("{name}={}{nested}@{line}", value.replace('\n', "|"))
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// The expected results were compared with those of Python's parser.
    #[test]
    fn sections_and_properties() {
        let table = [
            ("", ""),
            ("[default]", "default: "),
            ("[a]\nb=c\n[d]\ne = f g ", "a: b=c@2; d: e=f g@4"),
            ("[a]\r\nb = c\r\n", "a: b=c@2"),
            ("[a]\rb = c\r\rd=e", "a: b=c@2 d=e@4"),
            // A comment is on a line of its own, at any indentation.
            ("# x\n[a] # y\n; z\n\nb=c # d\n", "a: b=c # d@5"),
            ("[a];y\nb=c ;d\n  # x\n\t; y\ne=f;g#h", "a: b=c ;d@2 e=f;g#h@5"),
            ("[a]\nb=\nc = # d", "a: b=@2 c=# d@3"),
            // Names are case-insensitive, and both delimiters are accepted.
            ("[ profile  b ]\nAB = Cd=e", " profile  b : ab=Cd=e@2"),
            ("[a]\nb: c\nd : e=f\ng=h:i\nj:=k", "a: b=c@2 d=e=f@3 g=h:i@4 j==k@5"),
            ("[a] b]\nc=d", "a] b: c=d@2"),
            // Lines that are indented further continue a value.
            ("[a]\nb = c\n  d\n # e\n\te = f", "a: b=c|d|e = f@2"),
            ("[a]\nb = c\n\n\n  d\n\ne=f", "a: b=c|||d@2 e=f@7"),
            ("[a]\nb = c\n  [d]\ne=f", "a: b=c|[d]@2 e=f@4"),
            (
                "[services s]\necr =\n  endpoint_url = http://x # y\n  # z\n\n  B=c\nd=",
                "services s: ecr={endpoint_url=http://x # y@3 B=c@6}@2 d=@7",
            ),
            // The first property of a section may have any indentation.
            ("[a]\n  b = c\n  d = e\n    f\n [g]\n h=i", "a: b=c@2 d=e|f@3; g: h=i@6"),
            ("  [a]\n    b = c\n   d = e", "a: b=c@2 d=e@3"),
            ("[a]\n\u{a0}b = c\n d = e\u{1f}", "a: b=c@2 d=e@3"),
            ("[a]\nb=c\n[a]\nb=d", "a: b=c@2; a: b=d@4"),
        ];
        for (text, expected) in table {
            assert_eq!(formatted(text), expected, "{text:?}");
        }
        // Python does not skip a byte order mark.
        assert_eq!(formatted("\u{feff}[a]\r\nb = c\r\n"), "a: b=c@2");
    }

    #[test]
    fn malformed_lines() {
        let table = [
            ("a = b", 1, "before the first section"),
            ("[a]\nb", 2, "is not of the form `name = value`"),
            ("[a]\n\n= b", 3, "no name"),
            ("[a]\n = b", 2, "no name"),
            ("[a\nb=c", 1, "no `]`"),
            ("[a]\nb=c\n[d:e\nf=g", 3, "no `]`"),
            ("[a] b", 1, "after the `]`"),
            ("[ ]", 1, "an empty section name"),
            ("[]", 1, "an empty section name"),
            ("[a]\nb=\n  c", 3, "is not of the form `name = value`"),
            ("[a]\nb=\n  c: d", 3, "is not of the form `name = value`"),
            ("[a]\nb=\n  = c", 3, "no name"),
        ];
        for (text, line, problem) in table {
            let bad = parse(text).err().unwrap_or_else(|| panic!("{text:?} was read"));
            assert_eq!(bad.line, line, "{text:?}");
            assert!(bad.problem.contains(problem), "{text:?}: {}", bad.problem);
        }
    }

    #[test]
    fn no_text_causes_a_panic() {
        let pieces = ["[", "]", "=", ":", "#", ";", " ", "\t", "\n", "\r", "\u{feff}", "ä", "a"];
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..20_000 {
            let length = random.usize(..12);
            let text: String = (0..length).map(|_| pieces[random.usize(..pieces.len())]).collect();
            let _ = parse(&text);
        }
    }
}
