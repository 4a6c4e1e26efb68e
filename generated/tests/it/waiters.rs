//! The waiters of ECR.

use std::time::Duration;

use longshore::{
    WaitError,
    ecr::{
        Client,
        operation::{DescribeImageScanFindingsRequest, GetLifecyclePolicyPreviewRequest},
        types::ImageIdentifier,
    },
};
use tokio::time::Instant;

use crate::support::transport::{Mock, config};

const LIMIT: Duration = Duration::from_secs(600);

#[tokio::test(start_paused = true)]
async fn waiting_ends_when_the_scan_is_complete() {
    let mock = Mock::returning([
        "{}",
        r#"{"imageScanStatus": {"status": "IN_PROGRESS"}}"#,
        r#"{"imageScanStatus": {"status": "COMPLETE"}, "registryId": "1"}"#,
    ]);
    let client = Client::new(&config(&mock));
    let image = ImageIdentifier::new().image_tag("v1");
    let request = DescribeImageScanFindingsRequest::new("team/app", image);
    let started = Instant::now();
    let waited = client.wait_until_image_scan_complete(&request, LIMIT).await.unwrap();
    assert_eq!(waited.attempts, 3);
    assert_eq!(waited.output.unwrap().registry_id.as_deref(), Some("1"));
    let took = started.elapsed();
    assert!((Duration::from_secs(10)..Duration::from_millis(15_010)).contains(&took), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_when_the_scan_has_failed() {
    let mock = Mock::returning([r#"{"imageScanStatus": {"status": "FAILED"}}"#]);
    let client = Client::new(&config(&mock));
    let request = DescribeImageScanFindingsRequest::new("team/app", ImageIdentifier::new());
    let error = client.wait_until_image_scan_complete(&request, LIMIT).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "DescribeImageScanFindings, waiting for ImageScanComplete: failed because \
         imageScanStatus.status is \"FAILED\" (1 attempt)"
    );
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_at_the_time_limit() {
    let mock = Mock::returning([r#"{"status": "IN_PROGRESS"}"#; 100]);
    let client = Client::new(&config(&mock));
    let request = GetLifecyclePolicyPreviewRequest::new("team/app");
    let error = client.wait_until_lifecycle_policy_preview_complete(&request, LIMIT).await;
    assert!(matches!(error, Err(WaitError::TimedOut { limit: LIMIT, .. })), "{error:?}");
    let mock = Mock::returning([r#"{"status": "COMPLETE"}"#]);
    let client = Client::new(&config(&mock));
    client.wait_until_lifecycle_policy_preview_complete(&request, LIMIT).await.unwrap();
}
