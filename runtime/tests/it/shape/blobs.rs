//! Blobs: base64 on the wire, and conversions.

use longshore_runtime::Blob;

#[test]
fn base64_is_read_and_written() {
    for (bytes, wire) in [("", "\"\""), ("f", "\"Zg==\""), ("fo", "\"Zm8=\""), ("foo", "\"Zm9v\"")]
    {
        assert_eq!(serde_json::to_string(&Blob::from(bytes)).expect("written"), wire);
        assert_eq!(serde_json::from_str::<Blob>(wire).expect("read"), Blob::from(bytes));
    }
    for (wire, bytes) in [("\"Zg\"", "f"), ("\"Zm8\"", "fo"), ("\"Zm9vZg\"", "foof")] {
        assert_eq!(serde_json::from_str::<Blob>(wire).expect("read"), Blob::from(bytes));
    }
    for wire in ["\"Z\"", "\"Zg=\"", "\"Zm9v=\"", "\"Zg==Zg\""] {
        assert!(serde_json::from_str::<Blob>(wire).is_err(), "{wire}");
    }
    let error = serde_json::from_str::<Blob>("\"not base64!\"").expect_err("refused");
    assert!(error.to_string().contains("found a string that is not base64 at"), "{error}");
    assert!(serde_json::from_str::<Blob>("7").is_err());
}

#[test]
fn large_blobs_are_encoded_without_seams() {
    for length in [48 * 1024 - 1, 48 * 1024, 48 * 1024 + 1, 1_000_000] {
        let bytes: Vec<u8> = (0..length).map(|i: usize| (i * 31 % 251) as u8).collect();
        let blob = Blob::from(bytes);
        let wire = serde_json::to_string(&blob).expect("written");
        assert_eq!(wire.len(), blob.len().div_ceil(3) * 4 + 2);
        assert_eq!(serde_json::from_str::<Blob>(&wire).expect("read"), blob);
    }
}

#[test]
fn debug_output_is_short() {
    assert_eq!(format!("{:?}", Blob::from(b"a\n\xff")), r#"Blob(3 bytes, b"a\n\xff")"#);
    let shown = format!("{:?}", Blob::from(vec![b'x'; 1_000_000]));
    assert!(shown.len() < 120 && shown.ends_with("..)"), "{shown}");
}

#[test]
fn conversions_keep_the_bytes() {
    let blob = Blob::from("text".to_owned());
    assert_eq!(blob, Blob::from(b"text".as_slice()));
    assert_eq!(blob, Blob::from_static(b"text"));
    assert_eq!(blob.as_ref(), b"text");
    assert_eq!(Vec::from(blob.clone()), b"text");
    assert_eq!(&blob.into_bytes()[..], b"text");
}
