//! The manifests of an image, from a registry: the outermost by tag or digest, the others by
//! digest.
//!
//! What the service says about a manifest is compared with its content, and the digest of the
//! content is what counts.

use std::collections::HashMap;

use longshore::ecr::{
    self,
    operation::BatchGetImageRequest,
    types::{Image as Answered, ImageFailure, ImageIdentifier},
};
use serde::Deserialize;

use crate::image::Gathering;
use crate::manifest::MEDIA_TYPES;
use crate::{Descriptor, Digest, Error, Flaw, Image, Manifest, Reference};

/// How many images one call may ask for.
const BATCH: usize = 100;

pub(super) async fn gather(remote: &ecr::Client, reference: &Reference) -> Result<Image, Error> {
    let (root, content) = outermost(remote, reference).await?;
    let mut gathering = Gathering::new(root);
    // The outermost is what is wanted first, and it is here already.
    for root in gathering.wanted(BATCH) {
        bring(&mut gathering, reference, &root, content.clone())?;
    }
    loop {
        let wanted = gathering.wanted(BATCH);
        if wanted.is_empty() {
            return Ok(gathering.finish());
        }
        let mut contents = by_digest(remote, reference, &wanted).await?;
        for descriptor in &wanted {
            let content = contents.remove(&descriptor.digest);
            let content = content.ok_or_else(|| missing(reference, descriptor))?;
            bring(&mut gathering, reference, descriptor, content)?;
        }
    }
}

async fn outermost(
    remote: &ecr::Client,
    reference: &Reference,
) -> Result<(Descriptor, String), Error> {
    if reference.tag().is_none() && reference.digest().is_none() {
        let problem = "name a tag or a digest to say which image".to_owned();
        return Err(Error::Document { place: reference.to_string(), problem });
    }
    let mut id = ImageIdentifier::new();
    id.image_tag = reference.tag().map(str::to_owned);
    id.image_digest = reference.digest().map(|digest| digest.to_string());
    let answered = fetch(remote, reference, vec![id]).await?.into_iter().next();
    let answered = answered.ok_or_else(|| incomplete(reference, "the answer has no image"))?;
    let (claimed, media_type) = (claimed(&answered), media_type(&answered));
    let media_type = media_type.ok_or_else(|| incomplete(reference, "it has no media type"))?;
    let content = answered.image_manifest;
    let content = content.ok_or_else(|| incomplete(reference, "the answer has no manifest"))?;

    let found = Digest::of(content.as_bytes());
    let mut expected = claimed.into_iter().chain(reference.digest());
    match expected.find(|digest| *digest != found) {
        None => Ok((Descriptor::new(media_type, found, content.len() as u64), content)),
        Some(digest) => Err(Error::Content {
            place: format!("the manifest of {reference}"),
            digest,
            flaw: Flaw::Digest { found },
        }),
    }
}

/// The digest that the service says.
fn claimed(image: &Answered) -> Option<Digest> {
    image.image_id.as_ref()?.image_digest.as_ref()?.parse().ok()
}

/// The contents of these documents, each under the digest that it really has.
async fn by_digest(
    remote: &ecr::Client,
    reference: &Reference,
    wanted: &[Descriptor],
) -> Result<HashMap<Digest, String>, Error> {
    for descriptor in wanted {
        let refused = |problem| document(reference, descriptor, problem);
        Manifest::check(descriptor).map_err(refused)?;
    }
    let digests = wanted.iter().map(|descriptor| descriptor.digest.to_string());
    let ids = digests.map(|digest| ImageIdentifier::new().image_digest(digest)).collect();
    let answered = fetch(remote, reference, ids).await?;
    let contents = answered.into_iter().filter_map(|image| image.image_manifest);
    Ok(contents.map(|content| (Digest::of(content.as_bytes()), content)).collect())
}

async fn fetch(
    remote: &ecr::Client,
    reference: &Reference,
    ids: Vec<ImageIdentifier>,
) -> Result<Vec<Answered>, Error> {
    let request =
        BatchGetImageRequest::new(reference.repository(), ids).accepted_media_types(MEDIA_TYPES);
    let answer = remote.batch_get_image(&request).await;
    let answer =
        answer.map_err(Error::service(format!("fetching the manifests of {reference}")))?;
    match answer.failures.first() {
        Some(failure) => Err(incomplete(reference, &describe(failure))),
        None => Ok(answer.images),
    }
}

fn bring(
    gathering: &mut Gathering,
    reference: &Reference,
    descriptor: &Descriptor,
    content: String,
) -> Result<(), Error> {
    let Descriptor { digest, size: expected, .. } = *descriptor;
    let found = content.len() as u64;
    if found != expected {
        let flaw = Flaw::Size { expected, found };
        return Err(Error::Content { place: place(reference, digest), digest, flaw });
    }
    let refused = |problem| document(reference, descriptor, problem);
    gathering.bring(descriptor, content).map_err(refused)
}

/// What the service says that it is; what it says of itself, where the service is silent.
fn media_type(image: &Answered) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Own {
        media_type: String,
    }
    let own = || {
        let content = image.image_manifest.as_deref()?;
        serde_json::from_str(content).ok().map(|own: Own| own.media_type)
    };
    image.image_manifest_media_type.clone().or_else(own)
}

fn describe(failure: &ImageFailure) -> String {
    let code = failure.failure_code.as_ref().map_or("failure", |code| code.as_str());
    match &failure.failure_reason {
        Some(reason) => format!("{code}: {reason}"),
        None => code.to_owned(),
    }
}

fn place(reference: &Reference, digest: Digest) -> String {
    format!("{}@{digest}", reference.repository())
}

fn document(reference: &Reference, descriptor: &Descriptor, problem: String) -> Error {
    Error::Document { place: place(reference, descriptor.digest), problem }
}

fn incomplete(reference: &Reference, problem: &str) -> Error {
    let doing = format!("fetching the manifests of {reference}");
    Error::Answer { doing, problem: problem.to_owned() }
}

fn missing(reference: &Reference, descriptor: &Descriptor) -> Error {
    let digest = descriptor.digest;
    Error::Content { place: place(reference, digest), digest, flaw: Flaw::Missing }
}
