//! Layers that come in parts, and what is wrong with some of them.

use longshore::ecr::Client;
use longshore::ecr::exception::InvalidLayerPartException;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;
use longshore_testing::Registry;

use super::content::{Outcome, digest_of, fresh, layer, refused, upload};

const NOWHERE: &str = "00000000-0000-4000-8000-000000000000";

async fn begin(ecr: &Client) -> Outcome<String> {
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
async fn a_part_that_does_not_go_on_where_the_last_one_ended_is_refused_with_its_members() -> Outcome
{
    let (_registry, ecr) = fresh("app").await?;
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
        Ok(answer) => Ok(answer.last_byte_received),
        Err(error) => match error.into_service() {
            Some(UploadLayerPartError::InvalidLayerPartException(exception)) => Err(exception),
            other => panic!("{other:?}"),
        },
    };
    let begins = |at, not| format!("the next part begins at byte {at}, not at {not}");
    assert_eq!(sent(1, 2, b"ab").await, Err(expected(None, &begins(0, 1))));
    assert_eq!(sent(0, 1, b"ab").await, Ok(Some(1)));
    // The answer was lost, and the part is sent again.
    assert_eq!(sent(0, 1, b"ab").await, Err(expected(Some(1), &begins(2, 0))));
    assert_eq!(sent(3, 3, b"d").await, Err(expected(Some(1), &begins(2, 3))));
    for (last, content, message) in [
        (3, &b"cde"[..], "a part of 3 bytes is not bytes 2 to 3"),
        (2, b"", "a part of 0 bytes is not bytes 2 to 2"),
        (1, b"", "a part of 0 bytes is not bytes 2 to 1"),
        (i64::MAX, b"c", "a part of 1 bytes is not bytes 2 to 9223372036854775807"),
    ] {
        assert_eq!(sent(2, last, content).await, Err(expected(Some(1), message)));
    }
    assert_eq!(sent(2, 2, b"c").await, Ok(Some(2)));
    let completed = ecr.complete_layer_upload(&complete(&upload, b"abc")).await?;
    assert_eq!(completed.layer_digest, Some(digest_of(b"abc")));
    Ok(())
}

#[tokio::test]
async fn digests_are_computed_and_an_upload_that_was_refused_can_still_be_completed() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let upload = begin(&ecr).await?;
    let refusal = ecr.complete_layer_upload(&complete(&upload, b"")).await;
    refused(refusal, "EmptyUploadException");
    ecr.upload_layer_part(&part(&upload, 0, 2, b"abc")).await?;
    let message = refused(
        ecr.complete_layer_upload(&complete(&upload, b"abd")).await,
        "InvalidLayerException",
    );
    let (is, wanted) = (digest_of(b"abc"), digest_of(b"abd"));
    assert_eq!(message, format!("the 3 bytes that came are {is}, not {wanted}"));
    let nonsense = CompleteLayerUploadRequest::new("app", &upload, ["abc"]);
    refused(ecr.complete_layer_upload(&nonsense).await, "InvalidParameterException");
    ecr.complete_layer_upload(&complete(&upload, b"abc")).await?;
    refused(ecr.complete_layer_upload(&complete(&upload, b"abc")).await, "UploadNotFoundException");
    Ok(())
}

#[tokio::test]
async fn a_layer_that_is_there_already_is_refused_at_the_end() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    upload(&ecr, "app", b"abc").await?;
    let again = begin(&ecr).await?;
    ecr.upload_layer_part(&part(&again, 0, 2, b"abc")).await?;
    refused(
        ecr.complete_layer_upload(&complete(&again, b"abc")).await,
        "LayerAlreadyExistsException",
    );
    refused(ecr.upload_layer_part(&part(&again, 3, 3, b"d")).await, "UploadNotFoundException");
    Ok(())
}

