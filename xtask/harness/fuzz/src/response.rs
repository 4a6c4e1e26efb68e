//! Any successful response is either decoded or rejected with an error, and `serde_json` agrees. A
//! decoded value can be encoded, and decoding it again gives the same value.

use arbitrary::{Result, Unstructured};
use longshore::{ErrorKind, Operation, ecr, lightsail};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answer::{Answer, check_printed};
use crate::mutate;

const IMAGES: &str = r#"{"imageDetails":[{"registryId":"012345678910","repositoryName":"team/app",
"imageDigest":"sha256:00","imageTags":["v1",null],"imageSizeInBytes":51234567,"imagePushedAt":1.7E9,
"imageScanStatus":{"status":"COMPLETE","description":"done"},"imageScanFindingsSummary":{
"imageScanCompletedAt":1700000000.125,"findingSeverityCounts":{"HIGH":1,"LATER":null}},
"imageStatus":"ACTIVE"},{"imageTags":null,"unknown":[1,{"a":[]}]}],"nextToken":"t"}"#;

const FINDINGS: &str = r#"{"imageId":{"imageTag":"v1"},"imageScanFindings":{"enhancedFindings":[{
"awsAccountId":"1","firstObservedAt":"2023-11-14 22:13:20.5","score":7.5,"packageVulnerabilityDetails":{"cvss":[
{"baseScore":9.8,"scoringVector":"AV:N","source":"NVD","version":"3.1"}],"vulnerablePackages":[
{"epoch":1,"name":"openssl"}]},"resources":[{"details":{"awsEcrContainerImage":{"imageTags":["a"],
"pushedAt":1.0}},"tags":{"a":"b"}}]}],"findings":[{"name":"CVE","severity":"HIGH","attributes":[
{"key":"k","value":"v"}]}],"findingSeverityCounts":{"LOW":3}}}"#;

const TOKEN: &str = r#"{"authorizationData":[{"authorizationToken":"QVdTOnNlY3JldA==",
"expiresAt":1700000000,"proxyEndpoint":"https://012345678910.dkr.ecr.eu-west-1.amazonaws.com"}]}"#;

const METRICS: &str = r#"{"metricName":"CPUUtilization","metricData":[{"average":"NaN","maximum":1.5,
"minimum":-0.0,"sampleCount":60,"sum":"Infinity","timestamp":1700000000,"unit":"Percent"}]}"#;

const SERVICES: &str = r#"{"containerServices":[{"arn":"a","createdAt":"Tue, 14 Nov 2023 22:13:20 GMT","location":{
"availabilityZone":"a","regionName":"eu-west-1"},"power":"nano","powerId":"p","scale":2,"tags":[
{"key":"k"}],"currentDeployment":{"version":1,"containers":{"web":{"image":"nginx","command":["a"],
"environment":{"A":"b"},"ports":{"80":"HTTP"}}},"publicEndpoint":{"containerName":"web",
"containerPort":80,"healthCheck":{"healthyThreshold":2}}},"publicDomainNames":{"a":["b","c"]},
"isDisabled":false}]}"#;

/// Reads a response of one of several operations.
///
/// # Errors
///
/// If the fuzzer has no more bytes.
///
/// # Panics
///
/// If a check fails.
pub fn response(u: &mut Unstructured<'_>) -> Result<()> {
    use ecr::operation::{
        DescribeImageScanFindingsRequest, DescribeImagesRequest, GetAuthorizationTokenRequest,
    };
    use lightsail::operation::{GetContainerServiceMetricDataRequest, GetContainerServicesRequest};

    match u.int_in_range(0..=4)? {
        0 => check(&DescribeImagesRequest::new("team/app"), mutate::text(u, &[IMAGES])?),
        1 => {
            let image = ecr::types::ImageIdentifier::new();
            let request = DescribeImageScanFindingsRequest::new("team/app", image);
            check(&request, mutate::text(u, &[FINDINGS])?);
        }
        2 => check(&GetAuthorizationTokenRequest::new(), mutate::text(u, &[TOKEN])?),
        3 => {
            let time = longshore::Timestamp::from_seconds(0);
            let request = GetContainerServiceMetricDataRequest::new(
                "web",
                "CPUUtilization",
                time,
                time,
                60,
                ["Average"],
            );
            check(&request, mutate::text(u, &[METRICS])?);
        }
        _ => check(&GetContainerServicesRequest::new(), mutate::text(u, &[SERVICES])?),
    }
    Ok(())
}

fn check<O>(request: &O, body: Vec<u8>)
where
    O: Operation,
    O::Output: Serialize + DeserializeOwned,
{
    let answer = Answer::ok(body);
    let result = answer.to(request);
    check_agreement(&answer.body, result.as_ref().ok());
    match result {
        Ok(output) => check_read(&output),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Decode);
            assert_eq!(error.status(), Some(200));
            check_printed(&error);
        }
    }
}

/// Checks that `serde_json` reads the same value or fails too. Unlike a client, it rejects an empty
/// body, `null` and a byte order mark.
fn check_agreement<T: Serialize + DeserializeOwned>(body: &[u8], output: Option<&T>) {
    if matches!(body.trim_ascii(), b"" | b"null") || body.starts_with(b"\xef\xbb\xbf") {
        return;
    }
    let text = |value: &T| serde_json::to_string(value).expect("what was read can be written");
    let expected = serde_json::from_slice::<T>(body).ok();
    assert_eq!(output.map(text), expected.as_ref().map(text), "{}", body.escape_ascii());
}

/// Checks that a value is the same after writing and reading it. It is compared as text, because
/// NaN is not equal to itself.
fn check_read<T: Serialize + DeserializeOwned + std::fmt::Debug>(output: &T) {
    drop(format!("{output:?}"));
    let text = serde_json::to_string(output).expect("what was read can be written");
    let again: T = serde_json::from_str(&text).expect("what was written can be read");
    assert_eq!(serde_json::to_string(&again).expect("written"), text);
}
