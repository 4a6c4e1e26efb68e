//! Uploads in chunks.

use std::io::Write;

use super::client::{NAME, Oci, Response, error, read};
use crate::registry::fixtures::{TestResult, digest_of, layer};
use crate::support::raw;

fn patch(oci: &Oci, upload: &str, range: &str, chunk: &[u8]) -> Response {
    oci.send("PATCH", upload, &[&format!("content-range: {range}")], chunk)
}

#[tokio::test]
async fn a_blob_is_pushed_in_chunks() -> TestResult {
    let oci = Oci::new().await?;
    let content = layer(1, 300);
    let upload = oci.begin_upload();
    for (range, chunk, received) in
        [("0-99", &content[..100], "0-99"), ("100-249", &content[100..250], "0-249")]
    {
        let added = patch(&oci, &upload, range, chunk);
        assert_eq!((added.status, added.header("range")), (202, Some(received)));
        let status = oci.get(&added.location());
        assert_eq!((status.status, status.header("range")), (204, Some(received)));
        assert_eq!((status.location(), status.header("content-length")), (added.location(), None));
    }
    let path = format!("{upload}?digest={}", digest_of(&content));
    let pushed = oci.send("PUT", &path, &["content-range: 250-299"], &content[250..]);
    assert_eq!(pushed.status, 201);
    assert_eq!(oci.get(&pushed.location()).body, content);
    Ok(())
}

/// Container engines push a blob this way: content without a range, and an empty request at the
/// end.
#[tokio::test]
async fn a_blob_is_pushed_as_a_stream() -> TestResult {
    let oci = Oci::new().await?;
    let upload = oci.begin_upload();
    assert_eq!(oci.send("PATCH", &upload, &[], b"").header("range"), Some("0-0"));
    assert_eq!(oci.send("PATCH", &upload, &[], b"con").header("range"), Some("0-2"));
    assert_eq!(oci.send("PATCH", &upload, &[], b"tent").header("range"), Some("0-6"));
    let pushed = oci.send("PUT", &format!("{upload}?digest={}", digest_of(b"content")), &[], b"");
    assert_eq!(oci.get(&pushed.location()).body, b"content");
    Ok(())
}

#[tokio::test]
async fn a_chunk_out_of_order_is_rejected_and_the_upload_goes_on() -> TestResult {
    let oci = Oci::new().await?;
    let upload = oci.begin_upload();
    assert_eq!(patch(&oci, &upload, "3-6", b"tent").error(), error(416, "BLOB_UPLOAD_INVALID"));
    assert_eq!(patch(&oci, &upload, "0-2", b"con").status, 202);
    for range in ["0-3", "4-7"] {
        let rejected = patch(&oci, &upload, range, b"tent");
        assert_eq!(rejected.error(), error(416, "BLOB_UPLOAD_INVALID"), "{range}");
        assert_eq!(rejected.header("range"), Some("0-2"));
        assert_eq!(rejected.location(), upload);
    }
    let path = format!("{upload}?digest={}", digest_of(b"content"));
    let rejected = oci.send("PUT", &path, &["content-range: 4-7"], b"tent");
    assert_eq!(rejected.error(), error(416, "BLOB_UPLOAD_INVALID"));
    assert_eq!(oci.send("PUT", &path, &["content-range: 3-6"], b"tent").status, 201);
    Ok(())
}

#[tokio::test]
async fn invalid_ranges_are_rejected() -> TestResult {
    let oci = Oci::new().await?;
    let upload = oci.begin_upload();
    for (range, code) in [
        ("0-3", "SIZE_INVALID"),
        ("2-0", "SIZE_INVALID"),
        ("0-18446744073709551615", "SIZE_INVALID"),
        ("0-18446744073709551616", "BLOB_UPLOAD_INVALID"),
        ("bytes 0-2/3", "BLOB_UPLOAD_INVALID"),
        ("0", "BLOB_UPLOAD_INVALID"),
    ] {
        assert_eq!(patch(&oci, &upload, range, b"con").error(), error(400, code), "{range}");
    }
    assert_eq!(oci.get(&upload).header("range"), Some("0-0"), "nothing was received");
    Ok(())
}

#[tokio::test]
async fn a_rejected_last_chunk_can_be_sent_again() -> TestResult {
    let oci = Oci::new().await?;
    let upload = oci.begin_upload();
    assert_eq!(oci.send("PATCH", &upload, &[], b"con").status, 202);
    let path = format!("{upload}?digest={}", digest_of(b"content"));
    assert_eq!(oci.send("PUT", &path, &[], b"text").error(), error(400, "DIGEST_INVALID"));
    assert_eq!(oci.get(&upload).header("range"), Some("0-2"));
    assert_eq!(oci.send("PUT", &upload, &[], b"tent").error(), error(400, "DIGEST_INVALID"));
    assert_eq!(oci.send("PUT", &path, &[], b"tent").status, 201);
    Ok(())
}

#[tokio::test]
async fn unknown_uploads_are_not_found() -> TestResult {
    let oci = Oci::new().await?;
    let canceled = oci.begin_upload();
    assert_eq!(oci.delete(&canceled).status, 204);
    for upload in [&*canceled, "team/app/blobs/uploads/x"] {
        for method in ["GET", "PATCH", "DELETE"] {
            let rejected = oci.send(method, upload, &["content-range: 5-6"], b"ab");
            assert_eq!(rejected.error(), error(404, "BLOB_UPLOAD_UNKNOWN"), "{method}");
        }
        let path = format!("{upload}?digest={}", digest_of(b"ab"));
        assert_eq!(oci.send("PUT", &path, &[], b"ab").error(), error(404, "BLOB_UPLOAD_UNKNOWN"));
    }
    let upload = oci.begin_upload().replace(NAME, "other/app");
    assert_eq!(oci.get(&upload).error(), error(404, "NAME_UNKNOWN"));
    Ok(())
}

/// A client that streams a layer does not know its length.
#[tokio::test]
async fn a_chunk_may_have_chunked_transfer_encoding() -> TestResult {
    let oci = Oci::new().await?;
    let start = format!("PATCH /v2/{} HTTP/1.1", oci.begin_upload());
    let url = oci.registry.url();
    let mut stream = std::net::TcpStream::connect(url.trim_start_matches("http://"))?;
    let head = [
        &*start,
        oci.authorization(),
        "host: x",
        "connection: close",
        "transfer-encoding: chunked",
    ];
    write!(stream, "{}\r\n\r\n3\r\ncon\r\n4\r\ntent\r\n0\r\n\r\n", head.join("\r\n"))?;
    let added = read(stream);
    assert_eq!((added.status, added.header("range")), (202, Some("0-6")));
    Ok(())
}

#[tokio::test]
async fn a_half_sent_chunk_is_not_stored() -> TestResult {
    let oci = Oci::new().await?;
    let upload = oci.begin_upload();
    let start = format!("PATCH /v2/{upload} HTTP/1.1");
    drop(raw::write_part(oci.registry.url(), &[&start, oci.authorization()], b"con", 7));
    assert_eq!(oci.get(&upload).header("range"), Some("0-0"));
    Ok(())
}
