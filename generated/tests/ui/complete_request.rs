//! The counterpart of the others: with all its required members the request compiles.

use longshore::ecr::operation::PutImageRequest;

fn main() {
    let request = PutImageRequest::new("repo", "manifest").image_tag("v1");
    assert_eq!(request.image_tag.as_deref(), Some("v1"));
}
