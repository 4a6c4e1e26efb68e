//! Tests the HTML report of `longshore changes`.

use serde_json::{Value, json};

use super::{
    in_browser, layout,
    models::{self, WrittenReport},
    session::Session,
};

const TAB: char = '\u{e004}';
const SPACE: char = ' ';

/// The number of entries that a reader sees.
const SHOWN: &str =
    "[...document.querySelectorAll('.entry')].filter(e => e.checkVisibility()).length";
const ENTRIES: &str = "document.querySelectorAll('details.entry').length";
const OPEN: &str = "document.querySelectorAll('details.entry[open]').length";

fn with_report(operations: usize, test: impl FnOnce(&Session, &WrittenReport)) {
    in_browser(|session| test(session, &models::report(operations)));
}

fn status(session: &Session) -> Value {
    session.run("return document.querySelector('[role=status]').textContent;")
}

/// Returns true if the start of the element with this id is in the window and nothing covers it.
fn is_in_window(session: &Session, id: &str) -> bool {
    let script = format!(
        "const element = document.getElementById('{id}');
         const {{ left, top }} = element.getBoundingClientRect();
         return element.contains(document.elementFromPoint(left + 20, top + 4));"
    );
    session.run(&script) == json!(true)
}

fn is_open(session: &Session, id: &str) -> bool {
    session.run(&format!("return document.getElementById('{id}').open;")) == json!(true)
}

#[test]
fn the_page_is_readable_on_phones_and_in_dark_mode() {
    with_report(20, |session, report| layout::check(session, &report.page(), "report"));
}

#[test]
fn updated_operations_are_open_even_if_there_are_many() {
    with_report(40, |session, report| {
        session.open(&report.page(), "");
        assert_eq!(
            session.number("document.querySelectorAll('.entry.changed:not([open])').length"),
            0
        );
        assert!(session.number(OPEN) > 40);
    });
}

#[test]
fn all_entries_collapse_and_expand() {
    with_report(40, |session, report| {
        session.open(&report.page(), "");
        session.click("button[data-open=false]");
        assert_eq!(session.number(OPEN), 0);
        session.click("button[data-open=true]");
        assert_eq!(session.number(OPEN), session.number(ENTRIES));
    });
}

#[test]
fn the_filter_leaves_only_breaking_changes() {
    with_report(40, |session, report| {
        session.open(&report.page(), "");
        let all = session.number(SHOWN);
        session.click("label");
        // One operation of ten, and the removed one.
        assert_eq!(session.number(SHOWN), 5);
        assert_eq!(status(session), json!(format!("5 of {all} shown")));
        let text = session.run("return document.querySelector('main').innerText;");
        let text = text.as_str().unwrap();
        assert!(text.contains("Operation0010") && text.contains("field0"), "{text}");
        for hidden in ["Operation0011", "field1", "New operations", "onerror"] {
            assert!(
                !text[text.find("Collapse all").unwrap()..].contains(hidden),
                "{hidden}: {text}"
            );
        }
        session.click("label");
        assert_eq!(session.number(SHOWN), all);
        assert_eq!(status(session), json!(""));
    });
}

#[test]
fn links_open_and_show_their_entry() {
    with_report(40, |session, report| {
        let id = "thing/operation/Operation0039";
        session.open(&report.page(), &format!("#{id}"));
        assert!(is_open(session, id) && is_in_window(session, id));
        // The filter and collapsed entries do not get in the way.
        session.click("label");
        session.click("button[data-open=false]");
        session.run("location.hash = '#thing/operation/Operation0011';");
        session.run("return new Promise(requestAnimationFrame);");
        assert!(is_open(session, "thing/operation/Operation0011"));
        assert!(is_in_window(session, "thing/operation/Operation0011"));
        session.emulate(375, 667, "light");
        session.open(&report.page(), "");
        session.click("a[href='#thing/type/Image']");
        session.run("return new Promise(requestAnimationFrame);");
        assert!(is_in_window(session, "thing/type/Image"));
    });
}

#[test]
fn every_link_leads_to_an_entry() {
    with_report(3, |session, report| {
        session.open(&report.page(), "");
        let dead = session.run(
            "return [...document.links].map((link) => link.getAttribute('href'))
                .filter((href) => !document.getElementById(href.slice(1)));",
        );
        assert_eq!(dead, json!([]));
        let repeated = session.run(
            "const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
             return ids.filter((id, index) => ids.indexOf(id) !== index);",
        );
        assert_eq!(repeated, json!([]));
    });
}

#[test]
fn the_keyboard_reaches_everything() {
    with_report(3, |session, report| {
        session.open(&report.page(), "");
        let focused = "const { localName, textContent } = document.activeElement;
                       return [localName, textContent];";
        let mut reached = Vec::new();
        while session.run("return document.activeElement.localName;") != json!("input") {
            session.press(TAB);
            reached.push(session.run(focused)[0].clone());
            assert!(reached.len() < 20, "{reached:?}");
        }
        assert_eq!(reached, ["a", "a", "button", "button", "input"]);
        session.press(SPACE);
        assert_eq!(session.run("return document.activeElement.checked;"), json!(true));
        for _ in 0..2 {
            session.press(TAB);
        }
        assert_eq!(session.run(focused)[0], "summary");
        let open = session.number(OPEN);
        session.press(SPACE);
        assert_eq!(session.number(OPEN), open - 1);
    });
}

#[test]
fn names_from_models_stay_text() {
    with_report(1, |session, report| {
        session.open(&report.page(), "");
        let found = "return [document.images.length, document.scripts.length,
                             typeof hacked, document.querySelectorAll('[onclick]').length];";
        assert_eq!(session.run(found), json!([0, 1, "undefined", 0]));
        let heading = session.run("return document.querySelector('h2').firstChild.data;");
        assert_eq!(heading.as_str().unwrap().trim(), models::HOSTILE);
    });
}

#[test]
fn without_scripts_only_the_controls_are_missing() {
    with_report(3, |session, report| {
        session.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
        session.open(&report.page(), "#thing/operation/Operation0002");
        let evaluated = session.devtools(
            "Runtime.evaluate",
            &json!({"expression": format!(
                "document.querySelector('.controls').checkVisibility() + ' ' + ({SHOWN})"
            )}),
        );
        // Five operations and a type of `thing`, and one operation of the other service.
        assert_eq!(evaluated["result"]["value"], "false 7");
    });
}

#[test]
fn five_thousand_changes_are_usable() {
    with_report(1000, |session, report| {
        session.open(&report.page(), "#thing/operation/Operation0999");
        assert!(is_in_window(session, "thing/operation/Operation0999"));
        assert!(session.number("document.querySelectorAll('li.added, li.removed').length") >= 5000);
        session.click("label");
        assert_eq!(session.number(SHOWN), 101);
        session.click("button[data-open=false]");
        assert_eq!(session.number(OPEN), 0);
    });
}
