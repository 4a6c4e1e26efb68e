//! A setter of an optional member does not convert the value in an option to another type.

use longshore::ecr::operation::PutImageRequest;

fn main() {
    let count = Some(5);
    let _ = PutImageRequest::new("repo", "manifest").image_tag(count);
}
