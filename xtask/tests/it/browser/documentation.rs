//! Tests the front pages of the documentation, which `cargo doc` must have written before.

use std::path::Path;

use serde_json::json;

use super::in_browser;

const PAGES: [&str; 4] = [
    "longshore/index.html",
    "longshore/ecr/index.html",
    "longshore/ecr_public/index.html",
    "longshore/lightsail/index.html",
];

#[test]
#[ignore = "needs the documentation: cargo doc -p longshore --all-features --no-deps"]
fn front_pages_begin_with_a_quick_start() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    in_browser(|session| {
        for page in PAGES {
            for width in [375, 1280] {
                session.emulate(width, 1200, "light");
                session.open(&target.join("doc").join(page), "");
                let heading = session.run("return document.querySelector('.docblock h2').id;");
                assert_eq!(heading, "quick-start", "{page}");
                let needed = session.number("document.documentElement.scrollWidth");
                assert!(needed <= u64::from(width), "{page} is {needed} pixels wide at {width}");
                // rustdoc shows a link that it cannot resolve as text in brackets.
                let brackets = session.run(
                    "return document.querySelector('.docblock').innerText.match(/\\[[^\\]]*\\]/g);",
                );
                assert_eq!(brackets, json!(null), "{page}");
            }
        }
    });
}
