//! A browser window of its own: opens pages, runs scripts in them, clicks, presses keys, and emulates
//! screens.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::webdriver::Driver;

/// The browser must not use the network, and a container has no sandbox and little shared memory.
const ARGUMENTS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// A running browser with one window. Dropping it closes the browser.
pub(super) struct Session {
    driver: Driver,
    path: String,
    /// Deleted after the browser is closed.
    _profile: TempDir,
}

impl Session {
    /// Starts a browser, or returns `None` if it is not installed.
    pub(super) fn start() -> Option<Self> {
        let driver = Driver::start()?;
        let profile = tempfile::tempdir().unwrap();
        let mut arguments = ARGUMENTS.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let created = driver.send("POST", "/session", &wanted);
        let path = format!("/session/{}", created["sessionId"].as_str().unwrap());
        Some(Self { driver, path, _profile: profile })
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        self.driver.send("POST", &format!("{}/{command}", self.path), body)
    }

    /// Opens a file, and the place in it that the fragment names.
    pub(super) fn open(&self, file: &Path, fragment: &str) {
        let url = format!("file://{}{fragment}", file.display());
        // The same address with another fragment would not load the page again.
        self.post("url", &json!({"url": "about:blank"}));
        self.post("url", &json!({"url": url}));
    }

    /// Runs the body of a function in the page, and returns its result.
    pub(super) fn run(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []}))
    }

    /// Returns the value of an expression that is a number.
    pub(super) fn number(&self, expression: &str) -> u64 {
        let value = self.run(&format!("return {expression};"));
        value.as_u64().unwrap_or_else(|| panic!("{expression} is {value}"))
    }

    /// Clicks the first element that the selector finds, which must not be covered by another.
    pub(super) fn click(&self, selector: &str) {
        let wanted = json!({"using": "css selector", "value": selector});
        let found = self.post("element", &wanted);
        let id = found.as_object().unwrap().values().next().unwrap().as_str().unwrap();
        self.post(&format!("element/{id}/click"), &json!({}));
    }

    /// Presses and releases a key. The WebDriver specification assigns a character to each.
    pub(super) fn press(&self, key: char) {
        let actions = json!([{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]);
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": actions});
        self.post("actions", &json!({"actions": [keyboard]}));
    }

    /// Sends a command of the Chrome DevTools protocol.
    pub(super) fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.post("goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    /// Emulates a screen of this size and the color scheme `light` or `dark`.
    pub(super) fn emulate(&self, width: u32, height: u32, scheme: &str) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.devtools("Emulation.setEmulatedMedia", &media);
    }

    /// Returns a PNG image of the window in base64.
    pub(super) fn screenshot(&self) -> String {
        let image = self.driver.send("GET", &format!("{}/screenshot", self.path), &json!({}));
        image.as_str().unwrap().to_owned()
    }

    /// What the pages wrote to the console as errors or warnings since the last call.
    pub(super) fn console_errors(&self) -> Vec<String> {
        let entries = self.post("se/log", &json!({"type": "browser"}));
        let errors = entries.as_array().unwrap().iter();
        let errors =
            errors.filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING");
        errors.map(|entry| entry["message"].to_string()).collect()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A panic here could end the test program, because a failed test drops the session too.
        let _ = self.driver.try_send("DELETE", &self.path);
    }
}
