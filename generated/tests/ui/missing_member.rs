//! The image manifest is required.

use longshore::ecr::operation::PutImageRequest;

fn main() {
    PutImageRequest::new("repo");
}
