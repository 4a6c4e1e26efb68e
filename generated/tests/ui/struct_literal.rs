//! A service can add a member at any time.

use longshore::ecr::types::ImageIdentifier;

fn main() {
    let _ = ImageIdentifier { image_digest: None, image_tag: None };
}
