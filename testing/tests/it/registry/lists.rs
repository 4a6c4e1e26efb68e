//! Listings: pagination, filters, and descriptions of images.

use std::time::Duration;

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;

use super::fixtures::{
    INDEX, Manifest, TestResult, error_message, image, index, layer, manifest, new_registry, upload,
};

/// Pushes images. All but the second have a tag, and the last one has two.
async fn images(ecr: &Client, count: u32) -> TestResult<Vec<Manifest>> {
    let config = upload(ecr, "app", b"{}").await?;
    let mut images = Vec::new();
    for n in 0..count {
        let layer = upload(ecr, "app", &layer(n, 100 + n)).await?;
        let image = image(&config, &[&layer]);
        let put = PutImageRequest::new("app", &image.text);
        let put = if n == 1 { put } else { put.image_tag(format!("v{n}")) };
        ecr.put_image(&put).await?;
        images.push(image);
    }
    if let Some(last) = images.last() {
        ecr.put_image(&PutImageRequest::new("app", &last.text).image_tag("latest")).await?;
    }
    Ok(images)
}

#[tokio::test]
async fn repositories_are_listed_in_alphabetical_order() -> TestResult {
    let (_registry, ecr) = new_registry("bb").await?;
    for name in ["ee", "a/a", "cc", "dd"] {
        ecr.create_repository(&CreateRepositoryRequest::new(name)).await?;
    }
    let mut pages =
        ecr.describe_repositories_pages(DescribeRepositoriesRequest::new().max_results(2));
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page?.repositories.into_iter();
        names.push(page.filter_map(|it| it.repository_name).collect::<Vec<_>>().join(" "));
    }
    assert_eq!(names, ["a/a bb", "cc dd", "ee"]);
    Ok(())
}

#[tokio::test]
async fn the_default_page_size_is_a_hundred() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    for n in 0..100 {
        ecr.create_repository(&CreateRepositoryRequest::new(format!("app{n:03}"))).await?;
    }
    let first = ecr.describe_repositories(&DescribeRepositoriesRequest::new()).await?;
    assert_eq!(first.repositories.len(), 100);
    let token = first.next_token.ok_or("no token")?;
    let rest = DescribeRepositoriesRequest::new().next_token(token).max_results(1000);
    let rest = ecr.describe_repositories(&rest).await?;
    assert_eq!((rest.repositories.len(), rest.next_token), (1, None));
    Ok(())
}

#[tokio::test]
async fn images_are_listed_per_tag_in_the_order_of_pushes() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let images = images(&ecr, 4).await?;
    let list = async |max, status: Option<TagStatus>| {
        let request = ListImagesRequest::new("app").max_results(max);
        let filter = |status| ListImagesFilter::new().tag_status(status);
        let request = status.into_iter().fold(request, |it, status| it.filter(filter(status)));
        let (mut pages, mut all) = (ecr.list_images_pages(request), Vec::new());
        while let Some(page) = pages.next().await {
            let page = page?;
            assert!(page.image_ids.len() <= usize::try_from(max)?);
            all.extend(page.image_ids);
        }
        TestResult::Ok(all)
    };
    let id = |n: usize| ImageIdentifier::new().image_digest(&images[n].digest);
    let untagged = [id(1)];
    let tagged = [
        id(0).image_tag("v0"),
        id(2).image_tag("v2"),
        id(3).image_tag("latest"),
        id(3).image_tag("v3"),
    ];
    let all = [&tagged[..1], &untagged, &tagged[1..]].concat();
    for max in [1, 2, 3, 5, 1000] {
        assert_eq!(list(max, None).await?, all);
        assert_eq!(list(max, Some(TagStatus::Any)).await?, all);
        assert_eq!(list(max, Some(TagStatus::Tagged)).await?, tagged);
        assert_eq!(list(max, Some(TagStatus::Untagged)).await?, untagged);
    }
    Ok(())
}

#[tokio::test]
async fn pages_are_stable_if_images_are_pushed_and_deleted() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let images = images(&ecr, 4).await?;
    let describe = || DescribeImagesRequest::new("app").max_results(2);
    let first = ecr.describe_images(&describe()).await?;
    let gone = ImageIdentifier::new().image_digest(&images[0].digest);
    ecr.batch_delete_image(&BatchDeleteImageRequest::new("app", [gone])).await?;
    let token = first.next_token.ok_or("no token")?;
    let second = ecr.describe_images(&describe().next_token(token)).await?;
    let digests: Vec<_> = second.image_details.into_iter().map(|it| it.image_digest).collect();
    assert_eq!(digests, [Some(images[2].digest.clone()), Some(images[3].digest.clone())]);
    assert_eq!(second.next_token, None);
    Ok(())
}

#[tokio::test]
async fn page_tokens_are_rejected_in_other_listings() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    images(&ecr, 3).await?;
    let first = ecr.list_images(&ListImagesRequest::new("app").max_results(1)).await?;
    let token = first.next_token.ok_or("no token")?;
    let tagged = ListImagesFilter::new().tag_status(TagStatus::Tagged);
    let list = |token: &str| ListImagesRequest::new("app").next_token(token);
    for request in [list("made-up"), list(""), list(&token).filter(tagged)] {
        error_message(ecr.list_images(&request).await, "InvalidParameterException");
    }
    let describe = DescribeImagesRequest::new("app").next_token(&token);
    error_message(ecr.describe_images(&describe).await, "InvalidParameterException");
    ecr.list_images(&list(&token)).await?;
    Ok(())
}

