//! The parts of the `User-Agent` header that the configuration adds: the application ID and the
//! names of libraries.

use crate::settings::setting::Origin;

/// The recommended maximum length of an application ID, in characters.
const MAX_APP_ID: usize = 50;

/// The characters other than ASCII letters and digits that a part may contain.
const SYMBOLS: &str = "!$%&'*+-.^_`|~,";

/// The text that a configuration adds to the user agent.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct UserAgent {
    /// The application ID. If it is empty, none is sent.
    pub(crate) app_id: Option<String>,
    /// The parts after the application ID, each with a leading space.
    parts: String,
}

impl UserAgent {
    /// Adds a part of the form `name/version`, or `name` if the version is empty. An empty name
    /// adds nothing.
    pub(super) fn push(&mut self, name: &str, version: &str) {
        if name.is_empty() {
            return;
        }
        let separator = if version.is_empty() { "" } else { "/" };
        self.parts.extend([" ", &sanitized(name), separator, &sanitized(version)]);
    }

    /// Returns a copy with the application ID `loaded` if none is set.
    pub(super) fn or_app_id(&self, loaded: Option<&String>) -> Self {
        Self { app_id: self.app_id.as_ref().or(loaded).cloned(), parts: self.parts.clone() }
    }

    /// Returns the text to append to the user agent of a service.
    pub(super) fn suffix(&self) -> String {
        match self.app_id.as_deref() {
            None | Some("") => self.parts.clone(),
            Some(id) => format!(" app/{}{}", sanitized(id), self.parts),
        }
    }
}

/// Logs a warning if an application ID is longer than recommended. It is sent in full.
pub(crate) fn warn_if_long(app_id: &str, origin: &Origin) {
    if app_id.chars().count() > MAX_APP_ID {
        tracing::warn!(
            "the application ID from {origin} has more than {MAX_APP_ID} characters, the limit that \
             AWS documents: shorten it"
        );
    }
}

/// Replaces characters that are not allowed with hyphens.
fn sanitized(text: &str) -> String {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || SYMBOLS.contains(c);
    text.chars().map(|c| if is_allowed(c) { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_not_allowed_become_hyphens() {
        let table = [
            ("shop", "shop"),
            ("Shop 2/a#b", "Shop-2-a-b"),
            ("!$%&'*+-.^_`|~,", "!$%&'*+-.^_`|~,"),
            ("é\u{1f980}\r\n\"(;=@", "---------"),
        ];
        for (id, expected) in table {
            let agent = UserAgent { app_id: Some(id.to_owned()), ..UserAgent::default() };
            assert_eq!(agent.suffix(), format!(" app/{expected}"), "{id}");
        }
    }

    #[test]
    fn parts_follow_the_application_id_in_their_order() {
        let mut agent = UserAgent::default();
        assert_eq!(agent.suffix(), "");
        agent.push("push tool", "1.2");
        agent.push("beta", "");
        agent.push("", "1.2");
        agent.push("", "");
        assert_eq!(agent.suffix(), " push-tool/1.2 beta");
        let loaded = Some("loaded".to_owned());
        assert_eq!(agent.or_app_id(loaded.as_ref()).suffix(), " app/loaded push-tool/1.2 beta");
        agent.app_id = Some(String::new());
        assert_eq!(agent.or_app_id(loaded.as_ref()).suffix(), " push-tool/1.2 beta");
    }
}
