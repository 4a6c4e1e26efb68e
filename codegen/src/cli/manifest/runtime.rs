//! Determines how a manifest names the runtime in a checkout.

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

use super::existing::names;

/// Returns an error if the folder does not contain the package of the runtime.
pub(in crate::cli) fn check_runtime(folder: &Path) -> Result<(), String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let [_, package] = names(&manifest);
    match package.as_deref() {
        Some("longshore-runtime") => Ok(()),
        _ => Err(format!(
            "--runtime-path: {} does not contain the package longshore-runtime; pass the folder \
             `runtime` of a checkout of Longshore",
            folder.display()
        )),
    }
}

/// The path of the runtime in the manifest of the crate in `folder`. An absolute path is kept; a
/// relative one becomes relative to `folder`, which must exist.
pub(in crate::cli) fn dependency_path(
    folder: &Path,
    runtime: &Path,
) -> Result<String, Box<dyn Error>> {
    let path = match runtime.is_absolute() {
        true => runtime.to_owned(),
        false => from_folder(folder, runtime).map_err(|error| {
            format!("--runtime-path: cannot resolve {}: {error}", runtime.display())
        })?,
    };
    let text = path.to_str().ok_or_else(|| {
        format!("--runtime-path: {} is not valid UTF-8, which cargo requires", path.display())
    })?;
    Ok(if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() })
}

/// The relative path from one existing folder to another, or the absolute path if there is none.
fn from_folder(folder: &Path, to: &Path) -> io::Result<PathBuf> {
    let (from, target) = (folder.canonicalize()?, to.canonicalize()?);
    let (mut rest, mut wanted) = (from.components(), target.components());
    let mut common = 0;
    while let (Some(a), Some(b)) = (rest.clone().next(), wanted.clone().next())
        && a == b
    {
        rest.next();
        wanted.next();
        common += 1;
    }
    if common == 0 {
        // The folders are on different drives.
        return std::path::absolute(to);
    }
    Ok(rest.map(|_| Path::new("..")).chain([wanted.as_path()]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_becomes_relative_to_the_crate() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["a/b/crate", "a/runtime"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let at = |folder: &str| root.path().join(folder);
        let table = [
            ("a/b/crate", "a/runtime", "../../runtime"),
            ("a", "a/runtime", "runtime"),
            ("a/runtime", "a", ".."),
        ];
        for (folder, runtime, expected) in table {
            let path = from_folder(&at(folder), &at(runtime)).unwrap();
            assert_eq!(path, Path::new(expected), "{folder} {runtime}");
        }
        let absolute = at("a/runtime");
        let path = dependency_path(&at("a/b/crate"), &absolute).unwrap();
        assert_eq!(Path::new(&path), absolute);
    }

    #[test]
    fn a_folder_without_the_runtime_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        for manifest in ["", "[package]\nname = \"other\"\n"] {
            fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
            let error = check_runtime(folder.path()).unwrap_err();
            assert!(
                error.starts_with("--runtime-path: ") && error.contains("`runtime`"),
                "{error}"
            );
        }
        let manifest = "[package]\nname = \"longshore-runtime\"\n";
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        check_runtime(folder.path()).unwrap();
    }
}
