//! Validation of requests against the constraints of the models.

use longshore::ecr::operation::{
    BatchGetImageRequest, CreateRepositoryRequest, DescribeImagesRequest, PutImageRequest,
    UploadLayerPartRequest,
};
use longshore::ecr::types::ImageIdentifier;
use longshore::lightsail::operation::{
    CreateRelationalDatabaseRequest, GetOperationsRequest, OpenInstancePublicPortsRequest,
};
use longshore::lightsail::types::PortInfo;
use longshore::{Rule, Validation, ValidationError};

fn violations(result: Result<(), ValidationError>) -> Vec<String> {
    let error = result.expect_err("a violation");
    error.violations().iter().map(ToString::to_string).collect()
}

#[test]
fn typical_requests_are_valid() {
    PutImageRequest::new("team/app", "{}").image_tag("v1").validate().unwrap();
    let ids = [ImageIdentifier::new().image_tag("v1")];
    BatchGetImageRequest::new("team/app", ids).validate().unwrap();
    UploadLayerPartRequest::new("team/app", "id", 0, 4, "data").validate().unwrap();
    GetOperationsRequest::new().validate().unwrap();
}

#[test]
fn constraints_of_nested_members_are_checked() {
    let mut ids = vec![ImageIdentifier::new().image_tag("v1"); 3];
    ids.push(ImageIdentifier::new().image_tag("t".repeat(301)));
    assert_eq!(
        violations(BatchGetImageRequest::new("a", ids).validate()),
        [
            "repositoryName must have 2 to 256 characters and has 1",
            "imageIds[3].imageTag must have 1 to 300 characters and has 301",
        ]
    );
    let ports = PortInfo::new().from_port(-2).to_port(65_536);
    assert_eq!(
        violations(OpenInstancePublicPortsRequest::new(ports, "i").validate()),
        [
            "portInfo.fromPort must be -1 to 65535 and is -2",
            "portInfo.toPort must be -1 to 65535 and is 65536",
        ]
    );
}

#[test]
fn ranges_of_numbers_are_checked() {
    let request = DescribeImagesRequest::new("team/app").max_results(1001);
    let error = request.validate().unwrap_err();
    assert_eq!(error.violations()[0].rule(), Rule::Range);
    assert_eq!(violations(Err(error)), ["maxResults must be 1 to 1000 and is 1001"]);
}

#[test]
fn patterns_and_enum_values_are_checked_on_request() {
    let strict = Validation::new().patterns(true).enum_values(true);
    // The pattern of `repositoryName` is not anchored, and matches "eam".
    let request = CreateRepositoryRequest::new("Team/").image_tag_mutability("SOMETIMES");
    assert_eq!(request.validate(), Ok(()));
    assert_eq!(
        violations(request.validate_with(strict)),
        ["imageTagMutability must be one of \"MUTABLE\", \"IMMUTABLE\", \
             \"IMMUTABLE_WITH_EXCLUSION\", \"MUTABLE_WITH_EXCLUSION\" and is \"SOMETIMES\"",]
    );
    let ports = PortInfo::new().protocol("sctp");
    assert_eq!(
        violations(OpenInstancePublicPortsRequest::new(ports, "-").validate_with(strict)),
        [
            "portInfo.protocol must be one of \"tcp\", \"all\", \"udp\", \"icmp\", \"icmpv6\" and is \"sctp\"",
            "instanceName must match the pattern `\\w[\\w\\-]*\\w` and is \"-\"",
        ]
    );
}

#[test]
fn errors_do_not_reveal_the_length_of_a_password() {
    let request = CreateRelationalDatabaseRequest::new("db", "b", "b", "n", "u");
    // The model has no constraint for it now; if it gets one, the error must not reveal the length.
    assert_eq!(request.master_user_password("").validate(), Ok(()));
}
