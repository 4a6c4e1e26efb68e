//! Recognizes and collects the files of a C2J folder.

use std::collections::HashMap;

use crate::{
    error::Problem,
    json::{Fields, Node},
};

/// The kinds of files in a C2J folder.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum C2jFile {
    /// `service-2.json`
    Service,
    /// `paginators-1.json`
    Paginators,
    /// `waiters-2.json`
    Waiters,
    /// `endpoint-rule-set-1.json`
    EndpointRules,
    /// `endpoint-tests-1.json`, which botocore keeps elsewhere: the expected results of the rules.
    EndpointTests,
    /// `examples-1.json`: example calls and responses of operations.
    Examples,
}

impl C2jFile {
    /// Recognizes a file by its top-level keys, and by its content if the keys are ambiguous.
    pub(crate) fn recognize(fields: &Fields<'_>) -> Option<Self> {
        let has = |name: &str| fields.iter().any(|(key, _)| key == name);
        let kinds: [(&[&str], C2jFile); 6] = [
            (&["metadata", "operations"], C2jFile::Service),
            (&["pagination"], C2jFile::Paginators),
            (&["waiters"], C2jFile::Waiters),
            (&["parameters", "rules"], C2jFile::EndpointRules),
            (&["testCases"], C2jFile::EndpointTests),
            (&["examples"], C2jFile::Examples),
        ];
        let mut kinds = kinds.into_iter().filter(|(keys, _)| keys.iter().all(|key| has(key)));
        let file = kinds.next().map(|(_, file)| file);
        file.filter(|file| *file != Self::EndpointTests || has_expectation(fields))
    }

    /// Determines which file a corrections file applies to, by the top-level keys it corrects.
    pub(super) fn corrected_by(has: &dyn Fn(&str) -> bool) -> Option<Self> {
        let kinds = [
            ("metadata", C2jFile::Service),
            ("operations", C2jFile::Service),
            ("shapes", C2jFile::Service),
            ("pagination", C2jFile::Paginators),
            ("waiters", C2jFile::Waiters),
            ("parameters", C2jFile::EndpointRules),
            ("rules", C2jFile::EndpointRules),
            ("testCases", C2jFile::EndpointTests),
            ("examples", C2jFile::Examples),
        ];
        kinds.into_iter().find(|(key, _)| has(key)).map(|(_, file)| file)
    }
}

/// Returns true if a test case has an expected result of the endpoint rules. Other SDKs store smoke
/// tests, which call operations, next to their models.
fn has_expectation(fields: &Fields<'_>) -> bool {
    let cases = fields.iter().find(|(key, _)| key == "testCases");
    let cases = cases.and_then(|(_, node)| node.elements().ok()).unwrap_or_default();
    cases.iter().any(|case| matches!(case.field("expect"), Ok(Some(_))))
}

/// The files of one C2J service.
#[derive(Default)]
pub(crate) struct Pieces<'a>(HashMap<C2jFile, Node<'a>>);

impl<'a> Pieces<'a> {
    /// Adds a file; two files of the same kind are a problem.
    pub(crate) fn add(&mut self, file: C2jFile, root: Node<'a>) -> Result<(), Problem> {
        match self.0.insert(file, root) {
            None => Ok(()),
            Some(first) => Err(root.problem(format!(
                "this folder has two files of this kind; the other one is {}. Pass one service.",
                first.position().file.display()
            ))),
        }
    }

    /// Returns true if there is a service among them.
    pub(crate) fn has_service(&self) -> bool {
        self.0.contains_key(&C2jFile::Service)
    }

    /// The file of a kind.
    pub(super) fn get(&self, file: C2jFile) -> Option<Node<'a>> {
        self.0.get(&file).copied()
    }

    /// All files.
    pub(crate) fn files(&self) -> impl Iterator<Item = Node<'a>> {
        self.0.values().copied()
    }
}
