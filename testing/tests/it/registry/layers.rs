//! Uploads of layers in parts.

use longshore::ecr::Client;
use longshore::ecr::exception::InvalidLayerPartException;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;
use longshore_testing::Registry;

use super::fixtures::{TestResult, digest_of, error_message, layer, new_registry, upload};

const NOWHERE: &str = "00000000-0000-4000-8000-000000000000";

async fn begin(ecr: &Client) -> TestResult<String> {
    let begun = ecr.initiate_layer_upload(&InitiateLayerUploadRequest::new("app")).await?;
    Ok(begun.upload_id.ok_or("no upload id")?)
}

fn part(upload: &str, first: i64, last: i64, content: &[u8]) -> UploadLayerPartRequest {
    UploadLayerPartRequest::new("app", upload, first, last, content)
}

fn complete(upload: &str, content: &[u8]) -> CompleteLayerUploadRequest {
    CompleteLayerUploadRequest::new("app", upload, [digest_of(content)])
}

#[tokio::test]
async fn a_part_that_does_not_follow_the_previous_one_is_rejected() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let upload = begin(&ecr).await?;
    let expected = |last: Option<i64>, message: &str| {
        let exception = InvalidLayerPartException::new()
            .registry_id("123456789012")
            .repository_name("app")
            .upload_id(&upload)
            .message(message);
        last.into_iter().fold(exception, InvalidLayerPartException::last_valid_byte_received)
    };
    let sent = async |first, last, content: &[u8]| match ecr
        .upload_layer_part(&part(&upload, first, last, content))
        .await
    {
        Ok(response) => Ok(response.last_byte_received),
        Err(error) => match error.into_service() {
            Some(UploadLayerPartError::InvalidLayerPartException(exception)) => Err(exception),
            other => panic!("{other:?}"),
        },
    };
    let begins = |at, not| format!("the next part must start at byte {at}, not at {not}");
    assert_eq!(sent(1, 2, b"ab").await, Err(expected(None, &begins(0, 1))));
    assert_eq!(sent(0, 1, b"ab").await, Ok(Some(1)));
    // The part is sent again, as if its response had been lost.
    assert_eq!(sent(0, 1, b"ab").await, Err(expected(Some(1), &begins(2, 0))));
    assert_eq!(sent(3, 3, b"d").await, Err(expected(Some(1), &begins(2, 3))));
    for (last, content, message) in [
        (3, &b"cde"[..], "the part has 3 bytes, but its range is from byte 2 to byte 3"),
        (2, b"", "the part has 0 bytes, but its range is from byte 2 to byte 2"),
        (1, b"", "the part has 0 bytes, but its range is from byte 2 to byte 1"),
        (
            i64::MAX,
            b"c",
            "the part has 1 bytes, but its range is from byte 2 to byte 9223372036854775807",
        ),
    ] {
        assert_eq!(sent(2, last, content).await, Err(expected(Some(1), message)));
    }
    assert_eq!(sent(2, 2, b"c").await, Ok(Some(2)));
    let completed = ecr.complete_layer_upload(&complete(&upload, b"abc")).await?;
    assert_eq!(completed.layer_digest, Some(digest_of(b"abc")));
    Ok(())
}

#[tokio::test]
async fn a_wrong_digest_is_rejected_and_the_upload_can_still_be_completed() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let upload = begin(&ecr).await?;
    let result = ecr.complete_layer_upload(&complete(&upload, b"")).await;
    error_message(result, "EmptyUploadException");
    ecr.upload_layer_part(&part(&upload, 0, 2, b"abc")).await?;
    let message = error_message(
        ecr.complete_layer_upload(&complete(&upload, b"abd")).await,
        "InvalidLayerException",
    );
    let (is, expected) = (digest_of(b"abc"), digest_of(b"abd"));
    assert_eq!(message, format!("the digest of the 3 received bytes is {is}, not {expected}"));
    let nonsense = CompleteLayerUploadRequest::new("app", &upload, ["abc"]);
    error_message(ecr.complete_layer_upload(&nonsense).await, "InvalidParameterException");
    ecr.complete_layer_upload(&complete(&upload, b"abc")).await?;
    error_message(
        ecr.complete_layer_upload(&complete(&upload, b"abc")).await,
        "UploadNotFoundException",
    );
    Ok(())
}

#[tokio::test]
async fn an_existing_layer_is_rejected_on_completion() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    upload(&ecr, "app", b"abc").await?;
    let again = begin(&ecr).await?;
    ecr.upload_layer_part(&part(&again, 0, 2, b"abc")).await?;
    error_message(
        ecr.complete_layer_upload(&complete(&again, b"abc")).await,
        "LayerAlreadyExistsException",
    );
    error_message(
        ecr.upload_layer_part(&part(&again, 3, 3, b"d")).await,
        "UploadNotFoundException",
    );
    Ok(())
}

