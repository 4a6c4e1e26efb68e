//! The referrers of a manifest: the manifests that name it as their `subject`, such as its
//! signatures.

use http::header::HeaderName;
use serde_json::{Value, json};

use super::error::{DistributionError, parse_digest};
use super::request::Request;
use super::response::{self, Response};
use crate::registry::store::Store;
use crate::registry::store::images::Image;
use crate::registry::store::manifest::OCI_INDEX;

const FILTERS: HeaderName = HeaderName::from_static("oci-filters-applied");

/// Lists the referrers as an index, which is empty if there are none. The manifest need not exist.
pub(super) fn list(
    store: &mut Store,
    name: &str,
    digest: &str,
    request: &Request<'_>,
) -> Result<Response, DistributionError> {
    let digest = parse_digest(digest)?;
    let images = store.repository(None, name)?.images.by_order();
    let wanted = request.query.get("artifactType");
    let referrers = images.into_iter().filter(|image| {
        image.manifest.subject.as_ref() == Some(&digest)
            && wanted.is_none_or(|wanted| image.manifest.artifact_type.as_deref() == Some(wanted))
    });
    let manifests: Vec<_> = referrers.map(descriptor).collect();
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests });
    let response = response::with_content(index.to_string().into(), OCI_INDEX);
    Ok(match wanted {
        Some(_) => response::with_header(response, FILTERS, "artifactType"),
        None => response,
    })
}

fn descriptor(image: &Image) -> Value {
    let mut descriptor = json!({
        "mediaType": image.manifest.media_type,
        "digest": image.digest.as_str(),
        "size": image.text.len(),
    });
    if let Some(artifact_type) = &image.manifest.artifact_type {
        descriptor["artifactType"] = json!(artifact_type);
    }
    if let Some(annotations) = &image.manifest.annotations {
        descriptor["annotations"] = json!(annotations);
    }
    descriptor
}
