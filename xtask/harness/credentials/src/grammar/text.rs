//! Writes sections and properties, sometimes in an unusual form.

use super::Properties;
use crate::random::Random;

/// The header of a profile in the configuration file.
pub(super) fn profile_header(random: &mut Random, name: &str) -> String {
    if name == "default" && random.chance(80) {
        return "[default]".to_owned();
    }
    header(random, "profile", name)
}

/// The header of a profile in the credentials file, which has no prefix.
pub(super) fn credentials_header(random: &mut Random, name: &str) -> String {
    if !random.odd_text(100) {
        return format!("[{name}]");
    }
    match random.below(100) {
        0..94 => format!("[{name}]"),
        94..96 => format!("[profile {name}]"),
        96..98 => format!("[\"{name}\"]"),
        _ => format!("[ {name} ]"),
    }
}

/// The header of a section of this kind.
pub(super) fn header(random: &mut Random, kind: &str, name: &str) -> String {
    let name = written_name(random, name);
    if !random.odd_text(100) {
        return format!("[{kind} {name}]");
    }
    match random.below(100) {
        0..84 => format!("[{kind} {name}]"),
        84..87 => format!("[{kind}  {name}]"),
        87..90 => format!("[{kind}\t{name}]"),
        90..92 => format!("[ {kind} {name} ]"),
        92..95 => format!("[{kind} {name}] ; a comment"),
        95..98 => format!("[{kind} {name}] # a comment"),
        98 => format!("[{kind} {name}"),
        _ => format!("[{kind}{name}]"),
    }
}

/// The name as the AWS CLI writes it, or in another form of quoting.
fn written_name(random: &mut Random, name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || "/._-@".contains(c));
    match (random.below(100), is_plain) {
        (0..88, true) => name.to_owned(),
        (0..75, false) => format!("'{}'", name.replace('\'', "'\"'\"'")),
        (75..80, false) => name.to_owned(),
        (80..96, _) => format!("\"{name}\""),
        _ => format!("'{name}'"),
    }
}

/// Adds a section to a file.
pub(super) fn write_section(
    random: &mut Random,
    lines: &mut Vec<String>,
    header: &str,
    properties: &Properties,
) {
    lines.push(header.to_owned());
    let indent = if random.odd_text(12) { random.pick(&["  ", "\t"]) } else { "" };
    for (name, value) in properties {
        add_filler(random, lines);
        let name = written_key(random, name);
        lines.push(format!("{indent}{}", property(random, &name, value)));
        if random.odd_text(1) {
            lines.push(format!("{indent}{}", property(random, &name, "again")));
        }
        if random.odd_text(1) {
            lines.push(
                random.pick(&["  continued", "  # an indented comment", "  a = b"]).to_owned(),
            );
        }
    }
    if random.chance(30) {
        lines.push(String::new());
    }
}

fn written_key(random: &mut Random, name: &str) -> String {
    if random.odd_text(4) { name.to_ascii_uppercase() } else { name.to_owned() }
}

fn property(random: &mut Random, name: &str, value: &str) -> String {
    if !random.odd_text(100) {
        return format!("{name} = {value}");
    }
    match random.below(100) {
        0..70 => format!("{name} = {value}"),
        70..82 => format!("{name}={value}"),
        82..85 => format!("{name} : {value}"),
        85..87 => format!("{name}\t=\t{value}"),
        87..90 => format!("{name} = {value}  "),
        90..92 => format!("{name} = {value} ; a comment"),
        92..94 => format!("{name} = {value} # a comment"),
        94..96 => format!("{name}    = {value}"),
        96 => format!("{name} = \"{value}\""),
        97 => format!("{name} ="),
        98 => format!(" {name} = {value}"),
        _ => name.to_owned(),
    }
}

/// Sometimes adds a blank line or a comment before a property.
fn add_filler(random: &mut Random, lines: &mut Vec<String>) {
    if random.odd_text(12) {
        let filler =
            random.pick(&["", "# a comment", "; a comment", "  # indented", "  ; indented", "   "]);
        lines.push(filler.to_owned());
    }
}