#[tokio::test]
async fn uploads_belong_to_their_repository() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    ecr.create_repository(&CreateRepositoryRequest::new("other")).await?;
    let upload = begin(&ecr).await?;
    let elsewhere = UploadLayerPartRequest::new("other", &upload, 0, 0, b"a");
    error_message(ecr.upload_layer_part(&elsewhere).await, "UploadNotFoundException");
    error_message(
        ecr.upload_layer_part(&part(NOWHERE, 0, 0, b"a")).await,
        "UploadNotFoundException",
    );
    error_message(
        ecr.upload_layer_part(&part("../x", 0, 0, b"a")).await,
        "InvalidParameterException",
    );
    let strange = complete("../x", b"a");
    error_message(ecr.complete_layer_upload(&strange).await, "InvalidParameterException");
    let nowhere = UploadLayerPartRequest::new("nowhere", &upload, 0, 0, b"a");
    error_message(ecr.upload_layer_part(&nowhere).await, "RepositoryNotFoundException");
    // Like uploads, layers belong to a repository.
    ecr.upload_layer_part(&part(&upload, 0, 0, b"a")).await?;
    ecr.complete_layer_upload(&complete(&upload, b"a")).await?;
    let check = BatchCheckLayerAvailabilityRequest::new("other", [digest_of(b"a")]);
    let layers = ecr.batch_check_layer_availability(&check).await?.layers;
    assert_eq!(layers[0].layer_availability, Some(LayerAvailability::Unavailable));
    Ok(())
}

#[tokio::test]
async fn the_availability_of_each_layer_is_reported() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let uploaded = upload(&ecr, "app", &layer(1, 2_345)).await?;
    let missing = digest_of(b"missing");
    let digests = [uploaded.digest.as_str(), &missing, "sha256:xyz", ""];
    let check = BatchCheckLayerAvailabilityRequest::new("app", digests);
    let response = ecr.batch_check_layer_availability(&check).await?;
    let layer = |digest: &str| Layer::new().layer_digest(digest);
    let available = layer(&uploaded.digest).layer_availability(LayerAvailability::Available);
    let unavailable = layer(&missing).layer_availability(LayerAvailability::Unavailable);
    assert_eq!(response.layers, [available.layer_size(2_345), unavailable]);
    let failures = response.failures.iter().map(|failure| failure.failure_code.clone());
    let expected = [LayerFailureCode::InvalidLayerDigest, LayerFailureCode::MissingLayerDigest];
    assert_eq!(failures.collect::<Vec<_>>(), expected.map(Some));
    Ok(())
}

/// The minimum size applies to every part but the last one.
#[tokio::test]
async fn a_short_part_between_long_ones_is_rejected() -> TestResult {
    let registry = Registry::builder().part_size(4).start()?;
    let ecr = Client::new(&registry.config());
    ecr.create_repository(&CreateRepositoryRequest::new("app")).await?;
    for (parts, fine) in [
        (&["long", "long", "x"][..], true),
        (&["x"], true),
        (&["x", "long"], false),
        (&["long", "x", "long"], false),
        (&["long", "long", "x", "x"], false),
    ] {
        let (upload, content) = (begin(&ecr).await?, parts.concat());
        let mut first = 0;
        for bytes in parts {
            let last = first + i64::try_from(bytes.len())? - 1;
            ecr.upload_layer_part(&part(&upload, first, last, bytes.as_bytes())).await?;
            first = last + 1;
        }
        let completed = ecr.complete_layer_upload(&complete(&upload, content.as_bytes())).await;
        if fine {
            completed?;
        } else {
            error_message(completed, "LayerPartTooSmallException");
        }
    }
    Ok(())
}

/// As in the service: 10 MiB are suggested, 5 MiB are the minimum, and 20 MiB the maximum.
#[tokio::test]
async fn part_sizes_default_to_those_of_the_service() -> TestResult {
    let registry = Registry::start();
    let ecr = Client::new(&registry.config());
    ecr.create_repository(&CreateRepositoryRequest::new("app")).await?;
    let begun = ecr.initiate_layer_upload(&InitiateLayerUploadRequest::new("app")).await?;
    assert_eq!(begun.part_size, Some(10 * 1024 * 1024));
    let upload = begun.upload_id.ok_or("no upload id")?;

    let small = vec![0; 5 * 1024 * 1024 - 1];
    ecr.upload_layer_part(&part(&upload, 0, small.len() as i64 - 1, &small)).await?;
    // The last part may have any size, so this is a valid layer.
    let alone = begin(&ecr).await?;
    ecr.upload_layer_part(&part(&alone, 0, small.len() as i64 - 1, &small)).await?;
    ecr.complete_layer_upload(&complete(&alone, &small)).await?;
    // If another part follows it, it is too short.
    ecr.upload_layer_part(&part(&upload, small.len() as i64, small.len() as i64, b"x")).await?;
    let whole = [&small[..], b"x"].concat();
    let message = error_message(
        ecr.complete_layer_upload(&complete(&upload, &whole)).await,
        "LayerPartTooSmallException",
    );
    let expected =
        "a part has 5242879 bytes; all parts but the last one must have at least 5242880";
    assert_eq!(message, expected);

    let large = vec![0; 20 * 1024 * 1024 + 1];
    let upload = begin(&ecr).await?;
    error_message(
        ecr.upload_layer_part(&part(&upload, 0, large.len() as i64 - 1, &large)).await,
        "InvalidParameterException",
    );
    Ok(())
}
