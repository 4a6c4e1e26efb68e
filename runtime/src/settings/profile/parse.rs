//! Parses the text of a profile file into sections and properties, with their line numbers.
//!
//! It does not interpret names. Values may be secrets, so errors contain line numbers but no text.

/// A section, such as `[profile name]`, and the properties up to the next one.
pub(crate) struct Section {
    /// The text between the brackets.
    pub(crate) title: String,
    pub(crate) properties: Vec<Property>,
}

/// A line `name = value`, and the indented lines below it.
pub(crate) struct Property {
    /// In lower case, because names are case-insensitive.
    pub(crate) name: String,
    pub(crate) value: String,
    /// The properties below a property without a value.
    pub(crate) nested: Vec<Property>,
    /// Counted from 1.
    pub(crate) line: usize,
    indent: usize,
}

/// A line that is neither a section nor a property.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) line: usize,
    pub(crate) problem: &'static str,
}

/// Parses the sections of a file, in order.
pub(crate) fn parse(text: &str) -> Result<Vec<Section>, Malformed> {
    let mut sections: Vec<Section> = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        let content = line.trim();
        if !content.is_empty() && !content.starts_with(COMMENT) {
            let indent = line.len() - line.trim_start().len();
            let line = index + 1;
            add(&mut sections, Line { content, indent, line })
                .map_err(|problem| Malformed { line, problem })?;
        }
    }
    Ok(sections)
}

const COMMENT: [char; 2] = ['#', ';'];

/// A line that is neither empty nor a comment.
struct Line<'a> {
    content: &'a str,
    indent: usize,
    line: usize,
}

fn add(sections: &mut Vec<Section>, line: Line<'_>) -> Result<(), &'static str> {
    // A line with a deeper indentation than the property before it always belongs to that property.
    let before = sections.last_mut().and_then(|section| section.properties.last_mut());
    if let Some(property) = before.filter(|property| line.indent > property.indent) {
        return property.append(line);
    }
    if line.content.starts_with('[') {
        sections.push(Section { title: title(line.content)?, properties: Vec::new() });
        return Ok(());
    }
    let section = sections
        .last_mut()
        .ok_or("has a property before the first section, such as `[default]`")?;
    section.properties.push(Property::parse(line)?);
    Ok(())
}

/// The text between the brackets, with runs of whitespace collapsed.
fn title(content: &str) -> Result<String, &'static str> {
    let (title, rest) = content[1..].split_once(']').ok_or("has no `]` after the section name")?;
    let rest = rest.trim_start();
    if !rest.is_empty() && !rest.starts_with(COMMENT) {
        return Err("has text after the `]` of the section name");
    }
    let words: Vec<&str> = title.split_whitespace().collect();
    if words.is_empty() { Err("has an empty section name") } else { Ok(words.join(" ")) }
}

impl Property {
    fn parse(line: Line<'_>) -> Result<Self, &'static str> {
        let content = without_comment(line.content);
        let (name, value) = content.split_once('=').ok_or("is not of the form `name = value`")?;
        let name = name.trim().to_ascii_lowercase();
        if name.is_empty() {
            return Err("has no name before `=`");
        }
        let value = value.trim().to_owned();
        Ok(Self { name, value, nested: Vec::new(), line: line.line, indent: line.indent })
    }

    /// Adds an indented line: as a nested property if this property has no value, or else as a
    /// further line of the value.
    fn append(&mut self, line: Line<'_>) -> Result<(), &'static str> {
        if self.value.is_empty() {
            self.nested.push(Self::parse(line)?);
        } else {
            self.value.push('\n');
            self.value.push_str(line.content);
        }
        Ok(())
    }
}

/// Removes a comment at the end of a line. Without whitespace before it, `#` is part of the value.
fn without_comment(content: &str) -> &str {
    let start = content
        .char_indices()
        .zip(content.chars().skip(1))
        .find_map(|((at, c), next)| (c.is_whitespace() && COMMENT.contains(&next)).then_some(at));
    content[..start.unwrap_or(content.len())].trim_end()
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

    #[test]
    fn sections_and_properties() {
        let table = [
            ("", ""),
            ("[default]", "default: "),
            ("[a]\nb=c\n[d]\ne = f g ", "a: b=c@2; d: e=f g@4"),
            ("\u{feff}[a]\r\nb = c\r\n", "a: b=c@2"),
            ("# x\n[a] # y\n; z\n\nb=c # d\n", "a: b=c@5"),
            ("[a];y\nb=c ;d\ne=f;g#h\ni=j\t# k", "a: b=c@2 e=f;g#h@3 i=j@4"),
            ("[ profile  b ]\nAB = Cd=e", "profile b: ab=Cd=e@2"),
            ("[a]\nb=\nc = # d", "a: b=@2 c=@3"),
            ("[a]\nb = c\n  d\n # e\n\te = f", "a: b=c|d|e = f@2"),
            (
                "[services s]\necr =\n  endpoint_url = http://x # y\n  # z\n\n  b=c\nd=",
                "services s: ecr={endpoint_url=http://x@3 b=c@6}@2 d=@7",
            ),
            // The AWS CLI parses it the same way, with Python's parser.
            ("[a]\n  b = c\n  d = e\n    f\n [g]\n h=i", "a: b=c@2 d=e|f@3; g: h=i@6"),
            ("[a]\nb=c\n[a]\nb=d", "a: b=c@2; a: b=d@4"),
        ];
        for (text, expected) in table {
            assert_eq!(formatted(text), expected, "{text:?}");
        }
    }

    #[test]
    fn malformed_lines() {
        let table = [
            ("a = b", 1, "before the first section"),
            ("[a]\nb", 2, "is not of the form `name = value`"),
            ("[a]\n\n= b", 3, "no name"),
            ("[a]\n = b", 2, "no name"),
            ("[a\nb=c", 1, "no `]`"),
            ("[a] b", 1, "after the `]`"),
            ("[ ]", 1, "an empty section name"),
            ("[a]\nb=\n  c", 3, "is not of the form `name = value`"),
            ("[a]\nb=\n  = c", 3, "no name"),
            ("[a]\nb #=c", 2, "is not of the form `name = value`"),
        ];
        for (text, line, problem) in table {
            let bad = parse(text).err().unwrap_or_else(|| panic!("{text:?} was read"));
            assert_eq!(bad.line, line, "{text:?}");
            assert!(bad.problem.contains(problem), "{text:?}: {}", bad.problem);
        }
    }

    #[test]
    fn no_text_causes_a_panic() {
        let pieces = ["[", "]", "=", "#", ";", " ", "\t", "\n", "\r", "\u{feff}", "ä", "a"];
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..20_000 {
            let length = random.usize(..12);
            let text: String = (0..length).map(|_| pieces[random.usize(..pieces.len())]).collect();
            let _ = parse(&text);
        }
    }
}
