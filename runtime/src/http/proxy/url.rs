//! Splits the URL of a proxy into scheme, user and host.
//!
//! Like curl and botocore, it accepts a user name and password with characters that URLs do not
//! allow, such as the backslash of a Windows domain. `http::Uri` rejects them.

use std::fmt;

use http::uri::{Authority, Scheme};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::display::url::is_scheme;
use crate::http::authority;

/// The parts of the URL of a proxy.
pub(super) struct ProxyUrl<'a> {
    pub(super) scheme: Scheme,
    /// The text before the `@`, as written.
    pub(super) userinfo: Option<&'a str>,
    /// Host and port.
    pub(super) authority: Authority,
}

impl<'a> ProxyUrl<'a> {
    /// Splits a URL. The path is ignored. The error says what is wrong, without the user name and
    /// the password.
    pub(super) fn parse(url: &'a str) -> Result<Self, String> {
        let (scheme, rest) = split_scheme(url)?;
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if let Some(first) = path.chars().next().filter(|_| path.contains('@')) {
            let first = Character(first);
            return Err(format!(
                "has {first} before an \"@\": in a user name or password it must be written as {}",
                first.encoded()
            ));
        }
        let (userinfo, host) = match authority.rsplit_once('@') {
            Some((userinfo, host)) => (Some(userinfo), host),
            None => (None, authority),
        };
        check_userinfo(userinfo.unwrap_or_default())?;
        Ok(Self { scheme, userinfo, authority: parse_host(host)? })
    }
}

fn split_scheme(url: &str) -> Result<(Scheme, &str), String> {
    let Some((scheme, rest)) = url.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) else {
        return Ok((Scheme::HTTP, url));
    };
    if scheme.eq_ignore_ascii_case("http") {
        Ok((Scheme::HTTP, rest))
    } else if scheme.eq_ignore_ascii_case("https") {
        Ok((Scheme::HTTPS, rest))
    } else {
        Err("begins with neither http:// nor https://, the only supported schemes".to_owned())
    }
}

/// Rejects control characters, such as the line break of a value that was read from a file.
fn check_userinfo(userinfo: &str) -> Result<(), String> {
    match userinfo.chars().find(|c| c.is_control()).map(Character) {
        Some(c) => Err(format!(
            "has {c} in its user name or password, which must be written as {}",
            c.encoded()
        )),
        None => Ok(()),
    }
}

fn parse_host(text: &str) -> Result<Authority, String> {
    // Without an `@`, the text after a colon may be a password.
    let host_end = text.find(if text.starts_with('[') { ']' } else { ':' });
    let host = &text[..host_end.unwrap_or(text.len())];
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~[:".contains(c);
    if let Some(c) = host.chars().find(|c| !allowed(*c)).map(Character) {
        return Err(format!(
            "has {c} in its host; it is allowed only in a user name or password, as {}",
            c.encoded()
        ));
    }
    if host.is_empty() {
        return Err("has no host".to_owned());
    }
    let authority: Authority = match text.parse() {
        Ok(authority) => authority,
        Err(_) => return Err("is not a URL".to_owned()),
    };
    authority::check(&authority)?;
    Ok(authority)
}

/// A character that is not allowed.
struct Character(char);

impl Character {
    fn encoded(&self) -> String {
        utf8_percent_encode(self.0.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC).to_string()
    }
}

impl fmt::Display for Character {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            '"' => f.write_str("'\"'"),
            c if c.is_ascii_graphic() => write!(f, "\"{c}\""),
            c => write!(f, "U+{:04X}", u32::from(c)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_split_at_the_last_at_sign() {
        for (url, scheme, userinfo, authority) in [
            ("http://p:1", "http", None, "p:1"),
            ("HTTPS://p", "https", None, "p"),
            ("p", "http", None, "p"),
            (
                "http://CORP\\jdoe:pass@127.0.0.1:3128",
                "http",
                Some("CORP\\jdoe:pass"),
                "127.0.0.1:3128",
            ),
            ("CORP\\jdoe:pass@p:1", "http", Some("CORP\\jdoe:pass"), "p:1"),
            ("http://u:a@b@p:1/", "http", Some("u:a@b"), "p:1"),
            ("http://u:a b%\"<>^`{|}é@p:1", "http", Some("u:a b%\"<>^`{|}é"), "p:1"),
            ("http://@p:1", "http", Some(""), "p:1"),
            ("http://u@[::1]:8?query", "http", Some("u"), "[::1]:8"),
        ] {
            let split = ProxyUrl::parse(url).unwrap_or_else(|problem| panic!("{url} {problem}"));
            assert_eq!(split.scheme.as_str(), scheme, "{url}");
            assert_eq!((split.userinfo, split.authority.as_str()), (userinfo, authority), "{url}");
        }
    }

    #[test]
    fn errors_name_the_character_and_its_encoding() {
        for (url, problem) in [
            (
                "http://u:pa/ss@p:1",
                "has \"/\" before an \"@\": in a user name or password it must be written as %2F",
            ),
            (
                "http://u:pa?ss@p:1",
                "has \"?\" before an \"@\": in a user name or password it must be written as %3F",
            ),
            (
                "http://u:#ss@p:1",
                "has \"#\" before an \"@\": in a user name or password it must be written as %23",
            ),
            (
                "u:pa://ss@p:1",
                "has \"/\" before an \"@\": in a user name or password it must be written as %2F",
            ),
            (
                "http://u:pa\nss@p:1",
                "has U+000A in its user name or password, which must be written as %0A",
            ),
            (
                "http://CORP\\jdoe:pass",
                "has \"\\\" in its host; it is allowed only in a user name or password, as %5C",
            ),
            (
                "http://a\"b:1",
                "has '\"' in its host; it is allowed only in a user name or password, as %22",
            ),
            (
                "http://é:pass",
                "has U+00E9 in its host; it is allowed only in a user name or password, as %C3%A9",
            ),
            ("http://user:pass", "has a port that is not a number from 1 to 65535"),
            ("http://u:p@", "has no host"),
            ("http://u:p@:1", "has no host"),
            ("http://[::1:8", "is not a URL"),
            ("", "has no host"),
        ] {
            assert_eq!(ProxyUrl::parse(url).err().as_deref(), Some(problem), "{url}");
        }
    }
}
