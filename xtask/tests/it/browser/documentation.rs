//! Tests the front pages of the documentation, which `cargo doc` must have written before.

use serde_json::json;

use super::{in_browser, layout};

const PAGES: [&str; 4] = [
    "longshore/index.html",
    "longshore/ecr/index.html",
    "longshore/ecr_public/index.html",
    "longshore/lightsail/index.html",
];

#[test]
#[ignore = "needs the documentation: cargo doc -p longshore --all-features --no-deps"]
fn front_pages_begin_with_a_quick_start() {
    in_browser(|session| {
        for page in PAGES {
            for width in layout::WIDTHS {
                session.emulate(width, 1200, "light");
                session.open(&layout::target().join("doc").join(page), "");
                let heading = session.run("return document.querySelector('.docblock h2').id;");
                assert_eq!(heading, "quick-start", "{page}");
                layout::check_width(session, page, width);
                // rustdoc shows a link that it cannot resolve as text in brackets.
                let brackets = session.run(
                    "return document.querySelector('.docblock').innerText.match(/\\[[^\\]]*\\]/g);",
                );
                assert_eq!(brackets, json!(null), "{page}");
            }
        }
    });
}
