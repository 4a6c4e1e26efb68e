//! Formats URLs without the parts that may be secret.

/// The placeholder for a part that may be secret.
const HIDDEN: &str = "[redacted]";

/// Replaces the parts of a URL that may be secret: the text before an `@`, the text after a `?` or
/// `#`, and a port that is not a number. The text is not parsed as a URL, because it may be
/// invalid.
pub(crate) fn redact_url(url: &str) -> String {
    let scheme_end = url.find("://").filter(|end| is_scheme(&url[..*end]));
    let authority_start = scheme_end.map_or(0, |index| index + 3);
    let (before, rest) = url.split_at(authority_start);
    // Splits at the last `@`, because an unescaped password may contain `@`, `?` and `#`.
    let (userinfo, rest) = rest.split_at(rest.rfind('@').unwrap_or(0));
    if userinfo.contains(['?', '#']) {
        return format!("{before}{HIDDEN}");
    }
    let userinfo = if userinfo.is_empty() { "" } else { HIDDEN };
    let query_start = rest.find(['?', '#']).unwrap_or(rest.len());
    let query = if query_start < rest.len() { HIDDEN } else { "" };
    // The `?` or `#` is kept to show what was removed.
    let separator = rest[query_start..].chars().next().map(String::from).unwrap_or_default();
    format!("{before}{userinfo}{}{separator}{query}", redact_invalid_port(&rest[..query_start]))
}

/// Returns true if `text` can be a scheme, and false for a user name with the beginning of a
/// password that contains `://`.
pub(crate) fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Returns `host:[redacted]` for `host:password`.
fn redact_invalid_port(rest: &str) -> String {
    let host = rest.trim_start_matches(['/', '\\']);
    let address_end = host.starts_with('[').then(|| host.find(']')).flatten().unwrap_or(0);
    let Some(colon) = host[address_end..].find(':') else { return rest.to_owned() };
    let port_start = rest.len() - host.len() + address_end + colon + 1;
    let port = rest[port_start..].split('/').next().unwrap_or_default();
    // A colon in the path does not precede a port.
    let in_path = host[..address_end + colon].contains('/');
    let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_empty = rest.len() == port_start;
    if in_path || is_number || is_empty {
        rest.to_owned()
    } else {
        format!("{}{HIDDEN}", &rest[..port_start])
    }
}
