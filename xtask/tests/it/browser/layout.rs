//! Checks how a page looks on screens of two widths in both color schemes, and keeps images of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use super::session::Session;

/// Lists texts with too little contrast.
const LOW_CONTRAST: &str = include_str!("low_contrast.js");

/// A phone and a laptop.
pub(super) const WIDTHS: [u32; 2] = [375, 1280];

/// Checks the page, and writes images of its first screen to `target/screenshots`.
pub(super) fn check(session: &Session, page: &Path, name: &str) {
    for width in WIDTHS {
        for scheme in ["light", "dark"] {
            session.emulate(width, 1200, scheme);
            session.open(page, "");
            save(session, &format!("{name}-{width}-{scheme}.png"));
            check_width(session, name, width);
            let unreadable = session.run(LOW_CONTRAST);
            assert_eq!(unreadable, json!([]), "{name} at {width}, {scheme}");
        }
    }
}

/// Checks that the open page fits on a screen of this width.
pub(super) fn check_width(session: &Session, name: &str, width: u32) {
    let needed = session.number("document.documentElement.scrollWidth");
    assert!(needed <= u64::from(width), "{name} is {needed} pixels wide at {width}");
}

/// The target folder, in which cargo creates the folder `tmp` for integration tests.
pub(super) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}

fn save(session: &Session, name: &str) {
    let folder = target().join("screenshots");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), STANDARD.decode(session.screenshot()).unwrap()).unwrap();
}
