//! The `Content-Range` header of a chunk: the positions of its first and last byte. Unlike in HTTP,
//! it has no unit and no total length.

use http::StatusCode;
use http::header::CONTENT_RANGE;

use super::error::DistributionError;
use super::request::Request;
use crate::server::parse_digits;

/// The position of the first byte of the body; `None` if the request has no `Content-Range`.
pub(super) fn first_byte(request: &Request<'_>) -> Result<Option<u64>, DistributionError> {
    let Some(header) = request.headers.get(CONTENT_RANGE) else { return Ok(None) };
    let invalid =
        |code, message| Err(DistributionError::new(StatusCode::BAD_REQUEST, code, message));
    let Some((first, last)) = header.to_str().ok().and_then(parse) else {
        let message = "Content-Range must be two numbers with a hyphen, such as 0-99".to_owned();
        return invalid("BLOB_UPLOAD_INVALID", message);
    };
    let length = request.body.len() as u64;
    match last.checked_sub(first).and_then(|difference| difference.checked_add(1)) {
        Some(stated) if stated == length => Ok(Some(first)),
        _ => invalid(
            "SIZE_INVALID",
            format!("the chunk has {length} bytes, but Content-Range is {first}-{last}"),
        ),
    }
}

fn parse(range: &str) -> Option<(u64, u64)> {
    let (first, last) = range.split_once('-')?;
    Some((parse_digits(first)?, parse_digits(last)?))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_range_consists_of_two_numbers() {
        assert_eq!(parse("0-99"), Some((0, 99)));
        assert_eq!(parse("9-0"), Some((9, 0)));
        for invalid in ["", "-", "1-", "-1", "+1-2", "bytes 0-1", "0-1/2", "0-99999999999999999999"]
        {
            assert_eq!(parse(invalid), None, "{invalid}");
        }
    }
}
