//! There is no way round the required members.

use longshore::ecr::operation::PutImageRequest;

fn main() {
    let _: PutImageRequest = Default::default();
}
