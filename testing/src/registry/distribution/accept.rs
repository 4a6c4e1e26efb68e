//! The `Accept` header: which media types the client accepts.

use http::HeaderMap;
use http::header::ACCEPT;

/// Returns `true` if the client accepts a media type. Without the header, it accepts any. The most
/// specific range that contains the media type applies (RFC 9110, section 12.5.1).
pub(super) fn accepts(headers: &HeaderMap, media_type: &str) -> bool {
    if !headers.contains_key(ACCEPT) {
        return true;
    }
    let values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges = values.flat_map(|value| value.split(','));
    let applicable = ranges.filter_map(|range| {
        let specificity = specificity(without_parameters(range), media_type)?;
        Some((specificity, !has_zero_weight(range)))
    });
    applicable.max().is_some_and(|(_, accepted)| accepted)
}

/// How specific a range is, if it contains the media type.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Specificity {
    Any,
    Type,
    Subtype,
}

fn specificity(range: &str, media_type: &str) -> Option<Specificity> {
    let (contained, specificity) = match range.strip_suffix('*') {
        Some("*/") => (true, Specificity::Any),
        Some(prefix) => {
            (prefix.ends_with('/') && starts_with(media_type, prefix), Specificity::Type)
        }
        None => (range.eq_ignore_ascii_case(media_type), Specificity::Subtype),
    };
    contained.then_some(specificity)
}

/// Returns `true` for a range with `q=0`, which the client does not accept. Ignores an invalid `q`.
fn has_zero_weight(range: &str) -> bool {
    let parameters = range.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut weights = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    weights.any(|(_, weight)| weight.trim().parse::<f32>() == Ok(0.0))
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
            (&["application/x;q=0"], false),
            (&["application/x; charset=a ; Q=0.000"], false),
            (&["application/x;q=0.001"], true),
            (&["application/x;q=x"], true),
            (&["*/*;q=0"], false),
            (&["application/x;q=0, application/*", "*/*"], false),
            (&["*/*", "application/*;q=0.0"], false),
            (&["application/x, application/*;q=0, */*;q=0"], true),
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
