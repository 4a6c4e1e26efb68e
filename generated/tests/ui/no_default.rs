//! Requests with required members have no default.

use longshore::ecr::operation::PutImageRequest;

fn main() {
    let _: PutImageRequest = Default::default();
}