#[tokio::test]
async fn uploads_belong_to_their_repository() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    ecr.create_repository(&CreateRepositoryRequest::new("other")).await?;
    let upload = begin(&ecr).await?;
    let elsewhere = UploadLayerPartRequest::new("other", &upload, 0, 0, b"a");
    refused(ecr.upload_layer_part(&elsewhere).await, "UploadNotFoundException");
    refused(ecr.upload_layer_part(&part(NOWHERE, 0, 0, b"a")).await, "UploadNotFoundException");
    refused(ecr.upload_layer_part(&part("../x", 0, 0, b"a")).await, "InvalidParameterException");
    let strange = complete("../x", b"a");
    refused(ecr.complete_layer_upload(&strange).await, "InvalidParameterException");
    let nowhere = UploadLayerPartRequest::new("nowhere", &upload, 0, 0, b"a");
    refused(ecr.upload_layer_part(&nowhere).await, "RepositoryNotFoundException");
    // And its layers are no other one's.
    ecr.upload_layer_part(&part(&upload, 0, 0, b"a")).await?;
    ecr.complete_layer_upload(&complete(&upload, b"a")).await?;
    let check = BatchCheckLayerAvailabilityRequest::new("other", [digest_of(b"a")]);
    let layers = ecr.batch_check_layer_availability(&check).await?.layers;
    assert_eq!(layers[0].layer_availability, Some(LayerAvailability::Unavailable));
    Ok(())
}

#[tokio::test]
async fn what_is_there_is_said_of_each_layer() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let there = upload(&ecr, "app", &layer(1, 2_345)).await?;
    let missing = digest_of(b"missing");
    let digests = [there.digest.as_str(), &missing, "sha256:xyz", ""];
    let check = BatchCheckLayerAvailabilityRequest::new("app", digests);
    let answer = ecr.batch_check_layer_availability(&check).await?;
    let layer = |digest: &str| Layer::new().layer_digest(digest);
    let available = layer(&there.digest).layer_availability(LayerAvailability::Available);
    let unavailable = layer(&missing).layer_availability(LayerAvailability::Unavailable);
    assert_eq!(answer.layers, [available.layer_size(2_345), unavailable]);
    let failures = answer.failures.iter().map(|failure| failure.failure_code.clone());
    let expected = [LayerFailureCode::InvalidLayerDigest, LayerFailureCode::MissingLayerDigest];
    assert_eq!(failures.collect::<Vec<_>>(), expected.map(Some));
    Ok(())
}

/// Every part but the last must be long enough, wherever it stands.
#[tokio::test]
async fn a_short_part_is_found_also_between_long_ones() -> Outcome {
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
            refused(completed, "LayerPartTooSmallException");
        }
    }
    Ok(())
}

/// As the service has it: 10 MiB are asked for, 5 MiB are the least, and 20 MiB the most.
#[tokio::test]
async fn parts_have_the_sizes_of_the_service() -> Outcome {
    let registry = Registry::start();
    let ecr = Client::new(&registry.config());
    ecr.create_repository(&CreateRepositoryRequest::new("app")).await?;
    let begun = ecr.initiate_layer_upload(&InitiateLayerUploadRequest::new("app")).await?;
    assert_eq!(begun.part_size, Some(10 * 1024 * 1024));
    let upload = begun.upload_id.ok_or("no upload id")?;

    let small = vec![0; 5 * 1024 * 1024 - 1];
    ecr.upload_layer_part(&part(&upload, 0, small.len() as i64 - 1, &small)).await?;
    // The last part may have any size, so that this is one layer.
    let alone = begin(&ecr).await?;
    ecr.upload_layer_part(&part(&alone, 0, small.len() as i64 - 1, &small)).await?;
    ecr.complete_layer_upload(&complete(&alone, &small)).await?;
    // Followed by another one it is not the last one.
    ecr.upload_layer_part(&part(&upload, small.len() as i64, small.len() as i64, b"x")).await?;
    let whole = [&small[..], b"x"].concat();
    let message = refused(
        ecr.complete_layer_upload(&complete(&upload, &whole)).await,
        "LayerPartTooSmallException",
    );
    let expected =
        "a part that is not the last one has 5242879 bytes; it must have 5242880 at least";
    assert_eq!(message, expected);

    let large = vec![0; 20 * 1024 * 1024 + 1];
    let upload = begin(&ecr).await?;
    refused(
        ecr.upload_layer_part(&part(&upload, 0, large.len() as i64 - 1, &large)).await,
        "InvalidParameterException",
    );
    Ok(())
}
