//! Downloads of layers.

use bytes::Bytes;
use http::Request;
use http::header::RANGE;
use longshore::ecr::operation::*;
use longshore::{HttpTransport, Transport};

use super::fixtures::{TestResult, error_message, image, layer, new_registry, upload};

/// The status and the body.
pub async fn get(url: &str, range: Option<&str>) -> TestResult<(u16, Vec<u8>)> {
    let request = Request::get(url);
    let request = range.into_iter().fold(request, |request, range| request.header(RANGE, range));
    let response = HttpTransport::new().send(request.body(Bytes::new())?).await?;
    Ok((response.status().as_u16(), response.body().to_vec()))
}

#[tokio::test]
async fn a_layer_can_be_downloaded_while_an_image_references_it() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let (config, content) = (upload(&ecr, "app", b"{}").await?, layer(1, 2_500));
    let layer = upload(&ecr, "app", &content).await?;
    let ask = GetDownloadUrlForLayerRequest::new("app", &layer.digest);
    error_message(ecr.get_download_url_for_layer(&ask).await, "LayerInaccessibleException");
    ecr.put_image(&PutImageRequest::new("app", image(&config, &[&layer]).text)).await?;
    let first = ecr.get_download_url_for_layer(&ask).await?.download_url.ok_or("no URL")?;
    let second = ecr.get_download_url_for_layer(&ask).await?.download_url.ok_or("no URL")?;
    assert_ne!(first, second);
    assert_eq!(get(&first, Some("bytes=990-1009")).await?, (206, content[990..1010].to_vec()));
    assert_eq!(get(&second, Some("bytes=2500-")).await?.0, 416);
    ecr.delete_repository(&DeleteRepositoryRequest::new("app").force(true)).await?;
    assert_eq!(get(&first, None).await?.0, 404);
    Ok(())
}
