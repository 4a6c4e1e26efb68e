//! Prints URLs without the parts that may hold secrets.

/// The text that replaces a part that may hold a secret.
const HIDDEN: &str = "[redacted]";

/// The URL without what may be a secret: what stands before an `@`, what follows a `?` or `#`, and
/// what is in the place of a port and is none. It may be no URL at all, so it is not parsed.
pub(crate) fn redact_url(url: &str) -> String {
    let start = url.find("://").map_or(0, |at| at + 3);
    let (before, rest) = url.split_at(start);
    // The last `@`, because a password that was not escaped may have any of these characters.
    let (user, rest) = rest.split_at(rest.rfind('@').unwrap_or(0));
    if user.contains(['?', '#']) {
        return format!("{before}{HIDDEN}");
    }
    let user = if user.is_empty() { "" } else { HIDDEN };
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let tail = if end < rest.len() { HIDDEN } else { "" };
    // With its mark, so that a line tells what was cut.
    let mark = rest[end..].chars().next().map(String::from).unwrap_or_default();
    format!("{before}{user}{}{mark}{tail}", without_false_port(&rest[..end]))
}

/// `host:[redacted]` of `host:password`.
fn without_false_port(rest: &str) -> String {
    let host = rest.trim_start_matches(['/', '\\']);
    let name = host.starts_with('[').then(|| host.find(']')).flatten().unwrap_or(0);
    let Some(colon) = host[name..].find(':') else { return rest.to_owned() };
    let at = rest.len() - host.len() + name + colon + 1;
    let port = rest[at..].split('/').next().unwrap_or_default();
    // A colon in the path is none before a port.
    let in_path = host[..name + colon].contains('/');
    let number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let nothing = rest.len() == at;
    if in_path || number || nothing { rest.to_owned() } else { format!("{}{HIDDEN}", &rest[..at]) }
}
