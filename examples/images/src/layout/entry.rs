//! An entry of `index.json`: its names, and whether a name selects it.
//!
//! | programs | `org.opencontainers.image.ref.name` | `io.containerd.image.name` |
//! |---|---|---|
//! | Docker, BuildKit, nerdctl, this library | the tag | the repository and the tag |
//! | skopeo, umoci | usually the tag | – |
//! | Podman, crane | the repository and the tag | – |

use std::fmt;

use serde_json::Value;

use crate::Descriptor;
use crate::descriptor::{IMAGE_NAME, REF_NAME, text};

/// An entry, which may be unusable.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    image_name: Option<String>,
    ref_name: Option<String>,
    digest: String,
    /// The descriptor, or why the image cannot be moved.
    pub(super) descriptor: Result<Descriptor, String>,
}

/// How well a name matches an entry, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// The digest or a complete name.
    Whole,
    /// The end of a name, such as the name without its host, or only the tag.
    End,
}

impl Entry {
    pub(super) fn read(json: &Value) -> Self {
        let annotation = |key| {
            let name = json.get("annotations").and_then(|annotations| text(annotations, key));
            name.map(str::to_owned)
        };
        Self {
            image_name: annotation(IMAGE_NAME),
            ref_name: annotation(REF_NAME),
            digest: text(json, "digest").unwrap_or_default().to_owned(),
            descriptor: Descriptor::from_json(json),
        }
    }

    /// The most complete name.
    pub(super) fn name(&self) -> Option<&str> {
        self.image_name.as_deref().or(self.ref_name.as_deref())
    }

    /// The digest as written. Its algorithm may be unsupported.
    pub(super) fn digest(&self) -> &str {
        &self.digest
    }

    /// Returns how well a name or a digest matches this entry, or `None` if it does not.
    pub(super) fn matches(&self, requested: &str) -> Option<Match> {
        let mut names = [&self.image_name, &self.ref_name].into_iter().flatten();
        if self.digest == requested || names.clone().any(|name| name == requested) {
            return Some(Match::Whole);
        }
        let is_end = |name: &String| {
            let start = name.strip_suffix(requested).filter(|_| !requested.is_empty());
            start.is_some_and(|start| start.ends_with(['/', ':']))
        };
        names.any(is_end).then_some(Match::End)
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digest = if self.digest.is_empty() { "no digest" } else { &self.digest };
        match self.name() {
            Some(name) => write!(f, "{name} ({digest})"),
            None => f.write_str(digest),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(annotations: &Value) -> Entry {
        Entry::read(&json!({ "digest": "sha256:aa", "annotations": annotations }))
    }

    #[test]
    fn entries_are_selected_by_name_tag_and_digest() {
        let docker = json!({ IMAGE_NAME: "docker.io/library/app:1.2", REF_NAME: "1.2" });
        let (skopeo, podman) =
            (json!({ REF_NAME: "1.2" }), json!({ REF_NAME: "host:5000/app:1.2" }));
        for (annotations, requested, expected) in [
            (&docker, "docker.io/library/app:1.2", Some(Match::Whole)),
            (&docker, "1.2", Some(Match::Whole)),
            (&docker, "library/app:1.2", Some(Match::End)),
            (&docker, "app:1.2", Some(Match::End)),
            (&docker, "pp:1.2", None),
            (&docker, "2", None),
            (&docker, "app", None),
            (&docker, "", None),
            (&docker, "sha256:aa", Some(Match::Whole)),
            (&docker, "sha256:a", None),
            (&skopeo, "1.2", Some(Match::Whole)),
            (&skopeo, "app:1.2", None),
            (&podman, "host:5000/app:1.2", Some(Match::Whole)),
            (&podman, "app:1.2", Some(Match::End)),
            (&podman, "1.2", Some(Match::End)),
            (&json!(null), "1.2", None),
        ] {
            assert_eq!(
                entry(annotations).matches(requested),
                expected,
                "{annotations} {requested}"
            );
        }
    }
}
