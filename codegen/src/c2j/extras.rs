//! Merges the `sdk-extras` files that may be next to a C2J model: corrections of one of its files.
//!
//! They are merged as text, so that the original keeps its order, lines and columns. Objects are
//! merged at any depth; everything else, including lists, is replaced.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::files::C2jFile;
use crate::{
    error::{Problem, Problems},
    json::{Node, SourceText},
};

/// Changes to a text: ranges and their replacements.
type Edits = Vec<(Range<usize>, String)>;

/// Returns the files of a folder with all corrections merged and without the files that contain
/// corrections, or `None` if there are no corrections.
pub(crate) fn corrected(
    sources: &[SourceText],
    problems: &mut Problems,
) -> Option<Vec<SourceText>> {
    let is_correction = |source: &&SourceText| matches!(correction(source), Ok(Some(_)));
    let (corrections, others): (Vec<_>, Vec<_>) = sources.iter().partition(is_correction);
    if corrections.is_empty() {
        return None;
    }
    let copy = |source: &SourceText| source.edited(&[], source.file().to_owned());
    let mut others: Vec<_> = others.into_iter().map(copy).collect();
    for source in corrections {
        problems.keep(correct(&mut others, source));
    }
    Some(others)
}

/// Returns the corrections of a file if it contains any: no other C2J file has the key `merge`.
fn correction(source: &SourceText) -> Result<Option<Node<'_>>, Problem> {
    // Most files need not be parsed. A key may be written with escapes.
    if !["\"merge\"", "\\u"].iter().any(|part| source.text().contains(part)) {
        return Ok(None);
    }
    let root = source.root()?;
    if !root.is_object() || root.field("smithy")?.is_some() {
        return Ok(None);
    }
    Ok(root.field("merge")?.filter(|merge| merge.is_object()))
}

/// Merges a file of corrections into the file it corrects.
fn correct(texts: &mut [SourceText], source: &SourceText) -> Result<(), Problem> {
    let Some(merge) = correction(source)? else { return Ok(()) };
    let fields = merge.fields()?;
    let has = |name: &str| fields.iter().any(|(key, _)| key == name);
    let Some(file) = C2jFile::corrected_by(&has) else {
        return Err(merge.problem(
            "these corrections are for an unknown file of a C2J model. Merge them by hand, or \
                remove this file from the folder.",
        ));
    };
    for text in texts {
        if kind(text) != Some(file) {
            continue;
        }
        let mut edits = Edits::new();
        merge_into(text.root()?, merge, &mut edits)?;
        // A problem may be in either of them.
        let by = source.file().file_name().unwrap_or_default();
        let name = format!("{} with {}", text.file().display(), by.display());
        *text = text.edited(&edits, name.into());
        return Ok(());
    }
    Err(merge.problem(
        "the file that this one corrects is not in the folder. Add it, or remove this one.",
    ))
}

fn kind(source: &SourceText) -> Option<C2jFile> {
    C2jFile::recognize(&source.root().ok()?.fields().ok()?)
}

/// Collects the changes to `base`, from its beginning to its end.
fn merge_into(base: Node<'_>, extra: Node<'_>, edits: &mut Edits) -> Result<(), Problem> {
    if !base.is_object() || !extra.is_object() {
        edits.push((base.offset()..base.offset() + base.text().len(), extra.text().to_owned()));
        return Ok(());
    }
    let known = base.fields()?;
    let extras = extra.fields()?;
    let corrections: HashMap<_, _> = extras.iter().map(|(name, node)| (name, *node)).collect();
    for (name, node) in &known {
        if let Some(extra) = corrections.get(name) {
            merge_into(*node, *extra, edits)?;
        }
    }
    let names: HashSet<_> = known.iter().map(|(name, _)| name).collect();
    let new = extras.iter().filter(|(name, _)| !names.contains(name));
    let mut text = String::new();
    for (name, node) in new {
        if !known.is_empty() || !text.is_empty() {
            text.push(',');
        }
        text.push_str(&format!("{}:{}", serde_json::Value::from(name.as_ref()), node.text()));
    }
    if !text.is_empty() {
        let end = base.offset() + base.text().len() - 1;
        edits.push((end..end, text));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn merged(base: &str, extra: &str) -> String {
        let source = |text: &str| SourceText::new(PathBuf::from("a.json"), text.to_owned());
        let (base, extra) = (source(base), source(extra));
        let mut edits = Edits::new();
        merge_into(base.root().unwrap(), extra.root().unwrap(), &mut edits).unwrap();
        base.edited(&edits, PathBuf::new()).root().unwrap().text().to_owned()
    }

    #[test]
    fn objects_are_merged_and_everything_else_is_replaced() {
        let cases = [
            (r#"{"a": 1}"#, r#"{"a": 2}"#, r#"{"a": 2}"#),
            (r#"{"z": 1, "a": [1, 2]}"#, r#"{"a": [3]}"#, r#"{"z": 1, "a": [3]}"#),
            (
                r#"{"a": {"b": 1}, "c": 2}"#,
                r#"{"a": {"d": 3}}"#,
                r#"{"a": {"b": 1,"d":3}, "c": 2}"#,
            ),
            (r#"{"a": {}}"#, r#"{"a": {"b": 1, "c": 2}}"#, r#"{"a": {"b":1,"c":2}}"#),
            (r#"{"a": {"b": 1}}"#, r#"{"a": 5}"#, r#"{"a": 5}"#),
            (r#"{"a": 5}"#, r#"{"a": {"b": 1}}"#, r#"{"a": {"b": 1}}"#),
            (r#"{"ä\"": 5}"#, r#"{"ä\"": 6, "ö\"": 7}"#, r#"{"ä\"": 6,"ö\"":7}"#),
            (r#"{"a": 1}"#, r#"{}"#, r#"{"a": 1}"#),
        ];
        for (base, extra, wanted) in cases {
            assert_eq!(merged(base, extra), wanted, "{base} and {extra}");
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        let base = "{\n  \"a\": {\n    \"b\": 1\n  },\n  \"c\": 2\n}";
        let text = merged(base, "{\"a\": {\n\"d\":\r\n[1,\n2]\n}}");
        assert_eq!(text.lines().count(), base.lines().count());
        assert_eq!(text.lines().nth(4), Some("  \"c\": 2"));
    }

    #[test]
    fn a_file_of_corrections_has_the_key_merge_in_any_spelling() {
        let rows = [
            (r#"{"merge": {}}"#, true),
            (r#"{"m\u0065rge": {}}"#, true),
            (r#"{"merge": 1}"#, false),
            (r#"{"a": "merge"}"#, false),
            (r#"{"merge": {}, "smithy": "2.0"}"#, false),
        ];
        for (text, expected) in rows {
            let source = SourceText::new(PathBuf::from("a.json"), text.to_owned());
            assert_eq!(correction(&source).unwrap().is_some(), expected, "{text}");
        }
    }
}
