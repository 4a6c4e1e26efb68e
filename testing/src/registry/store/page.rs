//! Long answers in pages, with tokens that say nothing to a client.
//!
//! A token holds the place of the last element that was shown, so that nothing is shown twice or left
//! out where elements come and go between two pages.

use super::digest::{Digest, hex};
use super::refusal::Refusal;

/// How many elements a page has where a request says nothing.
const USUAL: usize = 100;

/// How many hexadecimal digits of a token are its seal.
const SEAL: usize = 16;

/// Which page a request asks for.
pub(in crate::registry) struct Wanted {
    /// Of which list: a token of another one is refused.
    pub list: String,
    pub token: Option<String>,
    pub most: Option<i32>,
}

impl Wanted {
    /// Refuses pages of what a request names one by one.
    pub(in crate::registry) fn none(&self, named: &str) -> Result<(), Refusal> {
        match (&self.token, self.most) {
            (None, None) => Ok(()),
            _ => Err(Refusal::parameter(format!(
                "{named} cannot be given with nextToken or maxResults"
            ))),
        }
    }
}

/// Some elements, and the token of the next page where there is one.
#[derive(Debug, PartialEq)]
pub(in crate::registry) struct Page<T> {
    pub elements: Vec<T>,
    pub next: Option<String>,
}

/// A page of `elements`, which stand in the order of their places. `secret` seals the tokens.
pub(in crate::registry) fn page<T>(
    elements: impl IntoIterator<Item = (String, T)>,
    wanted: &Wanted,
    secret: &str,
) -> Result<Page<T>, Refusal> {
    let after =
        wanted.token.as_deref().map(|token| open(token, &wanted.list, secret)).transpose()?;
    let most = wanted.most.and_then(|most| usize::try_from(most).ok()).unwrap_or(USUAL);
    let shown = |place: &String| after.as_ref().is_none_or(|after| place > after);
    let mut rest = elements.into_iter().filter(|(place, _)| shown(place));
    let mut last = String::new();
    let elements: Vec<T> = rest
        .by_ref()
        .take(most)
        .map(|(place, element)| {
            last = place;
            element
        })
        .collect();
    let next = rest.next().map(|_| close(&last, &wanted.list, secret));
    Ok(Page { elements, next })
}

fn close(place: &str, list: &str, secret: &str) -> String {
    format!("{}{}", seal(place, list, secret), hex(place.as_bytes()))
}

fn seal(place: &str, list: &str, secret: &str) -> String {
    let sealed = Digest::of(format!("{secret}\n{list}\n{place}").as_bytes());
    sealed.as_str().trim_start_matches("sha256:").chars().take(SEAL).collect()
}

/// The place in a token.
fn open(token: &str, list: &str, secret: &str) -> Result<String, Refusal> {
    let place = token.get(SEAL..).and_then(unhex).and_then(|bytes| String::from_utf8(bytes).ok());
    place.filter(|place| close(place, list, secret) == token).ok_or_else(|| {
        Refusal::parameter("nextToken is none that this registry gave for this list")
    })
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Page, Wanted, page};

    fn ask(elements: &[&str], list: &str, token: Option<&str>) -> Option<Page<String>> {
        let elements = elements.iter().map(|it| ((*it).to_owned(), (*it).to_owned()));
        let token = token.map(str::to_owned);
        let wanted = Wanted { list: list.to_owned(), token, most: Some(2) };
        page(elements, &wanted, "secret").ok()
    }

    #[test]
    fn pages_go_on_where_the_last_one_ended_whatever_came_or_went() {
        let first = ask(&["a", "b", "c"], "x", None).unwrap_or_else(|| panic!("a page"));
        assert_eq!(first.elements, ["a", "b"]);
        let token = first.next.as_deref();
        let second = ask(&["a", "aa", "c", "d"], "x", token);
        assert_eq!(
            second,
            Some(Page { elements: vec!["c".to_owned(), "d".to_owned()], next: None })
        );
    }

    #[test]
    fn a_full_last_page_has_no_next_one() {
        assert_eq!(ask(&["a", "b"], "x", None).and_then(|page| page.next), None);
        assert_eq!(ask(&[], "x", None).and_then(|page| page.next), None);
    }

    #[test]
    fn tokens_of_others_and_made_up_ones_are_refused() {
        let token = ask(&["a", "b", "c"], "x", None).and_then(|page| page.next).unwrap_or_default();
        let changed = token.replace("62", "63");
        for token in ["", "x", "ä", "0123456789abcdef", "0123456789abcdef6", &changed] {
            assert!(ask(&["a", "b", "c"], "x", Some(token)).is_none(), "{token}");
        }
        assert!(ask(&["a", "b", "c"], "y", Some(&token)).is_none());
        assert!(ask(&["a", "b", "c"], "x", Some(&token)).is_some());
    }
}
