//! Pagination with opaque tokens.
//!
//! A token contains the sort key of the last element on the page, so that no element is repeated or
//! skipped if elements are added or removed between two pages.

use super::digest::{Digest, hex};
use super::error::ApiError;

/// The number of elements on a page if the request does not set it.
const DEFAULT_PAGE_SIZE: usize = 100;

/// How many hexadecimal digits at the start of a token are its checksum.
const CHECKSUM_DIGITS: usize = 16;

/// The page that a request specifies.
pub(in crate::registry) struct PageRequest {
    /// Identifies the listing: tokens of other listings are rejected.
    pub list: String,
    pub token: Option<String>,
    pub max_results: Option<i32>,
}

impl PageRequest {
    /// Rejects pagination in a request that names its elements in the member `member`.
    pub(in crate::registry) fn reject_for(&self, member: &str) -> Result<(), ApiError> {
        match (&self.token, self.max_results) {
            (None, None) => Ok(()),
            _ => Err(ApiError::invalid_parameter(format!(
                "{member} cannot be combined with nextToken or maxResults"
            ))),
        }
    }
}

/// Some elements, and the token of the next page if there is one.
#[derive(Debug, PartialEq)]
pub(in crate::registry) struct Page<T> {
    pub elements: Vec<T>,
    pub next: Option<String>,
}

/// Selects a page from elements that are sorted by their keys. `secret` makes tokens unforgeable.
pub(in crate::registry) fn page<T>(
    elements: impl IntoIterator<Item = (String, T)>,
    request: &PageRequest,
    secret: &str,
) -> Result<Page<T>, ApiError> {
    let token = request.token.as_deref();
    let after = token.map(|token| parse_token(token, &request.list, secret)).transpose()?;
    let max = request.max_results.and_then(|max| usize::try_from(max).ok());
    let is_after = |key: &String| after.as_ref().is_none_or(|after| key > after);
    let mut rest = elements.into_iter().filter(|(key, _)| is_after(key));
    let mut last = String::new();
    let elements: Vec<T> = rest
        .by_ref()
        .take(max.unwrap_or(DEFAULT_PAGE_SIZE))
        .map(|(key, element)| {
            last = key;
            element
        })
        .collect();
    let next = rest.next().map(|_| make_token(&last, &request.list, secret));
    Ok(Page { elements, next })
}

fn make_token(key: &str, list: &str, secret: &str) -> String {
    format!("{}{}", checksum(key, list, secret), hex(key.as_bytes()))
}

fn checksum(key: &str, list: &str, secret: &str) -> String {
    let digest = Digest::of(format!("{secret}\n{list}\n{key}").as_bytes());
    digest.as_str().trim_start_matches("sha256:").chars().take(CHECKSUM_DIGITS).collect()
}

/// The sort key in a token.
fn parse_token(token: &str, list: &str, secret: &str) -> Result<String, ApiError> {
    let key = token.get(CHECKSUM_DIGITS..).and_then(unhex);
    let key = key.and_then(|bytes| String::from_utf8(bytes).ok());
    key.filter(|key| make_token(key, list, secret) == token).ok_or_else(|| {
        ApiError::invalid_parameter("nextToken was not issued by this registry for this list")
    })
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Page, PageRequest, page};

    fn request(elements: &[&str], list: &str, token: Option<&str>) -> Option<Page<String>> {
        let elements = elements.iter().map(|it| ((*it).to_owned(), (*it).to_owned()));
        let token = token.map(str::to_owned);
        let request = PageRequest { list: list.to_owned(), token, max_results: Some(2) };
        page(elements, &request, "secret").ok()
    }

    #[test]
    fn pages_are_stable_if_elements_are_added_or_removed() {
        let first = request(&["a", "b", "c"], "x", None).unwrap_or_else(|| panic!("a page"));
        assert_eq!(first.elements, ["a", "b"]);
        let token = first.next.as_deref();
        let second = request(&["a", "aa", "c", "d"], "x", token);
        assert_eq!(
            second,
            Some(Page { elements: vec!["c".to_owned(), "d".to_owned()], next: None })
        );
    }

    #[test]
    fn the_last_page_has_no_token() {
        assert_eq!(request(&["a", "b"], "x", None).and_then(|page| page.next), None);
        assert_eq!(request(&[], "x", None).and_then(|page| page.next), None);
    }

    #[test]
    fn foreign_and_forged_tokens_are_rejected() {
        let token =
            request(&["a", "b", "c"], "x", None).and_then(|page| page.next).unwrap_or_default();
        let changed = token.replace("62", "63");
        for token in ["", "x", "ä", "0123456789abcdef", "0123456789abcdef6", &changed] {
            assert!(request(&["a", "b", "c"], "x", Some(token)).is_none(), "{token}");
        }
        assert!(request(&["a", "b", "c"], "y", Some(&token)).is_none());
        assert!(request(&["a", "b", "c"], "x", Some(&token)).is_some());
    }
}
