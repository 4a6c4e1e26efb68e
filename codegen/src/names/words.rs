//! Splits wire names into words and joins them.
//!
//! `heck` finds the words. Cases that it cannot handle are prepared first: plurals and versions of
//! acronyms, signs, and texts without words.

use heck::ToSnakeCase;

/// Returns the words in lower case with underscores between them: `image_ids`.
pub fn snake(wire: &str) -> String {
    prepared(wire).to_snake_case()
}

/// Returns the words with initial capitals: `ImageIds`. Adjacent digits keep their underscore, so
/// that 1.12 and 11.2 remain distinct.
pub fn camel(wire: &str) -> String {
    join(&prepared(wire).to_snake_case())
}

/// Joins a name, with a capital at the start of each part that an underscore (or another separator)
/// divides: `PutImageRequest`, `fooBar_baz` to `FooBarBaz`.
pub fn joined(wire: &str) -> String {
    join(&spelled(wire))
}

fn join(parts: &str) -> String {
    let mut name = String::new();
    for part in parts.split('_') {
        if part.starts_with(is_digit) && name.ends_with(is_digit) {
            name.push('_');
        }
        let mut rest = part.chars();
        name.extend(rest.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(rest.as_str());
    }
    name
}

/// Spells a wire name in ASCII letters, digits and underscores, so that `heck` finds its words.
fn prepared(wire: &str) -> String {
    let spelled = spelled(wire);
    let mut name = String::new();
    let mut rest = spelled.as_str();
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_uppercase() {
            rest = push_acronym(&mut name, rest);
        } else if let Some(behind) = rest.strip_prefix("vCPU")
            && !name.ends_with(|c: char| c.is_ascii_alphabetic())
        {
            name.push_str("vcpu");
            rest = behind;
        } else {
            name.push(first);
            rest = &rest[1..];
        }
    }
    name
}

/// Writes the run of capitals at the start of `text`, and returns the rest.
fn push_acronym<'a>(name: &mut String, text: &'a str) -> &'a str {
    let end = text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len());
    let (acronym, behind) = text.split_at(end);
    if let Some(version) = behind.strip_prefix('v')
        && version.starts_with(is_digit)
        && acronym.len() > 1
    {
        // IPv6 is one word; others are two: `ipv6`, but `tls_v1`.
        match acronym.strip_suffix("IP") {
            Some(before) => name.extend([before, "Ipv"]),
            None => name.extend([acronym, "_v"]),
        }
        return version;
    }
    if let Some(next) = behind.strip_prefix('s')
        && !next.starts_with(|c: char| c.is_ascii_lowercase())
        && acronym.len() > 1
    {
        // `IDs` is one word: `ids`.
        name.push_str(&acronym[..1]);
        name.extend(acronym[1..].chars().map(|c| c.to_ascii_lowercase()));
        name.push('s');
        return next;
    }
    name.push_str(acronym);
    behind
}

/// Spells the wire name in ASCII letters, digits and underscores; never without a letter or digit.
pub fn spelled(wire: &str) -> String {
    if wire.is_empty() {
        return "empty".to_owned();
    }
    if !wire.contains(|c: char| c.is_ascii_alphanumeric()) {
        return wire.chars().map(symbol).collect::<Vec<_>>().join("_");
    }
    let mut name = String::new();
    let mut rest = wire;
    if let Some(number) = wire.strip_prefix(['-', '+'])
        && number.starts_with(is_digit)
    {
        // Only the sign distinguishes -1 from +1 and 1.
        name.push_str(if wire.starts_with('-') { "minus_" } else { "plus_" });
        rest = number;
    }
    for c in rest.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => name.push(c),
            // A minus separates words; a plus always has a meaning.
            '+' => name.push_str("_plus_"),
            // Not every Unicode letter is allowed in an identifier, and others cause warnings; the
            // code point is unambiguous.
            _ if !c.is_ascii() => name.extend(["_", &symbol(c), "_"]),
            _ => name.push('_'),
        }
    }
    name
}

/// The name of a character that is neither an ASCII letter nor an ASCII digit.
fn symbol(c: char) -> String {
    let name = match c {
        ' ' => "space",
        '!' => "exclamation",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open_paren",
        ')' => "close_paren",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "open_bracket",
        '\\' => "backslash",
        ']' => "close_bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open_brace",
        '|' => "or",
        '}' => "close_brace",
        '~' => "tilde",
        other => return format!("u{:04x}", u32::from(other)),
    };
    name.to_owned()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}
