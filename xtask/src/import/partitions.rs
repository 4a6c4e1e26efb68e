//! Imports the partitions table: domains, regions and patterns, without descriptions of regions.

use std::{fs, path::Path};

use longshore_codegen::error::{Error, Problem};
use serde_json::Value;

use super::{
    file,
    provenance::{self, Source},
};

/// Writes the table in `upstream` to `path`, and describes what changed.
pub(super) fn import(upstream: &Path, source: &Source, path: &Path) -> Result<String, Error> {
    let text = fs::read_to_string(upstream);
    let text = text.map_err(|error| Error::from_io(upstream, "read this file", &error))?;
    let refused = |why: String| Problem::in_file(upstream, why);
    let mut table: Value = serde_json::from_str(&text)
        .map_err(|error| refused(format!("this is not JSON: {error}.")))?;
    let Some(partitions) = table.get_mut("partitions").and_then(Value::as_array_mut) else {
        return Err(refused("there is no array `partitions` in this file.".to_owned()).into());
    };
    for partition in partitions.iter_mut() {
        let regions = partition.get_mut("regions").and_then(Value::as_object_mut);
        for region in regions.into_iter().flatten().filter_map(|(_, it)| it.as_object_mut()) {
            region.retain(|name, _| name != "description");
        }
    }
    let count = partitions.len();
    table["longshore"] = source.record(&[provenance::describe(upstream)?]);
    let written = serde_json::to_string_pretty(&table);
    let mut text = written.map_err(|error| refused(format!("it cannot be written: {error}.")))?;
    text.push('\n');
    let same = fs::read(path).is_ok_and(|old| old == text.as_bytes());
    file::write(path, &text)?;
    let what = if same { "nothing changed" } else { "changed" };
    Ok(format!("partitions: {what} ({count} partitions)"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn descriptions_are_removed_and_the_rest_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (upstream, file) = (folder.path().join("partitions.json"), folder.path().join("ours"));
        let table = json!({"version": "1.1", "partitions": [{
            "id": "aws", "outputs": {"name": "aws"}, "regionRegex": "^a$",
            "regions": {"a-1": {"description": "Their words.", "supportsFIPS": false}},
        }]});
        fs::write(&upstream, table.to_string()).unwrap();
        let source = Source { name: "botocore 1".to_owned(), archive: None };
        let text = import(&upstream, &source, &file).unwrap();
        assert_eq!(text, "partitions: changed (1 partitions)");
        let mut found: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let origin = found.as_object_mut().unwrap().remove("longshore").unwrap();
        assert_eq!(origin["source"], "botocore 1");
        assert_eq!(origin["files"][0]["sha256"].as_str().unwrap().len(), 64);
        let mut expected = table;
        expected["partitions"][0]["regions"]["a-1"] = json!({"supportsFIPS": false});
        assert_eq!(found, expected);
        let again = import(&upstream, &source, &file).unwrap();
        assert_eq!(again, "partitions: nothing changed (1 partitions)");
        fs::write(&upstream, "{}").unwrap();
        assert!(import(&upstream, &source, &file).is_err());
    }
}
