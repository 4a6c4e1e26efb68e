//! Checks how a page looks on screens of two widths in both color schemes, and keeps images of it.

use std::{fs, path::Path};

use serde_json::json;

use super::session::Session;

/// Lists texts with too little contrast.
const LOW_CONTRAST: &str = include_str!("low_contrast.js");

/// A phone and a laptop.
const WIDTHS: [u32; 2] = [375, 1280];

/// Checks the page, and writes images of its first screen to `target/screenshots`.
pub(super) fn check(session: &Session, page: &Path, fragment: &str, name: &str) {
    for width in WIDTHS {
        for scheme in ["light", "dark"] {
            session.emulate(width, 1200, scheme);
            session.open(page, fragment);
            save(session, &format!("{name}-{width}-{scheme}.png"));
            let needed = session.number("document.documentElement.scrollWidth");
            assert!(needed <= u64::from(width), "{name} is {needed} pixels wide at {width}");
            let unreadable = session.run(LOW_CONTRAST);
            assert_eq!(unreadable, json!([]), "{name} at {width}, {scheme}");
        }
    }
}

fn save(session: &Session, name: &str) {
    // Cargo creates the folder `tmp` in the target folder for integration tests.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let folder = target.join("screenshots");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), base64(&session.screenshot())).unwrap();
}

/// Decodes base64 without line breaks.
fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = group.iter().fold(0_u32, |bits, &c| bits << 6 | u32::from(value(c)));
        let bits = bits << (6 * (4 - group.len()));
        bytes.extend(&bits.to_be_bytes()[1..group.len()]);
    }
    bytes
}
