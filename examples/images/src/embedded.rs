//! Decodes content that a descriptor contains as base64, instead of or in addition to a file.

use crate::{ContentError, Digest, Error};

/// Decodes the content, and checks its size and digest.
pub(crate) fn decode(data: &str, digest: Digest, size: u64) -> Result<Vec<u8>, Error> {
    let location = format!("the `data` of the descriptor of {digest}");
    let Ok(content) = base64_simd::STANDARD.decode_to_vec(data) else {
        return Err(Error::Document { location, problem: "the content is not base64".to_owned() });
    };
    let found = content.len() as u64;
    if found != size {
        let problem = ContentError::Size { expected: size, found };
        return Err(Error::Content { location, digest, problem });
    }
    let found = Digest::of(&content);
    if found != digest {
        return Err(Error::Content { location, digest, problem: ContentError::Digest { found } });
    }
    Ok(content)
}
