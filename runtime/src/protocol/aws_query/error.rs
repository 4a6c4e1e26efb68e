//! Reads the code, the message and the request ID of an error response.

use crate::display::one_line::non_blank;
use crate::protocol::error_metadata::{ErrorMetadata, ReadError};
use crate::protocol::xml::{self, Element, Tree};

/// Reads the metadata of an error from its body, up to the first syntax error.
pub(super) fn read_error(error: &ReadError<'_>) -> ErrorMetadata {
    let text = String::from_utf8_lossy(error.response.body);
    let tree = xml::parse_leniently(&text);
    let Some(root) = tree.root() else { return ErrorMetadata::default() };
    let child = |parent: Element, names: &[&str]| {
        let mut texts = names.iter().filter_map(|name| Some(tree.text(tree.child(parent, name)?)));
        texts.find_map(non_blank).map(str::to_owned)
    };
    let element = error_element(&tree);
    let of_error = |names| element.and_then(|element| child(element, names));
    let request_id = child(root, &["RequestId", "RequestID"]);
    ErrorMetadata {
        code: of_error(&["Code"]).map(|code| code.trim().to_owned()),
        query_code: None,
        message: of_error(&["Message", "message"]),
        request_id: request_id.or_else(|| of_error(&["RequestId", "RequestID"])),
    }
}

/// The element with the members of an error: `ErrorResponse/Error`, `Response/Errors/Error`, or a
/// root `Error`.
pub(super) fn error_element(tree: &Tree<'_>) -> Option<Element> {
    let root = tree.root()?;
    if tree.name(root) == "Error" {
        return Some(root);
    }
    let errors = tree.child(root, "Errors");
    tree.child(root, "Error").or_else(|| tree.child(errors?, "Error"))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::protocol::wire::WireResponse;

    fn read(body: &'static [u8]) -> [Option<String>; 3] {
        let (headers, body) = (HeaderMap::new(), Bytes::from_static(body));
        let status = StatusCode::BAD_REQUEST;
        let response = WireResponse { status, headers: &headers, body: &body };
        let error = read_error(&ReadError { response, query_compatible: false, codes: &[] });
        [error.code, error.message, error.request_id]
    }

    #[test]
    fn errors_are_read_in_all_their_shapes() {
        let table: [(&[u8], [Option<&str>; 3]); 9] = [
            (
                b"<ErrorResponse xmlns='u'><Error><Type>Sender</Type><Code>Gone</Code>\
                <Message>no &lt;x&gt;</Message></Error><RequestId>r1</RequestId></ErrorResponse>",
                [Some("Gone"), Some("no <x>"), Some("r1")],
            ),
            (
                b"<Response><Errors><Error><Code>Gone</Code><message>m</message></Error></Errors>\
                <RequestID>r1</RequestID></Response>",
                [Some("Gone"), Some("m"), Some("r1")],
            ),
            (
                b"<Error><Code> Gone\n</Code><RequestId>r1</RequestId></Error>",
                [Some("Gone"), None, Some("r1")],
            ),
            // A syntax error after the code does not hide it.
            (
                b"<ErrorResponse><Error><Code>Gone</Code><Message>caf\xe9",
                [Some("Gone"), Some("caf\u{fffd}"), None],
            ),
            (b"<ErrorResponse><Error><Code>Gone</Code></Oops>", [Some("Gone"), None, None]),
            (
                b"<ErrorResponse><Error><Code/><Message> </Message></Error></ErrorResponse>",
                [None; 3],
            ),
            (b"<html><body>Bad gateway</body></html>", [None; 3]),
            (b"502 Bad gateway", [None; 3]),
            (b"", [None; 3]),
        ];
        for (body, expected) in table {
            let expected = expected.map(|text| text.map(str::to_owned));
            assert_eq!(read(body), expected, "{}", String::from_utf8_lossy(body));
        }
    }
}
