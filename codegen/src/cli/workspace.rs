//! Determines whether a crate is in a workspace that does not list it.
//!
//! cargo determines the workspace, because no other program implements all rules for members,
//! globs, excluded paths and pointers to other roots.

use std::{env, path::Path, process::Command};

use super::toml;

/// Returns advice for the user if cargo does not accept the crate in this folder.
pub(super) fn advice(folder: &Path) -> Option<String> {
    let manifest = folder.canonicalize().ok()?.join("Cargo.toml");
    // If cargo started this program, the same cargo is used.
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args([
        "--color",
        "never",
        "locate-project",
        "--workspace",
        "--message-format",
        "plain",
    ]);
    let output = command.arg("--manifest-path").arg(&manifest).output().ok()?;
    if output.status.success() {
        // The crate is a member, or there is no workspace.
        return None;
    }
    let message = String::from_utf8_lossy(&output.stderr);
    let root = message.lines().find_map(|line| line.strip_prefix("workspace: "));
    Some(match root {
        Some(root) => add_to(folder, &manifest, Path::new(root.trim())),
        None => {
            let first = message.lines().next().unwrap_or("it printed no error");
            format!("cargo does not accept {}: {first}", folder.join("Cargo.toml").display())
        }
    })
}

/// Describes what to add to the manifest of the workspace.
fn add_to(folder: &Path, manifest: &Path, root: &Path) -> String {
    let place = manifest.parent().unwrap_or(manifest);
    let inside = root.parent().and_then(|root| place.strip_prefix(root).ok()).unwrap_or(place);
    let member = toml::string(&inside.to_string_lossy().replace('\\', "/"));
    format!(
        "{} is in the workspace of {}. Add {member} to `members` under [workspace] there. To keep \
         the crate out of that workspace, add it to `exclude` instead.",
        folder.display(),
        root.display()
    )
}
