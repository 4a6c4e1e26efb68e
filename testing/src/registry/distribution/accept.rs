//! The `Accept` header: which media types the client accepts.

use http::HeaderMap;
use http::header::ACCEPT;

/// Returns `true` if the client accepts a media type. Without the header, it accepts any.
pub(super) fn accepts(headers: &HeaderMap, media_type: &str) -> bool {
    if !headers.contains_key(ACCEPT) {
        return true;
    }
    let values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges = values.flat_map(|value| value.split(',')).map(without_parameters);
    ranges.into_iter().any(|range| match range.strip_suffix('*') {
        Some("*/") => true,
        Some(prefix) => prefix.ends_with('/') && starts_with(media_type, prefix),
        None => range.eq_ignore_ascii_case(media_type),
    })
}

/// A media type without parameters such as `charset`.
pub(super) fn without_parameters(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use http::header::{ACCEPT, HeaderValue};

    use super::accepts;

    #[test]
    fn media_types_are_compared_with_ranges() {
        for (values, accepted) in [
            (&[][..], true),
            (&["application/x"], true),
            (&["text/plain, Application/X;q=0.5"], true),
            (&["text/plain", "application/x"], true),
            (&["*/*"], true),
            (&["application/*"], true),
            (&["text/*"], false),
            (&["text/plain"], false),
            (&["*"], false),
            (&[""], false),
        ] {
            let values = values.iter().map(|value| (ACCEPT, HeaderValue::from_static(value)));
            let headers: HeaderMap = values.fold(HeaderMap::new(), |mut headers, (name, value)| {
                headers.append(name, value);
                headers
            });
            assert_eq!(accepts(&headers, "application/x"), accepted, "{headers:?}");
        }
    }
}
