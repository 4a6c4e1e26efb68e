//! The patterns that a validation has compiled, so that each is compiled once for all values.

use super::Pattern;

/// Patterns of the model and their compiled form, if they are supported.
#[derive(Debug, Default)]
pub(crate) struct CompiledPatterns(Vec<(&'static str, Option<Pattern>)>);

impl CompiledPatterns {
    /// Returns true if the text may match the pattern. An unsupported pattern accepts every text.
    pub(crate) fn accept(&mut self, pattern: &'static str, text: &str) -> bool {
        let known = self.0.iter().position(|(known, _)| *known == pattern);
        let index = known.unwrap_or_else(|| {
            self.0.push((pattern, Pattern::parse(pattern)));
            self.0.len() - 1
        });
        self.0[index].1.as_ref().is_none_or(|pattern| pattern.matches(text))
    }
}
