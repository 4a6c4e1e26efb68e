//! A request with all required members compiles, and a setter takes a value or an option.

use longshore::ecr::operation::PutImageRequest;

fn main() {
    let digest: Option<&str> = None;
    let _ = PutImageRequest::new("repo", "manifest").image_tag("v1").image_digest(digest);
}
