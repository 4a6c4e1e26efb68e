//! A request with all required members compiles.

use longshore::ecr::operation::PutImageRequest;

fn main() {
    let _ = PutImageRequest::new("repo", "manifest").image_tag("v1");
}