#[tokio::test]
async fn invalid_page_sizes_and_filters_are_rejected() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    for max in [-1, 0, 1001] {
        let list = ListImagesRequest::new("app").max_results(max);
        error_message(ecr.list_images(&list).await, "InvalidParameterException");
    }
    for filter in
        [ListImagesFilter::new().tag_status("SOME"), ListImagesFilter::new().image_status("LOST")]
    {
        let list = ListImagesRequest::new("app").filter(filter);
        error_message(ecr.list_images(&list).await, "InvalidParameterException");
    }
    // Requests for named images have no pagination.
    let named = [ImageIdentifier::new().image_tag("v1")];
    let images = DescribeImagesRequest::new("app").image_ids(named);
    error_message(ecr.describe_images(&images.max_results(1)).await, "InvalidParameterException");
    let named = DescribeRepositoriesRequest::new().repository_names(["app"]).max_results(1);
    error_message(ecr.describe_repositories(&named).await, "InvalidParameterException");
    Ok(())
}

#[tokio::test]
async fn filters_for_archived_images_match_nothing() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    images(&ecr, 1).await?;
    for (status, count) in [("ACTIVE", 1), ("ANY", 1), ("ARCHIVED", 0), ("ACTIVATING", 0)] {
        let filter = DescribeImagesFilter::new().image_status(status);
        let describe = DescribeImagesRequest::new("app").filter(filter);
        assert_eq!(ecr.describe_images(&describe).await?.image_details.len(), count, "{status}");
    }
    Ok(())
}

/// Tests of code that deletes old images need old images.
#[tokio::test]
async fn advancing_the_clock_makes_images_older() -> TestResult {
    const DAYS: i64 = 24 * 60 * 60;
    let (registry, ecr) = new_registry("app").await?;
    let images = images(&ecr, 1).await?;
    let days = |count: u64| Duration::from_secs(count * DAYS as u64);
    registry.advance(days(30));
    let again = manifest(images[0].text.replace("schemaVersion\":2", "schemaVersion\": 2"));
    ecr.put_image(&PutImageRequest::new("app", &again.text)).await?;
    registry.clone().advance(days(3));
    let old = ImageIdentifier::new().image_digest(&images[0].digest);
    ecr.batch_get_image(&BatchGetImageRequest::new("app", [old])).await?;
    let all = ecr.describe_images(&DescribeImagesRequest::new("app")).await?.image_details;
    let times = [all[0].image_pushed_at, all[1].image_pushed_at, all[0].last_recorded_pull_time];
    let times: Vec<_> = times.into_iter().flatten().map(longshore::Timestamp::seconds).collect();
    let [old, new, pulled] = times[..] else { panic!("{all:?}") };
    assert_eq!(((new - old) / DAYS, (pulled - old) / DAYS), (30, 33));
    // The largest duration does not overflow.
    registry.advance(Duration::MAX);
    registry.advance(Duration::MAX);
    ecr.get_authorization_token(&GetAuthorizationTokenRequest::new()).await.ok();
    registry.server().verify();
    Ok(())
}

#[tokio::test]
async fn an_image_is_described_with_size_and_media_types() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let config = upload(&ecr, "app", b"{}").await?;
    let [small, large] =
        [upload(&ecr, "app", &layer(1, 10)).await?, upload(&ecr, "app", &layer(2, 3_000)).await?];
    let images = [image(&config, &[&small]), image(&config, &[&small, &large])];
    for image in &images {
        ecr.put_image(&PutImageRequest::new("app", &image.text)).await?;
    }
    let index = index(&[&images[0], &images[1]]);
    ecr.put_image(&PutImageRequest::new("app", &index.text).image_tag("all")).await?;
    let subject = format!(
        r#"}}],"subject":{{"mediaType":"{INDEX}","digest":"{}","size":{}}}}}"#,
        index.digest,
        index.text.len()
    );
    let about = manifest(images[0].text.replace("}]}", &subject));
    ecr.put_image(&PutImageRequest::new("app", &about.text)).await?;

    let all = ecr.describe_images(&DescribeImagesRequest::new("app")).await?.image_details;
    let sizes: Vec<_> = all.iter().map(|it| it.image_size_in_bytes).collect();
    assert_eq!(sizes, [Some(12), Some(3_012), Some(3_012), Some(12)]);
    assert_eq!(all[3].subject_manifest_digest, Some(index.digest));
    let ids = [ImageIdentifier::new().image_tag("all")];
    let named = DescribeImagesRequest::new("app").image_ids(ids.clone());
    let named = ecr.describe_images(&named).await?.image_details;
    assert_eq!(named, [all[2].clone()]);
    let index_detail = &all[2];
    assert_eq!(index_detail.image_tags, ["all"]);
    assert_eq!(index_detail.image_manifest_media_type.as_deref(), Some(INDEX));
    assert_eq!(index_detail.image_status, Some(ImageStatus::Active));
    assert_eq!(index_detail.last_recorded_pull_time, None);
    assert!(index_detail.image_pushed_at.is_some());
    let config_type = Some("application/vnd.oci.image.config.v1+json");
    assert_eq!(all[0].artifact_media_type.as_deref(), config_type);

    ecr.batch_get_image(&BatchGetImageRequest::new("app", ids.clone())).await?;
    let pulled = ecr.describe_images(&DescribeImagesRequest::new("app").image_ids(ids)).await?;
    assert!(pulled.image_details[0].last_recorded_pull_time.is_some());

    let missing = ImageIdentifier::new().image_tag("missing");
    let missing = DescribeImagesRequest::new("app").image_ids([missing]);
    error_message(ecr.describe_images(&missing).await, "ImageNotFoundException");
    let nothing = DescribeImagesRequest::new("app").image_ids([ImageIdentifier::new()]);
    error_message(ecr.describe_images(&nothing).await, "InvalidParameterException");
    Ok(())
}
